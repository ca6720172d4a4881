"""macOS: the Battle.net agent's list, Spotlight, the usual folders."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from att_desktop.wow.paths import descend, subfolders
from att_desktop.wow.places.base import GAME, Location, Places, home_folder
from att_desktop.wow.places.wine import Prefix
from att_desktop.wow.product_db import read_product_db

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SPOTLIGHT: Final = (
    "/usr/bin/mdfind",
    "kMDItemCFBundleIdentifier == 'com.blizzard.worldofwarcraft'",
)
_TIMEOUT_S: Final = 3.0
# //user@server/share on /Volumes/share (smbfs, nodev, nosuid, mounted by user)
_MOUNT: Final = re.compile(r"^.+? on (/.+) \((\w+)[^()]*\)$", re.MULTILINE)
_NETWORK: Final = frozenset({"smbfs", "nfs", "afpfs", "webdav", "ftp", "cifs"})


def ask_spotlight(command: tuple[str, ...] = _SPOTLIGHT, timeout_s: float = _TIMEOUT_S) -> str:
    """The paths of the game's apps, one a line; empty if Spotlight is off, slow or missing."""
    return _output_of(command, timeout_s)


def list_mounts() -> str:
    """What mount(8) prints: ``/dev/disk3s1 on /Volumes/Games (apfs, local, journaled)``."""
    return _output_of(("/sbin/mount",), _TIMEOUT_S)


def _output_of(command: tuple[str, ...], timeout_s: float) -> str:
    try:
        answer = subprocess.run(  # noqa: S603 - a fixed command, nothing of the player's in it
            command,
            capture_output=True,
            timeout=timeout_s,
            check=False,
            stdin=subprocess.DEVNULL,
            env={},  # credentials may stand in ours
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.decode("utf-8", "replace") if answer.returncode == 0 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MacPlaces(Places):
    """Looks below ``root`` (the disk) and ``home``.

    ``spotlight`` gives paths, one a line; ``mounts`` what mount(8) prints.
    """

    root: Path = Path("/")
    home: Path = field(default_factory=home_folder)
    spotlight: Callable[[], str] = ask_spotlight
    mounts: Callable[[], str] = list_mounts

    def candidates(self) -> Iterator[Location]:
        """Agent, Spotlight, usual folders, then Windows games under CrossOver and Wine."""
        database = self.root / "Users" / "Shared" / "Battle.net" / "Agent" / "product.db"
        for product in read_product_db(database):
            if product.location.startswith("/"):
                yield Location(path=self._on_disk(product.location), found_by="Battle.net")
        for line in self.spotlight().splitlines():
            # The app lies in the flavour folder, that one in the game folder.
            if line.startswith("/"):
                flavour = self._on_disk(line).parent
                yield Location(path=flavour, found_by="Spotlight")
                yield Location(path=flavour.parent, found_by="Spotlight")
        remote = self._remote_volumes()
        yield from self._usual(remote)
        for bottle in self._bottles():
            prefix = Prefix(path=bottle, found_by="CrossOver", avoided=remote)
            yield from prefix.places()

    def _usual(self, remote: frozenset[Path]) -> Iterator[Location]:
        applications = [self.root / "Applications", self.home / "Applications", self.home / "Games"]
        for volume in self._volumes():
            if volume in remote:
                continue
            applications += [volume, volume / "Applications", volume / "Games"]
        for folder in applications:
            path = descend(folder, GAME)
            if path is not None:
                yield Location(path=path, found_by="usual folder")

    def _volumes(self) -> list[Path]:
        folder = self.root / "Volumes"
        try:
            names = sorted(os.listdir(folder))  # noqa: PTH208 - names only: no look into them
        except OSError:
            return []
        return [folder / name for name in names]

    def _remote_volumes(self) -> frozenset[Path]:
        """Volumes of other computers: looking into one asks the player's permission.

        macOS shows 'would like to access files on a network volume' (TCC) at the first look; the
        list of mounts tells without one. Without that list it is not known of any.
        """
        listed = self.mounts()
        if not listed:
            return frozenset(self._volumes())
        return frozenset(
            self._on_disk(found[1])
            for found in _MOUNT.finditer(listed)
            if found[2] in _NETWORK or not found[0].startswith("/dev/")
        )

    def _bottles(self) -> Iterator[Path]:
        support = self.home / "Library" / "Application Support"
        yield from subfolders(support / "CrossOver" / "Bottles")
        yield self.home / ".wine"

    def _on_disk(self, path: str) -> Path:
        return self.root / path.lstrip("/")
