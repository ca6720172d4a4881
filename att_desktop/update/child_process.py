"""Starts the update's process, passes on what it tells, and ends it when asked."""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from att_desktop.system.errors import AttError
from att_desktop.system.logs import log_forwarded
from att_desktop.update.events import Finished, Summary
from att_desktop.update.protocol import Ended, Failed, Logged, Ready, receive

if TYPE_CHECKING:
    from collections.abc import Callable

    from att_desktop.update.events import Event
    from att_desktop.update.protocol import Order

__all__ = ["UpdateLost", "report_stopped", "run_update"]

_LOOK_S: Final = 0.05
# A write that has begun is completed; on a slow disk that may take its time.
_PATIENCE_S: Final = 10.0
_SECRETS: Final = frozenset({"WCL_CLIENT_ID", "WCL_CLIENT_SECRET"})
_STOPPED: Final = "Stopped before anything was fetched."
_log = logging.getLogger(__name__)


class UpdateLost(AttError):
    """The update's process did not start, or is gone without a word."""


def run_update(order: Order, report: Callable[[Event], None], cancel: threading.Event) -> Summary:
    """Run ``order`` in a process of its own, to its end; ``report`` is called from this thread.

    Setting ``cancel`` ends it as it ends an UpdateJob. Raises AttError with the sentence of the
    update that could not go on; UpdateLost.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - ourselves
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if sys.stderr is not None else subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if name not in _SECRETS},
            cwd=None if _is_frozen() else Path(__file__).parents[2],
            **_at_low_priority(),
        )
    except OSError as error:
        raise UpdateLost(
            f"The update could not be started ({error.strerror or error}). "
            "Start the app again, then update."
        ) from error
    assert process.stdin is not None, "a pipe was asked for"  # noqa: S101
    assert process.stdout is not None, "a pipe was asked for"  # noqa: S101
    ready, over = threading.Event(), threading.Event()
    writer = threading.Thread(target=_end_when_asked, args=(process, cancel, ready, over))
    writer.start()
    try:
        _send(order, process.stdin)
        outcome = _listen(process.stdout, report, ready)
    finally:
        over.set()
        writer.join()
        _close(process)
    if isinstance(outcome, Ended):
        return outcome.summary
    if isinstance(outcome, Failed):
        raise AttError(outcome.sentence)
    if cancel.is_set():
        return report_stopped(report)
    _log.error("the update's process ended with code %s", process.returncode)
    raise UpdateLost(
        "The update ended unexpectedly. What was complete is kept; update again to go on."
    )


def report_stopped(report: Callable[[Event], None]) -> Summary:
    """The end of an update that was cancelled before it began."""
    summary = Summary(stopped="cancelled")
    report(Finished(summary=summary, sentence=_STOPPED))
    return summary


def _listen(
    messages: IO[bytes], report: Callable[[Event], None], ready: threading.Event
) -> Ended | Failed | None:
    """Pass events on until the update's last word; None when it went without one."""
    while (message := receive(messages)) is not None:
        match message:
            case Ready():
                ready.set()
            case Logged():
                log_forwarded(message.name, message.level, message.line, message.below)
            case Ended() | Failed():
                return message
            case _:
                report(message)  # type: ignore[arg-type]  # an order goes the other way only
    return None


def _send(order: Order, pipe: IO[bytes]) -> None:
    # When it is gone already, listening tells.
    with contextlib.suppress(OSError, ValueError):
        pipe.write(pickle.dumps(order, pickle.HIGHEST_PROTOCOL))
        pipe.flush()


def _end_when_asked(
    process: subprocess.Popen[bytes],
    cancel: threading.Event,
    ready: threading.Event,
    over: threading.Event,
) -> None:
    """Tell the update to stop once ``cancel`` is set. One that does not even listen is killed:
    before it is ready it has begun nothing, and later its files are whole at any moment."""
    while not over.wait(_LOOK_S):
        if not cancel.is_set():
            continue
        if ready.is_set():
            _close_pipe(process.stdin)
            if over.wait(_PATIENCE_S):
                return
        process.kill()
        return


def _close(process: subprocess.Popen[bytes]) -> None:
    _close_pipe(process.stdin)
    try:
        process.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    _close_pipe(process.stdout)


def _close_pipe(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        with contextlib.suppress(OSError):
            pipe.close()


def _is_frozen() -> bool:
    return bool(getattr(sys, "frozen", False))


def _command() -> list[str]:
    if not _is_frozen():
        return [sys.executable, "-m", "att_desktop", "--update-process"]
    program = Path(sys.executable)
    # Of Windows' two programs only the one for terminals has pipes for sure.
    for_terminals = program.with_name("att-desktop.exe")
    if os.name == "nt" and for_terminals.is_file():
        program = for_terminals
    return [str(program), "--update-process"]


def _at_low_priority() -> dict[str, Any]:
    """The game may be running, and the window is to stay smooth: both go first."""
    if os.name == "nt":
        flags = subprocess.BELOW_NORMAL_PRIORITY_CLASS | subprocess.CREATE_NO_WINDOW  # type: ignore[attr-defined]
        return {"creationflags": flags}
    return {}
