"""One writer: two copies of the app never write the same files."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import filelock
import msgspec

from att_desktop.system.errors import AttError
from att_desktop.system.files import remove_leftovers, write_atomic
from att_desktop.system.json_data import UnreadableJson, decode_json

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from att_desktop.system.folders import Folders

_MAX_HOLDER_BYTES: Final = 4096
# Longer than ``current_holder`` has the lock, or a new holder takes to leave its note.
_MOMENT_S: Final = 0.1
_HELD_BY: Final = {"window": "lock.held_by_window", "terminal": "lock.held_by_terminal"}
# flock(2) on network file systems whose server keeps no locks, and on some of FUSE.
_NO_LOCKS: Final = frozenset(
    {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EPERM}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who writes now. ``since`` is ISO 8601 in UTC; ``what`` is 'window', 'terminal', 'install'."""

    pid: int
    since: str
    what: str


class AlreadyRunning(AttError):
    """Another copy of the app is writing. ``holder`` is None when it did not say who it is."""

    def __init__(self, holder: Holder | None) -> None:
        if holder is None:
            super().__init__("lock.held")
        else:
            code = _HELD_BY.get(holder.what, "lock.held_by")
            super().__init__(code, pid=holder.pid, since=_time(holder.since))
        self.holder: Final = holder


class LockUnavailable(AttError):
    """The folder cannot hold a lock at all: read-only, full, or gone."""


def writer_lock_path(folders: Folders) -> Path:
    """The lock of everything that an update writes into the app's own folders."""
    return folders.cache / "writer.lock"


@contextlib.contextmanager
def single_writer(lock: Path, *, what: str, wait_s: float = _MOMENT_S) -> Iterator[None]:
    """Be the only writer while inside. ``what`` tells others who that is, as in Holder.

    A note of who holds it lies beside the lock and counts only while the lock is held.

    Raises AlreadyRunning after ``wait_s`` seconds, by default a moment; LockUnavailable.
    """
    held = hold(lock, wait_s)
    try:
        remove_leftovers(lock.parent, _note(lock).name)
        _write_holder(lock, what)
        yield
    finally:
        # Before the release: afterwards the note would be another writer's.
        with contextlib.suppress(OSError):
            _note(lock).unlink()
        held.release()


def current_holder(lock: Path) -> Holder | None:
    """Who writes right now, or None. Takes the lock for a moment to know."""
    if not lock.is_file() and not _soft(lock).is_file():
        return None
    try:
        held = hold(lock)
    except AlreadyRunning as error:
        return error.holder or Holder(pid=0, since="", what="")
    except LockUnavailable:
        return None
    held.release()
    return None


def hold(lock: Path, wait_s: float = 0.0) -> filelock.BaseFileLock:
    """Hold a lock file until ``release()`` is called or the process ends, however it ends.

    The lock file itself stays: removing it would let two writers hold two files of one name. One
    that only another user may write is removed, by whoever holds it.
    Where the file system has no locks, a file with the process' id and start time stands for it,
    which is taken over when that process is gone or its id is another program's by now.

    Raises AlreadyRunning after ``wait_s`` seconds, and LockUnavailable.
    """
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _acquire(filelock.FileLock(lock, fallback_to_soft=False), wait_s)
        except OSError as error:
            if error.errno == errno.EACCES and lock.is_file():
                _remove_foreign(lock)
                return _acquire(filelock.FileLock(lock, fallback_to_soft=False), wait_s)
            if error.errno not in _NO_LOCKS:
                raise
            return _acquire(filelock.SoftFileLock(_soft(lock)), wait_s)
    except filelock.Timeout as error:
        if lock.exists() or _soft(lock).exists():
            raise AlreadyRunning(_read_holder(lock)) from None
        # filelock takes a file that cannot be created for one that is held.
        raise LockUnavailable("lock.unavailable", folder=lock.parent) from error
    except OSError as error:
        raise LockUnavailable("lock.unavailable", folder=lock.parent) from error


def _acquire(lock: filelock.BaseFileLock, wait_s: float) -> filelock.BaseFileLock:
    lock.acquire(timeout=wait_s, blocking=wait_s > 0)
    return lock


def _remove_foreign(lock: Path) -> None:
    """Remove a lock file of another user that nobody holds: 'sudo' leaves such files.

    Raises AlreadyRunning when it is held, OSError when it cannot be removed.
    """
    with lock.open("rb") as file:
        if sys.platform != "win32":
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise AlreadyRunning(_read_holder(lock)) from error
            # Another process may have put its own in the place meanwhile.
            if os.path.samestat(os.fstat(file.fileno()), lock.stat()):
                lock.unlink()


def _soft(lock: Path) -> Path:
    return lock.with_name(f"{lock.name}.soft")


def _note(lock: Path) -> Path:
    # Not inside the lock file: Windows refuses to read bytes that another process has locked.
    return lock.with_name(f"{lock.name}.holder")


def _write_holder(lock: Path, what: str) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    holder = Holder(pid=os.getpid(), since=now, what=what)
    # The note only names the holder; the lock holds without it.
    with contextlib.suppress(OSError):
        write_atomic(_note(lock), msgspec.json.encode(holder))


def _read_holder(lock: Path) -> Holder | None:
    try:
        with _note(lock).open("rb") as file:
            return decode_json(file.read(_MAX_HOLDER_BYTES), Holder)
    except (OSError, UnreadableJson):
        return None


def _time(text: str) -> datetime | None:
    """Anybody can write the note."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None
