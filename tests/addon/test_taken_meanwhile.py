"""The player picks another loadout in the talents window while the addon is at work, or afterwards.

The game's selection and the talents stay those of one loadout, so that the player's next change
goes where he sees it go; where the window has not followed, he is told which loadout to select.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.addon.builds import random_code
from tests.addon.data import SPEC, active_code
from tests.addon.loadouts import await_cast, request, slot_names, talents, with_own_loadout
from tests.addon.scenes import OWN

if TYPE_CHECKING:
    from tests.addon.client import GameClient

KEY = random_code(SPEC, 5)


@pytest.fixture
def game() -> GameClient:
    return with_own_loadout()


def add_key(game: GameClient) -> int:
    return int(game.client.AddLoadout(SPEC, "My key", talents(game, KEY)))


def pick(game: GameClient, loadout: int) -> None:
    game.client.window.Open()
    assert game.client.window.Pick(loadout)
    game.advance(8)


def change_a_talent(game: GameClient) -> None:
    game.client.window.Open()
    assert game.client.window.EditChoice(2)
    assert game.client.window.Apply()
    game.advance(8)
    assert game.errors() == []


def violations(game: GameClient) -> list[str]:
    return list(game.client.violations.values())


@pytest.mark.parametrize("fires", [True, False], ids=["event", "no event"])
def test_one_that_is_picked_during_a_switch_that_fails_stays_selected(
    game: GameClient, fires: bool
) -> None:
    key = add_key(game)
    game.client.selectionFires = fires
    game.client.createNever = True
    request(game)
    game.advance(1)
    pick(game, key)
    game.advance(20)
    assert game.chat() == ["The game did not create the loadout in time. Try again in a moment."]
    assert active_code(game) == KEY
    assert game.client.player.selected[SPEC] == key
    change_a_talent(game)
    assert violations(game) == []


def test_one_that_is_picked_on_another_computer_stays_selected(game: GameClient) -> None:
    key = add_key(game)
    request(game)
    game.advance(2)
    left_behind = game.saved()
    game.client.Interrupt()
    game.login({})
    pick(game, key)
    game.client.window.Close()
    game.login(left_behind)
    assert game.addon.char.pending is None
    assert active_code(game) == KEY
    assert game.client.player.selected[SPEC] == key


@pytest.mark.parametrize("how", ["switchIsDeaf", "windowStays"])
def test_a_restore_that_the_window_does_not_follow_is_told(game: GameClient, how: str) -> None:
    mine, key = game.client.player.selected[SPEC], add_key(game)
    request(game)
    game.advance(8)
    pick(game, key)
    game.client[how] = True
    game.chat()
    game.slash("restore")
    game.advance(15)
    assert active_code(game) == OWN
    assert game.client.window.selection == key
    done, told = game.chat()
    assert done == "Your former talents are back."
    assert told.startswith("Select the loadout 'My loadout' in the talents window before")
    game.client[how] = None
    pick(game, mine)
    change_a_talent(game)
    assert violations(game) == []


@pytest.mark.parametrize("fires", [True, False], ids=["event", "no event"])
def test_the_starter_build_comes_back_beside_a_loadout_that_is_shown(
    game: GameClient, fires: bool
) -> None:
    key = add_key(game)
    game.client.selectionFires = fires
    game.client.starterState = talents(game, random_code(SPEC, 77))
    pick(game, -2)
    request(game)
    game.advance(8)
    pick(game, key)
    game.chat()
    game.slash("restore")
    game.advance(8)
    assert game.client.player.starter is True
    said = game.chat()
    assert said[0] == "Your former talents are back."
    if fires:
        assert game.client.window.selection == -2
        assert len(said) == 1
    else:
        assert game.client.window.selection == key
        assert said[1].startswith("Select the loadout 'Starter Build' in the talents window before")
        game.client.window.Pick(-2)
    change_a_talent(game)
    assert violations(game) == []


def test_a_slot_that_is_deleted_during_its_cast_leaves_none_selected(game: GameClient) -> None:
    game.client.switchIsDeaf = True
    request(game)
    await_cast(game)
    slot = next(i for i, config in game.client.player.configs.items() if config.ofAddon)
    game.client.player.configs[slot] = None
    game.fire("TRAIT_CONFIG_DELETED", slot)
    game.advance(8)
    assert slot_names(game) == []
    assert game.client.player.selected[SPEC] is None
