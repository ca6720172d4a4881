"""What can go wrong with the game's folders, each with a sentence for the player."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Final

from att_desktop.system.errors import AttError

__all__ = [
    "AddOnsNotWritable",
    "BrokenTemplate",
    "DiskFull",
    "GameFolderGone",
    "InstallBusy",
    "InstallError",
    "NotAGameFolder",
    "UnsafeAddonFolder",
    "install_error",
]


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

    def __init__(self, sentence: str, *, pid: int | None = None) -> None:
        super().__init__(sentence)
        self.pid = pid


_NOT_ALLOWED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_GONE: Final = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.ESTALE})
# Windows: write protected; device not ready, not connected, network path gone.
_WINDOWS_PROTECTED: Final = frozenset({19})
_WINDOWS_GONE: Final = frozenset({15, 21, 53, 55, 64, 67, 433, 1167})


def install_error(error: OSError, addons: Path) -> InstallError:
    """The player's sentence for an error of the system while writing below ``addons``.

    Raise it ``from error``. The sentence names the folder, never the raw error alone.
    """
    winerror = getattr(error, "winerror", None)
    if error.errno in _FULL:
        return DiskFull(
            f"The disk that holds {addons} is full. Make some space, then update again."
        )
    if error.errno in _NOT_ALLOWED or winerror in _WINDOWS_PROTECTED:
        return AddOnsNotWritable(
            f"This user may not write to {_folder_of(error, addons)}. "
            "Allow writing to that folder, or pick another one."
        )
    if error.errno in _GONE or winerror in _WINDOWS_GONE:
        return GameFolderGone(
            f"The folder {addons} is not there. Connect its disk, or pick another folder."
        )
    reason = error.strerror or type(error).__name__
    return InstallError(
        f"Writing to {addons} did not work ({reason}). Close the game and update again."
    )


def _folder_of(error: OSError, addons: Path) -> Path:
    """The folder that the system spoke of, where that is one below ``addons``."""
    if isinstance(error.filename, str) and addons in (spoken_of := Path(error.filename)).parents:
        return spoken_of.parent
    return addons
