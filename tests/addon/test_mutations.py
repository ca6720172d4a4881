"""Breaks the addon on purpose: each break must be noticed by a behaviour that tests rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.addon.builds import random_code, trees
from tests.addon.client import GameClient
from tests.addon.data import (
    BOSSES,
    DUNGEON_MAP,
    MYTHIC,
    RAID_MAP,
    SPEC,
    active_code,
    code_of,
    season,
    set_talents,
)
from tests.addon.test_scenarios_evening import near, wear, with_other_hero

if TYPE_CHECKING:
    from collections.abc import Callable

OWN = random_code(SPEC, 999)
PLEXUS, LOOMITHAR = BOSSES[0][0], BOSSES[1][0]


def game_with(*breaks: tuple[str, str, str]) -> GameClient:
    game = GameClient(SPEC, data=season(), sources=breaks)
    game.client.serverTime = 1789917000
    game.create_character(SPEC)
    set_talents_before_login(game, code_of("raid"))
    game.login()
    return game


def set_talents_before_login(game: GameClient, code: str) -> None:
    game.load_addon()
    set_talents(game, code)


def lockout_is_read(game: GameClient) -> bool:
    game.client.world.killed[f"{RAID_MAP}:{PLEXUS}:{MYTHIC}"] = True
    game.enter(RAID_MAP, "raid", difficulty=MYTHIC)
    game.fire("READY_CHECK", "x", 30)
    shown = game.prompt()
    return shown is not None and shown["title"] == "Loom'ithar"


def kill_counts(game: GameClient) -> bool:
    game.enter(RAID_MAP, "raid", difficulty=MYTHIC)
    game.fire("ENCOUNTER_START", PLEXUS, "x", MYTHIC, 20)
    game.fire("ENCOUNTER_END", PLEXUS, "x", MYTHIC, 20, 1)
    game.reload()
    game.fire("READY_CHECK", "x", 30)
    shown = game.prompt()
    return shown is not None and shown["title"] == "Loom'ithar"


def offer_comes_after_combat(game: GameClient) -> bool:
    game.combat(True)
    game.enter(DUNGEON_MAP, "party")
    in_combat = game.prompt()
    game.combat(False)
    return in_combat is None and game.prompt() is not None


def offer_leaves_in_combat(game: GameClient) -> bool:
    game.enter(DUNGEON_MAP, "party")
    before = game.prompt()
    game.combat(True)
    return before is not None and game.prompt() is None


def interruption_is_undone(game: GameClient) -> bool:
    game.enter(DUNGEON_MAP, "party")
    game.click("Switch")
    game.advance(2)
    game.client.Interrupt()
    game.advance(1)
    config = game.client.Active()
    said = "The switch was interrupted. Your talents are as before." in game.chat()
    clean = said and not game.lua.globals().C_Traits.ConfigHasStagedChanges(config.ID)
    return clean and active_code(game) == code_of("raid") and not game.errors()


def talents_are_switched(game: GameClient) -> bool:
    game.enter(DUNGEON_MAP, "party")
    game.click("Switch")
    game.advance(8)
    said = any(line.startswith("Talents switched") for line in game.chat())
    return said and active_code(game) == code_of(12660)


def own_loadouts_stay(game: GameClient) -> bool:
    mine = game.client.AddLoadout(SPEC, "Mine", game.client.Active().committed)
    game.client.player.selected[SPEC] = mine
    window = game.client.window
    window.Open()
    window.Close()
    game.enter(DUNGEON_MAP, "party")
    game.click("Switch")
    game.advance(8)
    window.Open()
    edited = window.EditChoice(1) and window.Apply()
    game.advance(8)
    return bool(edited) and not list(game.client.violations.values())


def both_hero_trees_stay(game: GameClient) -> bool:
    wear(game, with_other_hero(game, code_of("raid")))
    game.enter(DUNGEON_MAP, "party")
    game.click("Switch")
    game.advance(8)
    tree, now = trees().tree(SPEC), game.client.Active().committed.ranks.keys()
    heroes = {tree.nodes[n].hero_tree_id for n in now if tree.nodes[n].hero_tree_id}
    return active_code(game) == code_of(12660) and len(heroes) == 2


def broken_cast_leaves_the_selection(game: GameClient) -> bool:
    mine = game.client.AddLoadout(SPEC, "Mine", game.client.Active().committed)
    game.client.player.selected[SPEC] = mine
    game.enter(DUNGEON_MAP, "party")
    game.click("Switch")
    game.advance(3)
    game.client.Interrupt()
    game.advance(2)
    return bool(game.client.player.selected[SPEC] == mine)


def one_slot_is_left(game: GameClient) -> bool:
    game.enter(DUNGEON_MAP, "party")
    game.click("Switch")
    game.advance(8)
    game.enter(0, "none")
    game.slash("boss")
    game.click("Raid Build")
    game.advance(8)
    names = [config.name for config in game.client.player.configs.values()]
    return names.count("Top Talent") == 1


def own_talents_are_asked_about(game: GameClient) -> bool:
    set_talents(game, near(code_of(PLEXUS), 1))
    game.enter(RAID_MAP, "raid", difficulty=MYTHIC)
    game.fire("READY_CHECK", "x", 30)
    return game.prompt() is not None


def other_tree_is_told(game: GameClient) -> bool:
    game.client.treeHash = "ab" * 16
    game.addon.TreeHashes = game.lua.table_from({SPEC: "cd" * 16})
    game.chat()
    game.fire("PLAYER_LOGIN")
    game.advance(5)
    return any("another version of the talents" in line for line in game.chat())


def secret_names_do_no_harm(game: GameClient) -> bool:
    game.enter(RAID_MAP, "raid", difficulty=MYTHIC)
    game.fire("ENCOUNTER_START", game.client.Secret(), game.client.Secret(), MYTHIC, 20)
    return not game.errors()


def escape_is_not_never(game: GameClient) -> bool:
    game.enter(DUNGEON_MAP, "party")
    game.client.Escape()
    return game.prompt() is None and not list(game.addon.db.suppressed.keys())


BREAKS: list[tuple[str, tuple[str, str, str], Callable[[GameClient], bool]]] = [
    (
        "swapped lockout arguments",
        (
            "BossSnapshot.lua",
            "RaidLocks.IsEncounterComplete(mapID, boss.id, lockDifficulty",
            "RaidLocks.IsEncounterComplete(boss.id, mapID, lockDifficulty",
        ),
        lockout_is_read,
    ),
    ("kills not listened to", ("RaidProgress.lua", '"ENCOUNTER_END"', '"BOSS_KILL"'), kill_counts),
    (
        "end of combat not listened to",
        ("ContentDetector.lua", '{ "PLAYER_REGEN_ENABLED", ', "{ "),
        offer_comes_after_combat,
    ),
    (
        "start of combat not listened to",
        ("ContentDetector.lua", '"PLAYER_REGEN_DISABLED", Clear', '"TRAIT_CONFIG_DELETED", Clear'),
        offer_leaves_in_combat,
    ),
    (
        "no rollback",
        ("Staging.lua", "Game.Traits.RollbackConfig(configID)", ""),
        interruption_is_undone,
    ),
    (
        "failure of the commit not listened to",
        ("LoadoutSwitch.lua", '"CONFIG_COMMIT_FAILED"', '"TRAIT_CONFIG_DELETED"'),
        interruption_is_undone,
    ),
    (
        "success of the commit not listened to",
        (
            "LoadoutSwitch.lua",
            'addon.On("TRAIT_CONFIG_UPDATED"',
            'addon.On("TRAIT_CONFIG_DELETED"',
        ),
        talents_are_switched,
    ),
    (
        "only one pass over the talents, from the bottom",
        ("Staging.lua", "one.node.y < other.node.y", "one.node.y > other.node.y"),
        talents_are_switched,
    ),
    (
        "a cast that the talents window does not follow",
        (
            "LoadoutSwitch.lua",
            "ClassTalents.SwitchToLoadoutByIndex(index)",
            "ClassTalents.LoadConfig(job.targetID, true)",
        ),
        own_loadouts_stay,
    ),
    (
        "the other hero tree forgotten",
        (
            "LoadoutCheck.lua",
            "Matching.WithOtherHero(tree, selection, Matching.Purchases(tree))",
            "selection",
        ),
        both_hero_trees_stay,
    ),
    (
        "the former selection not put back",
        ("LoadoutJob.lua", "LoadoutSlot.Select(specID, selectedID)", ""),
        broken_cast_leaves_the_selection,
    ),
    (
        "older slots kept",
        ("LoadoutJob.lua", "LoadoutSlot.DeleteOthers(specID, job.createdID)", ""),
        one_slot_is_left,
    ),
    (
        "near without a switch before",
        ("Offers.lua", "FormerLoadout.IsOurs(tree)", "true"),
        own_talents_are_asked_about,
    ),
    (
        "the tree's hash not looked at",
        ("TreeCheck.lua", "made:lower() ~= tree.hash", "false"),
        other_tree_is_told,
    ),
    (
        "secret encounter id used",
        (
            "RaidProgress.lua",
            (
                'addon.On("ENCOUNTER_START", function(encounterID)\n'
                '    encounterID = Readable(encounterID, "number")'
            ),
            'addon.On("ENCOUNTER_START", function(encounterID)\n    print(encounterID + 0)',
        ),
        secret_names_do_no_harm,
    ),
    (
        "Escape taken for never",
        ("PromptUI.lua", 'Answer("later")', 'Answer("never")'),
        escape_is_not_never,
    ),
]


@pytest.mark.parametrize(("wrong", "change", "holds"), BREAKS, ids=[b[0] for b in BREAKS])
def test_the_break_is_noticed(
    wrong: str, change: tuple[str, str, str], holds: Callable[[GameClient], bool]
) -> None:
    changes = [change]
    if wrong.startswith("only one pass"):
        changes.append(("Staging.lua", "while progress and #steps > 0 do", "do"))
    assert holds(game_with()), "sound as it is"
    assert not holds(game_with(*changes)), f"{wrong}: nobody noticed"
