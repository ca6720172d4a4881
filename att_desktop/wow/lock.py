"""One writer for each AddOns folder, whichever copy of the app it is."""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final

from att_desktop.system.folders import find_folders
from att_desktop.system.locks import AlreadyRunning, LockUnavailable, single_writer
from att_desktop.wow.addon_folder import ADDON_NAME
from att_desktop.wow.errors import InstallBusy, InstallError
from att_desktop.wow.hold_folder import hold_folder, name_of_lock
from att_desktop.wow.paths import is_dir, real_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# An install takes a fraction of a second: wait for another one before failing.
_WAIT_S: Final = 3.0


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
    name = f"{name_of_lock(folder)}.lock"
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
                release = hold_folder(each, until)
                if release is not None:
                    held.callback(release)
        yield
