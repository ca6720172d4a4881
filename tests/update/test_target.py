"""What the player is told to do in the game after an update."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import pytest

from att_desktop.commands import sync
from att_desktop.config.environment import Environment
from att_desktop.config.settings import Settings
from att_desktop.system.errors import AttError
from att_desktop.text import say
from att_desktop.update.target import AddonTarget, FileTarget, OutputNotWritable, SeveralTargets
from att_desktop.wow.selected_folder import installation_from
from tests.wow.game_folders import make_retail

TEMPLATE = Path(__file__).parents[2] / "addon_template" / "AzerothsTopTalent"


def target_in(tmp_path: Path) -> AddonTarget:
    addons = tmp_path / "_retail_" / "Interface" / "AddOns"
    addons.mkdir(parents=True, exist_ok=True)
    return AddonTarget(addons=addons, template=TEMPLATE)


def said(target: AddonTarget) -> str:
    return " ".join(map(say, target.advice))


def test_data_that_change_in_the_middle_of_an_update_are_to_be_loaded(tmp_path: Path) -> None:
    target_in(tmp_path).write(b"-- one\n")
    again = target_in(tmp_path)
    again.write(b"-- one\n")  # the first unit brought nothing new
    assert "Nothing changed" in said(again)
    again.write(b"-- two\n")
    assert "/reload" in said(again)
    assert "Nothing changed" not in said(again)


def test_a_first_install_asks_for_a_restart_whatever_comes_later(tmp_path: Path) -> None:
    first = target_in(tmp_path)
    first.write(b"-- one\n")
    first.write(b"-- two\n")
    assert "Restart the game" in said(first)
    assert "/reload" not in said(first)


def test_a_restart_is_advised_until_the_game_has_been_seen_with_the_addon(tmp_path: Path) -> None:
    target_in(tmp_path).write(b"-- one\n")
    unseen = target_in(tmp_path)
    unseen.write(b"-- two\n")
    assert "restart the game" in said(unseen)
    saved = tmp_path / "_retail_/WTF/Account/1#1/Antonidas/Jaina/SavedVariables"
    saved.mkdir(parents=True)
    (saved / "AzerothsTopTalent.lua").write_bytes(b"AzerothsTopTalentCharDB = {}\n")
    seen = target_in(tmp_path)
    seen.write(b"-- three\n")
    assert "/reload" in said(seen)
    assert "restart" not in said(seen)


def test_the_path_told_is_the_one_on_the_disk(tmp_path: Path) -> None:
    target = target_in(tmp_path)
    (target.addons / "azerothstoptalent").mkdir()
    target.write(b"-- one\n")
    target.write(b"-- two\n")
    assert target.path.read_bytes() == b"-- two\n"
    assert [path.name for path in target.addons.iterdir()] == ["azerothstoptalent"]


def test_a_file_is_cleared_of_what_a_killed_run_left_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    left = folder / ".TalentData.lua.k3x_9a2b.tmp"
    others = folder / ".Another.lua.k3x_9a2b.tmp"
    for path in (left, others):
        path.write_bytes(b"half a fi")
    FileTarget(folder / "TalentData.lua").write(b"-- one\n")
    assert {path.name for path in folder.iterdir()} == {"TalentData.lua", others.name}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
def test_what_is_no_file_is_never_replaced_by_one(tmp_path: Path) -> None:
    device = tmp_path / "pipe"
    os.mkfifo(device)
    for path in (device, tmp_path):
        with pytest.raises(OutputNotWritable, match=r"output\.not_a_file"):
            FileTarget(path).write(b"-- one\n")
    assert device.is_fifo()


def test_a_game_folder_that_is_off_does_not_keep_the_others_from_being_written(
    tmp_path: Path,
) -> None:
    good = target_in(tmp_path / "disk")
    off = AddonTarget(addons=tmp_path / "off/_retail_/Interface/AddOns", template=TEMPLATE)
    several = SeveralTargets((off, good), (AttError("wow.nothing_there", path="/moved"),))
    several.write(b"-- one\n")
    assert good.path.read_bytes() == b"-- one\n"
    assert [reason.code for reason in several.advice] == [
        "wow.installed", "wow.nothing_there", "wow.folder_gone",
    ]  # fmt: skip
    with pytest.raises(AttError, match=r"wow\.folder_gone"):
        SeveralTargets((off, off)).write(b"-- one\n")


def test_stored_game_folders_that_are_gone_are_told_and_the_others_taken(tmp_path: Path) -> None:
    here = make_retail(tmp_path / "World of Warcraft")
    settings = Settings(game_folders=(str(tmp_path / "moved"), str(here)))
    words = argparse.Namespace(output=None, wow_dir=None, results_only=False)
    target = sync._target(words, settings, Environment())
    target.write(b"-- one\n")
    installed = here / "_retail_" / "Interface" / "AddOns" / "AzerothsTopTalent"
    assert (installed / "TalentData.lua").read_bytes() == b"-- one\n"
    assert target.advice[-1].code == "wow.nothing_there"


def test_a_stored_game_folder_that_was_moved_is_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = make_retail(tmp_path / "new place" / "World of Warcraft")
    monkeypatch.setattr(sync, "find_installations", lambda: [installation_from(here).installation])
    settings = Settings(game_folders=(str(tmp_path / "old place"),))
    words = argparse.Namespace(output=None, wow_dir=None, results_only=False)
    target = sync._target(words, settings, Environment())
    assert target.path.is_relative_to(here)
    monkeypatch.setattr(sync, "find_installations", list)
    with pytest.raises(AttError, match=r"wow\.nothing_there"):
        sync._target(words, settings, Environment())
