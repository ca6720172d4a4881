"""What other addons can ask, the bridge to TalentLoadoutsEx, and options asked for in combat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.addon.data import SPEC, code_of, play
from tests.addon.scenes import ARA_KARA, LOOMITHAR, OWN, PLEXUS, hero, login
from tests.addon.season_details import add_other, add_support

if TYPE_CHECKING:
    from tests.addon.client import GameClient


def api(game: GameClient) -> Any:
    return game.lua.globals().AzerothsTopTalentAPI


def shared(game: GameClient) -> Any:
    world = game.lua.globals()
    return world.rawget(world, "PeaversTalentsData")


def test_builds_of_a_spec_and_of_an_encounter(secrets: str | None) -> None:
    game = login(secrets)
    add_other(game, PLEXUS, LOOMITHAR, "San'layn")
    add_support(game, PLEXUS, 31)
    game.addon.TalentData[SPEC].encounters[PLEXUS].undecided = 2
    game.addon.TalentDataSource = "warcraftlogs"
    assert api(game).VERSION == 1
    builds = list(api(game).GetBuilds(SPEC).values())
    assert [build.content for build in builds[:3]] == ["raid", "mythicplus", "raid"]
    assert len(builds) == 2 + 8 + 3 + 1
    assert all(build.specID == SPEC and build.source == "warcraftlogs" for build in builds)
    main, other = api(game).GetEncounterBuilds(SPEC, PLEXUS).values()
    assert (main.importString, main.support, main.sampleSize) == (code_of(PLEXUS), 31, 50)
    assert (main.undecided, other.undecided) == (2, None)
    assert (main.encounterName, main.content, main.mapID) == ("Plexus Sentinel", "raid", 2810)
    assert (other.importString, other.isAlternative) == (code_of(LOOMITHAR), True)
    assert api(game).GetAge() == 11404
    assert api(game).GetTimestamp() == "2026-09-20T12:00:00"
    assert api(game).GetSource() == "warcraftlogs"
    assert game.errors() == []


def test_what_it_hands_out_is_a_copy() -> None:
    game = login()
    build = api(game).GetEncounterBuilds(SPEC, PLEXUS)[1]
    build.importString = "nonsense"
    assert game.addon.TalentData[SPEC].encounters[PLEXUS].talentCode == code_of(PLEXUS)


def test_wrong_questions_have_no_answer_and_are_no_error() -> None:
    game = login()
    for question in (None, "250", 9999, True):
        assert list(api(game).GetBuilds(question).values()) == []
        assert list(api(game).GetEncounterBuilds(SPEC, question).values()) == []
    game.addon.TalentData = game.lua.table()
    game.addon.TalentDataTimestamp = None
    assert api(game).GetAge() is None
    assert api(game).GetTimestamp() is None
    assert game.errors() == []


def test_the_bridge_is_off_until_it_is_wished() -> None:
    game = login()
    assert shared(game) is None
    game.addon.db.settings.shareBuilds = True
    game.addon.TalentLoadoutsExBridge.Update()
    bridge = shared(game).API
    builds = list(bridge.GetBuilds(6, SPEC, None).values())
    assert [build.dungeonID for build in builds if build.category == "raid"] == list(range(9))
    assert [build.dungeonID for build in builds if build.category == "mythic"] == list(range(4))
    assert builds[0].label == "All"
    assert builds[0].talentString == code_of("raid")
    assert builds[0].updated == "2026-09-20T12:00:00"
    assert {build.source for build in builds} == {"azeroths-top-talent"}
    plexus = next(build for build in builds if build.label == "Plexus Sentinel")
    assert plexus.talentString == code_of(PLEXUS)
    assert list(bridge.GetSources().values()) == ["azeroths-top-talent"]
    assert bridge.GetLastUpdate(None)["azeroths-top-talent"].raid == "2026-09-20T12:00:00"
    assert list(bridge.GetBuilds(6, SPEC, "wowhead").values()) == []
    assert [build.label for build in bridge.GetBuilds(6, SPEC, None, 0).values()] == ["All", "All"]
    game.login(game.saved())
    assert shared(game) is not None, "the wish is kept"
    game.addon.db.settings.shareBuilds = False
    game.addon.TalentLoadoutsExBridge.Update()
    assert shared(game) is None
    assert game.errors() == []


def test_another_addon_s_table_stays() -> None:
    game = play(OWN)
    game.load_addon()
    game.addon.db.settings.shareBuilds = True
    theirs = game.lua.execute("PeaversTalentsData = { API = { theirs = true } }")
    assert theirs is None
    game.fire("PLAYER_LOGIN")
    assert shared(game).API.theirs
    game.addon.db.settings.shareBuilds = False
    game.addon.TalentLoadoutsExBridge.Update()
    assert shared(game).API.theirs


def test_the_option_works_at_once() -> None:
    game = login()
    game.addon.db.settings.shareBuilds = True
    game.client.settingsByKey.shareBuilds.changed()
    assert shared(game) is not None


def test_options_asked_for_in_combat_open_after_it() -> None:
    game = login()
    game.combat(True)
    game.chat()
    game.slash("options")
    assert game.chat() == ["The options open after combat."]
    assert game.client.openedSettings is None
    game.combat(False)
    assert game.client.openedSettings == 77
    game.client.openedSettings = None
    game.combat(True)
    game.combat(False)
    assert game.client.openedSettings is None, "once is enough"


def test_the_hero_tree_of_the_data_is_handed_on() -> None:
    game = login()
    build = api(game).GetEncounterBuilds(SPEC, ARA_KARA)[1]
    assert build.heroTree == hero(code_of(ARA_KARA))
