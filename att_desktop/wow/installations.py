"""The installations of World of Warcraft on this computer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from att_desktop.wow.flavours import flavours_in
from att_desktop.wow.installed_addon import read_installed_addon
from att_desktop.wow.paths import real_key
from att_desktop.wow.places import places_here
from att_desktop.wow.places.base import BY_HAND
from att_desktop.wow.write_check import check_writable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from att_desktop.wow.flavours import Flavour
    from att_desktop.wow.places.base import Places
    from att_desktop.wow.write_check import WriteCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """One flavour of the game in one place, and what is in it of the addon.

    ``root`` is the game folder, ``folder`` the flavour's (``_retail_``), ``addons_path`` its AddOns
    folder, which may not exist yet. ``product`` is Blizzard's code (``wow``) and ``flavour`` the
    player's word for it ('Retail'), or the folder's name where the product is not known;
    ``version`` like ``12.1.0.69404``. ``supported`` is False for the classic games, which the addon
    is not for. ``found_by`` says where it was found ('Lutris'). ``data_timestamp`` is aware, in
    UTC; ``data_sources`` name where the data is from, the usual source first.
    """

    root: Path
    folder: Path
    product: str | None
    flavour: str
    version: str | None
    supported: bool
    addons_path: Path
    writable: WriteCheck
    found_by: str
    addon_version: str | None = None
    data_timestamp: datetime | None = None
    data_is_sample: bool = False
    data_sources: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """'Retail 12.1.0'."""
        version = ".".join((self.version or "").split(".")[:3])
        return f"{self.flavour} {version}".rstrip()


def find_installations(
    places: Places | None = None, *, also: Iterable[Path] = ()
) -> list[Installation]:
    """Every installation, those the addon is for first; each real folder once.

    ``places`` knows where to look (default: this system's), ``also`` are folders that the
    player picked earlier. Reads the disk and asks the system, up to a few seconds: not for the
    GUI thread. Never raises: what cannot be read is not found.
    """
    found: dict[str, Installation] = {}
    picked = ((path, BY_HAND) for path in also)
    known = ((place.path, place.found_by) for place in (places or places_here()).candidates())
    for path, found_by in (*picked, *known):
        for flavour in flavours_in(path):
            key = real_key(flavour.folder)
            if key not in found:
                found[key] = describe(flavour, found_by=found_by)
    return ranked(found.values())


def targets(installations: Iterable[Installation]) -> list[Installation]:
    """Those that the addon is for, in the same order."""
    return [installation for installation in installations if installation.supported]


def describe(flavour: Flavour, *, found_by: str) -> Installation:
    """A flavour with what is installed in it; makes the write test."""
    product = flavour.product
    addon = read_installed_addon(flavour.addons_path)
    return Installation(
        root=flavour.root,
        folder=flavour.folder,
        product=product.code if product else None,
        flavour=product.label if product else flavour.folder.name or str(flavour.folder),
        version=flavour.version,
        supported=flavour.supported,
        addons_path=flavour.addons_path,
        writable=check_writable(flavour.addons_path),
        found_by=found_by,
        addon_version=addon.version,
        data_timestamp=addon.data_timestamp,
        data_is_sample=addon.data_is_sample,
        data_sources=addon.data_sources,
    )


def ranked(installations: Iterable[Installation]) -> list[Installation]:
    """Supported ones first, of these the live game first, then what can be written to."""

    def rank(installation: Installation) -> tuple[bool, bool, bool, str]:
        return (
            not installation.supported,
            installation.product != "wow",
            not installation.writable.ok,
            str(installation.folder),
        )

    return sorted(installations, key=rank)
