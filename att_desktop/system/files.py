"""Writing files so that a crash, a full disk or a virus scanner never leaves half a file."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import tempfile
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "make_writable",
    "remove_leftovers",
    "replace_with_retries",
    "sync_folder",
    "write_atomic",
    "write_beside",
]

# Scanners and indexers hold a fresh file for a moment: ERROR_ACCESS_DENIED,
# ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION pass by themselves.
_PASSING_WINDOWS_ERRORS = frozenset({5, 32, 33})
_RETRY_DELAYS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
_NORMAL_MODE = 0o644
_LONGEST_NAME = 40
# As ``write_beside`` names its temporary files.
_OWN_TEMP = re.compile(r"\..+\.[a-z0-9_]{8}\.tmp")


def write_atomic(path: Path, data: bytes) -> None:
    """Replace ``path`` with ``data``: readers see the old bytes or the new, never a mixture.

    The temporary file lies in the same folder (a rename never crosses a disk), is flushed to
    the disk before the rename, and is removed on any error. Permissions are those of the file
    that was there, else normal ones, never read-only: a read-only file makes game launchers
    verify the whole installation.

    Raises OSError as the system gave it.
    """
    temp = write_beside(path, data)
    try:
        replace_with_retries(temp, path)
    except BaseException:
        with contextlib.suppress(OSError):
            temp.unlink()
        raise
    sync_folder(path.parent)


def write_beside(path: Path, data: bytes) -> Path:
    """The first half of ``write_atomic``: ``data``, on the disk, in a temporary file beside.

    For changes of several files that are to happen together or not at all: what fails for want
    of space or rights fails here, before any file is replaced. The caller replaces ``path`` with
    the returned file or removes it. Raises OSError; no file is left then.
    """
    prefix = f".{path.name[:_LONGEST_NAME]}."
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=prefix, suffix=".tmp")
    temp = path.parent / os.path.basename(name)  # noqa: PTH119 - mkstemp gives a str
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temp.chmod(_mode_of(path))
    except BaseException:
        with contextlib.suppress(OSError):
            temp.unlink()
        raise
    return temp


def replace_with_retries(source: Path, target: Path) -> None:
    """``os.replace`` that waits out passing sharing errors of Windows, about 2.5 s in all.

    A read-only ``target`` is made writable first. Raises OSError.
    """
    make_writable(target)
    for delay in _RETRY_DELAYS:
        try:
            source.replace(target)
        except OSError as error:
            if getattr(error, "winerror", None) not in _PASSING_WINDOWS_ERRORS:
                raise
            time.sleep(delay)
        else:
            return
    source.replace(target)


def make_writable(path: Path) -> None:
    """Take the mark of a read-only file away: on Windows it can not be replaced or removed.

    Not of what a link leads to, for it is the link that will be replaced.
    """
    with contextlib.suppress(OSError):
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode) and not mode & stat.S_IWUSR:
            path.chmod(stat.S_IMODE(mode) | stat.S_IWUSR)


def remove_leftovers(folder: Path, name: str | None = None) -> None:
    """Remove the temporary files that a killed run left in ``folder``: those of ``name``, or all.

    Only to be called by the one writer of these files: that of a living run looks the same.
    What can not be removed stays for the next time.
    """
    beginning = f".{name[:_LONGEST_NAME]}." if name else "."
    with contextlib.suppress(OSError):
        for path in list(folder.iterdir()):
            if _OWN_TEMP.fullmatch(path.name) and path.name.startswith(beginning):
                with contextlib.suppress(OSError):
                    path.unlink()


def _mode_of(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode) | stat.S_IWUSR
    except OSError:
        return _NORMAL_MODE


def sync_folder(folder: Path) -> None:
    """Make the rename itself durable. Windows has no such call, some file systems refuse it."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
