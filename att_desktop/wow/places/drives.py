"""Paths as Windows writes them, on Windows itself and in Wine's prefixes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from att_desktop.wow.paths import descend, is_dir
from att_desktop.wow.places.base import GAME, Place
from att_desktop.wow.product_db import read_product_db

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["Drives"]

_DRIVE_PATH: Final = re.compile(r"([a-zA-Z]):[\\/]*(.*)", re.DOTALL)
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

    def path_of(self, text: str) -> Path | None:
        """``C:\\Games\\World of Warcraft`` as a path here; None if that drive is not here."""
        found = _DRIVE_PATH.fullmatch(text.strip().strip('"'))
        root = self.roots.get(found[1].upper()) if found else None
        if found is None or root is None or "\0" in text:
            return None
        names = [name for name in re.split(r"[\\/]+", found[2]) if name]
        return descend(root, *names) if ".." not in names else None

    def agent_places(self, found_by: str = "Battle.net") -> Iterator[Place]:
        """What the Battle.net agent on any drive says it installed."""
        for root in self.roots.values():
            database = descend(root, *_AGENT)
            for product in read_product_db(database) if database else ():
                path = self.path_of(product.location)
                if path is not None:
                    yield Place(path=path, found_by=found_by)

    def usual_places(self, found_by: str = "usual folder") -> Iterator[Place]:
        """Where the game usually lies on each drive, as far as such a folder exists."""
        for root in self.roots.values():
            for names in _USUAL:
                path = descend(root, *names)
                if path is not None and is_dir(path):
                    yield Place(path=path, found_by=found_by)
