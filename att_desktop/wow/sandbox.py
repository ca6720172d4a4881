"""A game folder without a game: where sample data go, so that no real one is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from att_desktop.files import write_atomic
from att_desktop.wow.errors import install_error
from att_desktop.wow.flavours import read_flavour
from att_desktop.wow.installations import describe

if TYPE_CHECKING:
    from pathlib import Path

    from att_desktop.wow.installations import Installation

__all__ = ["make_sandbox"]

_FLAVOR_INFO: Final = b"Product Flavor!STRING:0\nwow\n"
_BUILD_INFO: Final = (
    b"Branch!STRING:0|Active!DEC:1|Version!STRING:0|Product!STRING:0\nsample|1|12.1.5.0|wow\n"
)


def make_sandbox(root: Path) -> Installation:
    """A retail flavour in ``root`` with the files by which the game is known, empty otherwise.

    May be called again: what is in it stays. Raises InstallError if it cannot be made.
    """
    flavour = root / "_retail_"
    try:
        (flavour / "Interface" / "AddOns").mkdir(parents=True, exist_ok=True)
        write_atomic(flavour / ".flavor.info", _FLAVOR_INFO)
        write_atomic(root / ".build.info", _BUILD_INFO)
    except OSError as error:
        raise install_error(error, root) from error
    found = read_flavour(flavour)
    if found is None:  # written a moment ago, and gone
        raise install_error(FileNotFoundError(2, "No such file or directory"), root)
    return describe(found, found_by="sample")
