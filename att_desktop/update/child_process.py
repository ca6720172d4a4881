"""Runs ``att-desktop sync --events`` as a child, passes on its events, and ends it when asked.

The window does not update by itself: threads of one interpreter take turns, and it would stutter.
"""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import msgspec

from att_desktop import __version__
from att_desktop.system.bundled import is_frozen
from att_desktop.system.errors import AttError, os_reason
from att_desktop.system.json_data import UnreadableJson
from att_desktop.system.program_files import ProgramReplaced, program_was_replaced
from att_desktop.update.events import Failed, Finished, Program, Summary, decode_event

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from att_desktop.config.client_credentials import ClientCredentials
    from att_desktop.update.events import Event

_LOOK_S: Final = 0.05
# A write that has begun is completed; on a slow disk that may take its time.
_AFTER_CLOSING_S: Final = 10.0
_AFTER_TERMINATING_S: Final = 3.0
_LONGEST_LINE: Final = 1_000_000
_BAD_LINES_LOGGED: Final = 5
_LAST_WORDS: Final = 4000
# Set for this process; the child is told otherwise, or not at all.
_NOT_PASSED_ON: Final = frozenset(
    {"WCL_CLIENT_ID", "WCL_CLIENT_SECRET", "WCL_OUTPUT_PATH", "ATT_FEED_KEY"}
)
_log = logging.getLogger(__name__)


class UpdateLost(AttError):
    """The update's process did not start, is gone without a word, or is not understood."""


class ChildInput(msgspec.Struct, frozen=True, kw_only=True):
    """The one line that the child reads from stdin; after it, a closed stdin means 'stop'.

    Secrets go this way only: other programs can read the environment and the command line.
    """

    client_id: str = ""
    client_secret: str = ""

    def __repr__(self) -> str:
        return "ChildInput(...)"


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateRequest:
    """An update as the window wants it. The child reads folders and settings by itself.

    ``game_folders`` are those to write to; without one, real results are only kept. ``variables``
    are added to the child's environment.
    ``credentials`` are None for the sample source.
    """

    sample: bool = False
    game_folders: tuple[Path, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    credentials: ClientCredentials | None = None


def run_update(
    request: UpdateRequest, report: Callable[[Event], None], cancel: threading.Event
) -> Summary:
    """Run ``request`` in a process of its own, to its end; ``report`` is called from this thread.

    Setting ``cancel`` ends it as it ends an UpdateJob. Raises AttError with the code of the
    update that could not go on; UpdateLost; ProgramReplaced.
    """
    with _last_words() as stderr:
        process = _start(request, stderr)
        child = _Child(process)
        stopper = threading.Thread(target=child.end_when_asked, args=(cancel,))
        stopper.start()
        try:
            child.send(request.credentials)
            outcome = child.listen(report)
        finally:
            child.over.set()
            stopper.join()
            child.close()
        match outcome:
            case Finished():
                return outcome.summary
            case Failed():
                raise AttError(outcome.code, **outcome.fields)
        if cancel.is_set():
            return report_stopped(report)
        _log.error("the update's process ended with code %s", process.returncode)
        _log_last_words(stderr)
    if program_was_replaced():
        raise ProgramReplaced
    raise UpdateLost("update.garbled" if child.bad_lines else "update.lost")


def report_stopped(report: Callable[[Event], None]) -> Summary:
    """The end of an update that was cancelled before it began."""
    summary = Summary(stopped="cancelled")
    report(Finished(summary=summary, code="update.stopped_before"))
    return summary


def _start(request: UpdateRequest, stderr: IO[bytes] | int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - ourselves
            [*_program(), *_arguments(request)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            env=_environment(request),
            **_at_low_priority(),
        )
    except OSError as error:
        if program_was_replaced():
            raise ProgramReplaced from error
        raise UpdateLost("update.not_started", reason=os_reason(error)) from error


class _Child:
    """The running process. One thread listens, another one ends it when asked."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None, "a pipe was asked for"  # noqa: S101
        assert process.stdout is not None, "a pipe was asked for"  # noqa: S101
        self.over = threading.Event()
        self.bad_lines = 0
        self._process = process
        self._stdin, self._stdout = process.stdin, process.stdout
        self._begun = threading.Event()

    def send(self, credentials: ClientCredentials | None) -> None:
        """Write the input line. When the process is gone already, listening tells."""
        line = ChildInput()
        if credentials is not None:
            line = ChildInput(
                client_id=credentials.client_id, client_secret=credentials.client_secret
            )
        with contextlib.suppress(OSError, ValueError):
            self._stdin.write(msgspec.json.encode(line) + b"\n")
            self._stdin.flush()

    def listen(self, report: Callable[[Event], None]) -> Finished | Failed | None:
        """Pass events on until the last one; None when the process went without one.

        Raises ProgramReplaced when a process of another version answers.
        """
        while line := self._stdout.readline(_LONGEST_LINE):
            try:
                event = decode_event(line)
            except UnreadableJson as error:
                self.bad_lines += 1
                if self.bad_lines <= _BAD_LINES_LOGGED:
                    _log.warning("not an event: %r (%s)", line[:200], error)
                continue
            match event:
                case Program():
                    if event.version != __version__:
                        raise ProgramReplaced
                    self._begun.set()
                case Failed():
                    return event
                case Finished():
                    report(event)
                    return event
                case _:
                    report(event)
        return None

    def end_when_asked(self, cancel: threading.Event) -> None:
        """Once ``cancel`` is set: close stdin, then terminate, then kill.

        Before its first line the process has begun nothing, and is ended at once.
        """
        while not self.over.wait(_LOOK_S):
            if not cancel.is_set():
                continue
            if self._begun.is_set():
                _close_pipe(self._stdin)
                if self.over.wait(_AFTER_CLOSING_S):
                    return
            self._process.terminate()
            if not self.over.wait(_AFTER_TERMINATING_S):
                self._process.kill()
            return

    def close(self) -> None:
        """Let the process go, and wait for it."""
        _close_pipe(self._stdin)
        try:
            self._process.wait(_AFTER_CLOSING_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        _close_pipe(self._stdout)


def _close_pipe(pipe: IO[bytes]) -> None:
    with contextlib.suppress(OSError):
        pipe.close()


@contextlib.contextmanager
def _last_words() -> Any:
    """Where the child's stderr goes: a file for the moment, or nowhere on a full disk."""
    try:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - closed below
    except OSError:
        yield subprocess.DEVNULL
        return
    with file:
        yield file


def _log_last_words(stderr: IO[bytes] | int) -> None:
    if isinstance(stderr, int):
        return
    stderr.seek(0, os.SEEK_END)
    stderr.seek(max(0, stderr.tell() - _LAST_WORDS))
    text = stderr.read().decode("utf-8", "replace").strip()
    if text:
        _log.error("its last words: %s", text)


def _program() -> list[str]:
    if not is_frozen():
        # -P: the working folder is not a place to import from.
        return [sys.executable, "-P", "-m", "att_desktop"]
    program = Path(sys.executable)
    # Of Windows' two programs only the one for terminals has pipes for sure.
    for_terminals = program.with_name("att-desktop.exe")
    if os.name == "nt" and for_terminals.is_file():
        program = for_terminals
    return [str(program)]


def _arguments(request: UpdateRequest) -> list[str]:
    words = ["sync", "--events", "--stdin"]
    if request.sample:
        words.append("--sample")
    elif not request.game_folders:
        words.append("--results-only")
    for folder in request.game_folders:
        words += ["--wow-dir", str(folder)]
    return words


def _environment(request: UpdateRequest) -> dict[str, str]:
    environ = {name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON}
    environ.update(request.variables)
    if not is_frozen():
        package = str(Path(__file__).parents[2])
        environ["PYTHONPATH"] = os.pathsep.join(
            filter(None, (package, environ.get("PYTHONPATH", "")))
        )
    return environ


def _at_low_priority() -> dict[str, Any]:
    """The game may be running, and the window is to stay smooth: both go first."""
    if sys.platform == "win32":
        flags = subprocess.BELOW_NORMAL_PRIORITY_CLASS | subprocess.CREATE_NO_WINDOW
        return {"creationflags": flags}
    return {}
