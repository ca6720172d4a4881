"""Applying: each way it can end; the player's own loadouts stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from att_desktop.game.import_codes import decode, encode
from tests.addon.builds import trees
from tests.addon.data import SPEC, active_code, code_of
from tests.addon.loadouts import (
    NO_ROOM,
    await_cast,
    fill,
    request,
    slot_names,
    unchanged,
    with_own_loadout,
)
from tests.addon.scenes import OWN

if TYPE_CHECKING:
    from tests.addon.client import GameClient

LEVEL_SENTENCE = "These builds need level 90. You are level 83."


@pytest.fixture
def game() -> GameClient:
    return with_own_loadout()


def set_world(name: str) -> Any:
    def prepare(game: GameClient) -> None:
        game.client.world[name] = True

    return prepare


def set_client(name: str, value: object = True) -> Any:
    def prepare(game: GameClient) -> None:
        game.client[name] = value

    return prepare


def at_level_83(game: GameClient) -> None:
    game.client.player.level = 83


def with_staged_changes(game: GameClient) -> None:
    config = game.client.Active()
    node = next(iter(decode(OWN, trees()).selection))[0]
    config.staged.ranks[node] = None


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (
            set_world("combat"),
            "Talents cannot be switched in combat.",
        ),
        (
            set_world("encounter"),
            "Talents cannot be switched during a boss fight.",
        ),
        (
            set_world("keyRunning"),
            "Talents cannot be switched in a running key.",
        ),
        (
            set_world("pvpMatch"),
            "Talents cannot be switched in a match.",
        ),
        (set_world("dead"), "Talents can be switched once you are alive again."),
        (
            set_client("gameWords", "You are mounted on a flight path."),
            "The game does not allow a switch right now: You are mounted on a flight path.",
        ),
        (set_client("talentsNotReady"), "Your talents are not loaded yet. Try again in a moment."),
        (at_level_83, LEVEL_SENTENCE),
        (
            with_staged_changes,
            "You have talent changes that are not applied yet. Apply or undo them first.",
        ),
    ],
)
def test_what_is_in_the_way_is_said_in_a_sentence(
    game: GameClient, prepare: Any, sentence: str
) -> None:
    prepare(game)
    before = game.client.ActiveWords()
    staged = game.client.Active().staged
    assert not request(game)
    game.advance(8)
    assert game.chat() == [sentence]
    assert game.client.ActiveWords() == before
    assert game.client.SameState(game.client.Active().staged, staged)


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (set_client("refuseReset"), "This build does not fit the present talent tree."),
        (set_client("refuseCommit"), "The game refused the switch."),
        (set_client("refuseCreate"), "The game refused the switch."),
        (set_client("createNever"), "The game did not create the loadout in time."),
        (set_client("answerNever"), "The game gave no answer."),
    ],
)
def test_what_the_game_refuses_changes_nothing(
    game: GameClient, prepare: Any, sentence: str
) -> None:
    own = game.client.OwnLoadouts()
    prepare(game)
    assert request(game)
    game.advance(15)
    assert game.chat()[-1].startswith(sentence)
    assert unchanged(game, own)
    assert dict(game.addon.char.applied) == {}
    assert dict(game.addon.char.former) == {}


@pytest.mark.parametrize("silent", [False, True], ids=["the game's words", "no words"])
def test_unspent_points_where_the_game_wants_all_spent(game: GameClient, silent: bool) -> None:
    game.client.mustSpendAll, game.client.isSilent = True, silent
    own = game.client.OwnLoadouts()
    fewer = frozenset(
        pick for pick in decode(code_of("raid"), trees()).selection if not _is_leaf(pick[0])
    )
    request(game, encode(trees().tree(SPEC), fewer))
    game.advance(8)
    said = game.chat()[-1]
    if silent:
        assert said.endswith("points unspent, which the game does not accept. Nothing was changed.")
    else:
        assert said.endswith("right now: You must spend all available talent points.")
    assert unchanged(game, own)


def _is_leaf(node_id: int) -> bool:
    node = trees().tree(SPEC).nodes[node_id]
    return node.section == "spec" and node.kind == "tiered"


@pytest.mark.parametrize("while_casting", [False, True], ids=["event after", "event during cast"])
def test_an_interrupted_cast_rolls_back_and_is_offered_again(
    game: GameClient, while_casting: bool
) -> None:
    own = game.client.OwnLoadouts()
    game.client.failureComesFirst = while_casting
    game.slash("boss")
    game.click("Raid Build")
    game.advance(3)
    assert game.client.Interrupt()
    game.advance(1)
    assert "The switch was interrupted. Your talents are as before." in game.chat()
    assert unchanged(game, own)
    assert game.client.rollbacks >= 1
    assert game.addon.char.applied[SPEC] is None
    game.advance(3)
    game.click("Raid Build")
    game.advance(8)
    assert active_code(game) == code_of("raid")


def test_combat_before_the_cast(game: GameClient) -> None:
    own = game.client.OwnLoadouts()
    request(game)
    game.combat(True)
    assert game.chat() == ["Talents cannot be switched in combat."]
    game.combat(False)
    game.advance(8)
    assert unchanged(game, own)


def test_lost_timers_do_not_leave_it_busy(game: GameClient) -> None:
    game.client.answerNever = True
    request(game)
    game.advance(1)
    game.client.DropAddonTimers()
    assert game.addon.LoadoutManager.IsBusy()
    game.advance(30)
    game.client.answerNever = None
    assert not game.addon.LoadoutManager.IsBusy()
    assert request(game)
    game.advance(12)
    assert active_code(game) == code_of("raid")


def test_a_second_click_waits_its_turn(game: GameClient) -> None:
    request(game)
    game.advance(2)
    assert not request(game, code_of("mythicplus"))
    assert game.chat() == ["Talents are being switched already."]
    game.advance(8)
    assert active_code(game) == code_of("raid")


def test_a_spec_change_during_the_cast(game: GameClient) -> None:
    own = game.client.OwnLoadouts()
    request(game)
    game.advance(3)
    game.client.ChangeSpec(3)
    game.advance(12)
    assert game.client.OwnLoadouts() == own
    assert not game.addon.LoadoutManager.IsBusy()
    assert game.errors() == []


def test_the_event_of_a_spec_change_without_one_leaves_the_cast_alone(game: GameClient) -> None:
    request(game)
    game.advance(3)
    assert game.client.IsCasting()
    game.fire("ACTIVE_PLAYER_SPECIALIZATION_CHANGED")
    game.advance(8)
    assert game.errors() == []
    assert active_code(game) == code_of("raid")
    assert game.client.player.selected[SPEC] == game.addon.LoadoutSlot.Find(SPEC)


@pytest.mark.parametrize("through", [True, False], ids=["cast goes through", "cast breaks off"])
def test_a_reload_in_the_middle_of_the_cast(game: GameClient, through: bool) -> None:
    request(game)
    game.advance(2)
    game.reload(settle=0.5)
    if not through:
        game.client.Interrupt()
    game.advance(8)
    assert active_code(game) == (code_of("raid") if through else OWN)
    assert game.addon.char.pending is None
    if game.prompt():
        game.client.Escape()
    request(game, code_of("mythicplus"))
    game.advance(8)
    assert active_code(game) == code_of("mythicplus")
    game.slash("restore")
    game.advance(8)
    assert active_code(game) == OWN


def test_after_a_reload_the_talents_may_come_after_the_end_of_the_cast(game: GameClient) -> None:
    game.client.eventComesFirst = True
    request(game)
    await_cast(game)
    game.advance(4.1)
    game.reload(settle=0.95)  # the first look is a second after the login, the cast's end before it
    game.advance(8)
    assert active_code(game) == code_of("raid")
    assert slot_names(game) == ["Top Talent"]
    assert game.client.player.selected[SPEC] == game.addon.LoadoutSlot.Find(SPEC)
    assert game.addon.FormerLoadout.Get(SPEC)


def test_after_a_reload_the_new_slot_is_not_taken_for_a_spare_one(game: GameClient) -> None:
    request(game, code_of("mythicplus"))
    game.advance(8)
    request(game)
    await_cast(game)
    game.advance(2.05)
    game.reload(settle=8)  # spare slots are looked for 3 s after the login, right after the cast
    assert active_code(game) == code_of("raid")
    assert slot_names(game) == ["Top Talent"]
    assert game.client.player.selected[SPEC] == game.addon.LoadoutSlot.Find(SPEC)


def test_the_event_can_come_before_the_talents(game: GameClient) -> None:
    game.client.eventComesFirst = True
    request(game)
    game.advance(7)
    assert not game.addon.LoadoutManager.IsBusy()
    assert active_code(game) == code_of("raid")


def test_a_build_that_cannot_be_applied_is_not_offered_again(game: GameClient) -> None:
    fill(game, 39)
    game.enter(2660, "party")
    game.click("Switch")
    game.advance(8)
    assert game.chat()[-1] == NO_ROOM
    game.enter(2660, "party")
    assert game.prompt() is None


def test_the_starter_build_is_left_only_after_success(game: GameClient) -> None:
    game.client.player.starter = True
    game.client.refuseCommit = True
    request(game)
    game.advance(15)
    assert game.client.player.starter is True
    game.client.refuseCommit = None
    request(game)
    game.advance(8)
    assert game.client.player.starter is False


def test_own_talents_are_kept_for_the_desktop_app(game: GameClient) -> None:
    kept = game.addon.char.talents[SPEC]
    assert (kept.name, kept.realm) == ("Tester", "Azeroth")
    assert decode(kept.code, trees()).selection == decode(OWN, trees()).selection
    assert decode(kept.code, trees()).tree_hash == trees().tree(SPEC).tree_hash
    assert kept.time == pytest.approx(game.lua.globals().GetServerTime(), abs=60)
    request(game)
    game.advance(10)
    later = decode(game.addon.char.talents[SPEC].code, trees())
    assert later.selection == decode(code_of("raid"), trees()).selection
    game.client.ChangeSpec(3)
    game.advance(3)
    assert set(game.addon.char.talents.keys()) == {SPEC}, "an empty tree is no build"
