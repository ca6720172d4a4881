"""Can we write into AddOns? Found out by writing as the work does."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from att_desktop.system.files import remove_leftovers, write_atomic
from att_desktop.wow.addon_folder import find_addon_folder, resolve_addons
from att_desktop.wow.errors import InstallError, install_error
from att_desktop.wow.paths import is_dir

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from att_desktop.system.errors import Field

_NAME: Final = "att-write-test.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteCheck:
    """``code`` and ``fields`` are for the player (``text.say``): that it works, or why not."""

    ok: bool
    code: str = "wow.writable"
    fields: Mapping[str, Field] = field(default_factory=dict)


def check_writable(addons: Path) -> WriteCheck:
    """Make a file where the addon's files go and remove it again, as an install does.

    The addon's own folder is tried as well, which may belong to somebody else. Folders that are
    not there yet are not made: the nearest one above is tried, up to the flavour folder.
    """
    try:
        addons = resolve_addons(addons)
        own = find_addon_folder(addons)
        nearest = next(path for path in (addons, *addons.parents) if is_dir(path))
        for place in (nearest, own) if is_dir(own) else (nearest,):
            _write_and_remove(place)
    except InstallError as error:
        return WriteCheck(ok=False, code=error.code, fields=error.fields)
    return WriteCheck(ok=True)


def _write_and_remove(folder: Path) -> None:
    test = folder / _NAME
    try:
        remove_leftovers(folder, _NAME)  # of a run that was killed
        try:
            write_atomic(test, b"Azeroth's Top Talent was here for a moment.\n")
        except BaseException:
            with contextlib.suppress(OSError):
                test.unlink()
            raise
        # A file that cannot be removed again counts as an error too.
        test.unlink(missing_ok=True)
    except OSError as error:
        raise install_error(error, folder) from error
