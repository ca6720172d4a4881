"""One writer for each AddOns folder, whichever copy of the app it is."""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final

from att_desktop.system.folders import find_folders
from att_desktop.system.locks import AlreadyRunning, LockUnavailable, single_writer
from att_desktop.wow.addon_folder import ADDON_NAME
from att_desktop.wow.errors import InstallBusy, InstallError
from att_desktop.wow.paths import is_dir, real_key
from att_desktop.wow.system_lock import HeldElsewhere, hold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["folder_lock"]

# An install takes a fraction of a second: waiting it out is kinder than an error.
_PATIENCE_S: Final = 3.0


@contextmanager
def folder_lock(
    folder: Path, *, locks: Path | None = None, wait_s: float | None = None
) -> Iterator[None]:
    """Hold ``folder`` for this process while the block runs; the addon's own stands for AddOns.

    Two locks: a file in ``locks`` (default: the app's cache), named by the folder's real path,
    whose note says who holds it; and for AddOns one of the system on the folder itself, for
    copies of the app with another ``ATT_HOME`` have another cache. Nothing is left in AddOns,
    two ways to the same folder share their locks, and the system frees both when the process
    dies.

    Raises InstallBusy naming the holder, as far as it is known, after ``wait_s`` seconds
    (default 3); InstallError if ``locks`` cannot be used.
    """
    if folder.name.casefold() == ADDON_NAME.casefold():
        folder = folder.parent
    locks = locks or find_folders().cache / "locks"
    wait_s = _PATIENCE_S if wait_s is None else wait_s
    until = time.monotonic() + wait_s
    with ExitStack() as held:
        try:
            lock = locks / f"{_name_of(folder)}.lock"
            held.enter_context(single_writer(lock, what="an install", wait_s=wait_s))
            for each in _shared_with_others(folder):
                held.enter_context(hold(each, until=until))
        except AlreadyRunning as error:
            raise _busy(folder, error.holder.pid if error.holder else None) from error
        except HeldElsewhere as error:
            raise _busy(folder, error.pid) from error
        except LockUnavailable as error:
            raise InstallError(
                f"The app cannot write to its own folder {locks}. "
                "Allow writing there, then update again."
            ) from error
        yield


def _name_of(folder: Path) -> str:
    return hashlib.sha256(os.fsencode(real_key(folder))).hexdigest()[:32]


def _shared_with_others(folder: Path) -> list[Path]:
    """The folders to hold by the system: only AddOns, for other folders are not the game's.

    The flavour folder first: before a first install there may be no AddOns to hold. AddOns as
    well, for one may be shared by links between flavours.
    """
    if folder.name.casefold() != "addons":
        return []
    chain = {real_key(path): path for path in (folder.parent.parent, folder) if is_dir(path)}
    return list(chain.values())


def _busy(folder: Path, pid: int | None) -> InstallBusy:
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
