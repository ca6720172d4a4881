"""What the player has marked for raid night in the app stands on top of the builds window."""

from __future__ import annotations

from typing import Any

import pytest

from att_desktop.game.results import MarkedBuild
from tests.addon.builds_window import away, columns, rows, selected, window
from tests.addon.data import SPEC, active_code, code_of
from tests.addon.scenes import ARA_KARA, LOOMITHAR, OWN, PLEXUS, WORKSHOP, finish, hero, login

MARKED = (
    MarkedBuild(
        spec_id=SPEC,
        talent_code=code_of(LOOMITHAR),
        hero_tree=hero(code_of(LOOMITHAR)),
        encounters=[PLEXUS, LOOMITHAR, WORKSHOP],
    ),
    MarkedBuild(spec_id=SPEC, talent_code=code_of(ARA_KARA), encounters=[ARA_KARA]),
    MarkedBuild(spec_id=252, talent_code="CoPA", encounters=[PLEXUS]),
)


def test_marked_builds_come_first_with_what_they_are_for(secrets: str | None) -> None:
    game = login(secrets, marked=MARKED)
    game.client.world.keystoneNames[370] = "Mechagon - Werkstatt"
    game.slash("builds")
    headers = [row.header.text for row in rows(game) if row.header.shown]
    assert headers == ["For raid night", "General", "Manaforge Omega", "Dungeons"]
    listed = [columns(row, game)[:2] for row in rows(game) if row.name.shown]
    first, second = code_of(LOOMITHAR), code_of(ARA_KARA)
    assert listed[:2] == [
        (f"Plexus Sentinel +2 ({hero(first)})", away(first)),
        (f"Ara-Kara, City of Echoes ({hero(second)})", away(second)),
    ]
    assert selected(game) == "Plexus Sentinel +2"
    said = window(game).details.figures.text.split("\n")
    assert said[:2] == [hero(first), "For Plexus Sentinel, Loom'ithar, Mechagon - Werkstatt."]
    assert game.errors() == []


def test_a_marked_build_is_applied_like_any_other() -> None:
    game = login(marked=MARKED, code=OWN)
    game.slash("builds")
    game.client.Press("DOWN")
    assert game.client.Press("ENTER")
    finish(game)
    assert active_code(game) == code_of(ARA_KARA)


@pytest.mark.parametrize(
    "broken",
    [
        "addon.RaidNight = nil",
        "addon.RaidNight = 7",
        "addon.RaidNight[250] = true",
        "addon.RaidNight[250] = { 7, {}, { talentCode = '' } }",
    ],
)
def test_what_makes_no_sense_is_left_out(broken: str) -> None:
    game = login(marked=MARKED)
    game.lua.execute("local addon = ...; " + broken, game.addon)
    game.slash("builds")
    assert next(row.header.text for row in rows(game) if row.header.shown) == "General"
    assert list(_api(game).GetRaidNightBuilds(SPEC).values()) == []
    assert game.errors() == []


def test_encounters_that_make_no_sense_cost_the_name_only() -> None:
    game = login(marked=MARKED)
    game.lua.execute(
        "local addon = ...; addon.RaidNight[250][1].encounters = { {}, 99 }", game.addon
    )
    game.lua.execute("local addon = ...; addon.RaidNight[250][2].encounters = 3", game.addon)
    game.slash("builds")
    names = [row.name.text.split(" |")[0] for row in rows(game) if row.name.shown]
    assert names[:2] == ["99", "For raid night"]
    asked = _api(game).GetRaidNightBuilds(SPEC).values()
    assert [list(build.encounterIDs.values()) for build in asked] == [[99], []]
    assert game.errors() == []


def test_other_addons_can_ask_for_them() -> None:
    game = login(marked=MARKED)
    first, second = _api(game).GetRaidNightBuilds(SPEC).values()
    assert (first.importString, first.heroTree) == (code_of(LOOMITHAR), hero(code_of(LOOMITHAR)))
    assert list(first.encounterIDs.values()) == [PLEXUS, LOOMITHAR, WORKSHOP]
    assert (second.importString, second.heroTree) == (code_of(ARA_KARA), None)
    first.encounterIDs[1] = 7
    again = _api(game).GetRaidNightBuilds(SPEC)[1]
    assert again.encounterIDs[1] == PLEXUS, "answers are copies"
    assert list(_api(game).GetRaidNightBuilds(None).values()) == []
    assert len(list(_api(game).GetBuilds(SPEC).values())) == 2 + 8 + 3, "not there twice"


def test_the_bridge_does_not_list_them_twice() -> None:
    game = login(marked=MARKED)
    game.addon.db.settings.shareBuilds = True
    game.addon.TalentLoadoutsExBridge.Update()
    world = game.lua.globals()
    bridge = world.rawget(world, "PeaversTalentsData").API
    assert len(list(bridge.GetBuilds(6, SPEC, None).values())) == 2 + 8 + 3
    assert game.errors() == []


def _api(game: Any) -> Any:
    return game.lua.globals().AzerothsTopTalentAPI
