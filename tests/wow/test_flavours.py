"""Which game lies in a folder, and whether the addon is for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from att_desktop.wow.flavours import flavours_in
from att_desktop.wow.installations import Installation, find_installations, targets
from att_desktop.wow.places.base import Location, Places
from tests.wow.addon_copy import DATA
from tests.wow.game_folders import BUILD_HEADER, ERA, RETAIL, build_row, make_game, make_retail

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class These(Places):
    def __init__(self, *paths: Path) -> None:
        self.paths = paths

    def candidates(self) -> Iterator[Location]:
        for path in self.paths:
            yield Location(path=path, found_by="test")


def find(*paths: Path) -> list[Installation]:
    return find_installations(These(*paths))


def test_all_flavours_the_live_game_first(tmp_path: Path) -> None:
    root = make_game(
        tmp_path / "World of Warcraft",
        classic_era=("wow_classic_era", ERA),
        ptr=("wowt", "12.1.5.70001"),
        retail=("wow", RETAIL),
        xptr=("wowxptr", "12.1.7.1"),
        beta=("wow_beta", "12.2.0.1"),
        classic=("wow_classic", "5.5.1.1"),
        anniversary=("wow_anniversary", "2.5.5.1"),
    )
    found = find(root)
    assert [(i.product, i.version, i.supported) for i in found] == [
        ("wow", RETAIL, True),
        ("wow_beta", "12.2.0.1", True),
        ("wowt", "12.1.5.70001", True),
        ("wowxptr", "12.1.7.1", True),
        ("wow_anniversary", "2.5.5.1", False),
        ("wow_classic", "5.5.1.1", False),
        ("wow_classic_era", ERA, False),
    ]
    assert found[0].name == "Retail 12.1.0"
    assert (found[-1].name, found[-1].supported) == ("Classic Era 1.15.8", False)
    assert [i.product for i in targets(found)] == ["wow", "wow_beta", "wowt", "wowxptr"]
    assert {i.root for i in found} == {root}
    assert found[0].addons_path == root / "_retail_" / "Interface" / "AddOns"


@pytest.mark.parametrize(
    ("folder", "product", "version", "supported"),
    [
        ("classic_beta", "wow_classic_beta", "1.60.1.69913", False),
        ("beta", "wow_classic_beta", "1.60.1.69913", False),  # a classic game in retail's folder
        ("classic_beta", "wow_beta", "12.2.0.1", True),  # and the other way round
        ("beta", "wow_beta", "1.60.1.69913", False),  # the version tells what it really is
        ("retail", "wow", "11.2.7.5", False),  # older than the addon knows
        ("retail", "wow", "13.0.0.1", True),
        ("forever", "wow_forever", "1.60.1.1", False),  # a product that nobody knows yet
    ],
)
def test_product_and_version_decide_not_the_folder(
    tmp_path: Path, folder: str, product: str, version: str, supported: bool
) -> None:
    root = make_game(tmp_path / "wow", **{folder: (product, version)})
    (found,) = find(root)
    assert (found.product, found.version, found.supported) == (product, version, supported)


def test_a_broken_flavor_info_leaves_the_folder_name(tmp_path: Path) -> None:
    root = make_retail(tmp_path / "wow")
    (root / "_retail_" / ".flavor.info").write_bytes(b"\0\0\0")
    (found,) = find(root)
    assert (found.product, found.version) == ("wow", RETAIL)


def test_without_build_info_the_version_comes_from_the_config(tmp_path: Path) -> None:
    root = make_retail(tmp_path / "wow")
    (root / ".build.info").unlink()
    assert find(root)[0].version is None
    assert find(root)[0].supported
    wtf = root / "_retail_" / "WTF"
    wtf.mkdir()
    (wtf / "Config.wtf").write_text('SET portal "EU"\r\nSET lastAddonVersion "120105"\r\n')
    assert find(root)[0].version == "12.1.5"


def test_a_game_that_was_never_started_has_no_interface(tmp_path: Path) -> None:
    root = make_retail(tmp_path / "wow")
    (root / "_retail_" / "Interface" / "AddOns").rmdir()
    (root / "_retail_" / "Interface").rmdir()
    (found,) = find(root)
    assert found.addons_path == root / "_retail_" / "Interface" / "AddOns"
    assert found.writable.ok
    assert not (root / "_retail_" / "Interface").exists()


def test_what_battle_net_leaves_behind_is_no_installation(tmp_path: Path) -> None:
    root = make_retail(tmp_path / "wow")
    (root / "_ptr_" / "Interface").mkdir(parents=True)
    (root / "_ptr_" / "WTF").mkdir()
    (root / "_custom_").mkdir()
    assert [i.product for i in find(root)] == ["wow"]


def test_folder_names_in_any_case(tmp_path: Path) -> None:
    flavour = tmp_path / "world of warcraft" / "_Retail_"
    (flavour / "interface" / "addons").mkdir(parents=True)
    (flavour / ".FLAVOR.INFO").write_text("Product Flavor!STRING:0\nwow\n")
    (found,) = find(flavour.parent)
    assert found.addons_path == flavour / "interface" / "addons"


def test_an_old_client_in_one_folder_is_shown_as_not_supported(tmp_path: Path) -> None:
    client = tmp_path / "WoW 3.3.5"
    for name in ("Data", "Interface"):
        (client / name).mkdir(parents=True)
    (client / "Wow.exe").write_bytes(b"MZ")
    (found,) = find(client)
    assert (found.product, found.flavour, found.supported) == (None, "WoW 3.3.5", False)


def test_other_folders_are_no_games(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    (tmp_path / "data" / "Data").mkdir(parents=True)
    (tmp_path / "exe").mkdir()
    (tmp_path / "exe" / "Wow.exe").write_bytes(b"MZ")
    assert find(*(tmp_path / name for name in ("empty", "file", "data", "exe", "missing"))) == []


def test_each_real_folder_is_found_once(tmp_path: Path) -> None:
    root = make_retail(tmp_path / "disk" / "World of Warcraft")
    link = tmp_path / "link"
    link.symlink_to(root)
    found = find(root, root / "_retail_", link, link / "_retail_", root)
    assert [i.folder for i in found] == [root / "_retail_"]


def test_link_loops_end(tmp_path: Path) -> None:
    root = make_retail(tmp_path / "World of Warcraft")
    (root / "_loop_").symlink_to(root / "_loop_")
    (root / "_ptr_").symlink_to(root)
    (root / "_retail_" / "_retail_").symlink_to(root / "_retail_")
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    found = find(tmp_path / "a", root)
    assert [i.product for i in found] == ["wow"]


def test_several_installations(tmp_path: Path) -> None:
    one, two = make_retail(tmp_path / "a" / "wow"), make_retail(tmp_path / "b" / "wow")
    assert [i.root for i in find(two, one)] == [one, two]


def test_what_is_installed_of_the_addon(tmp_path: Path) -> None:
    root = make_retail(tmp_path / "wow")
    (before,) = find(root)
    assert (before.addon_version, before.data_timestamp) == (None, None)
    addon = before.addons_path / "azerothstoptalent"
    addon.mkdir()
    (addon / "AzerothsTopTalent.toc").write_text("## Interface: 120100\r\n## Version: 1.4.0 \r\n")
    (addon / "TalentData.lua").write_bytes(DATA + b"addon.TalentDataSample = true\n")
    (after,) = find(root)
    assert after.addon_version == "1.4.0"
    assert after.data_timestamp is not None
    assert after.data_timestamp.isoformat() == "2026-11-22T13:00:00+00:00"
    assert after.data_is_sample


def test_folders_of_the_settings_come_first(tmp_path: Path) -> None:
    root = make_retail(tmp_path / "wow")
    (found,) = find_installations(These(root), also=[root / "_retail_"])
    assert found.found_by == "picked by hand"


def test_a_root_that_names_itself_a_flavour_hides_none(tmp_path: Path) -> None:
    root = make_retail(tmp_path / "wow")
    (root / ".flavor.info").write_text("Product Flavor!STRING:0\nwow_classic\n")
    assert {flavour.product.code for flavour in flavours_in(root) if flavour.product} == {
        "wow",
        "wow_classic",
    }


def test_one_flavour_alone_in_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "Game"
    folder.mkdir()
    (folder / ".flavor.info").write_text("Product Flavor!STRING:0\nwow\n")
    (folder / ".build.info").write_text(f"{BUILD_HEADER}\n{build_row('wow', RETAIL)}\n")
    (found,) = find(folder)
    assert (found.root, found.folder, found.version) == (folder, folder, RETAIL)
