"""Linux: the game runs in Wine; each launcher keeps its prefixes in other folders."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from att_desktop.wow.paths import descend, read_text, real_key, subfolders
from att_desktop.wow.places.base import GAME, Location, Places, home_folder
from att_desktop.wow.places.lutris import lutris_places
from att_desktop.wow.places.steam import steam_prefixes
from att_desktop.wow.places.wine import Prefix
from att_desktop.wow.places.yaml_files import absolute_paths, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class LinuxPlaces(Places):
    """Looks below ``home`` and, for other disks, below ``root``; ``environment`` as os.environ."""

    root: Path = Path("/")
    home: Path = field(default_factory=home_folder)
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    def candidates(self) -> Iterator[Location]:
        """What launchers know, the most reliable first, then usual folders."""
        for prefix in self._wine():
            yield from prefix.places()
        yield from lutris_places(self.home, self._app_folders("lutris", "net.lutris.Lutris"))
        for prefix in self._launchers():
            yield from prefix.places()
        yield from self._usual()

    def _wine(self) -> Iterator[Prefix]:
        named = self.environment.get("WINEPREFIX", "")
        if named.startswith("/"):
            yield Prefix(path=Path(named), found_by="Wine")
        for path in (self.home / ".wine", *self._dotted("wine")):
            yield Prefix(path=path, found_by="Wine")
        for path in subfolders(self._data / "wineprefixes"):
            yield Prefix(path=path, found_by="Wine")
        for snap in subfolders(self.home / "snap"):
            for place in ("common", "current"):
                yield Prefix(path=snap / place / ".wine", found_by="Wine (snap)")

    def _launchers(self) -> Iterator[Prefix]:
        yield from steam_prefixes(self._steam_folders())
        for name, folders in (
            ("Bottles", self._bottles()),
            ("Faugus", self._faugus()),
            ("PortProton", self._portproton()),
            ("Heroic", self._heroic()),
            ("PlayOnLinux", subfolders(self.home / ".PlayOnLinux" / "wineprefix")),
            ("CrossOver", subfolders(self.home / ".cxoffice")),
            ("Games", subfolders(self.home / "Games")),
            ("umu", subfolders(self.home / "Games" / "umu")),
        ):
            for folder in folders:
                yield Prefix(path=folder, found_by=name)

    def _steam_folders(self) -> list[Path]:
        flatpak = self.home / ".var" / "app" / "com.valvesoftware.Steam"
        return [
            self._data / "Steam",
            self.home / ".steam" / "steam",
            self.home / ".steam" / "root",
            self.home / ".local" / "Steam",
            flatpak / "data" / "Steam",
            flatpak / ".local" / "share" / "Steam",
            flatpak / ".steam" / "steam",
            self.home / "snap" / "steam" / "common" / ".local" / "share" / "Steam",
        ]

    def _bottles(self) -> Iterator[Path]:
        for data in self._app_folders("bottles", "com.usebottles.bottles"):
            folders = [data / "bottles"]
            settings = read_yaml(data / "data.yml")
            folders += absolute_paths(self.home, settings.get("custom_bottles_path"))
            for folder in folders:
                for bottle in subfolders(folder):
                    yield bottle
                    # A bottle that was moved leaves a file that says where it is.
                    moved = read_yaml(bottle / "placeholder.yml").get("Path")
                    yield from absolute_paths(self.home, moved)

    def _faugus(self) -> Iterator[Path]:
        folders = self._app_folders("faugus-launcher", "io.github.Faugus.faugus-launcher")
        for folder in folders:
            games = _read_json(folder / "games.json")
            for game in games if isinstance(games, list) else ():
                named = game.get("prefix") if isinstance(game, dict) else None
                for prefix in absolute_paths(self.home, named):
                    yield prefix
                    yield prefix / "pfx"
        yield from subfolders(self.home / "Faugus")

    def _portproton(self) -> Iterator[Path]:
        flatpak = self.home / ".var" / "app" / "ru.linux_gaming.PortProton"
        for base in (self.home / "PortProton", self._data / "PortProton", flatpak):
            yield from subfolders(base / "data" / "prefixes")

    def _heroic(self) -> Iterator[Path]:
        folders: list[Path] = []
        for prefixes in (
            self.home / "Games" / "Heroic" / "Prefixes",
            self.home / "Games" / "Prefixes",
        ):
            folders += [*subfolders(prefixes), *subfolders(prefixes / "default")]
        for config in self._app_folders("heroic", "com.heroicgameslauncher.hgl"):
            for file in _json_files(config / "GamesConfig"):
                folders += _heroic_prefixes(self.home, _read_json(file))
        for folder in folders:
            yield folder
            yield folder / "pfx"

    def _usual(self) -> Iterator[Location]:
        folders = [self.home, self.home / "Games", self.root / "opt", self.root / "opt" / "games"]
        for media in ("mnt", "media"):
            for disk in subfolders(self.root / media):
                folders += [disk, disk / "Games", *self._disks_of_users(disk)]
        for user in subfolders(self.root / "run" / "media"):
            folders += self._disks_of_users(user)
        seen = set()
        for folder in folders:
            for name in (GAME, "world-of-warcraft"):
                path = descend(folder, name)
                if path is not None and real_key(path) not in seen:
                    seen.add(real_key(path))
                    yield Location(path=path, found_by="usual folder")
                    yield from Prefix(path=path, found_by="usual folder").places()

    def _disks_of_users(self, user: Path) -> list[Path]:
        """``/media/<user>/<disk>`` and the usual folders on it, as Windows has them too."""
        below = ("Games", "games", "Program Files (x86)", "Program Files")
        return [place for disk in subfolders(user) for place in (disk, *(disk / n for n in below))]

    def _app_folders(self, name: str, flatpak_id: str) -> list[Path]:
        """Data and config folders of a launcher, installed as usual or by Flatpak."""
        flatpak = self.home / ".var" / "app" / flatpak_id
        config = self._xdg("XDG_CONFIG_HOME", ".config")
        return [
            self._data / name,
            config / name,
            flatpak / "data" / name,
            flatpak / "config" / name,
        ]

    @property
    def _data(self) -> Path:
        return self._xdg("XDG_DATA_HOME", ".local/share")

    def _xdg(self, variable: str, default: str) -> Path:
        value = self.environment.get(variable, "")
        return Path(value) if value.startswith("/") else self.home / default

    def _dotted(self, name: str) -> list[Path]:
        """``~/.wine64``, ``~/.wine-wow`` and others that begin like that."""
        return [path for path in subfolders(self.home) if path.name.startswith(f".{name}")]


def _json_files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".json")
    except OSError:
        return []


def _read_json(path: Path) -> Any:
    """What is in a file, None for what cannot be read."""
    try:
        return json.loads(read_text(path) or "")
    except (ValueError, RecursionError):
        return None


def _heroic_prefixes(home: Path, config: Any) -> Iterator[Path]:
    """``{"<app>": {"winePrefix": "/..."}, "version": "v0"}``."""
    for game in config.values() if isinstance(config, dict) else ():
        if isinstance(game, dict):
            yield from absolute_paths(home, game.get("winePrefix"))
