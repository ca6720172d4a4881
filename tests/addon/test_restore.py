"""Restoring: the player's own talents come back as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.addon.builds import random_code
from tests.addon.data import SPEC, active_code, code_of, set_talents
from tests.addon.loadouts import request, with_own_loadout
from tests.addon.scenes import OWN

if TYPE_CHECKING:
    from tests.addon.client import GameClient


@pytest.fixture
def game() -> GameClient:
    return with_own_loadout()


@pytest.mark.parametrize("door", ["slash", "button", "menu", "link"])
def test_restore_brings_the_selected_loadout_back(game: GameClient, door: str) -> None:
    own = game.client.OwnLoadouts()
    selected = game.client.player.selected[SPEC]
    request(game)
    game.advance(8)
    request(game, code_of("mythicplus"))
    game.advance(8)
    if door == "slash":
        game.slash("restore")
    elif door == "link":
        assert game.client.ClickLink(game.chat()[-1])
    elif door == "button":
        game.client.settingsButton.click()
    else:
        game.lua.globals().AzerothsTopTalent_OnCompartmentClick()
        assert game.client.Choose("Restore former talents")
    game.advance(8)
    assert game.chat()[-1] == "Your former talents are back."
    assert active_code(game) == OWN
    assert game.client.player.selected[SPEC] == selected
    assert game.client.OwnLoadouts() == own
    game.slash("restore")
    assert game.chat() == ["There are no former talents of this spec to bring back."]


@pytest.mark.parametrize("how", ["loadStagesOnly", "refuseLoad"])
def test_restore_where_the_game_does_not_load_the_loadout(game: GameClient, how: str) -> None:
    own = game.client.OwnLoadouts()
    request(game)
    game.advance(8)
    game.client[how] = True
    game.slash("restore")
    game.advance(15)
    assert active_code(game) == OWN
    assert game.client.OwnLoadouts() == own


def test_restore_in_combat_says_to_try_again(game: GameClient) -> None:
    request(game)
    game.advance(8)
    game.combat(True)
    game.chat()
    game.slash("restore")
    assert game.chat() == [
        "Your former talents cannot be brought back right now. Try again afterwards."
    ]


def test_a_restore_that_is_interrupted(game: GameClient) -> None:
    request(game)
    game.advance(8)
    game.slash("restore")
    game.advance(2)
    game.client.Interrupt()
    game.advance(2)
    assert game.chat()[-1] == "The switch was interrupted. Your talents are as before."
    assert active_code(game) == code_of("raid")
    game.slash("restore")
    game.advance(8)
    assert active_code(game) == OWN


def test_a_reload_in_the_middle_of_a_restore(game: GameClient) -> None:
    own, selected = game.client.OwnLoadouts(), game.client.player.selected[SPEC]
    request(game)
    game.advance(8)
    game.slash("restore")
    game.advance(2)
    game.reload()
    game.advance(8)
    assert active_code(game) == OWN
    assert game.client.player.selected[SPEC] == selected
    assert game.client.OwnLoadouts() == own
    assert game.addon.FormerLoadout.Get(SPEC) is None


def test_restore_of_talents_that_were_in_no_loadout(game: GameClient) -> None:
    by_hand = random_code(SPEC, 555)
    set_talents(game, by_hand)
    own = game.client.OwnLoadouts()
    request(game)
    game.advance(8)
    game.reload()
    game.slash("restore")
    game.advance(8)
    assert active_code(game) == by_hand
    assert game.client.OwnLoadouts() == own


def test_changes_by_hand_in_the_slot_become_the_former_talents(game: GameClient) -> None:
    request(game)
    game.advance(8)
    by_hand = random_code(SPEC, 556)
    set_talents(game, by_hand)
    request(game, code_of("mythicplus"))
    game.advance(8)
    game.slash("restore")
    game.advance(8)
    assert active_code(game) == by_hand
