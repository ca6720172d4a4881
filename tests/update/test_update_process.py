"""The window's update in its own process: the same update, and nothing of it stays behind."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from att_desktop import __version__
from att_desktop.config.client_credentials import ClientCredentials
from att_desktop.config.environment import Environment
from att_desktop.system import program_files
from att_desktop.system.errors import AttError
from att_desktop.system.folders import find_folders
from att_desktop.system.locks import current_holder, single_writer, writer_lock_path
from att_desktop.system.logs import log_path
from att_desktop.system.program_files import ProgramReplaced
from att_desktop.text import say
from att_desktop.update import child_process as parent
from att_desktop.update import events
from att_desktop.update.checkpoint import read_checkpoint
from att_desktop.update.child_process import UpdateLost, UpdateRequest, run_update
from tests.portable import posix_only
from tests.shared_data import ROOT
from tests.sources.warcraftlogs.rows import RAID_BOSSES
from tests.sources.warcraftlogs.server import FakeWarcraftLogs
from tests.update.harness import fill
from tests.wow.game_folders import make_retail

if TYPE_CHECKING:
    from collections.abc import Callable

    from att_desktop.system.folders import Folders

pytestmark = pytest.mark.slow

SECRET = "a-canary-of-a-secret-7fe1"

# A window of another process, to be killed: starts an update and tells how far it is.
WINDOW = """
import threading
from att_desktop.update.child_process import UpdateRequest, run_update
run_update(UpdateRequest(sample=True), lambda event: print(type(event).__name__, flush=True),
           threading.Event())
"""
SAMPLE = UpdateRequest(sample=True)


class Told:
    """Collects events, and does something at the first of a kind."""

    def __init__(self, kind: type = object, then: Callable[[], None] = lambda: None) -> None:
        self.events: list[events.Event] = []
        self.threads: set[int] = set()
        self._kind = kind
        self._then = then
        self._seen = False

    def __call__(self, event: events.Event) -> None:
        self.events.append(event)
        self.threads.add(threading.get_ident())
        if isinstance(event, self._kind) and not self._seen:
            self._seen = True
            self._then()


def test_a_cancelled_update_keeps_what_it_has_and_lets_go() -> None:
    folders = find_folders()
    cancel = threading.Event()
    told = Told(events.UnitDone, cancel.set)
    summary = run_update(SAMPLE, told, cancel)
    assert summary.stopped == "cancelled"
    sources = [e.source for e in told.events if isinstance(e, events.RunStarted)]
    assert sources == ["sample"]
    last = told.events[-1]
    assert isinstance(last, events.Finished)
    assert last.summary == summary
    assert told.threads == {threading.get_ident()}
    kept = read_checkpoint(folders.sample_cache / "checkpoint.json")
    assert len(kept.units) == summary.done > 0
    assert current_holder(writer_lock_path(folders)) is None
    assert list(folders.cache.rglob("*.tmp")) == []


def test_cancel_before_the_process_is_ready_needs_no_patience() -> None:
    cancel = threading.Event()
    cancel.set()
    told = Told()
    summary = run_update(SAMPLE, told, cancel)
    assert summary == events.Summary(stopped="cancelled")
    assert [type(event) for event in told.events] == [events.Finished]
    assert not find_folders().cache.exists()


def test_a_process_that_is_killed_is_told_and_costs_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    folders = find_folders()

    def kill() -> None:
        holder = current_holder(writer_lock_path(folders))
        assert holder is not None
        assert holder.pid != os.getpid()
        os.kill(holder.pid, signal.SIGKILL if os.name != "nt" else signal.SIGTERM)

    told = Told(events.UnitDone, kill)
    with pytest.raises(UpdateLost, match=r"^update\.lost$"):
        run_update(SAMPLE, told, threading.Event())
    assert "ended with code" in caplog.text
    kept = read_checkpoint(folders.sample_cache / "checkpoint.json")
    assert kept.units
    assert kept.problem is None
    cancel = threading.Event()
    again = Told(events.UnitDone, cancel.set)
    assert run_update(SAMPLE, again, cancel).failed == 0


def test_the_update_ends_with_its_window(own_home: Path) -> None:
    folders = find_folders()
    window = subprocess.Popen(
        [sys.executable, "-c", WINDOW], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert window.stdout is not None
    for line in window.stdout:
        if line.strip() == "UnitDone":
            break
    window.kill()
    window.communicate()
    # Blocks until the writer is gone: it holds its lock to its end.
    with single_writer_when_free(folders):
        kept = read_checkpoint(folders.sample_cache / "checkpoint.json")
    assert 0 < len(kept.units) < 80
    assert list(own_home.rglob("*.tmp")) == []


def single_writer_when_free(folders: Folders) -> FileLock:
    return FileLock(writer_lock_path(folders), timeout=30)


def test_another_writer_is_named() -> None:
    folders = find_folders()
    with (
        single_writer(writer_lock_path(folders), what="terminal"),
        pytest.raises(AttError, match=rf"lock\.held_by_terminal pid={os.getpid()} "),
    ):
        run_update(SAMPLE, Told(), threading.Event())


GARBAGE = "print('not what was expected'); print('[' * 100_000); print('{\"event\": \"news\"}')"
OTHER_VERSION = 'print(\'{"event": "program", "version": "0.0.0"}\', flush=True); input()'
CRASH = "import sys; sys.exit('a traceback of sorts')"


@pytest.mark.parametrize(
    ("command", "code", "logged"),
    [
        (["/nowhere/att-desktop"], "update.not_started", ""),
        ([sys.executable, "-c", ""], "update.lost", "ended with code 0"),
        ([sys.executable, "-c", CRASH], "update.lost", "a traceback of sorts"),
        ([sys.executable, "-c", GARBAGE], "update.garbled", "not an event: b'not what was"),
        ([sys.executable, "-c", OTHER_VERSION], "app.replaced", ""),
    ],
)
def test_what_does_not_start_is_told(
    command: list[str],
    code: str,
    logged: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(parent, "_program", lambda: command)
    with pytest.raises(AttError) as raised:
        run_update(SAMPLE, Told(), threading.Event())
    assert raised.value.code == code
    assert say(raised.value) != code
    assert logged in caplog.text


# Does not end by itself before the test would fail: then it leaves a file.
STUBBORN = (
    "import signal, sys, threading; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    f'print(\'{{"event": "program", "version": "{__version__}"}}\'); '
    "print(sys.argv[1], flush=True); threading.Event().wait(15); open(sys.argv[2], 'w')"
)


def stubborn(monkeypatch: pytest.MonkeyPatch, told: str, left: Path) -> None:
    """Let a program be started that tells this event, and then hears nothing."""
    command = [sys.executable, "-c", STUBBORN, told, str(left)]
    monkeypatch.setattr(parent, "_program", lambda: command)
    monkeypatch.setattr(parent, "_AFTER_CLOSING_S", 0.1)
    monkeypatch.setattr(parent, "_AFTER_TERMINATING_S", 0.1)


def test_an_update_that_does_not_listen_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stubborn(monkeypatch, '{"event": "notice", "code": "x"}', tmp_path / "left")
    cancel = threading.Event()
    told = Told(events.Notice, cancel.set)
    assert run_update(SAMPLE, told, cancel).stopped == "cancelled"
    assert [type(event) for event in told.events] == [events.Notice, events.Finished]
    assert not (tmp_path / "left").exists()


def test_an_update_that_is_done_and_does_not_go_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished = events.encode_event(events.Finished(summary=events.Summary(done=3), code="x"))
    stubborn(monkeypatch, finished.decode().strip(), tmp_path / "left")
    assert run_update(SAMPLE, Told(), threading.Event()).done == 3
    assert not (tmp_path / "left").exists()


@posix_only
def test_ctrl_c_in_the_windows_terminal_does_not_reach_the_update(tmp_path: Path) -> None:
    """The whole group gets it; the window alone says what it means. The window goes first, too."""
    words = ["sync", "--events", "--stdin", "--sample", "--output", str(tmp_path / "t.lua")]
    child = subprocess.Popen(
        [sys.executable, "-m", "att_desktop", *words, "--spec", "Blood"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    with child:
        child.stdin.write(b"{}\n")
        child.stdin.flush()
        assert b"program" in child.stdout.readline()
        child.send_signal(signal.SIGINT)
        own = os.getpriority(os.PRIO_PROCESS, 0)
        assert os.getpriority(os.PRIO_PROCESS, child.pid) == min(own + 5, 19)
        told = child.stdout.readlines()
        child.stdin.close()
    assert child.returncode == 0
    assert b'"finished"' in told[-1]


def test_after_the_programs_files_were_replaced_a_failure_is_explained(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parent, "_program", lambda: [sys.executable, "-c", "import no_such_module"])
    monkeypatch.setattr(program_files, "_AT_START", (1, 2, 3))
    with pytest.raises(ProgramReplaced):
        run_update(SAMPLE, Told(), threading.Event())


def test_its_log_is_the_apps_log() -> None:
    folders = find_folders()
    folders.data.mkdir(parents=True)
    (folders.data / "talents.json").write_bytes(b"not a tree")
    cancel = threading.Event()
    run_update(SAMPLE, Told(events.UnitDone, cancel.set), cancel)
    log = log_path(folders).read_text("utf-8")
    assert "att_desktop.sources.talent_trees: " in log
    assert "INFO    att_desktop.update.unit_counts: " in log


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no /proc to look into")
def test_the_secret_is_in_no_place_where_others_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("WCL_CLIENT_SECRET", SECRET)
    monkeypatch.setenv("ATT_FEED_KEY", SECRET)  # of no use to an update
    folders = find_folders()
    game = make_retail(tmp_path / "World of Warcraft")
    seen: list[bytes] = []
    cancel = threading.Event()

    def look() -> None:
        holder = current_holder(writer_lock_path(folders))
        assert holder is not None
        process = Path("/proc") / str(holder.pid)
        seen.extend((process / name).read_bytes() for name in ("cmdline", "environ"))
        cancel.set()

    with FakeWarcraftLogs() as wcl, caplog.at_level(logging.DEBUG):
        fill(wcl, [250], dict.fromkeys(RAID_BOSSES, (5, 40)))
        wcl.client = (wcl.client[0], SECRET)
        request = UpdateRequest(
            game_folders=(game,),
            variables=Environment(
                api_url=wcl.api_url, token_url=wcl.token_url, request_interval_ms=0
            ).variables(),
            credentials=ClientCredentials(wcl.client[0], SECRET),
        )
        run_update(request, Told(events.UnitStarted, look), cancel)
        assert wcl.requests("token")
    assert len(seen) == 2
    assert b"--events" in seen[0]
    everything = b"".join(seen) + caplog.text.encode() + repr(request).encode()
    assert SECRET.encode() not in everything
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes(), path
