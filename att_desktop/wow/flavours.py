"""The flavours in a game folder: ``World of Warcraft/_retail_`` and its siblings."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from att_desktop.wow.bpsv import read_build_info, read_flavor_info
from att_desktop.wow.paths import descend, find_child, is_dir, read_text, subfolders
from att_desktop.wow.products import is_supported, product_by_code, product_by_folder

if TYPE_CHECKING:
    from att_desktop.wow.bpsv import BuildInfo
    from att_desktop.wow.products import Product

EXECUTABLES: Final = (
    "Wow.exe",
    "WowT.exe",
    "WowB.exe",
    "WowClassic.exe",
    "WowClassicT.exe",
    "WowClassicB.exe",
    "World of Warcraft.app",
    "World of Warcraft Test.app",
    "World of Warcraft Beta.app",
    "World of Warcraft Classic.app",
    "World of Warcraft Classic Test.app",
    "World of Warcraft Classic Beta.app",
)
_FLAVOUR_NAME: Final = re.compile(r"_[a-z0-9_]+_", re.IGNORECASE)
_LAST_ADDON_VERSION: Final = re.compile(
    r'^\s*SET\s+lastAddonVersion\s+"(\d{5,6})"', re.MULTILINE | re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flavour:
    """One playable game: its ``folder``, the ``root`` that it shares with others.

    ``product`` is None where nothing tells (a very old or foreign client), ``version`` like
    ``12.1.0.69404``, None if unknown. ``addons_path`` may not exist yet.
    """

    root: Path
    folder: Path
    product: Product | None
    version: str | None
    addons_path: Path

    @property
    def supported(self) -> bool:
        """True where the addon works."""
        return is_supported(self.product, self.version)


def flavours_in(root: Path) -> list[Flavour]:
    """The flavours of a game folder, sorted by folder name; a flavour folder gives itself."""
    inner = [folder for folder in subfolders(root) if _FLAVOUR_NAME.fullmatch(folder.name)]
    found = (read_flavour(folder) for folder in (root, *inner))
    return [flavour for flavour in found if flavour is not None]


def read_flavour(folder: Path) -> Flavour | None:
    """What is in ``folder``, None if it is no flavour.

    The product comes from ``.flavor.info``, else from the folder's usual name, for Blizzard
    puts new games into old folders; the version from the ``.build.info`` above (or here), else
    from ``WTF/Config.wtf``. Clients from before 8.1 have neither: their program lies beside
    ``Data`` and ``Interface``, and their product is None.
    """
    if not is_dir(folder):
        return None
    code = read_flavor_info(folder)
    root = _root_of(folder)
    builds = read_build_info(root)
    name = (_named_as_flavour(folder) or folder).name
    product = product_by_code(code) if code else product_by_folder(name)
    if code is None and not _is_played(folder, product, builds):
        return None
    return Flavour(
        root=root,
        folder=folder,
        product=product,
        version=builds.version_of(product.code if product else None) or _version_by_config(folder),
        addons_path=_addons_path(folder),
    )


def _named_as_flavour(folder: Path) -> Path | None:
    """``folder``, or where it leads when it is a link of another name: players make shortcuts."""
    return next(
        (
            path
            for path in (folder, Path(os.path.realpath(folder)))
            if _FLAVOUR_NAME.fullmatch(path.name)
        ),
        None,
    )


def _root_of(folder: Path) -> Path:
    named = _named_as_flavour(folder)
    if named is not None:
        return named.parent
    if find_child(folder, ".build.info") is None and find_child(folder.parent, ".build.info"):
        return folder.parent
    return folder


def _is_played(folder: Path, product: Product | None, builds: BuildInfo) -> bool:
    """Does a game lie here, though no ``.flavor.info`` says which?

    Battle.net leaves ``Interface`` and ``WTF`` behind when it removes a game: a table of builds
    that knows other games but not this one means that.
    """
    has_program = any(find_child(folder, name) for name in EXECUTABLES)
    if product is not None:
        return (
            has_program
            or product.code in builds.by_product
            or (
                not builds.by_product
                and any(find_child(folder, name) for name in ("Interface", "WTF", ".flavor.info"))
            )
        )
    if not has_program or _FLAVOUR_NAME.fullmatch(folder.name):
        return has_program
    is_root = any(_FLAVOUR_NAME.fullmatch(inner.name) for inner in subfolders(folder))
    return not is_root and any(find_child(folder, name) for name in ("Interface", "Data"))


def _addons_path(folder: Path) -> Path:
    interface = find_child(folder, "Interface") or folder / "Interface"
    return find_child(interface, "AddOns") or interface / "AddOns"


def _version_by_config(folder: Path) -> str | None:
    """``120105`` in ``lastAddonVersion`` -> ``12.1.5``: the version that ran last."""
    config = descend(folder, "WTF", "Config.wtf")
    found = _LAST_ADDON_VERSION.search(read_text(config) or "") if config else None
    if found is None:
        return None
    number = int(found[1])
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
