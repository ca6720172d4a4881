"""From the game's event to the applied talents: every moment at which the addon speaks up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from att_desktop.game.codes import decode
from tests.addon.builds import random_code, trees
from tests.addon.data import (
    BOSSES,
    DUNGEON_MAP,
    HEROIC,
    MYTHIC,
    OTHER_SPEC,
    RAID_MAP,
    SPEC,
    SPLIT_MAP,
    active_code,
    code_of,
    play,
)

if TYPE_CHECKING:
    from tests.addon.client import GameClient

PLEXUS, LOOMITHAR = BOSSES[0][0], BOSSES[1][0]
ARA_KARA, WORKSHOP, JUNKYARD = 12660, 112098, 112099
OWN = random_code(SPEC, 999)  # what the player plays by own choice
FIGURES = "17 of {} top players (10.6%), {}"
AGE = "The data are 3 h old."


@pytest.fixture(params=[None, "raid"], ids=["plain values", "secret values"])
def secrets(request: pytest.FixtureRequest) -> Any:
    return request.param


def login(secrets: str | None = None, code: str = OWN, **season: Any) -> GameClient:
    game = play(code, **season)
    game.client.world.secrets = secrets
    game.login()
    return game


def hero(code: str) -> str:
    return decode(code, trees()).hero_tree or ""


def text(*lines: str) -> str:
    return "\n".join(lines)


def ready_check(game: GameClient) -> None:
    secret = game.client.world.secrets is not None
    name = game.client.Secret() if secret else "Leader"
    game.fire("READY_CHECK", name, game.client.Secret() if secret else 35)
    game.advance(1)


def into_raid(game: GameClient, difficulty: int = MYTHIC) -> None:
    game.enter(RAID_MAP, "raid", difficulty=difficulty, name="Manaforge Omega")


def finish(game: GameClient) -> None:
    """The cast goes through."""
    game.advance(7)
    assert game.errors() == []


# Login and spec change


def test_login_offers_the_general_builds(secrets: str | None) -> None:
    game = login(secrets)
    raid, mplus = code_of("raid"), code_of("mythicplus")
    assert game.prompt() == {
        "title": "Azeroth's Top Talent",
        "text": text(
            "Your talents are neither of the general builds. Switch to one?",
            "Raid Build: " + FIGURES.format(160, hero(raid)),
            "M+ Build: " + FIGURES.format(160, hero(mplus)),
            AGE,
        ),
        "buttons": ["Raid Build", "M+ Build", "Keep Current", "Don't ask again"],
    }
    game.click("M+ Build")
    finish(game)
    assert active_code(game) == mplus
    said = game.chat()[-1]
    assert said.startswith("Talents switched: M+ Build.")
    assert said.endswith("[Restore former talents]|r|h")
    assert game.prompt() is None


@pytest.mark.parametrize("content", ["raid", "mythicplus"])
def test_login_with_a_general_build_is_silent(content: str) -> None:
    game = login(code=code_of(content))
    assert game.prompt() is None


def test_login_in_a_raid_with_the_build_of_one_of_its_bosses_is_silent() -> None:
    game = play(code_of(LOOMITHAR))
    world = game.client.world
    world.mapID, world.instanceType, world.difficulty = RAID_MAP, "raid", MYTHIC
    game.login()
    assert game.prompt() is None
    world.mapID, world.instanceType = 0, "none"
    game.login()
    assert game.prompt() is not None


def test_login_waits_until_the_talents_are_there() -> None:
    game = play(OWN)
    game.client.talentsNotReady = True
    game.login()
    assert game.prompt() is None
    game.client.talentsNotReady = False
    game.advance(3)
    assert game.prompt() is not None


def test_spec_change_offers_the_other_spec_s_builds(secrets: str | None) -> None:
    game = login(secrets, code=code_of("raid"))
    game.client.ChangeSpec(3)
    game.advance(4)
    game.click("Raid Build")
    finish(game)
    assert active_code(game) == code_of("raid", OTHER_SPEC)


def test_an_answer_holds_over_a_reload_and_new_data_ask_again() -> None:
    game = login()
    game.click("Keep Current")
    game.reload()
    assert game.prompt() is None
    assert active_code(game) == OWN
    game.data = (game.data or "").replace("2026-09-20T12:00:00", "2026-09-20T15:00:00")
    game.reload()
    assert game.prompt() is not None


def test_the_next_login_asks_again() -> None:
    game = login()
    game.click("Keep Current")
    game.login(game.saved())
    assert game.prompt() is not None


# Ready check in a raid


def test_ready_check_offers_the_next_boss(secrets: str | None) -> None:
    game = login(secrets, code=code_of("raid"))
    into_raid(game)
    assert game.prompt() is None
    ready_check(game)
    assert game.prompt() == {
        "title": "Plexus Sentinel",
        "text": text(
            "Switch to the build for this boss?",
            "Likely: the first boss of this raid.",
            FIGURES.format(50, hero(code_of(PLEXUS))),
            AGE,
        ),
        "buttons": ["Switch", "Not now", "Don't ask again", "Other boss..."],
    }
    game.click("Switch")
    finish(game)
    assert active_code(game) == code_of(PLEXUS)
    ready_check(game)
    assert game.prompt() is None, "the talents match already"


def test_ready_check_after_a_wipe(secrets: str | None) -> None:
    game = login(secrets, code=code_of("raid"))
    into_raid(game)
    game.fire("ENCOUNTER_START", LOOMITHAR, "x", MYTHIC, 20)
    game.fire("ENCOUNTER_END", LOOMITHAR, "x", MYTHIC, 20, 0)
    game.advance(240)
    ready_check(game)
    shown = game.prompt()
    assert shown is not None
    assert shown["title"] == "Loom'ithar"
    assert "your raid wiped here 4 min ago." in shown["text"]


def test_one_click_corrects_the_boss(secrets: str | None) -> None:
    game = login(secrets, code=code_of("raid"))
    into_raid(game)
    ready_check(game)
    game.click("Other boss...")
    assert list(game.client.MenuItems().values()) == [boss[2] for boss in BOSSES[1:]]
    assert game.client.Choose("Fractillus")
    shown = game.prompt()
    assert shown is not None
    assert shown["title"] == "Fractillus"
    assert "you chose this boss." in shown["text"]
    game.click("Switch")
    finish(game)
    assert active_code(game) == code_of(3133)


def test_a_boss_without_a_build_gets_the_general_one() -> None:
    game = login(code=code_of("mythicplus"), without=[PLEXUS])
    into_raid(game)
    ready_check(game)
    shown = game.prompt()
    assert shown is not None
    assert shown["title"] == "Raid Build"
    assert shown["text"].startswith(
        "There is no build for Plexus Sentinel. Switch to the general one?"
    )
    game.click("Switch")
    finish(game)
    assert active_code(game) == code_of("raid")


def test_a_raid_without_data_gets_the_general_build() -> None:
    game = login(code=code_of("mythicplus"))
    game.enter(2296, "raid", difficulty=HEROIC)
    ready_check(game)
    shown = game.prompt()
    assert shown is not None
    assert shown["title"] == "Raid Build"
    assert "The bosses of this raid are not known." in shown["text"]


def test_ready_check_elsewhere_is_not_ours() -> None:
    game = login(code=code_of("raid"))
    ready_check(game)
    assert game.prompt() is None


def test_a_pulled_boss_that_nobody_has_a_name_for() -> None:
    game = login(code=code_of("mythicplus"))
    into_raid(game)
    game.fire("ENCOUNTER_START", 9999, "x", MYTHIC, 20)
    game.fire("ENCOUNTER_END", 9999, "x", MYTHIC, 20, 0)
    ready_check(game)
    shown = game.prompt()
    assert shown is not None
    assert shown["title"] == "Raid Build"
    assert shown["text"].startswith("Switch to the general build?")


def test_the_player_asks() -> None:
    game = login(code=code_of("raid"))
    game.slash("boss")
    assert game.chat() == ["Your talents already match."]
    into_raid(game)
    game.combat(True)
    game.slash("boss")
    assert game.chat() == ["Not in combat. It is offered again afterwards."]
    assert game.prompt() is None
    game.combat(False)
    game.click("Switch")
    finish(game)
    game.chat()
    game.slash("boss")
    assert game.chat() == ["Plexus Sentinel: Your talents already match."]
    game.slash("nonsense")
    assert game.chat()[0].startswith("/att options, status, boss, restore, reset.")


# Dungeons


@pytest.mark.parametrize("difficulty", [1, 2, 8, 23, 24])
def test_entering_a_dungeon_offers_its_build(difficulty: int, secrets: str | None) -> None:
    game = login(secrets, code=code_of("raid"))
    game.enter(DUNGEON_MAP, "party", difficulty=difficulty, name="Ara-Kara, Stadt der Echos")
    assert game.prompt() == {
        "title": "Ara-Kara, Stadt der Echos",
        "text": text(
            "Switch to the build for this dungeon?",
            "You entered this dungeon.",
            FIGURES.format(50, hero(code_of(ARA_KARA))),
            AGE,
        ),
        "buttons": ["Switch", "Not now", "Don't ask again"],
    }
    game.click("Switch")
    finish(game)
    assert active_code(game) == code_of(ARA_KARA)


@pytest.mark.parametrize("key", ["ownKey", "slottedKey"])
@pytest.mark.parametrize(("challenge", "dungeon"), [(370, WORKSHOP), (369, JUNKYARD)])
def test_halves_of_a_split_dungeon(challenge: int, dungeon: int, key: str) -> None:
    game = login(code=code_of("raid"))
    game.client.world[key] = challenge
    game.enter(SPLIT_MAP, "party")
    game.click("Switch")
    finish(game)
    assert active_code(game) == code_of(dungeon)


def test_the_half_whose_key_was_running() -> None:
    game = login(code=code_of("raid"))
    world = game.client.world
    world.challengeMapID, world.ownKey, world.keyRunning = 369, 370, True
    assert game.addon.Encounters.Dungeon(SPLIT_MAP) == JUNKYARD


def test_unknown_dungeon_and_unknown_half_get_the_general_build() -> None:
    for map_id in (SPLIT_MAP, 670):
        game = login(code=code_of("raid"))
        game.enter(map_id, "party")
        shown = game.prompt()
        assert shown is not None
        assert shown["title"] == "M+ Build"
        assert "There is no build for this dungeon." in shown["text"]
        game.click("Switch")
        finish(game)
        assert active_code(game) == code_of("mythicplus")


def test_data_without_map_ids_still_find_the_dungeon() -> None:
    game = login(code=code_of("raid"), map_ids=False)
    game.enter(DUNGEON_MAP, "party")
    game.click("Switch")
    finish(game)
    assert active_code(game) == code_of(ARA_KARA)


def test_the_dungeon_comes_before_the_general_choice() -> None:
    game = play(OWN)
    world = game.client.world
    world.mapID, world.instanceType, world.name = DUNGEON_MAP, "party", "Ara-Kara"
    game.login()
    shown = game.prompt()
    assert shown is not None
    assert shown["title"] == "Ara-Kara"


def test_not_now_holds_for_the_visit() -> None:
    game = login(code=code_of("raid"))
    game.enter(DUNGEON_MAP, "party")
    game.click("Not now")
    game.enter(DUNGEON_MAP, "party")
    assert game.prompt() is None
    game.enter(670, "party")
    game.client.Escape()
    game.enter(DUNGEON_MAP, "party")
    assert game.prompt() is not None


# Pulls with auto-apply


def pull(game: GameClient, *, kill: bool) -> None:
    game.client.world.encounter = True
    game.fire("ENCOUNTER_START", LOOMITHAR, "x", MYTHIC, 20)
    game.combat(True)
    game.advance(60)
    assert active_code(game) != code_of(LOOMITHAR)
    assert game.prompt() is None
    game.client.world.encounter = False
    game.fire("ENCOUNTER_END", LOOMITHAR, "x", MYTHIC, 20, 1 if kill else 0)
    game.combat(False)
    finish(game)


def test_auto_apply_switches_after_a_wipe(secrets: str | None) -> None:
    game = login(secrets, code=code_of("raid"))
    game.addon.db.settings.autoApply = True
    into_raid(game)
    pull(game, kill=False)
    assert active_code(game) == code_of(LOOMITHAR)


def test_auto_apply_waits_for_the_dead() -> None:
    game = login(code=code_of("raid"))
    game.addon.db.settings.autoApply = True
    into_raid(game)
    game.client.world.dead = True
    pull(game, kill=False)
    assert active_code(game) == code_of("raid")
    game.client.world.dead = False
    game.advance(10)
    assert active_code(game) == code_of(LOOMITHAR)


def test_a_dead_boss_needs_no_build() -> None:
    game = login(code=code_of("raid"))
    game.addon.db.settings.autoApply = True
    into_raid(game)
    pull(game, kill=True)
    assert active_code(game) == code_of("raid")


def test_a_pull_without_auto_apply_changes_nothing() -> None:
    game = login(code=code_of("raid"))
    into_raid(game)
    pull(game, kill=False)
    assert active_code(game) == code_of("raid")
    assert game.prompt() is None


def test_auto_apply_in_a_dungeon_and_at_a_ready_check() -> None:
    game = login(code=code_of("raid"))
    game.addon.db.settings.autoApply = True
    game.enter(DUNGEON_MAP, "party")
    finish(game)
    assert active_code(game) == code_of(ARA_KARA)
    into_raid(game)
    ready_check(game)
    finish(game)
    assert active_code(game) == code_of(PLEXUS)


def test_auto_apply_asks_when_it_can_only_guess() -> None:
    game = login(code=code_of("raid"))
    game.addon.db.settings.autoApply = True
    into_raid(game, difficulty=17)
    ready_check(game)
    shown = game.prompt()
    assert shown is not None
    assert "A guess: the first boss of this raid." in shown["text"]


# What is in the way


def test_nothing_pops_up_in_combat_and_it_comes_afterwards(secrets: str | None) -> None:
    game = login(secrets, code=code_of("raid"))
    into_raid(game)
    game.combat(True)
    ready_check(game)
    game.advance(60)
    assert game.prompt() is None
    game.combat(False)
    shown = game.prompt()
    assert shown is not None
    assert shown["title"] == "Plexus Sentinel"


def test_an_open_offer_leaves_in_combat_and_comes_back() -> None:
    game = login()
    assert game.prompt() is not None
    game.combat(True)
    assert game.prompt() is None
    game.combat(False)
    assert game.prompt() is not None


def test_a_running_key_is_left_alone() -> None:
    game = login(code=code_of("raid"))
    world = game.client.world
    world.keyRunning = True
    game.enter(DUNGEON_MAP, "party", difficulty=8)
    game.advance(1800)
    assert game.prompt() is None
    world.keyRunning = False
    game.fire("CHALLENGE_MODE_COMPLETED")
    game.advance(1)
    assert game.prompt() is not None


def test_answers_that_lag_behind_the_event() -> None:
    game = login(code=code_of("raid"))
    world = game.client.world
    world.keyRunning = True
    game.enter(DUNGEON_MAP, "party", difficulty=8)
    game.fire("CHALLENGE_MODE_COMPLETED")
    game.advance(1)
    world.keyRunning = False
    game.advance(2)
    assert game.prompt() is not None


def test_an_open_offer_leaves_when_the_boss_is_pulled() -> None:
    game = login(code=code_of("raid"))
    into_raid(game)
    ready_check(game)
    assert game.prompt() is not None
    game.client.world.encounter = True
    game.fire("ENCOUNTER_START", PLEXUS, "x", MYTHIC, 20)
    game.advance(60)
    assert game.prompt() is None
    game.client.world.encounter = False
    game.fire("ENCOUNTER_END", PLEXUS, "x", MYTHIC, 20, 0)
    shown = game.prompt()
    assert shown is not None
    assert "your raid just wiped here." in shown["text"]


def test_a_restriction_is_waited_for() -> None:
    game = login(code=code_of("raid"))
    game.client.world.pvpMatch = True
    game.enter(DUNGEON_MAP, "party")
    assert game.prompt() is None
    game.client.world.pvpMatch = False
    game.fire("ADDON_RESTRICTION_STATE_CHANGED", 3, 0)
    assert game.prompt() is not None


def test_an_offer_for_a_place_that_was_left_is_dropped() -> None:
    game = login(code=code_of("raid"))
    into_raid(game)
    game.combat(True)
    ready_check(game)
    game.enter(0, "none")
    game.combat(False)
    game.advance(5)
    assert game.prompt() is None


def test_below_the_highest_level_nothing_is_offered() -> None:
    game = play(OWN)
    game.client.player.level = 85
    game.login()
    assert game.prompt() is None
    game.slash("boss")
    assert game.chat()[-1] == "These builds need level 90. You are level 85."


# Answers


@pytest.mark.parametrize("how", ["escape", "time-out"])
def test_escape_and_time_out_are_not_now_and_no_more(how: str) -> None:
    game = login()
    game.client.Escape() if how == "escape" else game.advance(31)
    assert game.prompt() is None
    assert active_code(game) == OWN
    assert list(game.addon.db.suppressed.keys()) == []


def test_dont_ask_again_by_spec_and_kind_and_reset() -> None:
    game = login()
    game.click("Don't ask again")
    game.enter(DUNGEON_MAP, "party")
    game.click("Don't ask again")
    game.enter(670, "party")
    game.click("Don't ask again")
    game.enter(2296, "raid", difficulty=HEROIC)
    ready_check(game)
    game.click("Don't ask again")
    assert set(game.addon.db.suppressed.keys()) == {
        f"{SPEC}:general_choice",
        f"{SPEC}:encounter:{ARA_KARA}",
        f"{SPEC}:mythicplus",
        f"{SPEC}:raid",
    }
    game.login(game.saved())
    game.enter(DUNGEON_MAP, "party")
    assert game.prompt() is None
    game.chat()
    game.slash("reset")
    assert game.chat() == ["Done: 4 answers forgotten, the window is back in its place."]
    game.enter(670, "party")
    assert game.prompt() is not None


def test_the_prompt_stays_where_it_was_dragged() -> None:
    game = login()
    frame = game.lua.globals().AzerothsTopTalentPrompt
    frame.scripts.OnDragStart(frame, "LeftButton")
    frame.ClearAllPoints(frame)
    frame.SetPoint(frame, "LEFT", None, "LEFT", 40, -7)
    frame.scripts.OnDragStop(frame)
    game.login(game.saved())
    moved = game.lua.globals().AzerothsTopTalentPrompt
    point, _, relative, x, y = moved.GetPoint(moved, 1)
    assert (point, relative, x, y) == ("LEFT", "LEFT", 40, -7)
    assert moved.strata == "DIALOG"
    assert moved.clamped is True


def test_hiding_the_interface_answers_nothing() -> None:
    game = login()
    game.client.HideInterface()
    assert game.prompt() is not None
    game.client.Escape()
    assert game.prompt() is None


def test_no_raid_builds_in_a_battleground() -> None:
    game = play(OWN)
    game.client.world.instanceType = "pvp"
    game.login()
    game.client.ChangeSpec(3)
    game.advance(5)
    assert game.prompt() is None


def test_a_key_left_behind_is_no_longer_in_the_way() -> None:
    game = login()
    game.client.world.keyRunning = True
    game.fire("CHALLENGE_MODE_START", 503)
    assert game.prompt() is None
    game.client.world.keyRunning = False
    game.enter(0, "none")
    assert game.prompt() is not None


def test_moments_can_be_switched_off() -> None:
    for setting in ("enabled", "onDungeon"):
        game = login(code=code_of("raid"))
        game.addon.db.settings[setting] = False
        game.enter(DUNGEON_MAP, "party")
        assert game.prompt() is None
        game.slash("boss")
        assert game.prompt() is not None, "the player asked"


def test_answers_from_the_keyboard() -> None:
    game = login()
    game.slash("no")
    assert game.prompt() is None
    game.slash("yes")
    assert game.chat()[-1] == "There is no offer open."
    game.login(game.saved())
    game.lua.globals().AzerothsTopTalent_OnBinding(2)
    finish(game)
    assert active_code(game) == code_of("mythicplus")


def test_talents_changed_by_hand_close_the_offer() -> None:
    game = login()
    loadout = game.lua.table_from({"ranks": {}, "choice": {}}, recursive=True)
    loadout_id = game.client.AddLoadout(SPEC, "Mine", loadout)
    game.client.player.configs[loadout_id].committed = talents(game, code_of("raid"))
    assert game.client.PlayerSelectsLoadout(loadout_id)
    assert game.prompt() is None


def talents(game: GameClient, code: str) -> Any:
    from tests.addon.builds import state

    return game.lua.table_from(state(SPEC, decode(code, trees()).selection), recursive=True)


# What is said about the data


def test_status() -> None:
    game = login(code=code_of("raid"), sample=True)
    game.slash("status")
    assert game.chat() == [
        "26 builds for 2 specs, 3 h old.",
        "These are sample builds, made to try things out.",
    ]


def test_sample_data_are_named_in_the_prompt() -> None:
    shown = login(sample=True).prompt()
    assert shown is not None
    assert shown["text"].endswith("These are sample builds, made to try things out.")


def test_old_data_are_named_once_at_login_and_in_the_prompt() -> None:
    game = login(timestamp="2026-09-01T12:00:00")
    warning = "The data are 19 days old. An update in the desktop app brings newer builds."
    assert game.chat() == [warning]
    shown = game.prompt()
    assert shown is not None
    assert warning in shown["text"]


def test_builds_from_before_a_rework_are_named_and_not_offered() -> None:
    game = play(OWN)
    order = game.client.trees[SPEC].order
    game.client.trees[SPEC].order = game.lua.table_from(list(order.values())[2:])
    game.login()
    assert game.prompt() is None
    assert game.chat() == [
        (
            "These builds are from before a change of the talents. "
            "An update in the desktop app brings new ones."
        )
    ]


def test_options_and_menu() -> None:
    game = login(code=code_of("raid"))
    game.slash("")
    assert game.client.openedSettings == 77
    assert set(game.client.settings.keys()) == set(game.addon.Saved.defaults.keys())
    game.lua.globals().AzerothsTopTalent_OnCompartmentClick()
    assert list(game.client.MenuItems().values()) == ["Build for here", "Options"]
    game.enter(DUNGEON_MAP, "party")
    game.click("Not now")
    game.lua.globals().AzerothsTopTalent_OnCompartmentClick()
    assert game.client.Choose("Build for here")
    assert game.prompt() is not None
    button = game.lua.table()
    game.lua.globals().AzerothsTopTalent_OnCompartmentEnter("AzerothsTopTalent", button)
    assert game.lua.globals().GameTooltip.lines[2] == "26 builds for 2 specs, 3 h old."
    assert game.errors() == []
