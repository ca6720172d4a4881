"""One writer for each AddOns folder."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from att_desktop.files import remove_leftovers, write_atomic
from att_desktop.folders import find_folders
from att_desktop.wow.errors import InstallBusy, InstallError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["folder_lock"]

# An install takes a fraction of a second: waiting it out is kinder than an error.
_PATIENCE_S = 3.0


@contextmanager
def folder_lock(
    folder: Path, *, locks: Path | None = None, wait_s: float | None = None
) -> Iterator[None]:
    """Hold ``folder`` for this process while the block runs.

    The lock lies in ``locks`` (default: the app's cache), named by the folder's real path, so
    nothing is left in AddOns and two ways to the same folder share one lock. The system frees
    it when the process dies.

    Raises InstallBusy naming the holder after ``wait_s`` seconds (default 3); InstallError if
    ``locks`` cannot be used.
    """
    locks = locks or find_folders().cache / "locks"
    name = _name_of(folder)
    holder = locks / f"{name}.json"
    try:
        locks.mkdir(parents=True, exist_ok=True)
        lock = FileLock(locks / f"{name}.lock", timeout=_PATIENCE_S if wait_s is None else wait_s)
        lock.acquire()
    except Timeout as error:  # is an OSError as well
        raise _busy(folder, holder) from error
    except OSError as error:
        raise InstallError(
            f"The app cannot write to its own folder {locks} ({error.strerror or error}). "
            "Allow writing there, then update again."
        ) from error
    try:
        remove_leftovers(locks, holder.name)
        _say_who(holder, folder)
        yield
    finally:
        with contextlib.suppress(OSError):
            holder.unlink()
        lock.release()


def _name_of(folder: Path) -> str:
    real = os.path.normcase(os.path.realpath(folder))
    return hashlib.sha256(os.fsencode(real)).hexdigest()[:32]


def _say_who(holder: Path, folder: Path) -> None:
    """Beside the lock, not in it: on Windows nobody else can read a locked file."""
    who = {
        "pid": os.getpid(),
        "app": "Azeroth's Top Talent",
        "folder": os.fsencode(folder).decode("utf-8", "replace"),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    # Only a courtesy for the other side's sentence: the lock itself is held already.
    with contextlib.suppress(OSError):
        write_atomic(holder, json.dumps(who).encode())


def _busy(folder: Path, holder: Path) -> InstallBusy:
    pid: int | None = None
    with contextlib.suppress(OSError, ValueError, AttributeError):
        found = json.loads(holder.read_bytes()).get("pid")
        pid = found if isinstance(found, int) else None
    if pid is None:
        whose = "Another run of the app"
    elif pid == os.getpid():
        whose = "Another update in this app"
    else:
        whose = f"Another run of the app (process {pid})"
    return InstallBusy(
        f"{whose} is writing to {folder} right now. Wait for it to finish, then update again.",
        pid=pid,
    )
