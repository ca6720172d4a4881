"""Qt's objects end in the GUI thread, and the window before the process."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import delete, isValid

from att_desktop.system.errors import AttError
from att_desktop.ui import tasks
from att_desktop.ui.garbage_collection import GarbageCollector
from tests.shared_data import ROOT
from tests.ui.driven import open_controller

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.slow

START_AND_QUIT = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from att_desktop.app import make_application, run_window
from att_desktop.ui.page_ids import PageId
app = make_application()
def leave():
    window = next(widget for widget in app.topLevelWidgets() if widget.objectName() == "main")
    for page_id in reversed(PageId):
        window.show_page(page_id)
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
        collector.collect_due()
    finally:
        gc.callbacks.remove(note)
    assert seen == [threading.main_thread()]


def test_what_lives_at_the_first_look_is_left_out_of_later_ones(qtbot: QtBot) -> None:
    lasting: list[Any] = [[] for _ in range(1000)]
    before = len(gc.get_objects())
    collector = GarbageCollector()
    collector.collect_due()
    assert len(gc.get_objects()) < before - len(lasting)
    later: list[Any] = []
    later.append(later)
    assert any(each is later for each in gc.get_objects())
    collector.close()
    assert gc.get_freeze_count() == 0


def test_a_thread_holds_nothing_of_who_asked(qtbot: QtBot) -> None:
    let_go, begun = threading.Event(), threading.Event()
    asker = Asker()

    def wait() -> str:
        begun.set()
        assert let_go.wait(10)
        return "late"

    task = tasks.run_task(wait, asker.take, asker.take)
    assert begun.wait(10)
    stacks = [list(_frames_of(top)) for top in sys._current_frames().values()]
    worker = next(stack for stack in stacks if any(f.f_code is wait.__code__ for f in stack))
    held = [value for frame in worker for value in frame.f_locals.values()]
    assert not [value for value in held if isinstance(value, QWidget | tasks.Task)]
    told = asker.told
    delete(asker)
    let_go.set()
    qtbot.waitUntil(lambda: not task.running)
    assert told == [], "who asked is gone"


def test_answers_and_errors_come_back_to_the_gui_thread(qtbot: QtBot) -> None:
    told: list[tuple[str, object, int]] = []

    def on_done(result: object) -> None:
        told.append(("done", result, threading.get_ident()))

    def on_failed(error: AttError) -> None:
        told.append((error.code, error.fields, threading.get_ident()))

    def fail() -> None:
        raise AttError("some.code", count=3)

    def break_down() -> None:
        raise ZeroDivisionError

    for work in (threading.get_ident, fail, break_down):
        task = tasks.run_task(work, on_done, on_failed)
        qtbot.waitUntil(lambda task=task: not task.running)
    here = threading.get_ident()
    assert (told[0][0], told[0][2]) == ("done", here)
    assert told[0][1] != here
    assert told[1:] == [("some.code", {"count": 3}, here), ("unexpected", {}, here)]


def test_a_cancelled_task_does_not_answer_and_does_not_begin(qtbot: QtBot) -> None:
    let_go = threading.Event()
    told: list[object] = []
    begun: list[int] = []
    blocking = [
        tasks.run_task(lambda: let_go.wait(10), told.append, told.append)
        for _ in range(tasks._MOST_THREADS)
    ]
    late = tasks.run_task(lambda: begun.append(1), told.append, told.append)
    late.cancel()
    for task in blocking:
        task.cancel()
    assert not late.running
    let_go.set()
    assert tasks.shut_down(10)
    qtbot.wait(20)
    assert (told, begun) == ([], [])


def test_the_end_waits_for_tasks_but_not_for_ever(qtbot: QtBot) -> None:
    let_go, begun = threading.Event(), threading.Event()
    told: list[object] = []
    tasks.run_task(lambda: begun.set() or let_go.wait(10), told.append, told.append)
    assert begun.wait(10)
    assert not tasks.shut_down(0.05)
    let_go.set()
    assert tasks.shut_down(10)
    # The pool goes on for who comes after.
    task = tasks.run_task(lambda: "again", told.append, told.append)
    qtbot.waitUntil(lambda: not task.running)
    assert told == ["again"]


def test_an_answer_for_a_closed_dialog_is_dropped(qtbot: QtBot) -> None:
    let_go = threading.Event()
    controller = open_controller()
    qtbot.addWidget(controller.window)
    controller.open()
    qtbot.waitUntil(lambda: not controller.account.busy)
    dialog: Any = controller.show_account()
    controller.account._check = lambda _credentials: "It works." if let_go.wait(10) else ""
    dialog.form.client_id.setText("an-id")
    dialog.form.secret.setText("a-secret")
    dialog.form.test_button.click()
    dialog.reject()
    qtbot.waitUntil(lambda: not isValid(dialog))
    let_go.set()
    # An exception in a slot would fail the test.
    qtbot.waitUntil(lambda: not controller.account.busy)


def test_closed_dialogs_do_not_pile_up(qtbot: QtBot) -> None:
    controller = open_controller()
    qtbot.addWidget(controller.window)
    controller.open()
    qtbot.waitUntil(lambda: not controller.account.busy and not controller.folders.searching)
    for show in (
        controller.show_account,
        controller.show_folders,
        controller.show_about,
        controller.show_first_run,
    ):
        show().reject()
    qtbot.waitUntil(lambda: controller.window.findChildren(QDialog) == [])


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


class Asker(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.told: list[object] = []

    def take(self, answer: object) -> None:
        self.told.append(answer)


def _frames_of(frame: Any) -> Iterator[Any]:
    while frame is not None:
        yield frame
        frame = frame.f_back
