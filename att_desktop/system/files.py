"""Writing files so that a crash, a full disk or a virus scanner never leaves half a file."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import re
import stat
import sys
import tempfile
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform != "win32":
    import fcntl

# Scanners and indexers hold a fresh file for a moment: ERROR_ACCESS_DENIED,
# ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION and ERROR_USER_MAPPED_FILE pass by themselves.
_PASSING_WINDOWS_ERRORS = frozenset({5, 32, 33, 1224})
REFUSED = frozenset(
    {
        errno.EPERM,
        errno.EACCES,
        errno.EINVAL,
        errno.ENOSYS,
        errno.ENOTTY,
        errno.ENOTSUP,
        errno.EOPNOTSUPP,
    }
)
"""Errors of chmod and fsync on file systems without them or with files of another owner (NTFS,
exFAT, CIFS, some FUSE and network ones): ignored, the data is written all the same."""
_RETRY_DELAYS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
_NORMAL_MODE = 0o644
_LONGEST_NAME = 40
# As ``write_beside`` names its temporary files.
_OWN_TEMP = re.compile(r"\..+\.[a-z0-9_]{8}\.tmp")


class FileInUse(PermissionError):
    """A file of Windows that another program has open, longer than it is waited for."""


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


def write_own(path: Path, data: bytes) -> None:
    """``write_atomic`` for a file of the app's own, of which this process is the one writer.

    Its folder is made, and what a killed run has left of the file is removed. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    remove_leftovers(path.parent, path.name)
    write_atomic(path, data)


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
            sync_file(file.fileno())
        with _refusal_ignored():
            temp.chmod(_mode_of(path))
    except BaseException:
        with contextlib.suppress(OSError):
            temp.unlink()
        raise
    return temp


def replace_with_retries(source: Path, target: Path) -> None:
    """``os.replace`` that waits out passing sharing errors of Windows, about 2.5 s in all.

    A read-only ``target`` is made writable first. Raises FileInUse, and OSError as it came.
    """
    make_writable(target)
    for delay in (*_RETRY_DELAYS, None):
        try:
            source.replace(target)
        except OSError as error:
            if getattr(error, "winerror", None) not in _PASSING_WINDOWS_ERRORS:
                raise
            if delay is None:
                raise FileInUse(errno.EACCES, error.strerror, str(target)) from error
            time.sleep(delay)
        else:
            return


def keep_aside(path: Path) -> Path:
    """Rename a file that is of no use to 'NAME.broken-TIME.EXT' beside it. Raises OSError."""
    begin = f"{path.stem}.broken-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    aside = path.with_name(f"{begin}{path.suffix}")
    for number in itertools.count(2):
        if not os.path.lexists(aside):  # Path.exists raises where it may not look
            break
        aside = path.with_name(f"{begin}-{number}{path.suffix}")
    replace_with_retries(path, aside)
    return aside


def file_stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file is replaced or written; None when it is not there to be seen."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_ino, state.st_size, state.st_mtime_ns


def make_writable(path: Path) -> None:
    """Take the mark of a read-only file away: on Windows it cannot be replaced or removed.

    Not of what a link leads to, for it is the link that will be replaced.
    """
    with contextlib.suppress(OSError):
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode) and not mode & stat.S_IWUSR:
            path.chmod(stat.S_IMODE(mode) | stat.S_IWUSR)


def remove_leftovers(folder: Path, name: str | None = None) -> None:
    """Remove the temporary files that a killed run left in ``folder``: those of ``name``, or all.

    Only to be called by the one writer of these files: that of a living run looks the same.
    What cannot be removed stays for the next time.
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
            sync_file(handle)
        finally:
            os.close(handle)


def sync_file(handle: int) -> None:
    """fsync(2) where the file system has it. Raises OSError.

    On macOS F_FULLFSYNC, without which the disk may keep the bytes in its cache.
    """
    if sys.platform == "darwin":
        with contextlib.suppress(OSError):  # network volumes have none
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    with _refusal_ignored():
        os.fsync(handle)


@contextlib.contextmanager
def _refusal_ignored() -> Iterator[None]:
    """Ignore that the file system lacks a call or never permits it."""
    try:
        yield
    except OSError as error:
        if error.errno not in REFUSED:
            raise
