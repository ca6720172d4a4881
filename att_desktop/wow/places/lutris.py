"""Lutris: the prefixes named in its games' files, and those in its games folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from att_desktop.wow.paths import is_dir, subfolders
from att_desktop.wow.places.base import Location
from att_desktop.wow.places.wine import Prefix
from att_desktop.wow.places.yaml_files import absolute_paths, read_yaml, yaml_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST_PARENTS: Final = 12


def lutris_places(home: Path, folders: list[Path]) -> Iterator[Location]:
    """Places by Lutris' own folders (config and data, of each way to install it).

    Keys as in Lutris' docs/installers.rst: ``game: {exe, prefix, working_dir}``, a relative
    ``exe`` is one in the prefix or in the working folder; ``system: {game_path}``.
    """
    for folder in folders:
        for file in yaml_files(folder / "games"):
            yield from _places_of_game(home, _section(file, "game"))
        for game_path in absolute_paths(
            home, _section(folder / "system.yml", "system").get("game_path")
        ):
            for prefix in subfolders(game_path):
                yield from Prefix(path=prefix, found_by="Lutris").places()


def _section(file: Path, name: str) -> dict[str, Any]:
    found = read_yaml(file).get(name)
    return found if isinstance(found, dict) else {}


def _places_of_game(home: Path, game: dict[str, Any]) -> Iterator[Location]:
    bases = list(absolute_paths(home, game.get("prefix"), game.get("working_dir")))
    programs = [*absolute_paths(home, game.get("exe"))]
    exe = game.get("exe")
    if isinstance(exe, str) and "\0" not in exe and not programs:
        programs = [base / exe.replace("\\", "/") for base in bases]
    for prefix in bases:
        yield from Prefix(path=prefix, found_by="Lutris").places()
    for path in (*programs, *bases):
        # The launcher or the game itself: its prefix is above it, and so may be the game folder.
        for parent in list(path.parents)[:_MOST_PARENTS]:
            if is_dir(parent / "drive_c"):
                yield from Prefix(path=parent, found_by="Lutris").places()
                break
        if path.name.casefold().startswith(("wow", "world of warcraft")):
            yield Location(path=path.parent, found_by="Lutris")
            yield Location(path=path.parent.parent, found_by="Lutris")
