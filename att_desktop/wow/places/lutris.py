"""Lutris: the prefixes named in its games' files, and those in its games folder."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from att_desktop.wow.paths import is_dir, read_text, subfolders
from att_desktop.wow.places.base import Place
from att_desktop.wow.places.wine import Prefix

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["lutris_places"]

# Its YAML is written by a library, one key a line; long paths may be quoted.
_KEY: Final = re.compile(
    r"""^\s+(prefix|exe|working_dir|game_path):\s*(?:'((?:[^']|'')*)'|"([^"]*)"|([^\s#].*?))\s*$""",
    re.MULTILINE,
)
_MOST_PARENTS: Final = 12


def lutris_places(home: Path, folders: list[Path]) -> Iterator[Place]:
    """Places by Lutris' own folders (config and data, of each way to install it)."""
    for folder in folders:
        for file in _yaml_files(folder / "games"):
            yield from _places_of_game(home, read_text(file) or "")
        system = read_text(folder / "system.yml") or ""
        for game_path in _values(home, system).get("game_path", []):
            for prefix in subfolders(game_path):
                yield from Prefix(path=prefix, found_by="Lutris").places()


def _places_of_game(home: Path, text: str) -> Iterator[Place]:
    values = _values(home, text)
    for prefix in values.get("prefix", []):
        yield from Prefix(path=prefix, found_by="Lutris").places()
    for path in (*values.get("exe", []), *values.get("working_dir", [])):
        if not path.is_absolute():
            continue
        # The launcher or the game itself: its prefix is above it, and so may be the game folder.
        for parent in list(path.parents)[:_MOST_PARENTS]:
            if is_dir(parent / "drive_c"):
                yield from Prefix(path=parent, found_by="Lutris").places()
                break
        if path.name.casefold().startswith(("wow", "world of warcraft")):
            yield Place(path=path.parent, found_by="Lutris")
            yield Place(path=path.parent.parent, found_by="Lutris")


def _values(home: Path, text: str) -> dict[str, list[Path]]:
    values: dict[str, list[Path]] = {}
    for key, single, double, plain in _KEY.findall(text):
        value = single.replace("''", "'") or double or plain
        if value and "\0" not in value:
            path = home / value[2:] if value.startswith("~/") else Path(value)
            values.setdefault(key, []).append(path)
    return values


def _yaml_files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in {".yml", ".yaml"})
    except OSError:
        return []
