"""One writer for each AddOns folder, whichever copy of the app it is."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final

from att_desktop.system.folders import find_folders
from att_desktop.system.locks import AlreadyRunning, LockUnavailable, single_writer
from att_desktop.wow.addon_folder import ADDON_NAME
from att_desktop.wow.errors import InstallBusy, InstallError
from att_desktop.wow.paths import is_dir, real_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform != "win32":
    import fcntl

__all__ = ["folder_lock"]

# An install takes a fraction of a second: wait for another one before failing.
_WAIT_S: Final = 3.0
_POLL_S: Final = 0.05


@contextmanager
def folder_lock(
    folder: Path, *, locks: Path | None = None, wait_s: float | None = None
) -> Iterator[None]:
    """Hold ``folder`` for this process while the block runs; the addon's own stands for AddOns.

    The lock is a file in ``locks`` (default: the user's state folder) named after the folder's
    real path, so two ways to the same folder share it and nothing is left in AddOns. Copies of
    the app with another ``ATT_HOME`` or of another user have another state folder: for them
    AddOns itself is held as well, where the system can.

    Raises InstallBusy after ``wait_s`` seconds (default 3); InstallError if there can be no lock.
    """
    if folder.name.casefold() == ADDON_NAME.casefold():
        folder = folder.parent
    name = f"{hashlib.sha256(os.fsencode(real_key(folder))).hexdigest()[:32]}.lock"
    wait_s = _WAIT_S if wait_s is None else wait_s
    locks = locks or find_folders().state / "locks"
    until = time.monotonic() + wait_s
    with ExitStack() as held:
        try:
            held.enter_context(single_writer(locks / name, what="install", wait_s=wait_s))
        except AlreadyRunning as error:
            raise InstallBusy(folder, error.holder.pid if error.holder else None) from error
        except LockUnavailable as error:
            raise InstallError("wow.no_lock", folder=locks) from error
        if folder.name.casefold() == "addons":
            # The flavour folder too: before a first install there may be no AddOns.
            both = {real_key(path): path for path in (folder.parent.parent, folder) if is_dir(path)}
            for each in both.values():
                handle = _hold_itself(each, until)
                if handle is not None:
                    held.callback(os.close, handle)
        yield


def _hold_itself(folder: Path, until: float) -> int | None:
    """flock(2) on a folder, which leaves nothing on the disk: a handle that is to be closed.

    None on Windows and for a folder that cannot be opened; a file system without locks lets
    everybody in. Raises InstallBusy.
    """
    if sys.platform == "win32":
        return None
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
            return handle
        else:
            return handle
