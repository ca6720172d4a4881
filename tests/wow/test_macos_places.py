"""macOS: Battle.net's list, Spotlight and usual folders below a made disk."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from att_desktop.wow.installations import find_installations
from att_desktop.wow.places.macos import MacPlaces, ask_spotlight
from tests.wow.game_folders import make_retail, write_agent

if TYPE_CHECKING:
    from pathlib import Path


MOUNTS = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk5s1 on /Volumes/Games (apfs, local, nodev, nosuid, journaled, noowners)
//me@nas._smb._tcp.local/Share on /Volumes/My Share (smbfs, nodev, nosuid, mounted by me)
nas:/export on /Volumes/nfs (nfs, nodev, nosuid, mounted by me)
"""


def mac(tmp_path: Path, spotlight: str = "", mounts: str = MOUNTS) -> MacPlaces:
    return MacPlaces(
        root=tmp_path / "disk",
        home=tmp_path / "disk" / "Users" / "me",
        spotlight=lambda: spotlight,
        mounts=lambda: mounts,
    )


def test_the_list_of_battle_net(tmp_path: Path) -> None:
    root = make_retail(tmp_path / "disk" / "Volumes" / "Fast" / "Blizz")
    write_agent(
        tmp_path / "disk" / "Users" / "Shared",
        ("wow", "/Volumes/Fast/Blizz"),
        ("wow_classic", "C:/not/here"),
    )
    (found,) = find_installations(mac(tmp_path))
    assert (found.root, found.found_by) == (root, "Battle.net")


def test_spotlight_names_apps_in_flavour_folders(tmp_path: Path) -> None:
    root = make_retail(tmp_path / "disk" / "Stuff" / "WoW")
    (root / "_retail_" / "World of Warcraft.app").mkdir()
    answer = "/Stuff/WoW/_retail_/World of Warcraft.app\n/gone/_ptr_/World of Warcraft Test.app\n\n"
    (found,) = find_installations(mac(tmp_path, answer))
    assert (found.root, found.found_by) == (root, "Spotlight")


def test_usual_folders_and_other_volumes(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    roots = [
        make_retail(disk / place / "World of Warcraft")
        for place in ("Applications", "Users/me/Applications", "Volumes/Games")
    ]
    assert {i.root for i in find_installations(mac(tmp_path))} == set(roots)


@pytest.mark.parametrize("mounts", [MOUNTS, ""])
def test_network_volumes_are_not_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mounts: str
) -> None:
    """macOS would ask the player for permission at the first look.

    Wine makes a drive of each volume. Where mount(8) says nothing no volume is known to be local.
    """
    volumes = tmp_path / "disk" / "Volumes"
    for name in ("My Share", "nfs", "Games"):
        make_retail(volumes / name / "World of Warcraft")
    bottle = tmp_path / "disk/Users/me/Library/Application Support/CrossOver/Bottles/Battle.net"
    for folder in ("drive_c", "dosdevices"):
        (bottle / folder).mkdir(parents=True)
    (bottle / "dosdevices" / "s:").symlink_to(volumes / "My Share")
    (bottle / "dosdevices" / "n:").symlink_to(volumes / "nfs" / "World of Warcraft")
    looked = []
    for call in ("listdir", "scandir", "stat", "lstat"):
        real = getattr(os, call)

        def watched(path: Any = ".", *more: Any, _real: Any = real, **named: Any) -> Any:
            shown = "" if isinstance(path, int) else os.fsdecode(path)
            looked.append(shown)
            if "dosdevices/" in shown:
                looked.append(os.readlink(shown))  # noqa: PTH115 - it may be a text
            return _real(path, *more, **named)

        monkeypatch.setattr(os, call, watched)
    found = find_installations(mac(tmp_path, mounts=mounts))
    local = [volumes / "Games" / "World of Warcraft"] if mounts else []
    assert [i.root for i in found] == local
    assert (str(volumes / "Games") in looked) == bool(mounts)
    assert not [path for path in looked if "My Share" in path or "Volumes/nfs" in path]


def test_the_windows_game_under_crossover(tmp_path: Path) -> None:
    bottle = tmp_path / "disk/Users/me/Library/Application Support/CrossOver/Bottles/Battle.net"
    root = make_retail(bottle / "drive_c" / "Program Files (x86)" / "World of Warcraft")
    (found,) = find_installations(mac(tmp_path))
    assert (found.root, found.found_by) == (root, "CrossOver")


def test_spotlight_that_is_slow_broken_or_missing_is_no_error() -> None:
    began = time.monotonic()
    sleeping = (sys.executable, "-c", "import time; time.sleep(60)")
    assert ask_spotlight(sleeping, timeout_s=0.2) == ""
    assert time.monotonic() - began < 10
    assert ask_spotlight(("/no/such/mdfind",)) == ""
    assert ask_spotlight((sys.executable, "-c", "print('/x'); raise SystemExit(1)")) == ""
    assert ask_spotlight((sys.executable, "-c", "print('/x')")).strip() == "/x"
