"""The promise beside Blizzard's talents window, in every state of it.

After a switch the player changes a talent in that window and applies it, as the window invites him
to. His own loadouts may change only in what he changed there, in the loadout that he saw selected.
``pytest -s`` prints the table.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

from tests.addon.builds import random_code
from tests.addon.data import SPEC, active_code, code_of, play
from tests.addon.loadouts import talents
from tests.addon.scenes import OWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.addon.client import GameClient

pytestmark = pytest.mark.slow

WINDOW = ("never opened", "opened once", "open")
SLOT = ("new", "old", "old and selected", "another computer's")
OUTCOME = ("switched", "cast broken", "refused", "no room")
EVENT = (False, True)  # whether UpdateLastSelectedSavedConfigID fires SELECTED_LOADOUT_CHANGED
# What else is not known of the client, varied over all cells.
CLIENT: tuple[dict[str, Any], ...] = (
    {},
    {"windowHearsLast": True},
    {"populatesLate": 0.4},
    {"importIsQuiet": True},
    {"keepsNewSelection": True},
    {"failureComesFirst": True, "windowHearsLast": True},
    {"resetClearsOtherHero": True, "hideOtherHero": True},
    {"switchIsDeaf": True},
    {"staysStaged": True, "keepsNewSelection": True},
    {"windowStays": True},
)
SELECT_SLOT = "Select the loadout 'Top Talent' in the talents window before"


def request(game: GameClient, what: str) -> None:
    game.addon.LoadoutManager.Apply(
        game.lua.table_from({"code": code_of(what), "label": "the build"})
    )
    game.advance(0.7)


class Evening:
    """One cell: the player's own loadout is selected, or the slot, and the window is as it is."""

    def __init__(self, window: str, slot: str, *, fires: bool, client: dict[str, Any]) -> None:
        game = self.game = play(OWN)
        self.window = game.client.window
        game.client.selectionFires = fires
        self.mine = game.client.AddLoadout(SPEC, "My raid", talents(game, OWN))
        self.other = game.client.AddLoadout(SPEC, "My key", talents(game, random_code(SPEC, 5)))
        game.client.player.selected[SPEC] = self.mine
        game.login()
        game.click("Keep Current")
        if slot != "new":
            request(game, "mythicplus")
            game.advance(8)
        if slot == "old":
            game.slash("restore")
            game.advance(8)
        elif slot == "another computer's":
            self.window.Open()
            self.window.Pick(self.mine)
            game.advance(8)
            game.login({})
            game.click("Keep Current")
        if window != "never opened":
            self.window.Open()
        if window == "opened once":
            self.window.Close()
        for name, value in client.items():
            game.client[name] = value
        game.chat()
        self.before = game.client.player.selected[SPEC]
        self.talents = active_code(game)
        self.slots = self.slot_ids()
        self.seen = self.window.selection

    def slot_ids(self) -> set[int]:
        return {i for i, c in self.game.client.player.configs.items() if c.name == "Top Talent"}

    def switch(self, outcome: str) -> None:
        game = self.game
        if outcome == "refused":
            game.client.onCooldown = "Dancing Rune Weapon"
        elif outcome == "no room":
            while game.client.CountLoadouts() < 40:
                game.client.AddLoadout(251, "filler", talents(game, OWN))
        request(game, "raid")
        if outcome == "cast broken":
            for _ in range(40):
                game.advance(0.3)
                if game.client.IsCasting():
                    break
            assert game.client.Interrupt()
        game.advance(12)
        game.client.onCooldown = None
        assert game.errors() == []
        assert not game.addon.LoadoutManager.IsBusy()

    def shown(self) -> str:
        names = {self.mine: "My raid", self.other: "My key"}
        selection = self.window.selection
        return names.get(selection, "Top Talent" if selection in self.slot_ids() else "-")

    def play_on(self, said: list[str]) -> bool:
        """The player changes a talent and applies it. True if he could."""
        self.window.Open()
        if any(line.startswith(SELECT_SLOT) for line in said):
            self.window.Pick(next(iter(self.slot_ids())))
        done = self.window.EditChoice(2) and self.window.Apply()
        self.game.advance(8)
        return bool(done)


def cell(window: str, slot: str, outcome: str, *, fires: bool, client: dict[str, Any]) -> str:
    evening = Evening(window, slot, fires=fires, client=client)
    game = evening.game
    evening.switch(outcome)
    said = game.chat()
    switched = any(line.startswith("Talents switched") for line in said)
    assert active_code(game) == (code_of("raid") if switched else evening.talents)
    selected = game.client.player.selected[SPEC]
    if switched:
        assert outcome in ("switched", "no room")
        assert selected in evening.slot_ids()
        assert len(evening.slot_ids()) == 1, "older slots are gone"
    else:
        assert outcome != "switched"
        assert selected == evening.before, "the former selection is back"
        assert evening.slot_ids() <= evening.slots, "nothing is left behind"
    row = evening.shown()
    assert evening.play_on(said), "he can go on in the window"
    assert list(game.client.violations.values()) == []
    assert game.errors() == []
    word = "told" if any(line.startswith(SELECT_SLOT) for line in said) else ""
    return f"{'switched' if switched else 'as before':10} {row:11} {word}"


def check(
    client: dict[str, Any],
    slots: Sequence[str] = SLOT,
    outcomes: Sequence[str] = OUTCOME,
    events: Sequence[bool] = EVENT,
) -> None:
    print(
        f"\n{client}\n{'window':13} {'slot':19} {'outcome':12} event  ended as   shown       word"
    )
    for window, slot, outcome, fires in itertools.product(WINDOW, slots, outcomes, events):
        row = cell(window, slot, outcome, fires=fires, client=client)
        print(f"{window:13} {slot:19} {outcome:12} {'fires' if fires else '-':5}  {row}")


def ids(client: dict[str, Any]) -> str:
    return "+".join(client) or "plain"


@pytest.mark.parametrize("client", CLIENT, ids=ids)
def test_own_loadouts_are_as_promised(client: dict[str, Any]) -> None:
    """All outcomes with a client that behaves; with each other one, the cast and its failure."""
    if client:
        check(client, SLOT[:2], OUTCOME[:2], (False,))
    else:
        check(client, events=(False,))


@pytest.mark.slow
@pytest.mark.parametrize("client", CLIENT, ids=ids)
def test_own_loadouts_are_as_promised_in_every_cell(client: dict[str, Any]) -> None:
    check(client)


def test_a_commit_behind_the_window_s_back_would_break_it() -> None:
    """The check sees what it is for: the addon's former way, in a window that was opened once."""
    evening = Evening("opened once", "old", fires=False, client={})
    game = evening.game
    slot = next(iter(evening.slot_ids()))
    tree = game.addon.TalentTree.Read()
    wanted, purchases = game.addon.ImportExport.Decode(code_of("raid"), tree)
    assert wanted
    assert game.addon.Staging.Stage(tree, purchases) is True
    api = game.lua.globals().C_ClassTalents
    assert api.CommitConfig(slot)
    game.advance(8)
    api.UpdateLastSelectedSavedConfigID(SPEC, slot)
    assert evening.play_on([])
    assert any("My raid" in line for line in game.client.violations.values())
