"""Applying and restoring: each way it can end; the player's own loadouts stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from att_desktop.game.import_codes import decode, encode
from tests.addon.builds import random_code, state, trees
from tests.addon.data import SPEC, active_code, code_of, play, set_talents

if TYPE_CHECKING:
    from tests.addon.client import GameClient

OWN = random_code(SPEC, 999)
LEVEL_SENTENCE = "These builds need level 90. You are level 83."


@pytest.fixture
def game() -> GameClient:
    """Logged in with own talents that are also a saved, selected loadout; no prompt open."""
    game = play(OWN)
    loadout = game.client.AddLoadout(SPEC, "My loadout", talents(game, OWN))
    game.client.player.selected[SPEC] = loadout
    game.login()
    game.click("Keep Current")
    game.chat()
    return game


def talents(game: GameClient, code: str) -> Any:
    return game.lua.table_from(state(SPEC, decode(code, trees()).selection), recursive=True)


def request(game: GameClient, code: str | None = None) -> bool:
    table = game.lua.table_from({"code": code or code_of("raid"), "label": "Raid Build"})
    return bool(game.addon.LoadoutManager.Apply(table))


def slot_names(game: GameClient) -> list[str]:
    """Names of the loadouts that the addon made."""
    return [c.name for c in game.client.player.configs.values() if c.ofAddon]


def slot(game: GameClient) -> Any:
    return game.client.player.configs[game.addon.LoadoutSlot.Find(SPEC)]


def unchanged(game: GameClient, own: str) -> bool:
    assert game.errors() == []
    assert not game.addon.LoadoutManager.IsBusy()
    return active_code(game) == OWN and bool(game.client.OwnLoadouts() == own)


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


@pytest.mark.parametrize("shared", [False, True], ids=["own bars", "shared bars"])
def test_action_bars_stay_as_they_are(shared: bool) -> None:
    game = play(OWN)
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


@pytest.mark.parametrize(
    ("selected", "again", "full"),
    [(True, False, False), (False, True, False), (True, False, True), (True, True, True)],
)
def test_a_loadout_of_the_player_s_with_the_same_name_stays(
    selected: bool, again: bool, full: bool
) -> None:
    game = play(OWN)
    if again:
        game.login()
        request(game)
        game.advance(8)
    mine = game.client.AddLoadout(SPEC, "Top Talent", talents(game, random_code(SPEC, 7)))
    if selected:
        game.client.player.selected[SPEC] = mine
    if full:
        fill(game, 40 - game.client.CountLoadouts())
    own = game.client.OwnLoadouts()
    game.login(game.saved() if again else {})
    for wish in ("mythicplus", "raid"):
        request(game, code_of(wish))
        game.advance(8)
        assert active_code(game) == (OWN if full and not again else code_of(wish))
    game.slash("restore")
    game.advance(8)
    game.reload()
    game.advance(8)
    assert game.errors() == []
    assert game.client.OwnLoadouts() == own
    assert mine in list(game.client.player.configs.keys())


def test_a_loadout_made_long_after_the_game_owed_one_is_the_player_s(game: GameClient) -> None:
    game.client.createNever = True
    request(game)
    game.advance(120)
    game.client.createNever = False
    mine = game.client.AddLoadout(SPEC, "Top Talent", talents(game, random_code(SPEC, 7)))
    game.fire("TRAIT_CONFIG_CREATED", game.lua.globals().C_Traits.GetConfigInfo(mine))
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


NO_ROOM = (
    "All your loadouts are in use; those of all specializations count. "
    "Delete one to make room for 'Top Talent', then try again."
)


def fill(game: GameClient, count: int) -> None:
    for number in range(count):
        spec = (250, 251, 252)[number % 3]
        game.client.AddLoadout(spec, f"Mine {number}", talents(game, OWN))


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


# The former talents


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
