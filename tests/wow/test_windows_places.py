"""Windows: registry, Battle.net's list and usual folders, with made drives and registry."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest

from att_desktop.wow.installations import find_installations
from att_desktop.wow.places.drives import Drives
from att_desktop.wow.places.windows import WindowsPlaces, mounted_drives, system_registry
from tests.portable import not_on_windows
from tests.wow.game_folders import ERA, RETAIL, make_game, make_retail, write_agent

if TYPE_CHECKING:
    from pathlib import Path

NODE = r"SOFTWARE\WOW6432Node"
GAME_KEY = r"Blizzard Entertainment\World of Warcraft"
UNINSTALL = r"Microsoft\Windows\CurrentVersion\Uninstall"


class FakeRegistry:
    def __init__(self, values: dict[tuple[str, str, str], str]) -> None:
        self.values = values

    def read(self, hive: str, key: str, value: str) -> str | None:
        return self.values.get((hive, key, value))


def places(tmp_path: Path, values: dict[tuple[str, str, str], str] | None = None) -> WindowsPlaces:
    roots = {letter: tmp_path / letter for letter in "CD"}
    for root in roots.values():
        root.mkdir(exist_ok=True)
    return WindowsPlaces(registry=FakeRegistry(values or {}), drives=Drives(roots=roots))


@pytest.mark.parametrize(
    ("hive", "key", "value", "text"),
    [
        ("HKLM", rf"{NODE}\{GAME_KEY}", "InstallPath", "D:\\Spiele\\WoW\\_retail_\\"),
        ("HKLM", rf"SOFTWARE\{GAME_KEY}", "InstallPath", "d:/Spiele/WoW/_classic_era_/"),
        ("HKCU", rf"{NODE}\{GAME_KEY}", "InstallPath", "D:\\spiele\\wow"),
        ("HKLM", rf"{NODE}\{UNINSTALL}\World of Warcraft", "InstallLocation", "D:\\Spiele\\WoW"),
        (
            "HKLM",
            rf"{NODE}\{UNINSTALL}\World of Warcraft Classic",
            "InstallLocation",
            '"D:\\Spiele\\WoW"',
        ),
    ],
)
def test_the_registry_leads_to_all_flavours(
    tmp_path: Path, hive: str, key: str, value: str, text: str
) -> None:
    where = places(tmp_path, {(hive, key, value): text})
    root = make_game(
        tmp_path / "D" / "Spiele" / "WoW",
        retail=("wow", RETAIL),
        classic_era=("wow_classic_era", ERA),
    )
    found = find_installations(where)
    assert [i.folder for i in found] == [root / "_retail_", root / "_classic_era_"]
    assert found[0].found_by == "Windows registry"


@pytest.mark.parametrize(
    "text", ["", "E:\\WoW", "\\\\nas\\wow", "nonsense", "C:\\..\\..\\x", "C:\0", "%NO%\\x"]
)
def test_entries_that_lead_nowhere(tmp_path: Path, text: str) -> None:
    key = rf"{NODE}\{GAME_KEY}"
    assert find_installations(places(tmp_path, {("HKLM", key, "InstallPath"): text})) == []


@pytest.mark.parametrize(
    "text",
    [
        r"\\?\C:\Program Files (x86)\World of Warcraft",
        r"%ProgramFiles(x86)%\World of Warcraft",
        r"%PROGRAMFILES(X86)%/World of Warcraft",
        r"%SystemDrive%\Program Files (x86)\World of Warcraft",
    ],
)
@pytest.mark.parametrize("by", ["registry", "agent"])
def test_other_ways_to_write_a_path(tmp_path: Path, text: str, by: str) -> None:
    key = ("HKLM", rf"{NODE}\{GAME_KEY}", "InstallPath")
    where = places(tmp_path, {key: text} if by == "registry" else None)
    root = make_retail(tmp_path / "C" / "Program Files (x86)" / "World of Warcraft")
    if by == "agent":
        write_agent(tmp_path / "C" / "ProgramData", ("wow", text))
    first = next(iter(where.candidates()))
    assert first.path == root
    assert first.found_by == ("Windows registry" if by == "registry" else "Battle.net")


@pytest.mark.parametrize(
    "text",
    [r"\\nas\games\World of Warcraft", r"\\?\UNC\nas\games\World of Warcraft", "//nas/games/WoW"],
)
def test_shares_are_kept(tmp_path: Path, text: str) -> None:
    found = places(tmp_path).drives.path_of(text)
    assert found is not None
    assert str(found).replace("\\", "/").startswith("//nas/games/Wo")


def test_the_list_of_battle_net_on_any_drive(tmp_path: Path) -> None:
    where = places(tmp_path)
    root = make_retail(tmp_path / "D" / "Anywhere" / "Game")
    write_agent(
        tmp_path / "C" / "ProgramData",
        ("wow", "D:/Anywhere/Game"),
        ("wow_classic", "D:/Anywhere/Game"),
        ("wow_beta", "X:/gone"),
    )
    (found,) = find_installations(where)
    assert (found.folder, found.found_by) == (root / "_retail_", "Battle.net")


@pytest.mark.parametrize(
    "folder",
    ["Program Files (x86)/World of Warcraft", "World of Warcraft", "games/world of warcraft"],
)
def test_usual_folders_on_every_drive(tmp_path: Path, folder: str) -> None:
    where = places(tmp_path)
    one, two = make_retail(tmp_path / "C" / folder), make_retail(tmp_path / "D" / folder)
    assert [i.root for i in find_installations(where)] == [one, two]


@not_on_windows
def test_elsewhere_than_on_windows_there_are_no_drives() -> None:
    assert mounted_drives().roots == {}
    assert system_registry().read("HKLM", "SOFTWARE", "x") is None


def test_a_drive_that_cannot_be_looked_at_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that BitLocker locks: Windows has an error for it that pathlib lets through."""
    real = os.stat

    def stat(path: Any, **more: Any) -> os.stat_result:
        drive = re.match(r"[A-Z]:", str(path))
        if drive and drive[0] == "E:":
            raise OSError(22, "This drive is locked by BitLocker Drive Encryption")
        if drive and drive[0] != "C:":
            raise FileNotFoundError(2, "No such device")
        return real("/" if drive else path, **more)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "stat", stat)
    assert list(mounted_drives().roots) == ["C"]
