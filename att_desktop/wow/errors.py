"""What can go wrong with the game's folders."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

from att_desktop.system.errors import AttError, os_reason
from att_desktop.system.files import FileInUse


class NotAGameFolder(AttError):
    """What was picked is neither the game's folder nor in it."""


class InstallError(AttError):
    """The addon could not be installed or updated; what was there before still loads."""


class AddOnsNotWritable(InstallError):
    """The system does not let this user write into AddOns."""


class DiskFull(InstallError):
    """No space, or the user's quota is used up."""


class GameFolderGone(InstallError):
    """The game's folder was there and is not any more: moved, or on a disk that was taken off."""


class UnsafeAddonFolder(InstallError):
    """Writing would end outside the addon's own folder, or over something that is not a file."""


class BrokenTemplate(InstallError):
    """The app's own copy of the addon is missing or incomplete."""


class InstallBusy(InstallError):
    """Another run of the app writes to the same AddOns folder. ``pid`` is None if unknown."""

    def __init__(self, folder: Path, pid: int | None) -> None:
        code = (
            "wow.busy_here" if pid == os.getpid() else "wow.busy" if pid else "wow.busy_somewhere"
        )
        super().__init__(code, folder=folder, pid=pid)
        self.pid = pid


_NOT_ALLOWED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_GONE: Final = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.ESTALE})
# Windows: write protected; sharing and lock violation, a section mapped by a program; device not
# ready, not connected, network path gone.
_WINDOWS_PROTECTED: Final = frozenset({19})
_WINDOWS_IN_USE: Final = frozenset({32, 33, 1224})
_WINDOWS_GONE: Final = frozenset({15, 21, 53, 55, 64, 67, 433, 1167})


def install_error(error: OSError, addons: Path) -> InstallError:
    """The player's error for one of the system while writing below ``addons``.

    Raise it ``from error``.
    """
    winerror = getattr(error, "winerror", None)
    if isinstance(error, FileInUse) or winerror in _WINDOWS_IN_USE:
        return InstallError("wow.file_in_use", file=error.filename or addons)
    if error.errno in _FULL:
        return DiskFull("wow.disk_full", folder=addons)
    if error.errno in _NOT_ALLOWED or winerror in _WINDOWS_PROTECTED:
        return AddOnsNotWritable("wow.not_writable", folder=_folder_of(error, addons))
    if error.errno in _GONE or winerror in _WINDOWS_GONE:
        return GameFolderGone("wow.folder_gone", folder=addons)
    return InstallError("wow.write_failed", folder=addons, reason=os_reason(error))


def _folder_of(error: OSError, addons: Path) -> Path:
    """The folder that the system spoke of, where that is one below ``addons``."""
    if isinstance(error.filename, str) and addons in (spoken_of := Path(error.filename)).parents:
        return spoken_of.parent
    return addons
