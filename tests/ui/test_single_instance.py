"""A second start, a killed first one, and a home of its own: with real processes."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtNetwork import QLocalSocket

from att_desktop.system.folders import find_folders
from att_desktop.ui.window.single_instance import FirstDoesNotAnswer, SingleInstance
from tests.portable import posix_only

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.slow

FIRST = """
import sys
from PySide6.QtCore import QCoreApplication
from att_desktop.system.folders import find_folders
from att_desktop.ui.window.single_instance import SingleInstance
app = QCoreApplication([])
instance = SingleInstance(find_folders())
assert instance.is_first()
print("first", flush=True)
if "deaf" in sys.argv:
    sys.stdin.read()
else:
    app.exec()
"""
SECOND = """
import sys
from PySide6.QtCore import QCoreApplication
from att_desktop.system.folders import find_folders
from att_desktop.ui.window.single_instance import SingleInstance
app = QCoreApplication([])
instance = SingleInstance(find_folders())
first = instance.is_first()
if not first:
    instance.raise_first()
print("first" if first else "raised the first")
"""


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ.copy(),
    )  # fmt: skip


@pytest.fixture
def processes() -> Iterator[list[subprocess.Popen[str]]]:
    running: list[subprocess.Popen[str]] = []
    yield running
    for process in running:
        process.kill()
        process.communicate()


def told(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.fixture
def instance(qtbot: QtBot) -> Iterator[SingleInstance]:
    instance = SingleInstance(find_folders())
    yield instance
    instance.close()


def test_a_second_start_raises_the_first(
    qtbot: QtBot, instance: SingleInstance, processes: list[subprocess.Popen[str]]
) -> None:
    assert instance.is_first()
    assert instance.is_first()
    with qtbot.waitSignal(instance.raise_wanted, timeout=15_000):
        processes.append(start(SECOND))
    qtbot.waitUntil(lambda: processes[0].poll() is not None, timeout=10_000)
    assert told(processes[0]) == "raised the first"


def test_a_killed_first_leaves_the_place_free(
    instance: SingleInstance, processes: list[subprocess.Popen[str]]
) -> None:
    first = start(FIRST)
    processes.append(first)
    assert told(first) == "first"
    assert not instance.is_first()
    first.kill()
    first.wait(10)
    assert instance.is_first(), "the dead one's lock and socket must not stand in the way"


def test_a_first_that_does_not_react_is_told(
    instance: SingleInstance, processes: list[subprocess.Popen[str]]
) -> None:
    first = start(FIRST, "deaf")
    processes.append(first)
    assert told(first) == "first"
    assert not instance.is_first()
    with pytest.raises(FirstDoesNotAnswer, match=r"app\.no_answer"):
        instance.raise_first()


def test_another_home_has_its_own_window(
    qtbot: QtBot,
    instance: SingleInstance,
    processes: list[subprocess.Popen[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert instance.is_first()
    monkeypatch.setenv("ATT_HOME", str(tmp_path / "another-home"))
    processes.append(start(SECOND))
    assert told(processes[0]) == "first"


@posix_only
def test_only_the_player_may_connect(instance: SingleInstance) -> None:
    before = os.umask(0)
    try:
        assert instance.is_first()
    finally:
        os.umask(before)
    socket = QLocalSocket()
    socket.connectToServer(instance.name)
    mode = Path(socket.fullServerName()).stat().st_mode
    assert stat.S_ISSOCK(mode)
    assert not mode & (stat.S_IRWXG | stat.S_IRWXO)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no polite kill")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_system_may_ask_the_window_to_end(
    qtbot: QtBot, processes: list[subprocess.Popen[str]], number: signal.Signals
) -> None:
    """The whole program: it ends with its settings saved, and the next start is the first again."""
    code = "import sys; from att_desktop.cli import main; sys.exit(main(['--sample']))"
    window = start(code)
    processes.append(window)
    folders = find_folders()
    qtbot.waitUntil((folders.cache / "window.lock").exists, timeout=60_000)
    second = start(code)
    processes.append(second)
    assert second.wait(60) == 0, "a second start raises the first and is done"
    window.send_signal(number)
    assert window.wait(60) == 0
    assert (folders.config / "settings.json").exists()
    assert SingleInstance(folders).is_first()


def test_the_running_window_can_be_ended_from_outside(
    qtbot: QtBot, instance: SingleInstance, processes: list[subprocess.Popen[str]]
) -> None:
    """With the real command: its answer comes when the window has ended, and not before."""
    assert instance.is_first()
    instance.quit_wanted.connect(instance.close)
    command = [sys.executable, "-m", "att_desktop", "--quit"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ.copy())
    processes.append(process)
    with qtbot.waitSignal(instance.quit_wanted, timeout=30_000):
        pass
    assert process.wait(30) == 0
    again = SingleInstance(find_folders())
    assert again.is_first()
    again.close()


def test_nothing_to_end_is_no_fault_and_leaves_no_trace() -> None:
    command = [sys.executable, "-m", "att_desktop", "--quit"]
    assert subprocess.run(command, timeout=30, check=False).returncode == 0
    assert not find_folders().cache.exists()
