"""The app's whole update, with its sample source, into the addon and onto the talents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from att_desktop.game.import_codes import decode, encode
from tests.addon.builds import trees
from tests.addon.client import GameClient
from tests.addon.data import active_code

if TYPE_CHECKING:
    from tests.sample_update import SampleUpdate

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def talent_data(sample_update: SampleUpdate) -> str:
    """TalentData.lua as the app writes it for all 40 specs."""
    return sample_update.output.read_text(encoding="ascii")


@pytest.mark.parametrize("spec_id", sorted(trees().spec_ids))
def test_builds_of_the_app_can_be_played(spec_id: int, talent_data: str) -> None:
    game = GameClient(spec_id, data=talent_data)
    game.login()
    spec = game.addon.TalentData[spec_id]
    encounters = list(spec.encounters.values())
    assert len(encounters) >= 2
    # Every fifth: test_apply_codes has the codes of all kinds of builds.
    records = list(spec.general.values()) + encounters[spec_id % 5 :: 5]
    for record in records:
        request = game.lua.table_from({"code": record.talentCode, "label": "the build"})
        game.addon.LoadoutManager.Apply(request)
        game.advance(8)
        wanted = decode(record.talentCode, trees()).selection
        assert active_code(game) == encode(trees().tree(spec_id), wanted)
    assert game.errors() == []


def test_bosses_and_dungeons_of_the_app_are_found_by_the_addon(talent_data: str) -> None:
    game = GameClient(250, data=talent_data)
    game.login()
    infos = dict(game.addon.EncounterInfo.items())
    assert {info.type for info in infos.values()} == {"raid", "mythicplus"}
    for encounter_id, info in infos.items():
        if info.type == "raid":
            bosses = [boss.id for boss in game.addon.Encounters.Raid(info.mapID).values()]
            assert encounter_id in bosses
        else:
            assert game.addon.Encounters.Dungeon(info.mapID) == encounter_id
