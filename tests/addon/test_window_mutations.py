"""Breaks the addon's windows on purpose: each break must be noticed by a behaviour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.addon.data import DUNGEON_MAP, code_of
from tests.addon.test_mutations import game_with

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.addon.client import GameClient


def prompt_frame(game: GameClient) -> Any:
    game.enter(DUNGEON_MAP, "party", difficulty=23)
    return game.lua.globals().AzerothsTopTalentPrompt


def it_comes_back(game: GameClient) -> bool:
    frame = prompt_frame(game)
    frame.Hide(frame)
    game.advance(2)
    return game.prompt() is not None


def time_out_is_no_answer(game: GameClient) -> bool:
    prompt_frame(game)
    game.advance(40)
    gone = game.prompt() is None
    game.enter(DUNGEON_MAP, "party", difficulty=23)
    return gone and game.prompt() is not None


def escape_for_another_window_is_not_for_it(game: GameClient) -> bool:
    prompt_frame(game)
    game.client.bagsOpen = True
    game.client.Escape()
    return game.prompt() is not None


def lost_and_gained_are_told_apart(game: GameClient) -> bool:
    frame = prompt_frame(game)
    active = game.addon.Matching.Active(game.addon.TalentTree.Read())
    lost = frame.strips[1]
    shown = [icon.talent for icon in lost.icons.values() if icon.shown]
    return bool(shown) and all(active[talent.nodeID] is not None for talent in shown)


def no_key_is_lost_in_a_fight(game: GameClient) -> bool:
    game.slash("builds")
    game.client.Press("DOWN")
    game.slash("builds")
    game.combat(True)
    game.slash("builds")
    return not game.client.Press("W") and not game.errors()


def enter_needs_a_walk(game: GameClient) -> bool:
    game.slash("builds")
    return not game.client.Press("ENTER")


def the_code_is_what_is_copied(game: GameClient) -> bool:
    game.slash("builds")
    game.client.Press("C", True)
    game.client.Type("x")
    game.client.Press("C", True)
    return bool(game.client.clipboard == code_of("raid"))


def closed_it_has_no_frames(game: GameClient) -> bool:
    world = game.lua.globals()
    return world.rawget(world, "AzerothsTopTalentBuilds") is None


def foreign_table_stays(game: GameClient) -> bool:
    game.lua.execute("PeaversTalentsData = { theirs = true }")
    game.addon.db.settings.shareBuilds = True
    game.addon.TalentLoadoutsExBridge.Update()
    return bool(game.lua.globals().PeaversTalentsData.theirs)


def data_stay_the_addon_s(game: GameClient) -> bool:
    build = game.lua.globals().AzerothsTopTalentAPI.GetBuilds(250)[1]
    build.importString = "x"
    return bool(game.lua.globals().AzerothsTopTalentAPI.GetBuilds(250)[1].importString != "x")


BREAKS: list[tuple[str, tuple[str, str, str], Callable[[GameClient], bool]]] = [
    ("hidden for good", ("PromptUI.lua", "frame:Show()\n            end", "end"), it_comes_back),
    (
        "a time-out taken for an answer",
        ("OfferQueue.lua", 'answer == "later" then', 'answer == "later" or answer == "none" then'),
        time_out_is_no_answer,
    ),
    (
        "bags not looked at",
        ("PromptUI.lua", "Game.IsAnyBagOpen() == true", "false"),
        escape_for_another_window_is_not_for_it,
    ),
    (
        "lost and gained swapped",
        (
            "Changes.lua",
            "Swaps.Between(tree, active, wanted)",
            "Swaps.Between(tree, wanted, active)",
        ),
        lost_and_gained_are_told_apart,
    ),
    (
        "the keyboard kept in a fight",
        ("Windows.lua", "frame:EnableKeyboard(false)", ""),
        no_key_is_lost_in_a_fight,
    ),
    (
        "Enter without a walk",
        ("BuildsWindow.lua", 'key == "ENTER" and isWalking', 'key == "ENTER"'),
        enter_needs_a_walk,
    ),
    (
        "typing into the code",
        ("CopyBox.lua", "if byPlayer then", "if false then"),
        the_code_is_what_is_copied,
    ),
    (
        "the window made at login",
        (
            "BuildsWindow.lua",
            "function BuildsWindow.IsOpen()",
            'addon.On("PLAYER_LOGIN", function() Create() end)\nfunction BuildsWindow.IsOpen()',
        ),
        closed_it_has_no_frames,
    ),
    (
        "another addon's table replaced",
        ("TalentLoadoutsExBridge.lua", "if there == nil and", "if"),
        foreign_table_stays,
    ),
]


@pytest.mark.parametrize(("wrong", "change", "holds"), BREAKS, ids=[b[0] for b in BREAKS])
def test_the_break_is_noticed(
    wrong: str, change: tuple[str, str, str], holds: Callable[[GameClient], bool]
) -> None:
    assert holds(game_with()), "sound as it is"
    assert not holds(game_with(change)), f"{wrong}: nobody noticed"


def test_answers_of_the_api_are_copies() -> None:
    assert data_stay_the_addon_s(game_with())
