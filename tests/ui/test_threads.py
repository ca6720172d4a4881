"""Qt's objects end in the GUI thread, and the window before the process."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from att_desktop.ui.background import Background
from att_desktop.ui.garbage import GarbageCollector
from tests.shared_data import ROOT
from tests.ui.driven import open_shell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

START_AND_QUIT = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from att_desktop.app import make_application, run_window
app = make_application()
def leave():
    window = next(widget for widget in app.topLevelWidgets() if widget.objectName() == "main")
    for page in ("Builds", "Compare", "Settings", "Update"):
        window.show_page(page)
    app.quit()
QTimer.singleShot({after_ms}, leave)
code = run_window(sample={sample})
left = [type(widget).__name__ for widget in QApplication.topLevelWidgets()]
sys.exit(f"still there: {{left}}" if left else code)
"""


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[GarbageCollector]:
    collector = GarbageCollector()
    yield collector
    collector.close()
    assert gc.isenabled()


def test_garbage_is_collected_in_the_gui_thread_only(
    qtbot: QtBot, collector: GarbageCollector
) -> None:
    seen: list[threading.Thread] = []

    def note(phase: str, _info: dict[str, int]) -> None:
        if phase == "stop":
            seen.append(threading.current_thread())

    def make_garbage() -> None:
        for _ in range(20_000):
            cycle: list[Any] = []
            cycle.append(cycle)

    gc.callbacks.append(note)
    try:
        thread = threading.Thread(target=make_garbage)
        thread.start()
        thread.join()
        assert seen == [], "a thread collected"
        collector.look()
    finally:
        gc.callbacks.remove(note)
    assert seen == [threading.main_thread()]


def test_what_lives_at_the_first_look_is_left_out_of_later_ones(qtbot: QtBot) -> None:
    lasting: list[Any] = [[] for _ in range(1000)]
    before = len(gc.get_objects())
    collector = GarbageCollector()
    collector.look()
    assert len(gc.get_objects()) < before - len(lasting)
    later: list[Any] = []
    later.append(later)
    assert any(each is later for each in gc.get_objects())
    collector.close()
    assert gc.get_freeze_count() == 0


def test_a_thread_holds_nothing_of_who_asked(qtbot: QtBot) -> None:
    let_go = threading.Event()
    parent = QObject()
    asker = QWidget()
    qtbot.addWidget(asker)
    background = Background(parent)
    told: list[object] = []
    before = len(gc.get_referrers(asker))

    def wait() -> str:
        assert let_go.wait(10)
        return "late"

    background.run(wait, told.append, told.append)
    frames = sys._current_frames()
    worker = next(t for t in threading.enumerate() if t.name == "att-background")
    held = [value for value in _locals_of(frames[worker.ident or 0]) if isinstance(value, QObject)]
    assert held == []
    assert len(gc.get_referrers(asker)) == before
    del parent, background
    gc.collect()
    let_go.set()
    worker.join(10)
    qtbot.wait(50)
    assert told == [], "who asked is gone"


def test_an_answer_for_a_closed_dialog_is_dropped(qtbot: QtBot) -> None:
    let_go = threading.Event()
    shell = open_shell()
    qtbot.addWidget(shell.window)
    shell.open()
    qtbot.waitUntil(lambda: not shell.account.busy)
    dialog: Any = shell.show_account()
    shell.account._check = lambda _credentials: "It works." if let_go.wait(10) else ""
    dialog.form.client_id.setText("an-id")
    dialog.form.secret.setText("a-secret")
    dialog.form.test_button.click()
    dialog.reject()
    qtbot.waitUntil(lambda: not isValid(dialog))
    let_go.set()
    # An exception in a slot would fail the test.
    qtbot.waitUntil(lambda: not shell.account.busy)


def test_closed_dialogs_do_not_pile_up(qtbot: QtBot) -> None:
    shell = open_shell()
    qtbot.addWidget(shell.window)
    shell.open()
    qtbot.waitUntil(lambda: not shell.account.busy and not shell.folders.searching)
    for show in (shell.show_account, shell.show_folders, shell.show_about, shell.show_first_run):
        show().reject()
    qtbot.waitUntil(lambda: shell.window.findChildren(QDialog) == [])


@pytest.mark.parametrize("sample", [True, False])
@pytest.mark.parametrize("after_ms", [0, 700])
def test_the_window_goes_before_the_process(tmp_path: Path, sample: bool, after_ms: int) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-X",
            "dev",
            "-c",
            START_AND_QUIT.format(sample=sample, after_ms=after_ms),
        ],
        cwd=ROOT,
        env={**os.environ, "ATT_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]
    assert (done.returncode, said) == (0, [])


def _locals_of(frame: Any) -> Iterator[object]:
    while frame is not None:
        yield from frame.f_locals.values()
        frame = frame.f_back
