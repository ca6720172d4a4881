"""Holding a folder itself: a lock that leaves nothing on the disk, for copies with other homes."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from typing import TYPE_CHECKING, Final

from att_desktop.wow.errors import InstallBusy
from att_desktop.wow.paths import real_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _KERNEL32: Final = ctypes.WinDLL("kernel32")
    _KERNEL32.CreateMutexW.restype = wintypes.HANDLE
    _KERNEL32.CreateMutexW.argtypes = (wintypes.LPVOID, wintypes.BOOL, wintypes.LPCWSTR)
    _KERNEL32.WaitForSingleObject.argtypes = (wintypes.HANDLE, wintypes.DWORD)
    _KERNEL32.ReleaseMutex.argtypes = (wintypes.HANDLE,)
    _KERNEL32.CloseHandle.argtypes = (wintypes.HANDLE,)
    _WAIT_TIMEOUT: Final = 0x102
else:
    import fcntl

_POLL_S: Final = 0.05


def name_of_lock(folder: Path) -> str:
    """A short name that all ways to this folder share."""
    return hashlib.sha256(os.fsencode(real_key(folder))).hexdigest()[:32]


def hold_folder(folder: Path, until: float) -> Callable[[], None] | None:
    """Hold ``folder`` until the returned function is called, in the same thread, or the process
    ends: by flock(2) on the folder, on Windows by a mutex with a name.

    None where there can be no such lock: a folder that cannot be opened, a file system without
    locks, a mutex of another user. Raises InstallBusy when it is held until time.monotonic() is
    ``until``.
    """
    return _hold(folder, until)


if sys.platform == "win32":

    def _hold(folder: Path, until: float) -> Callable[[], None] | None:
        name = f"Global\\AzerothsTopTalent-{name_of_lock(folder)}"
        mutex = _KERNEL32.CreateMutexW(None, False, name)  # noqa: FBT003 - no names in C
        if not mutex:
            return None
        left_ms = max(0, int((until - time.monotonic()) * 1000))
        # A holder that died gives it away as well: WAIT_ABANDONED.
        if _KERNEL32.WaitForSingleObject(mutex, left_ms) == _WAIT_TIMEOUT:
            _KERNEL32.CloseHandle(mutex)
            raise InstallBusy(folder, None)

        def release() -> None:
            _KERNEL32.ReleaseMutex(mutex)
            _KERNEL32.CloseHandle(mutex)

        return release

else:

    def _hold(folder: Path, until: float) -> Callable[[], None] | None:
        try:
            handle = os.open(folder, os.O_RDONLY)
        except OSError:
            return None
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() >= until:
                    os.close(handle)
                    raise InstallBusy(folder, None) from error
                time.sleep(_POLL_S)
            except OSError:
                break
            else:
                break
        return lambda: os.close(handle)
