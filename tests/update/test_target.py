"""What the player is told to do in the game after an update."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from att_desktop.text import say
from att_desktop.update.target import AddonTarget, FileTarget, OutputNotWritable

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
