"""Holding a folder itself, by the system's own means.

Copies of the app with different homes (``ATT_HOME``) share no file of their own in which a lock
could lie, and nothing of ours may lie in AddOns. Such a lock leaves nothing on the disk and ends
with its process, however that ends.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["HeldElsewhere", "hold", "holder_in"]

_POLL_S: Final = 0.05


class HeldElsewhere(Exception):
    """Somebody else holds the folder. ``pid`` is their process, None where nothing tells."""

    def __init__(self, pid: int | None) -> None:
        super().__init__(pid)
        self.pid = pid


@contextmanager
def hold(folder: Path, *, until: float) -> Iterator[None]:
    """Hold ``folder``, which exists, for this process while the block runs.

    Where the system or the file system (some network ones) has no such locks, everybody gets in.
    Raises HeldElsewhere when it is not free at ``until``, by ``time.monotonic``.
    """
    release = _take(folder)
    while release is None:
        if time.monotonic() >= until:
            raise HeldElsewhere(_holder_of(folder))
        time.sleep(_POLL_S)
        release = _take(folder)
    try:
        yield
    finally:
        release()


def holder_in(locks: str, inode: int) -> int | None:
    """The process that holds ``inode``, by the text of Linux' ``/proc/locks``; None if unknown.

    Not by the device as well: on btrfs and overlays the kernel names another one than ``stat``.
    """
    pids = set()
    for line in locks.splitlines():
        # 1: FLOCK  ADVISORY  WRITE 4711 08:01:131 0 EOF; those who wait have -> as the second.
        fields = line.split()
        if len(fields) > 5 and fields[1] == "FLOCK" and fields[5].endswith(f":{inode}"):
            pids.add(fields[4])
    pid = pids.pop() if len(pids) == 1 else ""
    # 0 and -1 stand for a process of another container.
    return int(pid) if pid.isdecimal() and pid != "0" else None


def _nothing() -> None:
    """Releases what was never taken."""


if sys.platform == "win32":
    import ctypes
    import hashlib
    from ctypes import wintypes

    from att_desktop.wow.paths import real_key

    _kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel32.CreateMutexW.argtypes = (ctypes.c_void_p, wintypes.BOOL, wintypes.LPCWSTR)
    _kernel32.CreateMutexW.restype = wintypes.HANDLE
    _kernel32.CloseHandle.argtypes = (wintypes.HANDLE,)
    _ERROR_ACCESS_DENIED = 5  # it is there, and another user's
    _ERROR_ALREADY_EXISTS = 183

    def _take(folder: Path) -> Callable[[], None] | None:
        """A way to let go, None if the folder is not free.

        Folders have no locks here: a named object of the kernel stands for it. That the object
        exists is the lock; Windows removes it with the last handle, and handles end with their
        process.
        """
        key = hashlib.sha256(os.fsencode(real_key(folder))).hexdigest()[:32]
        ctypes.set_last_error(0)
        handle = _kernel32.CreateMutexW(None, False, f"Global\\AzerothsTopTalent-{key}")  # noqa: FBT003
        error = ctypes.get_last_error()
        if handle and error != _ERROR_ALREADY_EXISTS:
            return lambda: _kernel32.CloseHandle(handle)
        if handle:
            _kernel32.CloseHandle(handle)
        return None if error in (_ERROR_ALREADY_EXISTS, _ERROR_ACCESS_DENIED) else _nothing

    def _holder_of(_folder: Path) -> int | None:
        """None: Windows does not tell who has an object open."""
        return None

else:
    import fcntl

    def _take(folder: Path) -> Callable[[], None] | None:
        """A way to let go, None if the folder is not free."""
        try:
            handle = os.open(folder, os.O_RDONLY)
        except OSError:
            return _nothing
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            return None if isinstance(error, BlockingIOError) else _nothing
        return lambda: os.close(handle)

    def _holder_of(folder: Path) -> int | None:
        with contextlib.suppress(OSError):
            locks = Path("/proc/locks").read_text(encoding="ascii", errors="replace")
            return holder_in(locks, folder.stat().st_ino)
        return None
