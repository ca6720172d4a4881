"""Steam: its libraries, and the Wine prefixes of the programs that were added to it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from att_desktop.wow.paths import descend, find_child, read_text, real_key, subfolders
from att_desktop.wow.places.wine import Prefix

if TYPE_CHECKING:
    from collections.abc import Iterator

# "path" "/mnt/games/SteamLibrary" since 2021, "1" "/mnt/games/SteamLibrary" before.
_LIBRARY: Final = re.compile(r'"(?:path|\d+)"\s+"((?:[^"\\]|\\.)*)"', re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\(.)")


def steam_libraries(steam: Path) -> list[Path]:
    """The libraries that a Steam folder knows, itself first."""
    libraries = [steam]
    for place in (("steamapps",), ("config",)):
        file = descend(steam, *place, "libraryfolders.vdf")
        for written in _LIBRARY.findall((read_text(file) or "") if file else ""):
            text = _ESCAPE.sub(r"\1", written)
            if text.startswith("/"):
                libraries.append(Path(text))
    return libraries


def steam_prefixes(steam_folders: list[Path]) -> Iterator[Prefix]:
    """The prefixes (``compatdata/<app>/pfx``) of all libraries of these Steam folders, once."""
    seen = set()
    for steam in steam_folders:
        for library in steam_libraries(steam):
            key = real_key(library)
            if key in seen:
                continue
            seen.add(key)
            apps = find_child(library, "steamapps") or library
            for app in subfolders(apps / "compatdata"):
                yield Prefix(path=app / "pfx", found_by="Steam")
