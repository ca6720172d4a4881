"""The addon that is shipped, installed as players get it."""

from __future__ import annotations

from pathlib import Path

from att_desktop.wow.installations import find_installations
from att_desktop.wow.installer import install
from att_desktop.wow.manifest import MANIFEST_FILE
from att_desktop.wow.sandbox import make_sandbox
from att_desktop.wow.talent_data import render
from tests.wow.addon_copy import tree
from tests.wow.lua_data import load_talent_data
from tests.wow.records import data, encounter
from tests.wow.test_flavours import These

TEMPLATE = Path(__file__).resolve().parents[2] / "addon_template" / "AzerothsTopTalent"


def test_the_shipped_addon_is_complete_and_installs(tmp_path: Path) -> None:
    sandbox = make_sandbox(tmp_path / "World of Warcraft")
    talent_data = render(data(encounter(3129, "Plexus Sentinel")))

    first = install(TEMPLATE, sandbox.addons_path, talent_data)

    installed = tree(sandbox.addons_path / "AzerothsTopTalent")
    assert set(installed) == {*tree(TEMPLATE), MANIFEST_FILE}
    assert first.first_install
    assert load_talent_data(installed["TalentData.lua"])[b"EncounterByName"]
    (found,) = find_installations(These(sandbox.root))
    assert found.addon_version == first.addon_version
    assert found.addon_version
    assert found.data_timestamp is not None
    assert install(TEMPLATE, sandbox.addons_path).written == ()


def test_the_placeholder_loads_and_has_no_age(tmp_path: Path) -> None:
    sandbox = make_sandbox(tmp_path / "World of Warcraft")
    install(TEMPLATE, sandbox.addons_path)
    placeholder = sandbox.addons_path / "AzerothsTopTalent" / "TalentData.lua"
    assert load_talent_data(placeholder.read_bytes())[b"TalentData"] == {}
    assert find_installations(These(sandbox.root))[0].data_timestamp is None
