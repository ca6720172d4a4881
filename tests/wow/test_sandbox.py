"""Where sample data may go: into a game folder of the app's own, never into a real one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from att_desktop.wow.addon_folder import ADDON_NAME, TOC_FILE
from att_desktop.wow.errors import InstallError
from att_desktop.wow.sandbox import fits_for_sandbox, lies_in_a_game, make_sandbox
from tests.wow.game_folders import make_retail

if TYPE_CHECKING:
    from pathlib import Path

ADDON = f"_retail_/Interface/AddOns/{ADDON_NAME}"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The app's own folder."""
    (tmp_path / "app").mkdir()
    return tmp_path / "app"


def test_a_new_an_empty_and_an_own_folder_fit(own: Path) -> None:
    root = own / "World of Warcraft"
    assert fits_for_sandbox(root, own)
    root.mkdir()
    # What is left of a run that was killed as it began.
    (root / "..build.info.abcdefgh.tmp").touch()
    assert fits_for_sandbox(root, own)
    make_sandbox(root)
    assert fits_for_sandbox(root, own)


def test_a_real_game_does_not_fit_though_it_lies_in_the_apps_folder(
    own: Path, tmp_path: Path
) -> None:
    for root in (own / "World of Warcraft", tmp_path / "World of Warcraft"):
        make_retail(root)
        assert not fits_for_sandbox(root, own)


@pytest.mark.parametrize("part", ["_retail_", "_retail_/Interface/AddOns", ADDON])
def test_a_sandbox_that_leads_into_a_game_does_not_fit(
    own: Path, tmp_path: Path, part: str
) -> None:
    game = make_retail(tmp_path / "World of Warcraft")
    (game / ADDON).mkdir(parents=True, exist_ok=True)
    root = own / "sandbox"
    make_sandbox(root)
    if (root / part).exists():
        shutil.rmtree(root / part)
    (root / part).symlink_to(game / part)
    assert not fits_for_sandbox(root, own)
    (own / "link").symlink_to(game)
    assert not fits_for_sandbox(own / "link", own)


def test_a_file_lies_in_a_game_as_it_is_written_and_as_links_lead(tmp_path: Path) -> None:
    game = make_retail(tmp_path / "World of Warcraft")
    (game / ADDON).parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree((game / ADDON).parent)
    (tmp_path / "other disk").mkdir()
    (game / ADDON).parent.symlink_to(tmp_path / "other disk")
    (tmp_path / "short").symlink_to(game / "_retail_")
    (tmp_path / "installed").mkdir()
    (tmp_path / "installed" / TOC_FILE).touch()
    for path in (
        game / "TalentData.lua",
        game / "_retail_" / "TalentData.lua",
        game / ADDON / "TalentData.lua",
        tmp_path / "short" / "WTF" / "TalentData.lua",
        tmp_path / "installed" / "TalentData.lua",
    ):
        assert lies_in_a_game(path), path


def test_other_files_and_those_of_a_sandbox_do_not(tmp_path: Path) -> None:
    sandbox = make_sandbox(tmp_path / "sandbox")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for path in (
        tmp_path / "TalentData.lua",
        tmp_path / "new" / "TalentData.lua",
        tmp_path / "loop" / "TalentData.lua",
        sandbox.addons_path / ADDON_NAME / "TalentData.lua",
    ):
        assert not lies_in_a_game(path), path


def test_a_place_that_cannot_be_had_is_told_by_its_own_reason(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    root = tmp_path / "file" / "sample-game"
    assert fits_for_sandbox(root, tmp_path)
    with pytest.raises(InstallError):
        make_sandbox(root)
    assert not fits_for_sandbox(tmp_path / "file", tmp_path)
