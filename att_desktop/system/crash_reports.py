"""Reports of unexpected exceptions: one file each, without secrets."""

from __future__ import annotations

import contextlib
import os
import platform
import sys
import threading
import time
import traceback
from typing import TYPE_CHECKING, Final

from att_desktop import __version__
from att_desktop.system.bundled import is_frozen
from att_desktop.system.errors import AttError
from att_desktop.system.files import write_atomic
from att_desktop.system.program_files import ProgramReplaced, program_was_replaced

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from att_desktop.system.redaction import Redactor

_KEPT: Final = 5
_LONGEST: Final = 200_000


def crash_reports(logs: Path) -> list[Path]:
    """The reports that are kept, oldest first."""
    return sorted(logs.glob("crash-*.txt"))


def describe_system() -> str:
    """Versions and system in one line; nothing of the player."""
    frozen = ", packaged" if is_frozen() else ""
    qt = getattr(sys.modules.get("PySide6"), "__version__", None)
    parts = [
        f"Azeroth's Top Talent {__version__}{frozen}",
        f"Python {platform.python_version()}",
        *([f"Qt {qt}"] if qt else []),
        f"{platform.system()} {platform.release()} {platform.machine()}",
    ]
    return " · ".join(parts)


class CrashReporter:
    """Takes the place of the interpreter's hooks for exceptions that nothing caught.

    ``on_crash`` is told what happened and where the report is. It may be called from any thread.
    """

    def __init__(
        self,
        logs: Path,
        redactor: Redactor,
        on_crash: Callable[[AttError], None],
    ) -> None:
        self._logs = logs
        self._redactor = redactor
        self._on_crash = on_crash
        self._before = sys.excepthook
        self._before_in_threads = threading.excepthook

    def install(self) -> None:
        """Put the hooks in. A debugger's or test runner's own are still called afterwards."""
        for current in (sys.excepthook, threading.excepthook):
            reporter = getattr(current, "__self__", None)
            if isinstance(reporter, CrashReporter):
                reporter.remove()
        self._before = sys.excepthook
        self._before_in_threads = threading.excepthook
        sys.excepthook = self._in_main
        threading.excepthook = self._in_thread

    def remove(self) -> None:
        """Put the former hooks back."""
        sys.excepthook = self._before
        threading.excepthook = self._before_in_threads

    def report(self, error: BaseException, *, where: str) -> Path | None:
        """Write a report of ``error`` and return its path; None when that was impossible."""
        trace = "".join(traceback.format_exception(error))
        text = "\n".join(
            [
                describe_system(),
                time.strftime("%Y-%m-%d %H:%M:%S %z"),
                f"in {where}",
                "",
                trace[:_LONGEST],
            ]
        )
        name = f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
        path = self._logs / name
        try:
            self._logs.mkdir(parents=True, exist_ok=True)
            write_atomic(path, self._redactor.clean_for_others(text).encode("utf-8", "replace"))
        except OSError:
            return None
        for old in crash_reports(self._logs)[:-_KEPT]:
            with contextlib.suppress(OSError):
                old.unlink()
        return path

    def _in_main(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if not issubclass(kind, Exception):  # Ctrl+C and the like end the app; they are no crash
            self._before(kind, error, trace)
            return
        self._report_crash(error, where="the main thread")
        if self._before is not sys.__excepthook__:
            self._before(kind, error, trace)

    def _in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is None or not issubclass(args.exc_type, Exception):
            return
        name = args.thread.name if args.thread else "?"
        self._report_crash(args.exc_value, where=f"thread {name}")
        if self._before_in_threads is not threading.__excepthook__:
            self._before_in_threads(args)

    def _report_crash(self, error: BaseException, *, where: str) -> None:
        path = self.report(error, where=where)
        kind = type(error).__name__
        if program_was_replaced():
            # What is imported late is of another version than what runs: no fault of either.
            self._on_crash(ProgramReplaced())
        elif path is None:
            self._on_crash(AttError("crash.not_reported", kind=kind))
        else:
            self._on_crash(AttError("crash.reported", kind=kind, path=path))
