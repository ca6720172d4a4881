"""A game folder without a game: where sample data go, so that no real one is touched."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from att_desktop.system.files import remove_leftovers, write_atomic
from att_desktop.wow.addon_folder import ADDON_NAME, TOC_FILE
from att_desktop.wow.errors import install_error
from att_desktop.wow.flavours import flavours_in, read_flavour
from att_desktop.wow.installations import describe
from att_desktop.wow.paths import is_file

if TYPE_CHECKING:
    from att_desktop.wow.installations import Installation

_FLAVOR_INFO: Final = b"Product Flavor!STRING:0\nwow\n"
_BUILD_INFO: Final = (
    b"Branch!STRING:0|Active!DEC:1|Version!STRING:0|Product!STRING:0\nsample|1|12.1.5.0|wow\n"
)
_MARK: Final = b"\nsample|"


def fits_for_sandbox(root: Path, own: Path) -> bool:
    """Whether a sandbox may be made, or is, in ``root``, with all of the addon below ``own``.

    Links are followed: no part of it may lead out of ``own``, and what is there already must be
    a sandbox.
    """
    addon = root / "_retail_" / "Interface" / "AddOns" / ADDON_NAME
    if not _real(addon).is_relative_to(_real(own)):
        return False
    if _is_sandbox(root):
        return True
    remove_leftovers(root, ".build.info")
    try:
        return not any(root.iterdir())
    except OSError:
        # What is not there, or out of reach: making it tells why not.
        return not os.path.lexists(root)


def lies_in_a_game(path: Path) -> bool:
    """Whether a file at ``path`` would lie in a real game, or in an addon that is installed.

    Looked at as it is written and as links lead. A sandbox is no real game.
    """
    try:
        real = _real(path)
        folders = {*path.absolute().parents, *real.parents}
    except FileNotFoundError:
        return False  # a relative path, and the working folder is gone: it cannot be written
    if any(map(_is_sandbox, real.parents)):
        return False
    return any(
        folder.name.casefold() == "addons"
        or is_file(folder / TOC_FILE)
        or bool(flavours_in(folder))
        for folder in folders
    )


def _is_sandbox(root: Path) -> bool:
    try:
        with (root / ".build.info").open("rb") as file:
            return _MARK in file.read(len(_BUILD_INFO))
    except OSError:
        return False


def _real(path: Path) -> Path:
    # Unlike Path.resolve this does not raise for links that go round in a circle.
    return Path(os.path.realpath(path))


def make_sandbox(root: Path) -> Installation:
    """A retail flavour in ``root`` with the files by which the game is known, empty otherwise.

    May be called again: what is in it stays. To be called only where it fits. Raises
    InstallError if it cannot be made.
    """
    flavour = root / "_retail_"
    try:
        root.mkdir(parents=True, exist_ok=True)
        # First, so that a folder that was begun is known as a sandbox.
        write_atomic(root / ".build.info", _BUILD_INFO)
        (flavour / "Interface" / "AddOns").mkdir(parents=True, exist_ok=True)
        write_atomic(flavour / ".flavor.info", _FLAVOR_INFO)
    except OSError as error:
        raise install_error(error, root) from error
    found = read_flavour(flavour)
    if found is None:  # written a moment ago, and gone
        raise install_error(FileNotFoundError(2, "No such file or directory"), root)
    return describe(found, found_by="sample")
