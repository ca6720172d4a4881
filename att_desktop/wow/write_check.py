"""Can we write into AddOns? Found out by writing, for only that tells on every system."""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from att_desktop.wow.addon_folder import ADDON_NAME
from att_desktop.wow.errors import install_error
from att_desktop.wow.paths import find_child, is_dir

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["WriteCheck", "check_writable"]


_PREFIX: Final = ".att-write-test."


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteCheck:
    """``sentence`` is for the player: that it works, or why not and what to do."""

    ok: bool
    sentence: str


def check_writable(addons: Path) -> WriteCheck:
    """Make a file where the addon's files go, write to it, and remove it again.

    The addon's own folder is tried as well, which may belong to somebody else. Folders that are
    not there yet are not made: the nearest one above is tried, up to the flavour folder.
    """
    flavour = addons.parent.parent
    nearest = next((path for path in (addons, addons.parent, flavour) if is_dir(path)), flavour)
    places = [nearest]
    own = find_child(addons, ADDON_NAME) if nearest == addons else None
    if own is not None and is_dir(own):
        places.append(own)
    for place in places:
        try:
            _write_and_remove(place)
        except OSError as error:
            return WriteCheck(ok=False, sentence=str(install_error(error, place)))
    return WriteCheck(ok=True, sentence="The addon can be written there.")


def _write_and_remove(folder: Path) -> None:
    for left in folder.glob(f"{_PREFIX}*.tmp"):  # of a run that was killed
        with contextlib.suppress(OSError):
            left.unlink()
    handle, name = tempfile.mkstemp(dir=folder, prefix=_PREFIX, suffix=".tmp")
    temp = folder / os.path.basename(name)  # noqa: PTH119 - mkstemp gives a str
    try:
        try:
            os.write(handle, b"Azeroth's Top Talent was here for a moment.\n")
        finally:
            os.close(handle)
    except BaseException:
        with contextlib.suppress(OSError):
            temp.unlink()
        raise
    # A folder that takes files and does not give them back is of no use: an error here counts.
    temp.unlink(missing_ok=True)
