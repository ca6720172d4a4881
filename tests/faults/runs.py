"""One run of the real command line in a child process, under a plan's faults."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import io
import json
import logging
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, Literal, NoReturn

import keyring
import keyring.errors
import stamina

from att_desktop import cli
from att_desktop.commands import sync as terminal_sync
from att_desktop.commands.progress import LineProgress
from att_desktop.config.credentials import KeyringStore
from att_desktop.sources.feed import client as feed_client
from att_desktop.sources.http.client import HttpClient
from att_desktop.sources.http.transfer import Limits
from att_desktop.sources.parses import client as parses_client
from att_desktop.sources.warcraftlogs.client import WarcraftLogs
from att_desktop.system import files
from att_desktop.update import compose, events
from att_desktop.update.parses_update import ParsesUpdate
from tests.faults.disk import Disk, Steps
from tests.faults.hosts import FEED_ADDRESS, HOST
from tests.faults.network import CANARY_ID, CANARY_SECRET, FaultyNetwork
from tests.faults.plans import DiskFault, KeyringFault, Moment, Plan
from tests.faults.world import CLASS, Place, World
from tests.keyrings import FailingKeyring, MemoryKeyring, StuckKeyring, VanishingKeyring
from tests.sources.warcraftlogs.clocks import FakeClock

if TYPE_CHECKING:
    from collections.abc import Callable

# Fifty times what a run takes: a busy machine is no hang.
_LONGEST_S: Final = 60.0
CLEAN: Final = Plan(
    seed=0, number=0, prior="nothing", content="both", place="plain", fresh=False,
    no_wait=False, threads=False, points=3600, faults=(),
)  # fmt: skip


@dataclass(kw_only=True)
class Ran:
    """How a run ended. ``code`` is negative for a signal; ``done`` are units told complete."""

    code: int
    said: str
    out: str
    done: set[tuple[int, str]] = field(default_factory=set)
    injected: Counter[str] = field(default_factory=Counter)
    steps: int = 0
    hung: bool = False
    second: Ran | None = None


def arguments(place: Place, plan: Plan) -> list[str]:
    """The command line of a plan."""
    words = ["sync", "--source", plan.source, "--class", CLASS]
    words += ["--wow-dir", str(place.game), "--json"]
    if plan.content == "raid":
        words += ["--content", "raid"]
    if plan.fresh:
        words.append("--fresh")
    if plan.no_wait:
        words.append("--no-wait")
    return words


def run(world: World, place: Place, plan: Plan) -> Ran:
    """Run to the end. A suspended run is waked again, after a second one where it is planned."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})  # waited for, not caught
    folder = Path(tempfile.mkdtemp(dir=world.base, prefix="run-"))
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        _child(world, place, plan, folder)
    second = None
    status, hung = None, False
    while status is None:
        found, state = os.waitpid(child, os.WNOHANG | os.WUNTRACED)
        if found and os.WIFSTOPPED(state):
            if "second copy" in plan.kinds:
                second = run(world, place, replace(CLEAN, source=plan.source, content=plan.content))
            os.kill(child, signal.SIGCONT)
        elif found:
            status = state
        elif time.monotonic() - begun > _LONGEST_S:
            hung = True
            os.kill(child, signal.SIGKILL)
        else:
            signal.sigtimedwait({signal.SIGCHLD}, 1.0)
    ran = _read(folder, os.waitstatus_to_exitcode(status))
    ran.hung, ran.second = hung, second
    shutil.rmtree(folder)
    return ran


def warm_up(world: World, place: Place, content: Literal["raid", "both"]) -> None:
    """One update in this very process: what it imports, compiles and parses, its children share.

    Its log goes with all that was learned there: each child has to hide its secrets anew.
    """
    plan = replace(CLEAN, source=place.source, content=content)
    clock, notes = FakeClock(), _Notes(Path(os.devnull))
    environment = dict(os.environ)
    hooks = sys.excepthook, threading.excepthook
    patched = (
        (terminal_sync, "LineProgress"),
        (compose, "WarcraftLogs"),
        (compose, "ParsesUpdate"),
        (feed_client, "HttpClient"),
        (parses_client, "HttpClient"),
        (files, "time"),
    )
    before = [getattr(*where) for where in patched]
    try:
        _set_environment(place, plan)
        world.server.refill(clock.monotonic, plan.points)
        _plug_in(
            replace(plan, threads=True),
            FaultyNetwork(world.server, world.hosts, plan, Steps()),
            clock,
            notes,
        )
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            assert cli.main(arguments(place, plan)) == 0, said.getvalue()
    finally:
        for (module, name), was in zip(patched, before, strict=True):
            setattr(module, name, was)
        sys.excepthook, threading.excepthook = hooks
        os.environ.clear()
        os.environ.update(environment)
        tempfile.tempdir = None
        for handler in list(logging.getLogger().handlers):
            logging.getLogger().removeHandler(handler)
            handler.close()


def _read(folder: Path, code: int) -> Ran:
    ran = Ran(
        code=code,
        said=(folder / "err").read_text("utf-8", "replace"),
        out=(folder / "out").read_text("utf-8", "replace"),
    )
    for line in (folder / "notes").read_text("utf-8").splitlines():
        kind, value = json.loads(line)
        if kind == "done":
            ran.done.add((value[0], value[1]))
        elif kind == "injected":
            ran.injected[value] += 1
        else:
            ran.steps = value
    return ran


class _Notes:
    """What the child tells the parent; whole lines, so that a kill loses none."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._write = os.write

    def __call__(self, kind: str, value: Any) -> None:
        self._write(self._handle, json.dumps([kind, value]).encode() + b"\n")


def _child(world: World, place: Place, plan: Plan, folder: Path) -> NoReturn:
    code = 70
    try:
        gc.disable()  # one update is over before it matters, and pages stay shared
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        notes = _Notes(folder / "notes")
        _redirect(folder)
        stamina.set_testing(True, attempts=100, cap=True)  # counted, but not waited for
        _set_environment(place, plan)
        steps = Steps()
        disk = Disk(
            root=str(place.root),
            home=str(place.home),
            faults=tuple(f for f in plan.faults if isinstance(f, DiskFault)),
            steps=steps,
            injected=_Telling(notes),
        )
        clock = FakeClock()
        world.server.refill(clock.monotonic, plan.points)
        network = FaultyNetwork(world.server, world.hosts, plan, steps)
        network.injected = _Telling(notes)
        _plug_in(plan, network, clock, notes)
        for moment in (fault for fault in plan.faults if isinstance(fault, Moment)):
            happen = partial(_happen, moment, place, plan, disk, clock, notes)
            if moment.operation:
                disk.moments.append((moment, happen))
            else:
                steps.at[moment.at] = happen
        disk.install()
        try:
            code = cli.main(arguments(place, plan))
        except BaseException as error:  # noqa: BLE001 - as the interpreter would end
            sys.excepthook(type(error), error, error.__traceback__)
            print("Traceback: the command did not end by itself", file=sys.stderr)
            traceback.print_exception(error)
            code = 1
        if network.foreign_hosts:
            print("Traceback: asked another host", network.foreign_hosts, file=sys.stderr)
        notes("steps", steps.count)
    finally:
        with contextlib.suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


class _Telling(Counter[str]):
    """Counts, and tells the parent of each count as it is made."""

    def __init__(self, notes: _Notes) -> None:
        super().__init__()
        self._notes = notes

    def __setitem__(self, key: str, value: int) -> None:
        super().__setitem__(key, value)
        self._notes("injected", key)


def _redirect(folder: Path) -> None:
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w"), encoding="utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w"), encoding="utf-8", write_through=True)


def _set_environment(place: Place, plan: Plan) -> None:
    for name in list(os.environ):
        if name.startswith(("WCL_", "ATT_", "XDG_")):
            del os.environ[name]
    os.environ.update(
        ATT_HOME=str(place.home),
        HOME=str(place.root / "user"),
        WCL_API_URL="http://127.0.0.1:9/api/v2/client",
        WCL_TOKEN_URL="http://127.0.0.1:9/oauth/token",
        WCL_TOP_N_PLAYERS="10",
        ATT_PARSES_URL=HOST,
        ATT_FEED_ADDRESS=FEED_ADDRESS,
    )
    # Files for a moment are under observation too.
    tempfile.tempdir = str(place.root / "user" / "tmp")
    kinds = [fault.kind for fault in plan.faults if isinstance(fault, KeyringFault)]
    if kinds:
        keyring.set_keyring(_keyring(kinds[0]))
        if kinds[0] == "slow":  # the others answer; on a busy machine that may take its time
            assert KeyringStore.__init__.__kwdefaults__ is not None
            KeyringStore.__init__.__kwdefaults__.update(look_seconds=0.05, wait_seconds=0.3)
    else:
        keyring.set_keyring(MemoryKeyring())
        os.environ.update(WCL_CLIENT_ID=CANARY_ID, WCL_CLIENT_SECRET=CANARY_SECRET)


def _keyring(kind: str) -> MemoryKeyring:
    def refused() -> Exception:
        # What an error of a backend may carry; it must go no further.
        return keyring.errors.KeyringError(f"denied while handling {CANARY_SECRET}")

    made: MemoryKeyring = {
        "absent": lambda: FailingKeyring(keyring.errors.NoKeyringError),
        "locked": lambda: FailingKeyring(keyring.errors.KeyringLocked),
        "denied": lambda: FailingKeyring(refused),
        "slow": StuckKeyring,
        "vanished": VanishingKeyring,
    }.get(kind, MemoryKeyring)()
    entry = json.dumps({"client_id": CANARY_ID, "client_secret": CANARY_SECRET})
    if kind == "garbage":
        entry = f"not json {CANARY_SECRET}"
    if kind in ("fine", "vanished", "garbage"):
        made.entries["Azeroth's Top Talent", "Warcraft Logs API client"] = entry
    return made


def _plug_in(plan: Plan, network: FaultyNetwork, clock: FakeClock, notes: _Notes) -> None:
    class Recording(LineProgress):
        def __call__(self, event: events.Event) -> None:
            if isinstance(event, events.UnitDone) and event.state == "done":
                notes("done", [event.unit.spec_id, event.unit.content_type])
            super().__call__(event)

    terminal_sync.LineProgress = Recording
    total_s = 0.3 if "hang" in plan.kinds else 30.0
    compose.WarcraftLogs = partial(
        WarcraftLogs, transport=network, clock=clock.clock, limits=Limits(total_s=total_s)
    )

    def plain_client(site: str, url: str, *, limits: Limits, **more: Any) -> HttpClient:
        limits = replace(limits, total_s=total_s)
        return HttpClient(site, url, limits=limits, transport=network, **more)

    for module in (feed_client, parses_client):
        module.HttpClient = plain_client
    compose.ParsesUpdate = partial(
        ParsesUpdate, client=partial(parses_client.ParsesClient, clock=clock.clock)
    )
    # A busy disk of Windows is waited for; here the waiting takes no time.
    files.time = SimpleNamespace(sleep=lambda _seconds: None)
    if not plan.threads:
        asyncio.to_thread = _at_once


async def _at_once(work: Callable[..., Any], *args: Any) -> Any:
    """Threads make the order of steps a matter of luck; most plans go without."""
    return work(*args)


def _happen(
    moment: Moment, place: Place, plan: Plan, disk: Disk, clock: FakeClock, notes: _Notes
) -> None:
    notes("injected", moment.kind)
    match moment.kind:
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "power loss":
            disk.lose_power(plan.rng("power"))
            os.kill(os.getpid(), signal.SIGKILL)
        case "terminate":
            os.kill(os.getpid(), signal.SIGTERM)
        case "interrupt":
            os.kill(os.getpid(), signal.SIGINT)
        case "suspend" | "second copy":
            clock.seconds += 7200.0
            os.kill(os.getpid(), signal.SIGSTOP)
        case "clock forward":
            clock.seconds += 5000.0
        case "clock back":
            clock.wall = clock.wall.replace(year=2001)
        case _:
            with disk.untouched():
                _meddle(moment.kind, place)


def _meddle(kind: str, place: Place) -> None:
    match kind:
        case "other writer" if place.addon.is_dir():
            place.talent_data.write_bytes(b"local _, addon = ...\naddon.other = true\n")
        case "addon deleted":
            shutil.rmtree(place.addon, ignore_errors=True)
        case "game vanishes" if place.game.is_dir():
            place.game.rename(place.game.with_name("elsewhere"))
        case "cache vanishes":
            shutil.rmtree(place.home / "cache", ignore_errors=True)
