"""The log file, from which secrets are taken out at the root."""

from __future__ import annotations

import contextlib
import logging
import os
import re
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING, Final

from att_desktop.system.crash_reports import CrashReporter, describe_system
from att_desktop.system.redaction import Redactor, one_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import TextIOWrapper
    from pathlib import Path

    from att_desktop.system.errors import AttError
    from att_desktop.system.folders import Folders

_MAX_BYTES: Final = 1_000_000
_KEPT_FILES: Final = 3
_FORMAT: Final = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
_TAIL_BYTES: Final = 200_000
_PROBLEM: Final = re.compile(r"\d{4}-\d\d-\d\d [\d:,]+ (WARNING|ERROR|CRITICAL) ")
_log = logging.getLogger(__name__)


def log_path(folders: Folders) -> Path:
    """The log file; older ones lie beside it as ``.1`` to ``.3``."""
    return folders.logs / "att-desktop.log"


def start_logging(
    folders: Folders, *, on_crash: Callable[[AttError], None] = lambda _error: None
) -> None:
    """Log into the app's folder from now on, and report crashes there.

    Where nothing can be written the app goes on without a log. Called again, the new folder
    takes the place of the old one. ``on_crash``: see CrashReporter.
    """
    root = logging.getLogger()
    redactor = _redactor() or Redactor()
    for handler in [handler for handler in root.handlers if isinstance(handler, _LogFile)]:
        root.removeHandler(handler)
        handler.close()
    with contextlib.suppress(OSError):
        folders.logs.mkdir(parents=True, exist_ok=True)
    root.addHandler(_LogFile(log_path(folders), redactor))
    _set_levels(root)
    CrashReporter(folders.logs, redactor, on_crash).install()
    _log.info("%s", describe_system())


def hide_secret(secret: str) -> None:
    """Let ``secret`` never appear in the log or a crash report, in any usual form."""
    redactor = _redactor()
    if redactor is not None:
        redactor.learn(secret)


def without_secrets(text: str) -> str:
    """``text`` fit to be pasted in public: no secrets, and the home folder as '~'."""
    return (_redactor() or Redactor()).clean_for_others(text)


def last_problems(folders: Folders, limit: int = 10) -> list[str]:
    """The last warnings and errors of the log, oldest first, one line each.

    Those of the file before are among them: the log may have started anew a moment ago.
    """
    path = log_path(folders)
    files = (path.with_name(f"{path.name}.1"), path)
    lines = [line for file in files for line in _end_of(file).splitlines()]
    found = [line for line in lines if _PROBLEM.match(line)]
    return [without_secrets(line) for line in found[-limit:]]


def _end_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - _TAIL_BYTES))
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""


def _redactor() -> Redactor | None:
    for handler in logging.getLogger().handlers:
        if isinstance(handler, _LogFile):
            return handler.redactor
    return None


def _set_levels(root: logging.Logger) -> None:
    root.setLevel(logging.INFO)
    # One line per request says nothing to a player; their debug lines hold headers.
    for chatty in ("httpx", "httpcore", "keyring", "asyncio"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


class _OneLineFormatter(logging.Formatter):
    """One record, one line; a traceback follows indented. Nothing secret in either."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__(_FORMAT)
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        head = logging.makeLogRecord(record.__dict__)
        head.msg, head.args = one_line(record.getMessage()), ()
        head.exc_info = head.exc_text = head.stack_info = None
        lines = [super().format(head)]
        for more in (
            self.formatException(record.exc_info) if record.exc_info else "",
            record.stack_info or "",
        ):
            lines += ["    " + one_line(line) for line in more.split("\n") if line]
        return self._redactor.clean("\n".join(lines))


class _LogFile(RotatingFileHandler):
    """The rotating file. A full disk or a second copy of the app never disturbs the app."""

    def __init__(self, path: Path, redactor: Redactor) -> None:
        super().__init__(
            path, maxBytes=_MAX_BYTES, backupCount=_KEPT_FILES, encoding="utf-8", delay=True
        )
        self.redactor: Final = redactor
        self.setFormatter(_OneLineFormatter(redactor))

    def _open(self) -> TextIOWrapper:
        try:
            handle = self._open_own()
        except PermissionError:  # of another user, as 'sudo' leaves it
            os.replace(self.baseFilename, f"{self.baseFilename}.1")  # noqa: PTH105 - texts
            handle = self._open_own()
        return os.fdopen(handle, "a", encoding="utf-8", errors="replace")

    def _open_own(self) -> int:
        # Readable for this user alone.
        return os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def doRollover(self) -> None:  # noqa: N802 - logging's name
        """Start a new file; when another copy of the app holds the old one, go on in it."""
        try:
            super().doRollover()
        except OSError:
            self.stream = self._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Lose the line: logging's own way would print it, secrets and all, to the terminal."""
