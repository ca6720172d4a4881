"""Which boss is next: expected boss, confidence and reason for each case that raids bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.addon.data import BOSSES, HEROIC, MYTHIC, RAID_MAP, play

if TYPE_CHECKING:
    from tests.addon.client import GameClient

PLEXUS, LOOMITHAR, NAAZINDHRI, ARAZ, HUNTERS, FRACTILLUS, SALHADAAR, DIMENSIUS = (
    boss[0] for boss in BOSSES
)
LFR = 17
UI_MAP = 2460


@pytest.fixture
def raid() -> GameClient:
    """Logged in, standing in the raid on Mythic, nothing killed yet."""
    game = play()
    game.login()
    journal = game.lua.table()
    journal[RAID_MAP] = journal_of(game, 1302, BOSSES)
    game.client.world.journal = journal
    game.enter(RAID_MAP, "raid", difficulty=MYTHIC)
    return game


def journal_of(game: GameClient, instance: int, bosses: tuple[tuple[int, int, str], ...]) -> Any:
    entries = [
        {"journalID": journal, "encounterID": encounter, "name": name}
        for encounter, journal, name in bosses
    ]
    return game.lua.table_from({"instanceID": instance, "bosses": entries}, recursive=True)


def find(game: GameClient) -> tuple[int | None, str | None, str]:
    """(boss, confidence, the reason in words) as the prompt would have it."""
    found = game.addon.BossFinder.Find(game.addon.BossSnapshot.Take())
    found.pull = game.addon.BossSnapshot.Take().pull
    now = game.lua.globals().GetServerTime()
    return found.id, found.confidence, game.addon.PromptText.Reason(found, now)


def others(game: GameClient) -> list[int]:
    return list(game.addon.BossFinder.Find(game.addon.BossSnapshot.Take()).others.values())


def pull(game: GameClient, boss: int, *, kill: bool) -> None:
    world = game.client.world
    game.fire("ENCOUNTER_START", boss, "name", world.difficulty, 20)
    game.combat(True)
    game.advance(120)
    game.fire("ENCOUNTER_END", boss, "name", world.difficulty, 20, 1 if kill else 0)
    game.combat(False)


def lock(game: GameClient, *bosses: int, difficulty: int = MYTHIC) -> None:
    for boss in bosses:
        game.client.world.killed[f"{RAID_MAP}:{boss}:{difficulty}"] = True


def stand_at(game: GameClient, *bosses: int) -> None:
    journal_ids = [journal for encounter, journal, _ in BOSSES if encounter in bosses]
    game.client.world.uiMapID = UI_MAP
    game.client.world.pins[UI_MAP] = game.lua.table_from(journal_ids)


def test_fresh_raid(raid: GameClient) -> None:
    assert find(raid) == (PLEXUS, "LIKELY", "Likely: the first boss of this raid.")
    assert others(raid) == [boss[0] for boss in BOSSES[1:]]


def test_wipe(raid: GameClient) -> None:
    pull(raid, LOOMITHAR, kill=False)
    assert find(raid) == (LOOMITHAR, "CERTAIN", "your raid just wiped here.")
    raid.advance(300)
    assert find(raid) == (LOOMITHAR, "CERTAIN", "your raid wiped here 5 min ago.")


def test_a_wipe_long_ago_says_nothing(raid: GameClient) -> None:
    pull(raid, LOOMITHAR, kill=False)
    raid.advance(31 * 60)
    assert find(raid)[:2] == (PLEXUS, "LIKELY")


def test_kill_then_reload(raid: GameClient) -> None:
    pull(raid, PLEXUS, kill=True)
    raid.reload()
    assert find(raid) == (LOOMITHAR, "LIKELY", "Likely: the next boss that still stands.")
    assert PLEXUS not in others(raid)


def test_wipe_then_kill(raid: GameClient) -> None:
    pull(raid, PLEXUS, kill=False)
    pull(raid, PLEXUS, kill=True)
    assert find(raid)[0] == LOOMITHAR


def test_reload_in_the_middle_of_a_fight(raid: GameClient) -> None:
    raid.fire("ENCOUNTER_START", NAAZINDHRI, "name", MYTHIC, 20)
    raid.reload()
    assert find(raid) == (NAAZINDHRI, "LIKELY", "Likely: your raid pulled it last.")


def test_a_pull_whose_end_is_secret(raid: GameClient) -> None:
    raid.fire("ENCOUNTER_START", NAAZINDHRI, "name", MYTHIC, 20)
    raid.fire("ENCOUNTER_END", NAAZINDHRI, "name", MYTHIC, 20, raid.client.Secret())
    assert find(raid) == (NAAZINDHRI, "LIKELY", "Likely: your raid pulled it last.")


def test_out_of_order(raid: GameClient) -> None:
    pull(raid, PLEXUS, kill=True)
    pull(raid, NAAZINDHRI, kill=True)
    boss, confidence, reason = find(raid)
    assert (boss, confidence) == (LOOMITHAR, "GUESS")
    assert reason == "A guess: it still stands, but a later boss is down."


def test_looking_for_raid_wing(raid: GameClient) -> None:
    raid.enter(RAID_MAP, "raid", difficulty=LFR)
    assert find(raid)[:2] == (PLEXUS, "GUESS")
    stand_at(raid, ARAZ)
    assert find(raid) == (ARAZ, "LIKELY", "Likely: you are at this boss.")
    raid.client.world.uiMapID = None
    pull(raid, ARAZ, kill=True)
    assert find(raid) == (HUNTERS, "LIKELY", "Likely: the next boss that still stands.")
    lock(raid, HUNTERS, difficulty=LFR)
    assert find(raid)[0] == FRACTILLUS
    pull(raid, DIMENSIUS, kill=True)
    assert find(raid)[:2] == (PLEXUS, "GUESS")


def test_two_bosses_on_one_map(raid: GameClient) -> None:
    stand_at(raid, LOOMITHAR, NAAZINDHRI)
    assert find(raid) == (LOOMITHAR, "GUESS", "A guess: the first of several bosses around you.")
    pull(raid, LOOMITHAR, kill=True)
    assert find(raid) == (NAAZINDHRI, "LIKELY", "Likely: you are at this boss.")


def test_a_map_that_shows_the_whole_raid_says_nothing(raid: GameClient) -> None:
    stand_at(raid, *(boss[0] for boss in BOSSES))
    assert find(raid) == (PLEXUS, "LIKELY", "Likely: the first boss of this raid.")
    lock(raid, PLEXUS)
    assert find(raid) == (LOOMITHAR, "LIKELY", "Likely: the next boss that still stands.")
    lock(raid, *(boss[0] for boss in BOSSES))
    assert find(raid) == (PLEXUS, "GUESS", "A guess: the first of several bosses around you.")


def test_two_bosses_on_one_map_and_the_game_tells_where_the_player_stands(raid: GameClient) -> None:
    stand_at(raid, LOOMITHAR, NAAZINDHRI)  # at 0.2 and 0.4 of the map's width
    raid.client.world.position = raid.lua.table_from([0.38, 0.5])
    assert find(raid) == (NAAZINDHRI, "LIKELY", "Likely: you are at this boss.")
    raid.client.world.position = raid.lua.table_from([0.31, 0.5])
    assert find(raid)[:2] == (LOOMITHAR, "GUESS"), "half way between them"
    raid.client.world.position = raid.lua.table_from([0.38, 0.5])
    pull(raid, NAAZINDHRI, kill=True)
    assert find(raid)[:2] == (LOOMITHAR, "LIKELY"), "who stands there is dead"


def test_extended_lock(raid: GameClient) -> None:
    lock(raid, PLEXUS, LOOMITHAR, NAAZINDHRI)
    assert find(raid) == (ARAZ, "LIKELY", "Likely: the next boss that still stands.")
    assert others(raid) == [HUNTERS, FRACTILLUS, SALHADAAR, DIMENSIUS]


def test_shared_lock_of_two_difficulties(raid: GameClient) -> None:
    raid.client.world.redirected = raid.lua.table_from({MYTHIC: HEROIC})
    lock(raid, PLEXUS, difficulty=HEROIC)
    assert find(raid)[0] == LOOMITHAR


def test_joining_midway(raid: GameClient) -> None:
    """No lockout yet, but the raid stands at the fifth boss."""
    stand_at(raid, HUNTERS)
    assert find(raid) == (HUNTERS, "LIKELY", "Likely: you are at this boss.")


def test_joining_midway_by_the_raid_s_own_list(raid: GameClient) -> None:
    criteria = [
        {"criteriaType": 165, "assetID": PLEXUS, "completed": True},
        {"criteriaType": 165, "assetID": LOOMITHAR, "completed": False},
    ]
    raid.client.world.criteria = raid.lua.table_from(criteria, recursive=True)
    assert find(raid)[0] == LOOMITHAR


def test_helper_with_a_lock(raid: GameClient) -> None:
    """The player's lock says four are dead; the raid has just begun and stands at the first."""
    lock(raid, PLEXUS, LOOMITHAR, NAAZINDHRI, ARAZ)
    stand_at(raid, PLEXUS)
    assert find(raid) == (PLEXUS, "LIKELY", "Likely: you are at this boss.")
    assert others(raid) == [boss[0] for boss in BOSSES[1:]]
    pull(raid, PLEXUS, kill=False)
    assert find(raid)[:2] == (PLEXUS, "CERTAIN")


def test_the_map_shows_only_a_dead_boss(raid: GameClient) -> None:
    stand_at(raid, PLEXUS)
    pull(raid, PLEXUS, kill=True)
    assert find(raid)[:2] == (LOOMITHAR, "LIKELY")


def test_secret_everywhere(raid: GameClient) -> None:
    lock(raid, PLEXUS)
    raid.client.world.secrets = "all"
    assert raid.addon.BossSnapshot.Take() is None
    raid.fire("READY_CHECK", raid.client.Secret(), raid.client.Secret())
    raid.fire("ENCOUNTER_START", raid.client.Secret(), raid.client.Secret(), MYTHIC, 20)
    raid.fire("ENCOUNTER_END", raid.client.Secret(), raid.client.Secret(), MYTHIC, 20, 0)
    raid.advance(5)
    assert raid.errors() == []
    assert raid.prompt() is None


def test_no_map(raid: GameClient) -> None:
    raid.client.world.uiMapID = None
    pull(raid, PLEXUS, kill=True)
    assert find(raid)[:2] == (LOOMITHAR, "LIKELY")


def test_difficulty_switch(raid: GameClient) -> None:
    pull(raid, PLEXUS, kill=True)
    raid.enter(RAID_MAP, "raid", difficulty=HEROIC)
    assert find(raid) == (PLEXUS, "LIKELY", "Likely: the first boss of this raid.")
    raid.enter(RAID_MAP, "raid", difficulty=MYTHIC)
    assert find(raid)[0] == LOOMITHAR


def test_old_raid_without_data(raid: GameClient) -> None:
    raid.enter(2296, "raid", difficulty=MYTHIC)
    assert find(raid) == (None, None, "The bosses of this raid are not known.")


def test_a_cleared_normal_says_nothing_of_heroic(raid: GameClient) -> None:
    for encounter, _, _ in BOSSES[:3]:
        raid.client.world.killed[f"{RAID_MAP}:{encounter}:14"] = True
    assert raid.addon.BossFinder.Find(raid.addon.BossSnapshot.Take()).id == BOSSES[0][0]


def test_raid_that_only_the_journal_knows(raid: GameClient) -> None:
    raid.client.world.journal[2657] = journal_of(raid, 1273, ((2902, 2607, "Ulgrax"),))
    raid.enter(2657, "raid", difficulty=MYTHIC)
    assert find(raid)[:2] == (2902, "LIKELY")


def test_data_without_map_ids_are_placed_by_the_journal(raid: GameClient) -> None:
    for info in raid.addon.EncounterInfo.values():
        info.mapID = None
    assert find(raid)[:2] == (PLEXUS, "LIKELY")
    for info in raid.addon.EncounterInfo.values():
        info.journalID = 0
    pull(raid, PLEXUS, kill=True)
    assert find(raid)[:2] == (LOOMITHAR, "LIKELY")


def test_data_without_an_order_take_the_journal_s(raid: GameClient) -> None:
    for info in raid.addon.EncounterInfo.values():
        info.order = None
    assert find(raid)[:2] == (PLEXUS, "LIKELY")
    assert others(raid) == [boss[0] for boss in BOSSES[1:]]


def test_several_maps_in_one_tier(raid: GameClient) -> None:
    """Bosses of one Warcraft Logs zone on another map are not in this raid."""
    raid.addon.EncounterInfo[DIMENSIUS].mapID = 2913
    assert DIMENSIUS not in others(raid)
    raid.enter(2913, "raid", difficulty=MYTHIC)
    assert find(raid)[:2] == (DIMENSIUS, "LIKELY")
    assert others(raid) == []


def test_maps_given_with_the_data_come_first(raid: GameClient) -> None:
    raid.client.world.uiMapID = 5555
    raid.addon.EncounterInfo[SALHADAAR].uiMapIDs = raid.lua.table_from([5555])
    assert find(raid)[:2] == (SALHADAAR, "LIKELY")


def test_all_dead(raid: GameClient) -> None:
    for boss in BOSSES:
        pull(raid, boss[0], kill=True)
    assert find(raid) == (None, None, "All bosses here are down.")
    assert others(raid) == []


def test_helper_whose_lock_has_all_can_still_say_which_boss_it_is(raid: GameClient) -> None:
    lock(raid, *(boss[0] for boss in BOSSES))
    pull(raid, PLEXUS, kill=True)
    assert find(raid) == (None, None, "All bosses here are down.")
    assert others(raid) == [boss[0] for boss in BOSSES[1:]]


def test_another_group_s_raid_knows_nothing_of_the_last_one(raid: GameClient) -> None:
    pull(raid, PLEXUS, kill=True)
    pull(raid, LOOMITHAR, kill=False)
    raid.reload()
    assert find(raid)[:2] == (LOOMITHAR, "CERTAIN")
    raid.fire("GROUP_LEFT", 1, "Party-1")
    assert find(raid)[:2] == (PLEXUS, "LIKELY")
    lock(raid, PLEXUS)
    assert find(raid)[:2] == (LOOMITHAR, "LIKELY")


def test_the_player_s_word_counts_until_the_next_pull(raid: GameClient) -> None:
    pull(raid, PLEXUS, kill=False)
    now = raid.lua.globals().GetServerTime()
    raid.addon.RaidProgress.Choose(RAID_MAP, MYTHIC, FRACTILLUS, now)
    assert find(raid) == (FRACTILLUS, "CERTAIN", "you chose this boss.")
    pull(raid, PLEXUS, kill=False)
    assert find(raid)[:2] == (PLEXUS, "CERTAIN")


def test_kills_are_forgotten_after_the_weekly_reset(raid: GameClient) -> None:
    raid.client.world.untilReset = 3600
    pull(raid, PLEXUS, kill=True)
    assert find(raid)[0] == LOOMITHAR
    raid.advance(3700)
    assert find(raid)[0] == PLEXUS


def test_a_boss_that_is_pulled_again_stands_in_another_raid(raid: GameClient) -> None:
    pull(raid, PLEXUS, kill=True)
    pull(raid, LOOMITHAR, kill=True)
    pull(raid, PLEXUS, kill=True)
    assert find(raid)[0] == LOOMITHAR
