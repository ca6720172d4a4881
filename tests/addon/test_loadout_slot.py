"""The addon's own loadout: one a spec, told from the player's own, and room for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.addon.builds import random_code
from tests.addon.data import SPEC, active_code, code_of, play
from tests.addon.loadouts import (
    NO_ROOM,
    fill,
    request,
    slot,
    slot_names,
    talents,
    unchanged,
    with_own_loadout,
)
from tests.addon.scenes import OWN

if TYPE_CHECKING:
    from tests.addon.client import GameClient

A_BUILD, OTHER_TALENTS = code_of("mythicplus"), random_code(SPEC, 8)


@pytest.fixture
def game() -> GameClient:
    return with_own_loadout()


def add_of_its_name(game: GameClient, code: str) -> int:
    """A loadout of the addon's name that is there without an event."""
    loadout: int = game.client.AddLoadout(SPEC, "Top Talent", talents(game, code))
    return loadout


def make_by_player(game: GameClient, code: str) -> None:
    """The player saves a loadout under the addon's name."""
    mine = add_of_its_name(game, code)
    game.fire("TRAIT_CONFIG_CREATED", game.lua.globals().C_Traits.GetConfigInfo(mine))


def test_a_switch_makes_one_slot_and_leaves_no_older_one(game: GameClient) -> None:
    own = game.client.OwnLoadouts()
    assert request(game)
    game.advance(8)
    assert active_code(game) == code_of("raid")
    assert slot(game).name == "Top Talent"
    assert game.client.player.selected[SPEC] == slot(game).ID
    assert request(game, code_of("mythicplus"))
    game.advance(8)
    assert active_code(game) == code_of("mythicplus")
    # Three specs' active talents, the player's loadout, one slot.
    assert len(list(game.client.player.configs.keys())) == 5
    assert game.client.OwnLoadouts() == own


@pytest.mark.parametrize("default", [False, True], ids=["new: own", "new: shared"])
@pytest.mark.parametrize("shared", [False, True], ids=["own bars", "shared bars"])
def test_action_bars_stay_as_they_are(shared: bool, default: bool) -> None:
    game = play(OWN)
    game.client.newSharesBars = default
    mine = game.client.AddLoadout(SPEC, "Mine", talents(game, OWN), shared)
    game.client.player.selected[SPEC] = game.client.player.barsOf = mine
    game.login()
    before = game.client.Bars()
    for content in ("raid", "mythicplus"):
        request(game, code_of(content))
        game.advance(8)
        assert slot(game).sharedBars is shared
        assert game.client.Bars() == before


@pytest.mark.parametrize("saved", [True, False], ids=["reload", "another computer"])
def test_the_slot_of_before_is_found_and_replaced(game: GameClient, saved: bool) -> None:
    request(game)
    game.advance(8)
    first = slot(game).ID
    if saved:
        game.reload()
    else:
        game.login({})
    request(game, code_of("mythicplus"))
    game.advance(8)
    assert slot_names(game) == ["Top Talent"]
    assert first != slot(game).ID


def test_a_slot_that_the_player_renamed_is_the_player_s(game: GameClient) -> None:
    request(game)
    game.advance(8)
    taken = slot(game)
    taken.name, taken.ofAddon = "My favourite", None
    own = game.client.OwnLoadouts()
    request(game, code_of("mythicplus"))
    game.advance(8)
    assert slot(game).ID != taken.ID
    assert game.client.OwnLoadouts() == own


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("selected", [False, True])
def test_beside_a_slot_that_is_known_one_of_its_name_is_the_player_s(
    selected: bool, full: bool
) -> None:
    game = play(OWN)
    game.login()
    request(game)
    game.advance(8)
    mine = add_of_its_name(game, random_code(SPEC, 7))
    if selected:
        game.client.player.selected[SPEC] = mine
    if full:
        fill(game, 40 - game.client.CountLoadouts())
    own = game.client.OwnLoadouts()
    game.login(game.saved())
    for wish in ("mythicplus", "raid"):
        request(game, code_of(wish))
        game.advance(8)
        assert active_code(game) == code_of(wish)
    game.slash("restore")
    game.advance(8)
    game.reload()
    game.advance(8)
    assert game.errors() == []
    assert game.client.OwnLoadouts() == own
    assert mine in list(game.client.player.configs.keys())


@pytest.mark.parametrize("code", [A_BUILD, OTHER_TALENTS], ids=["a build", "other talents"])
def test_one_of_its_name_that_the_player_makes_is_the_player_s(game: GameClient, code: str) -> None:
    """No slot is known yet, and the talents may be those of a build: copied in the game."""
    make_by_player(game, code)
    own = game.client.OwnLoadouts()
    for wish in ("mythicplus", "raid"):
        request(game, code_of(wish))
        game.advance(8)
        game.reload()
        assert active_code(game) == code_of(wish)
    assert game.errors() == []
    assert game.client.OwnLoadouts() == own


@pytest.mark.parametrize("selected", [True, False], ids=["selected", "not selected"])
@pytest.mark.parametrize("full", [False, True], ids=["room", "no room"])
def test_the_slot_of_another_computer_is_told_by_its_name(
    game: GameClient, selected: bool, full: bool
) -> None:
    """It has builds of another day, or what the player changed in the talents window."""
    request(game)
    game.advance(8)
    theirs = slot(game)
    theirs.committed = talents(game, random_code(SPEC, 7))
    if not selected:
        game.slash("restore")
        game.advance(8)
    if full:
        fill(game, 40 - game.client.CountLoadouts())
    own = game.client.OwnLoadouts()
    here = game.saved()
    elsewhere: dict[str, str] = {}
    for wish in ("mythicplus", "raid", "mythicplus"):
        game.login(elsewhere)
        request(game, code_of(wish))
        game.advance(8)
        assert active_code(game) == code_of(wish)
        assert slot_names(game) == ["Top Talent"]
        slot(game).committed = talents(game, random_code(SPEC, 8))
        here, elsewhere = game.saved(), here
    assert game.errors() == []
    assert game.client.OwnLoadouts() == own


@pytest.mark.parametrize("code", [A_BUILD, OTHER_TALENTS], ids=["a build", "other talents"])
def test_of_two_with_its_name_one_is_taken_on_another_computer(game: GameClient, code: str) -> None:
    """The one with a build; where there is none, the selected one."""
    theirs = add_of_its_name(game, code)
    game.client.player.configs[theirs].ofAddon = True
    mine = add_of_its_name(game, random_code(SPEC, 7))
    game.client.player.selected[SPEC] = mine if code == A_BUILD else theirs
    own = game.client.OwnLoadouts()
    game.login({})
    request(game)
    game.advance(8)
    assert active_code(game) == code_of("raid")
    assert theirs not in list(game.client.player.configs.keys())
    assert game.client.OwnLoadouts() == own
    assert game.errors() == []


def test_what_was_played_from_the_slot_of_another_computer_can_be_restored() -> None:
    game = play(OWN)
    theirs = add_of_its_name(game, OWN)
    game.client.player.configs[theirs].ofAddon = True
    game.client.player.selected[SPEC] = theirs
    game.login()
    request(game)
    game.advance(8)
    game.slash("restore")
    game.advance(8)
    assert active_code(game) == OWN
    assert slot_names(game) == ["Top Talent"]
    assert game.errors() == []


def test_a_slot_that_comes_after_a_reload_is_known(game: GameClient) -> None:
    game.client.createSeconds = 2
    request(game)
    game.advance(1)
    game.reload()
    request(game, code_of("mythicplus"))
    game.advance(12)
    assert active_code(game) == code_of("mythicplus")
    assert slot_names(game) == ["Top Talent"]


def test_a_slot_that_comes_after_a_change_of_spec_is_known(game: GameClient) -> None:
    game.client.createSeconds = 3
    request(game)
    game.advance(1)
    game.client.ChangeSpec(3)
    game.advance(5)
    slot_id = next(i for i, c in game.client.player.configs.items() if c.ofAddon)
    assert dict(game.addon.char.made[SPEC]) == {slot_id: True}


def test_a_slot_that_a_crash_left_is_told_once_its_talents_are_there(game: GameClient) -> None:
    request(game)
    game.advance(8)
    left = game.client.player.configs[add_of_its_name(game, A_BUILD)]
    left.ofAddon = left.unpopulated = True
    build, left.committed = left.committed, talents(game, OTHER_TALENTS)
    game.reload()
    assert len(slot_names(game)) == 2
    left.committed, left.unpopulated = build, None
    game.fire("PLAYER_REGEN_ENABLED")
    game.advance(4)
    assert slot_names(game) == ["Top Talent"]
    assert slot(game).ID != left.ID


def test_what_is_made_beside_loadouts_is_no_slot(game: GameClient) -> None:
    """Professions have talents too."""
    game.client.createSeconds = 2
    request(game)
    game.advance(1)
    profession = {"ID": 9999, "type": 2, "name": "Top Talent"}
    game.fire("TRAIT_CONFIG_CREATED", game.lua.table_from(profession))
    game.advance(8)
    assert active_code(game) == code_of("raid")
    assert slot_names(game) == ["Top Talent"]


def test_the_slot_stays_the_addon_s_when_its_event_comes_again(game: GameClient) -> None:
    request(game)
    game.advance(8)
    game.fire("TRAIT_CONFIG_CREATED", game.lua.globals().C_Traits.GetConfigInfo(slot(game).ID))
    request(game, code_of("mythicplus"))
    game.advance(8)
    assert active_code(game) == code_of("mythicplus")
    assert slot_names(game) == ["Top Talent"]


def test_where_there_is_no_slot_none_is_unseen(game: GameClient) -> None:
    game.client.window.Open()
    assert game.client.window.selection
    game.client.player.selected[SPEC] = None
    assert game.addon.LoadoutSlot.Unseen(SPEC) is None


def test_a_loadout_made_long_after_the_game_owed_one_is_the_player_s(game: GameClient) -> None:
    game.client.createNever = True
    request(game)
    game.advance(120)
    game.client.createNever = False
    make_by_player(game, random_code(SPEC, 7))
    own = game.client.OwnLoadouts()
    for wish in ("mythicplus", "raid"):
        request(game, code_of(wish))
        game.advance(8)
        assert active_code(game) == code_of(wish)
    assert game.errors() == []
    assert game.client.OwnLoadouts() == own


def test_a_deleted_slot_is_made_anew(game: GameClient) -> None:
    request(game)
    game.advance(8)
    first = slot(game).ID
    game.client.player.configs[first] = None
    game.client.player.selected[SPEC] = None
    request(game, code_of("mythicplus"))
    game.advance(8)
    assert first != slot(game).ID
    assert active_code(game) == code_of("mythicplus")


def test_no_free_slot(game: GameClient) -> None:
    fill(game, 39)
    own = game.client.OwnLoadouts()
    request(game)
    game.advance(8)
    assert game.chat() == [NO_ROOM]
    assert unchanged(game, own)


@pytest.mark.parametrize("selected", [True, False], ids=["slot selected", "own loadout selected"])
def test_with_all_loadouts_in_use_the_slot_makes_room_for_itself(
    game: GameClient, selected: bool
) -> None:
    request(game)
    game.advance(8)
    if not selected:
        game.slash("restore")
        game.advance(8)
    fill(game, 38)
    own = game.client.OwnLoadouts()
    request(game, code_of("mythicplus"))
    game.advance(8)
    assert active_code(game) == code_of("mythicplus")
    assert slot_names(game) == ["Top Talent"]
    assert game.client.OwnLoadouts() == own


def test_a_slot_that_comes_too_late_does_not_stay(game: GameClient) -> None:
    game.client.createSeconds = 20
    request(game)
    game.advance(25)
    assert game.chat() == ["The game did not create the loadout in time. Try again in a moment."]
    assert active_code(game) == OWN
    game.client.createSeconds = None
    request(game)
    game.advance(8)
    assert active_code(game) == code_of("raid")
    assert slot_names(game) == ["Top Talent"]
