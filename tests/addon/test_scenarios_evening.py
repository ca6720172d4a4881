"""An evening with few builds, both hero trees, and talents of another version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from att_desktop.game.import_codes import decode, encode
from att_desktop.game.selections import hero_tree_of
from tests.addon.builds import random_selection, state, trees
from tests.addon.data import DUNGEON_MAP, SPEC, active_code, code_of, play
from tests.addon.scenes import (
    ARA_KARA,
    LOOMITHAR,
    OWN,
    PLEXUS,
    finish,
    into_raid,
    login,
    ready_check,
)
from tests.addon.season_details import record

if TYPE_CHECKING:
    from tests.addon.client import GameClient


def killed(game: GameClient, boss: int) -> None:
    game.fire("ENCOUNTER_START", boss, "x", 16, 20)
    game.fire("ENCOUNTER_END", boss, "x", 16, 20, 1)
    game.advance(12)


# Few builds serve an evening


@pytest.mark.parametrize("fits", [True, False])
def test_a_boss_that_is_content_with_the_general_build(fits: bool, secrets: str | None) -> None:
    game = login(secrets, code=code_of("raid"))
    record(game, PLEXUS).generalFits = fits or None
    into_raid(game)
    ready_check(game)
    assert (game.prompt() is None) is fits
    if fits:
        game.slash("boss")
        assert game.prompt() is not None, "who asks gets it all the same"
        game.click("Not now")
        game.slash("why")
        assert game.chat()[-1] == "The general build is as good here, and you play it."


def test_general_fits_counts_only_where_the_general_build_is_worn() -> None:
    game = login(code=OWN)
    game.click("Keep Current")
    record(game, PLEXUS).generalFits = True
    into_raid(game)
    ready_check(game)
    assert game.prompt() is not None


def test_a_dungeon_that_is_content_with_the_general_build() -> None:
    game = login(code=code_of("mythicplus"))
    record(game, ARA_KARA).generalFits = True
    game.enter(DUNGEON_MAP, "party")
    assert game.prompt() is None


def near(code: str, swaps: int) -> str:
    """The code with so many choices made otherwise."""
    tree, picks = trees().tree(SPEC), list(decode(code, trees()).selection)
    for index, (node_id, entry_id, rank) in enumerate(picks):
        node = tree.nodes[node_id]
        if swaps and node.is_choice and node.section != "subtree":
            other = next(e.entry_id for e in node.entries if e.entry_id != entry_id)
            picks[index] = (node_id, other, rank)
            swaps -= 1
    assert not swaps
    return encode(tree, frozenset(picks))


@pytest.mark.parametrize(("swaps", "asks"), [(1, False), (3, False), (4, True)])
def test_after_a_switch_for_one_boss_the_next_is_near(
    swaps: int, asks: bool, secrets: str | None
) -> None:
    game = login(secrets, code=code_of("raid"))
    record(game, LOOMITHAR).talentCode = near(code_of(PLEXUS), swaps)
    into_raid(game)
    ready_check(game)
    game.click("Switch")
    finish(game)
    killed(game, PLEXUS)
    ready_check(game)
    assert (game.prompt() is not None) is asks
    if not asks:
        game.chat()
        game.slash("why")
        assert game.chat()[-3:] == [
            "Loom'ithar: Likely: the next boss that still stands.",
            f"Swaps from your talents to its build: {swaps}.",
            "Your talents are within 3 swaps of this build.",
        ]


def test_talents_of_the_player_s_own_are_asked_about_however_near() -> None:
    game = login(code=near(code_of(PLEXUS), 1))
    game.click("Keep Current")
    into_raid(game)
    ready_check(game)
    assert game.prompt() is not None


# Both hero trees


def with_other_hero(game: GameClient, code: str, seed: int = 3) -> dict[str, dict[int, int]]:
    """The talents of a code and what the player bought in the other hero tree besides."""
    tree, selection = trees().tree(SPEC), decode(code, trees()).selection
    chosen = hero_tree_of(tree, selection)
    assert chosen
    talents = state(SPEC, selection)
    for attempt in range(seed, seed + 50):
        other = random_selection(SPEC, attempt)
        hero = hero_tree_of(tree, other)
        if hero and hero != chosen:
            mine = state(SPEC, frozenset(p for p in other if tree.nodes[p[0]].hero_tree_id))
            talents["ranks"] |= mine["ranks"]
            talents["choice"] |= mine["choice"]
            return talents
    raise AssertionError("no build with the other hero tree")


def wear(game: GameClient, talents: dict[str, dict[int, int]]) -> None:
    game.client.SetTalents(SPEC, game.lua.table_from(talents, recursive=True))


def ranks(game: GameClient) -> dict[int, int]:
    return dict(game.client.Active().committed.ranks.items())


@pytest.fixture(params=[False, True], ids=["reset keeps", "reset clears"])
def clears(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.mark.parametrize("hidden", [False, True], ids=["both shown", "other hidden"])
def test_the_other_hero_tree_is_no_reason_to_ask(hidden: bool, secrets: str | None) -> None:
    game = play(OWN)
    game.client.world.secrets = secrets
    game.client.hideOtherHero = hidden
    wear(game, with_other_hero(game, code_of("raid")))
    game.login()
    assert game.prompt() is None
    wear(game, with_other_hero(game, code_of(PLEXUS)))
    into_raid(game)
    ready_check(game)
    assert game.prompt() is None
    game.enter(0, "none")
    wear(game, with_other_hero(game, code_of(ARA_KARA)))
    game.enter(DUNGEON_MAP, "party")
    assert game.prompt() is None


@pytest.mark.parametrize("hidden", [False, True], ids=["both shown", "other hidden"])
@pytest.mark.parametrize("saved", [True, False], ids=["a loadout", "no loadout"])
def test_apply_restore_and_apply_again_keep_both_hero_trees(
    clears: bool, saved: bool, hidden: bool
) -> None:
    game = play(OWN)
    game.client.resetClearsOtherHero, game.client.hideOtherHero = clears, hidden
    own = with_other_hero(game, OWN)
    wear(game, own)
    if saved:
        mine = game.client.AddLoadout(SPEC, "Mine", game.lua.table_from(own, recursive=True))
        game.client.player.selected[SPEC] = mine
    game.login()
    before = game.client.OwnLoadouts()
    for _ in range(2):
        game.slash("boss")
        game.click("Raid Build")
        finish(game)
        now = ranks(game)
        assert active_code(game) == code_of("raid")
        tree = trees().tree(SPEC)
        heroes = {tree.nodes[n].hero_tree_id for n in now if tree.nodes[n].hero_tree_id}
        assert len(heroes) == 2, "the other hero tree is kept"
        game.slash("restore")
        finish(game)
        assert game.chat()[-1] == "Your former talents are back."
        assert ranks(game) == own["ranks"]
        assert dict(game.client.Active().committed.choice.items()) == own["choice"]
        assert game.client.OwnLoadouts() == before


def test_in_a_full_list_the_slot_is_written_with_both_hero_trees(clears: bool) -> None:
    game = login()
    game.client.resetClearsOtherHero = clears
    game.click("Raid Build")
    finish(game)
    wear(game, with_other_hero(game, code_of("raid")))
    while game.client.CountLoadouts() < 40:
        game.client.AddLoadout(
            251, "filler", game.lua.table_from(state(SPEC, frozenset()), recursive=True)
        )
    game.slash("boss")
    game.addon.LoadoutManager.Apply(
        game.lua.table_from({"code": code_of("mythicplus"), "label": "M+ Build"})
    )
    finish(game)
    assert active_code(game) == code_of("mythicplus")
    tree = trees().tree(SPEC)
    heroes = {tree.nodes[n].hero_tree_id for n in ranks(game) if tree.nodes[n].hero_tree_id}
    assert len(heroes) == 2


def test_the_starter_build_comes_back_as_such() -> None:
    game = play(OWN)
    game.client.starterState = game.lua.table_from(
        state(SPEC, decode(OWN, trees()).selection), recursive=True
    )
    game.client.player.starter = True
    game.login()
    game.click("Raid Build")
    finish(game)
    assert game.client.player.starter is False
    game.slash("restore")
    finish(game)
    assert game.client.player.starter is True
    assert active_code(game) == OWN


# Refusals


def test_a_cooldown_is_said_in_the_game_s_words_and_offered_again() -> None:
    game = login(code=code_of("raid"))
    game.client.onCooldown = "Dancing Rune Weapon"
    game.enter(DUNGEON_MAP, "party")
    game.click("Switch")
    game.advance(2)
    assert game.chat()[-1] == (
        "The game does not allow a switch right now: You can't change that talent choice while "
        "Dancing Rune Weapon is on cooldown."
    )
    assert game.prompt() is None
    game.client.onCooldown = None
    game.advance(32)
    game.click("Switch")
    finish(game)
    assert active_code(game) == code_of(ARA_KARA)


# Talents of another version


def test_builds_for_another_tree_are_said_once_and_never_applied_without_a_question() -> None:
    game = play(code_of("raid"))
    game.client.treeHash = "ab" * 16
    game.load_addon()
    game.addon.TreeHashes = game.lua.table_from({SPEC: trees().tree(SPEC).tree_hash.hex()})
    game.addon.db.settings.autoApply = True
    game.fire("PLAYER_LOGIN")
    game.fire("PLAYER_ENTERING_WORLD", True, False)
    game.advance(5)
    told = (
        "These builds were made for another version of the talents. "
        "An update in the desktop app brings new ones."
    )
    assert game.chat() == [told]
    into_raid(game)
    ready_check(game)
    assert game.prompt() is not None, "asked, though switching without asking is on"
    assert game.chat() == []


def test_builds_for_the_tree_of_the_game_say_nothing() -> None:
    game = play(code_of("raid"))
    game.load_addon()
    game.addon.TreeHashes = game.lua.table_from({SPEC: trees().tree(SPEC).tree_hash.hex()})
    game.fire("PLAYER_LOGIN")
    game.advance(5)
    assert game.chat() == []


# Why


@pytest.mark.parametrize(
    ("prepare", "last"),
    [
        (lambda game: None, "It is offered here."),
        (
            lambda game: setattr(game.addon.db.settings, "onReadyCheck", False),
            "Not offered: switched off in the options.",
        ),
        (
            lambda game: setattr(game.client.world, "combat", True),
            "Talents cannot be switched in combat. It is offered again afterwards.",
        ),
        (
            lambda game: setattr(game.client.player, "level", 83),
            "These builds need level 90. You are level 83.",
        ),
    ],
)
def test_why_says_what_the_addon_sees_here(prepare: Any, last: str, secrets: str | None) -> None:
    game = login(secrets, code=code_of("raid"))
    into_raid(game)
    prepare(game)
    game.chat()
    game.slash("why")
    said = game.chat()
    assert said[0] == "You are here: Manaforge Omega (map 2810, difficulty 16)."
    assert said[-1] == last
    assert game.prompt() is None, "it tells, it does not ask"


def test_why_names_the_answer_that_was_given() -> None:
    game = login(code=code_of("raid"))
    into_raid(game)
    for button, last in (
        ("Not now", "Not offered: your answer was 'Not now'."),
        (
            "Don't ask again",
            "Not offered: you chose not to be asked again. /toptalent reset forgets that.",
        ),
    ):
        ready_check(game)
        game.click(button)
        game.slash("why")
        assert game.chat()[-1] == last
        game.fire("ENCOUNTER_START", PLEXUS, "x", 16, 20)
        game.fire("ENCOUNTER_END", PLEXUS, "x", 16, 20, 0)


def test_why_outside_and_where_the_game_says_nothing() -> None:
    game = login(code=code_of("raid"))
    game.slash("why")
    assert game.chat() == [
        "You are in no dungeon and no raid.",
        "Your talents already match.",
    ]
    game.client.world.secrets = "all"
    game.slash("why")
    assert game.chat()[0] == "The game does not tell where you are."
    assert game.errors() == []


# The short command


ALL_THE_THINGS = (
    'rawset(_G, "SLASH_ALLTHETHINGS1", "/allthethings")'
    'rawset(_G, "SLASH_ALLTHETHINGS2", "/ATT")'
    "SlashCmdList.ALLTHETHINGS = function() end"
)
# What the game does when a command is typed (ImportListToHash of ChatFrameUtil.lua).
IMPORT = """
    local hash = rawget(_G, "hash_SlashCmdList") or {}
    rawset(_G, "hash_SlashCmdList", hash)
    for key, run in pairs(SlashCmdList) do
        local number = 1
        while rawget(_G, "SLASH_" .. key .. number) do
            hash[rawget(_G, "SLASH_" .. key .. number):upper()] = run
            number = number + 1
        end
    end
    wipe(SlashCmdList)
"""


@pytest.mark.parametrize("imported", [False, True])
@pytest.mark.parametrize("taken", [True, False])
def test_att_is_used_only_when_nobody_else_has_it(taken: bool, imported: bool) -> None:
    game = play(code_of("raid"))
    game.load_addon()
    if taken:
        game.lua.execute(ALL_THE_THINGS)
    if imported:
        game.lua.execute(IMPORT)
    game.fire("PLAYER_LOGIN")
    game.lua.execute(IMPORT)
    world = game.lua.globals()
    assert world.SLASH_AZEROTHSTOPTALENT1 == "/toptalent"
    assert world.rawget(world, "SLASH_AZEROTHSTOPTALENT2") == (None if taken else "/att")
    known = world.hash_SlashCmdList
    assert known["/ATT"] is not None
    assert world.rawequal(known["/ATT"], known["/TOPTALENT"]) is not taken
    assert world.rawget(world, "SLASH_AZEROTHSTOPTALENT2") == (None if taken else "/att")
    assert game.errors() == []
