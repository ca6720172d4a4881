"""Whatever part of the game the player picks is understood."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from att_desktop.text import say
from att_desktop.wow.errors import NotAGameFolder
from att_desktop.wow.sandbox import make_sandbox
from att_desktop.wow.selected_folder import SelectedFolder, installation_from
from tests.wow.game_folders import ERA, RETAIL, make_game, make_retail


@pytest.mark.parametrize(
    "part",
    [
        ".",
        "_retail_",
        "_retail_/Interface",
        "_retail_/Interface/AddOns",
        "_retail_/Interface/AddOns/BigWigs",
        "_retail_/Interface/AddOns/BigWigs/Core.lua",
        "_retail_/Wow.exe",
        "_retail_/WTF",
        "_retail_/World of Warcraft.app",
        "_retail_/World of Warcraft.app/Contents/MacOS/World of Warcraft",
        "World of Warcraft Launcher.exe",
        "Data",
        ".build.info",
        "..",
    ],
)
def test_any_part_of_the_game(tmp_path: Path, part: str) -> None:
    root = make_retail(tmp_path / "Games" / "World of Warcraft")
    for folder in ("Interface/AddOns/BigWigs", "World of Warcraft.app/Contents/MacOS", "WTF"):
        (root / "_retail_" / folder).mkdir(parents=True)
    for file in (
        "Interface/AddOns/BigWigs/Core.lua",
        "World of Warcraft.app/Contents/MacOS/World of Warcraft",
    ):
        (root / "_retail_" / file).write_text("")

    picked = installation_from(root / part)

    assert picked.installation.addons_path.resolve() == root / "_retail_" / "Interface" / "AddOns"
    assert "Found Retail 12.1.0 in " in said(picked)
    assert picked.others == ()


@pytest.mark.parametrize("part", [".", "_retail_", "_retail_/Interface/AddOns", "_retail_/Wow.exe"])
@pytest.mark.parametrize("told", [True, False])
def test_a_link_to_any_part_of_the_game(tmp_path: Path, part: str, *, told: bool) -> None:
    root = make_retail(tmp_path / "Games" / "World of Warcraft")
    if not told:
        (root / "_retail_" / ".flavor.info").unlink()
    (tmp_path / "on my desktop").symlink_to(root / part)

    found = installation_from(tmp_path / "on my desktop").installation

    assert found.addons_path.resolve() == root / "_retail_" / "Interface" / "AddOns"
    assert (found.name, found.supported) == ("Retail 12.1.0", True)


def said(picked: SelectedFolder) -> str:
    return " ".join(map(say, picked.findings))


def test_a_home_of_nobody_is_said() -> None:
    with pytest.raises(NotAGameFolder, match=r"wow\.nothing_there path=.*nobody-here"):
        installation_from(Path("~nobody-here/World of Warcraft"))


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be removed there")
def test_a_path_in_a_folder_that_is_gone_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    for path in (Path(), Path("World of Warcraft")):
        with pytest.raises(NotAGameFolder, match=r"wow\.nothing_there"):
            installation_from(path)


def test_a_wine_prefix(tmp_path: Path) -> None:
    root = make_retail(
        tmp_path / "prefix" / "drive_c" / "Program Files (x86)" / "World of Warcraft"
    )
    for path in (tmp_path / "prefix", tmp_path / "prefix" / "drive_c"):
        assert installation_from(path).installation.root == root


def test_the_live_game_is_meant_and_the_others_are_named(tmp_path: Path) -> None:
    root = make_game(tmp_path, classic_era=("wow_classic_era", ERA), retail=("wow", RETAIL))
    picked = installation_from(root)
    assert picked.installation.product == "wow"
    assert [other.product for other in picked.others] == ["wow_classic_era"]
    assert "Also there: Classic Era 1.15.8." in said(picked)


def test_a_classic_game_is_found_and_the_reason_said(tmp_path: Path) -> None:
    root = make_game(tmp_path, classic_era=("wow_classic_era", ERA), retail=("wow", RETAIL))
    picked = installation_from(root / "_classic_era_" / "Interface" / "AddOns")
    assert not picked.installation.supported
    assert "Found Classic Era 1.15.8" in said(picked)
    assert "does not work there" in said(picked)


@pytest.mark.parametrize("name", ["missing", "documents", "file.txt", "loop"])
def test_what_is_no_game_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "documents" / "Interface").mkdir(parents=True)
    (tmp_path / "file.txt").write_text("")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(NotAGameFolder, match=r"wow\.(no_game_folder|nothing_there)"):
        installation_from(tmp_path / name)


def test_a_folder_far_below_something_else_does_not_lead_to_a_game(tmp_path: Path) -> None:
    root = make_retail(tmp_path / "World of Warcraft")
    far = root / "a/b/c/d/e/f/g/h"
    far.mkdir(parents=True)
    with pytest.raises(NotAGameFolder):
        installation_from(far)


def test_the_sandbox_is_a_game_folder(tmp_path: Path) -> None:
    made = make_sandbox(tmp_path / "data" / "World of Warcraft")
    assert made.supported
    assert made.writable.ok
    assert make_sandbox(made.root) == made
    assert installation_from(made.root).installation.addons_path == made.addons_path
