"""What is in the way: fights, keys, restrictions, levels."""

from __future__ import annotations

from tests.addon.data import (
    DUNGEON_MAP,
    MYTHIC,
    code_of,
    play,
)
from tests.addon.scenes import (
    OWN,
    PLEXUS,
    into_raid,
    login,
    ready_check,
)

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


def test_an_encounter_that_the_game_keeps_open_after_its_end() -> None:
    game = login(code=code_of("raid"))
    into_raid(game)
    game.client.world.encounter = True
    ready_check(game)
    game.fire("ENCOUNTER_END", PLEXUS, "x", MYTHIC, 20, 0)
    game.advance(5)
    assert game.prompt() is None
    game.client.world.encounter = False
    game.advance(5)
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
