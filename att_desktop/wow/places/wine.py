"""A Wine prefix and its drive letters."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from att_desktop.wow.paths import entries, is_dir
from att_desktop.wow.places.drives import Drives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from att_desktop.wow.places.base import Location

_LETTER: Final = re.compile(r"([a-z]):", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefix:
    """``path`` holds ``drive_c`` and ``dosdevices``; it need not exist.

    Drives that lead into a folder of ``avoided`` are left out without a look at them.
    """

    path: Path
    found_by: str
    avoided: frozenset[Path] = frozenset()

    def places(self) -> Iterator[Location]:
        """What the Battle.net agent in the prefix installed, on whatever drive, then the usual.

        The usual folders are looked for on drive C and drives of the player's own, not on the
        drive that stands for the whole disk.
        """
        if not is_dir(self.path / "drive_c"):
            return
        drives = self._drives()
        yield from Drives(roots=drives).agent_places(self.found_by)
        own_drives = {letter: root for letter, root in drives.items() if root != Path(root.anchor)}
        yield from Drives(roots=own_drives).usual_places(self.found_by)

    def _drives(self) -> dict[str, Path]:
        """Drive letters as in ``dosdevices``: links named ``c:``, ``d:``."""
        drives = {"C": self.path / "drive_c"}
        for link in entries(self.path / "dosdevices"):
            letter = _LETTER.fullmatch(link.name)
            if letter and letter[1].upper() != "C" and not self._is_avoided(link) and is_dir(link):
                # The link's end: players know /mnt/games, not .wine/dosdevices/d:.
                drives[letter[1].upper()] = Path(os.path.realpath(link))
        return drives

    def _is_avoided(self, link: Path) -> bool:
        """By what the link says: to follow it is a look already."""
        try:
            target = link.readlink()
        except OSError:
            return False
        return not self.avoided.isdisjoint((target, *target.parents))
