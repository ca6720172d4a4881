"""Dungeons and switching without asking: from the game's event to the applied talents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.addon.data import (
    DUNGEON_MAP,
    MYTHIC,
    SPLIT_MAP,
    active_code,
    code_of,
    play,
)
from tests.addon.scenes import (
    AGE,
    ARA_KARA,
    FIGURES,
    JUNKYARD,
    LOOMITHAR,
    OWN,
    PLEXUS,
    WORKSHOP,
    changed,
    finish,
    hero,
    into_raid,
    login,
    ready_check,
    text,
)

if TYPE_CHECKING:
    from tests.addon.client import GameClient


# Dungeons

NORMAL, HEROIC, TIMEWALKING, FOLLOWER, DELVE = 1, 2, 24, 205, 208


@pytest.mark.parametrize("difficulty", [NORMAL, HEROIC, TIMEWALKING])
def test_other_dungeons_are_asked_in_on_wish(difficulty: int) -> None:
    game = login(code=code_of("raid"))
    game.enter(DUNGEON_MAP, "party", difficulty=difficulty)
    assert game.prompt() is None
    game.enter(0, "none")
    game.addon.db.settings.onOtherDungeons = True
    game.enter(DUNGEON_MAP, "party", difficulty=difficulty)
    assert game.prompt() is not None
    game.click("Not now")
    game.enter(670, "party", difficulty=difficulty)
    assert game.prompt() is None, "a dungeon that the data do not know"


@pytest.mark.parametrize(
    ("kind", "difficulty", "flag"),
    [
        ("party", 23, "garrison"),
        ("party", 23, "oldContent"),
        ("party", FOLLOWER, None),
        ("scenario", DELVE, None),
    ],
)
def test_where_nobody_needs_a_build_nothing_is_asked(
    kind: str, difficulty: int, flag: str | None
) -> None:
    game = login(code=code_of("raid"))
    game.addon.db.settings.onOtherDungeons = True
    if flag:
        game.client.world[flag] = True
    game.enter(DUNGEON_MAP, kind, difficulty=difficulty, name="Lunarfall")
    assert game.prompt() is None


@pytest.mark.parametrize("difficulty", [8, 23])
def test_entering_a_dungeon_offers_its_build(difficulty: int, secrets: str | None) -> None:
    game = login(secrets, code=code_of("raid"))
    game.enter(DUNGEON_MAP, "party", difficulty=difficulty, name="Ara-Kara, Stadt der Echos")
    assert game.prompt() == {
        "title": "Ara-Kara, Stadt der Echos",
        "text": text(
            "Switch to the build for this dungeon?",
            "You entered this dungeon.",
            FIGURES.format(50, hero(code_of(ARA_KARA))),
            changed(code_of("raid"), code_of(ARA_KARA)),
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
    game.client.world.keystoneNames[challenge] = "Mechagon - this half"
    game.enter(SPLIT_MAP, "party", name="Mechagon")
    shown = game.prompt()
    assert shown is not None
    assert shown["title"] == "Mechagon - this half"
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
    world.difficulty = 23
    game.login()
    shown = game.prompt()
    assert shown is not None
    assert shown["title"] == "Ara-Kara"


def test_not_now_holds_for_the_visit() -> None:
    game = login(code=code_of("raid"))
    game.enter(DUNGEON_MAP, "party")
    game.click("Not now")
    game.fire("ENCOUNTER_START", 2926, "x", 23, 5)
    game.fire("ENCOUNTER_END", 2926, "x", 23, 5, 1)
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
