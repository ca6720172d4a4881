"""One writer for each AddOns folder, whichever copy of the app it is."""

from __future__ import annotations

import hashlib
import os
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final

from att_desktop.system.folders import find_folders, shared_locks
from att_desktop.system.locks import AlreadyRunning, LockUnavailable, single_writer
from att_desktop.wow.addon_folder import ADDON_NAME
from att_desktop.wow.errors import InstallBusy, InstallError
from att_desktop.wow.paths import real_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["folder_lock"]

# An install takes a fraction of a second: waiting it out is kinder than an error.
_WAIT_S: Final = 3.0


@contextmanager
def folder_lock(
    folder: Path, *, locks: Path | None = None, wait_s: float | None = None
) -> Iterator[None]:
    """Hold ``folder`` for this process while the block runs; the addon's own stands for AddOns.

    The lock is a file in ``locks`` named after the folder's real path, so two ways to the same
    folder share it and nothing is left in AddOns. By default ``locks`` is the user's state
    folder, which copies of the app with another ``ATT_HOME`` share; the app's own cache where
    that cannot be written.

    Raises InstallBusy after ``wait_s`` seconds (default 3); InstallError if there can be no lock.
    """
    if folder.name.casefold() == ADDON_NAME.casefold():
        folder = folder.parent
    name = f"{hashlib.sha256(os.fsencode(real_key(folder))).hexdigest()[:32]}.lock"
    wait_s = _WAIT_S if wait_s is None else wait_s
    own = locks or find_folders().cache / "locks"
    shared = None if locks else shared_locks()
    with ExitStack() as held:
        for place in (shared, own) if shared else (own,):
            try:
                held.enter_context(single_writer(place / name, what="install", wait_s=wait_s))
                break
            except AlreadyRunning as error:
                raise InstallBusy(folder, error.holder.pid if error.holder else None) from error
            except LockUnavailable as error:
                if place == own:
                    raise InstallError("wow.no_lock", folder=place) from error
        yield
