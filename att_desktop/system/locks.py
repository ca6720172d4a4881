"""One writer: two copies of the app never write the same files."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import filelock
import msgspec

from att_desktop.system.errors import AttError
from att_desktop.system.files import remove_leftovers, write_atomic
from att_desktop.system.json_data import UnreadableJson, decode_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from att_desktop.system.folders import Folders

__all__ = [
    "AlreadyRunning",
    "Holder",
    "LockUnavailable",
    "current_holder",
    "single_writer",
    "writer_lock_path",
]

_MAX_HOLDER_BYTES: Final = 4096
# Longer than ``current_holder`` has the lock, or a new holder takes to leave its note.
_MOMENT_S: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who writes now. ``since`` is ISO 8601 in UTC; ``what`` is 'the window' or 'a terminal'."""

    pid: int
    since: str
    what: str

    @property
    def words(self) -> str:
        """Who that is, for a sentence: 'the window (process 4711, since 14:32)'."""
        try:
            since = datetime.fromisoformat(self.since).astimezone().strftime("%H:%M")
        except (ValueError, OverflowError, OSError):
            return f"{self.what} (process {self.pid})"
        return f"{self.what} (process {self.pid}, since {since})"


class AlreadyRunning(AttError):
    """Another copy of the app is writing. ``holder`` is None when it did not say who it is."""

    def __init__(self, holder: Holder | None) -> None:
        who = f": {holder.words}" if holder else ""
        super().__init__(
            f"Another copy of the app is updating right now{who}. Wait for it, or stop it there."
        )
        self.holder: Final = holder


class LockUnavailable(AttError):
    """The folder can not hold a lock at all: read-only, full, or gone."""


def writer_lock_path(folders: Folders) -> Path:
    """The lock of everything that an update writes into the app's own folders."""
    return folders.cache / "writer.lock"


@contextlib.contextmanager
def single_writer(lock: Path, *, what: str, wait_s: float = _MOMENT_S) -> Iterator[None]:
    """Be the only writer while inside. ``what`` tells others who that is: 'the window'.

    The system frees the lock when the process dies, however it dies; the note of who holds it
    lies beside it and counts only while the lock is held. The lock file itself stays: removing
    it would let two writers hold two files of one name.

    Raises AlreadyRunning after ``wait_s`` seconds, by default a moment; LockUnavailable.
    """
    held = _acquire(lock, wait_s)
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
    if not lock.is_file():
        return None
    try:
        held = _acquire(lock)
    except AlreadyRunning as error:
        return error.holder or Holder(pid=0, since="", what="an unknown process")
    except LockUnavailable:
        return None
    held.release()
    return None


def _acquire(lock: Path, wait_s: float = 0.0) -> filelock.BaseFileLock:
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        held = filelock.FileLock(lock, timeout=wait_s, blocking=wait_s > 0)
        held.acquire()
    except filelock.Timeout as error:
        if lock.exists():
            raise AlreadyRunning(_read_holder(lock)) from None
        # filelock takes a file that can not be created for one that is held.
        raise _unavailable(lock) from error
    except (OSError, NotImplementedError) as error:
        raise _unavailable(lock) from error
    return held


def _unavailable(lock: Path) -> LockUnavailable:
    return LockUnavailable(
        f"The app can not write into {lock.parent}. Check its permissions and free space."
    )


def _note(lock: Path) -> Path:
    # Not inside the lock file: Windows refuses to read bytes that another process has locked.
    return lock.with_name(f"{lock.name}.holder")


def _write_holder(lock: Path, what: str) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    holder = Holder(pid=os.getpid(), since=now, what=what)
    # The note is a courtesy: the lock holds without it.
    with contextlib.suppress(OSError):
        write_atomic(_note(lock), msgspec.json.encode(holder))


def _read_holder(lock: Path) -> Holder | None:
    try:
        with _note(lock).open("rb") as file:
            return decode_json(file.read(_MAX_HOLDER_BYTES), Holder)
    except (OSError, UnreadableJson):
        return None
