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

from att_desktop.config.client_credentials import ClientCredentials
from att_desktop.config.environment import Environment
from att_desktop.config.settings import Settings
from att_desktop.system.errors import AttError
from att_desktop.system.folders import find_folders
from att_desktop.system.locks import current_holder, single_writer, writer_lock_path
from att_desktop.update import child_process as parent
from att_desktop.update import events
from att_desktop.update.checkpoint import read_checkpoint
from att_desktop.update.child_process import UpdateLost, run_update
from att_desktop.update.protocol import Order
from tests.shared_data import ROOT
from tests.sources.warcraftlogs.rows import RAID_BOSSES
from tests.sources.warcraftlogs.server import FakeWarcraftLogs
from tests.update.harness import fill

if TYPE_CHECKING:
    from collections.abc import Callable

    from att_desktop.system.folders import Folders

SECRET = "a-canary-of-a-secret-7fe1"

# A window of another process, to be killed: starts an update and tells how far it is.
WINDOW = """
import sys, threading
from att_desktop.config.environment import Environment
from att_desktop.system.folders import find_folders
from att_desktop.config.settings import Settings
from att_desktop.update.child_process import run_update
from att_desktop.update.protocol import Order
order = Order(folders=find_folders(), sample=True, environment=Environment(), settings=Settings(),
              addons=(), credentials=None)
run_update(order, lambda event: print(type(event).__name__, flush=True), threading.Event())
"""


def order_of_samples(folders: Folders) -> Order:
    return Order(
        folders=folders,
        sample=True,
        environment=Environment(),
        settings=Settings(),
        addons=(),
        credentials=None,
    )


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
    summary = run_update(order_of_samples(folders), told, cancel)
    assert summary.stopped == "cancelled"
    assert [event.sample for event in told.events if isinstance(event, events.RunStarted)] == [True]
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
    folders = find_folders()
    summary = run_update(order_of_samples(folders), told, cancel)
    assert summary == events.Summary(stopped="cancelled")
    assert [type(event) for event in told.events] == [events.Finished]
    assert not folders.cache.exists()


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
    with pytest.raises(UpdateLost, match="What was complete is kept"):
        run_update(order_of_samples(folders), told, threading.Event())
    assert "ended with code" in caplog.text
    kept = read_checkpoint(folders.sample_cache / "checkpoint.json")
    assert kept.units
    assert kept.problem == ""
    cancel = threading.Event()
    again = Told(events.UnitDone, cancel.set)
    assert run_update(order_of_samples(folders), again, cancel).failed == 0


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
        single_writer(writer_lock_path(folders), what="a terminal"),
        pytest.raises(AttError, match=rf"a terminal \(process {os.getpid()}"),
    ):
        run_update(order_of_samples(folders), Told(), threading.Event())


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["/nowhere/att-desktop"], "could not be started"),
        ([sys.executable, "-c", ""], "ended unexpectedly"),
        ([sys.executable, "-c", "print('not what was expected')"], "ended unexpectedly"),
    ],
)
def test_what_does_not_start_is_told(
    command: list[str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parent, "_command", lambda: command)
    with pytest.raises(UpdateLost, match=words):
        run_update(order_of_samples(find_folders()), Told(), threading.Event())


def test_its_log_lines_come_to_the_window(caplog: pytest.LogCaptureFixture) -> None:
    folders = find_folders()
    folders.data.mkdir(parents=True)
    (folders.data / "talents.json").write_bytes(b"not a tree")
    cancel = threading.Event()
    with caplog.at_level(logging.INFO):
        run_update(order_of_samples(folders), Told(events.UnitDone, cancel.set), cancel)
    lines = {(record.name, record.levelname): record.getMessage() for record in caplog.records}
    assert "can not be used" in lines["att_desktop.sources.talent_trees", "WARNING"]
    assert "done" in lines["att_desktop.update.job", "INFO"]


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no /proc to look into")
def test_the_secret_is_in_no_place_where_others_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("WCL_CLIENT_SECRET", SECRET)
    folders = find_folders()
    addons = tmp_path / "_retail_" / "Interface" / "AddOns"
    addons.mkdir(parents=True)
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
        order = Order(
            folders=folders,
            sample=False,
            environment=Environment(
                api_url=wcl.api_url, token_url=wcl.token_url, request_interval_ms=0
            ),
            settings=Settings(content="raid"),
            addons=(addons,),
            credentials=ClientCredentials(wcl.client[0], SECRET),
        )
        run_update(order, Told(events.UnitStarted, look), cancel)
        assert wcl.requests("token")
    assert len(seen) == 2
    assert b"--update-process" in seen[0]
    everything = b"".join(seen) + caplog.text.encode() + repr(order).encode()
    assert SECRET.encode() not in everything
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes(), path
