"""Paths as Windows writes them, on Windows itself and in Wine's prefixes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from att_desktop.wow.paths import descend, is_dir
from att_desktop.wow.places.base import GAME, Location
from att_desktop.wow.product_db import read_product_db

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DRIVE_PATH: Final = re.compile(r"([a-zA-Z]):[\\/]*(.*)", re.DOTALL)
_LONG_SHARE: Final = re.compile(r"^[\\/]{2}\?[\\/]UNC[\\/]", re.IGNORECASE)
_LONG_PATH: Final = re.compile(r"^[\\/]{2}[?.][\\/]")
_SHARE: Final = re.compile(r"[\\/]{2}[^\\/?.][^\\/]*[\\/]+[^\\/]+")
_VARIABLE: Final = re.compile(r"%([^%\\/]+)%")
_USUAL_VARIABLES: Final = {
    "ProgramFiles": r"C:\Program Files",
    "ProgramFiles(x86)": r"C:\Program Files (x86)",
    "ProgramW6432": r"C:\Program Files",
    "ProgramData": r"C:\ProgramData",
    "SystemDrive": "C:",
    "HomeDrive": "C:",
    "Public": r"C:\Users\Public",
}
_AGENT: Final = ("ProgramData", "Battle.net", "Agent", "product.db")
_USUAL: Final = (
    ("Program Files (x86)", GAME),
    ("Program Files", GAME),
    (GAME,),
    ("Games", GAME),
    ("Blizzard", GAME),
    ("Battle.net", GAME),
    ("Games", "Blizzard", GAME),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drives:
    """Drive letters (upper case) and the folders that stand for them."""

    roots: Mapping[str, Path]
    variables: Mapping[str, str] = field(default_factory=lambda: _USUAL_VARIABLES)

    def path_of(self, text: str) -> Path | None:
        r"""``C:\Games\World of Warcraft`` as a path here; None if that drive is not here.

        ``\\?\C:\...`` is the same; ``%ProgramFiles(x86)%`` is looked up in ``variables``; a
        share (``\\server\share\...``, also as ``\\?\UNC\...``) is kept as it is.
        """
        text = self._expanded(text.strip().strip('"'))
        text = _LONG_PATH.sub("", _LONG_SHARE.sub(r"\\\\", text))
        if _SHARE.match(text) and "\0" not in text:
            return Path(text)
        found = _DRIVE_PATH.fullmatch(text)
        root = self.roots.get(found[1].upper()) if found else None
        if found is None or root is None or "\0" in text:
            return None
        names = [name for name in re.split(r"[\\/]+", found[2]) if name]
        return descend(root, *names) if ".." not in names else None

    def _expanded(self, text: str) -> str:
        """With its %variables% expanded as for REG_EXPAND_SZ; their names in any case."""
        known = {name.casefold(): value for name, value in self.variables.items()}
        return _VARIABLE.sub(lambda found: known.get(found[1].casefold(), found[0]), text)

    def agent_places(self, found_by: str = "Battle.net") -> Iterator[Location]:
        """What the Battle.net agent on any drive says it installed."""
        for root in self.roots.values():
            database = descend(root, *_AGENT)
            for product in read_product_db(database) if database else ():
                path = self.path_of(product.location)
                if path is not None:
                    yield Location(path=path, found_by=found_by)

    def usual_places(self, found_by: str = "usual folder") -> Iterator[Location]:
        """Where the game usually lies on each drive, as far as such a folder exists."""
        for root in self.roots.values():
            for names in _USUAL:
                path = descend(root, *names)
                if path is not None and is_dir(path):
                    yield Location(path=path, found_by=found_by)
