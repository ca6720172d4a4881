"""Evenings of chance, with Blizzard's talents window in between.

Nothing breaks, nothing sticks, and the player's own loadouts change only in what he edited himself.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from att_desktop.game.import_codes import decode
from tests.addon.builds import random_code, state, trees
from tests.addon.data import BOSSES, DUNGEON_MAP, HEROIC, MYTHIC, RAID_MAP, SPEC, SPLIT_MAP, play

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.addon.client import GameClient

pytestmark = pytest.mark.slow

EVENINGS = 40  # by default; a thousand with -m slow
EVENINGS_IN_A_GAME = 10
STEPS = 30
WEIGHTS = {"Don't ask again": 0.1, "Switch": 8.0, "Raid Build": 5.0, "M+ Build": 5.0}
BOSS_IDS = [boss[0] for boss in BOSSES]
PLACES = [
    (RAID_MAP, "raid", MYTHIC),
    (RAID_MAP, "raid", HEROIC),
    (RAID_MAP, "raid", 17),
    (2296, "raid", MYTHIC),
    (DUNGEON_MAP, "party", 23),
    (SPLIT_MAP, "party", 8),
    (670, "party", 1),
    (DUNGEON_MAP, "party", 205),
    (2800, "scenario", 208),
    (0, "none", 0),
]


class Evening:
    """One game, driven by chance."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.game = play(random_code(SPEC, seed))
        self.own = self._own_loadouts(seed)
        self._draw_client()
        self.game.login()
        self.window = self.game.client.window
        self.applied = 0
        self.prompts = 0
        self.edits = 0
        self.doubles = 0

    def _draw_client(self) -> None:
        """What is not known of the client, drawn anew."""
        client, rng = self.game.client, self.rng
        for name in (
            "selectionFires",
            "windowHearsLast",
            "keepsNewSelection",
            "resetClearsOtherHero",
            "hideOtherHero",
            "eventComesFirst",
        ):
            client[name] = rng.random() < 0.3
        client.populatesLate = rng.choice([None, None, 0.4])

    def _own_loadouts(self, seed: int) -> list[int]:
        ids = []
        for number, spec in enumerate((SPEC, SPEC, 251, 252)):
            selection = decode(random_code(spec, seed + number), trees()).selection
            talents = self.game.lua.table_from(state(spec, selection), recursive=True)
            ids.append(self.game.client.AddLoadout(spec, f"Mine {number}", talents))
        self.game.client.SetTalents(251, talents_of(self.game, 251, seed))
        self.game.client.SetTalents(252, talents_of(self.game, 252, seed))
        return ids

    # What can happen

    def act(self) -> None:
        actions: list[Callable[[], None]] = [
            self.login,
            self.game.reload,
            self.change_spec,
            self.ready_check,
            self.zone,
            self.combat,
            self.key,
            self.die_or_rise,
            self.pull,
            self.interrupt,
            self.toggle,
            self.open_or_close,
            self.select_own,
            self.edit_and_apply,
            self.edit,
            self.apply_or_undo,
            self.change_computer,
            self.correct,
            self.hide_values,
            self.leave_group,
        ]
        likely = [self.click] * 12 + [self.wait] * 8 + [self.ready_check, self.zone] * 2
        self.rng.choice(actions + likely)()

    def login(self) -> None:
        self.game.login(self.game.saved(), settle=self.rng.uniform(0, 5))

    def change_spec(self) -> None:
        self.game.client.ChangeSpec(self.rng.randint(1, 3))

    def ready_check(self) -> None:
        self.game.fire("READY_CHECK", self.game.client.Secret(), self.game.client.Secret())

    def zone(self) -> None:
        map_id, kind, difficulty = self.rng.choice(PLACES)
        self.game.enter(
            map_id, kind, difficulty=difficulty, settle=self.rng.choice([0.0, 1.0, 4.0])
        )

    def combat(self) -> None:
        self.game.combat(self.rng.random() < 0.35)

    def key(self) -> None:
        world = self.game.client.world
        world.keyRunning = self.rng.random() < 0.3
        self.game.fire(
            "CHALLENGE_MODE_START" if world.keyRunning else "CHALLENGE_MODE_COMPLETED", 1
        )

    def die_or_rise(self) -> None:
        self.game.client.world.dead = self.rng.random() < 0.3

    def pull(self) -> None:
        boss, difficulty = self.rng.choice(BOSS_IDS), self.game.client.world.difficulty
        self.game.fire("ENCOUNTER_START", boss, "x", difficulty, 20)
        self.game.combat(True)
        self.game.advance(self.rng.uniform(0, 90))
        self.game.fire("ENCOUNTER_END", boss, "x", difficulty, 20, self.rng.choice([0, 1]))
        self.game.combat(False)

    def interrupt(self) -> None:
        self.game.client.failureComesFirst = self.rng.random() < 0.5
        self.game.client.Interrupt()

    def toggle(self) -> None:
        settings = self.game.addon.db.settings
        settings.autoApply = not settings.autoApply

    def open_or_close(self) -> None:
        if self.rng.random() < 0.6:
            self.window.Open()
        else:
            self.window.Close()

    def select_own(self) -> None:
        own = [i for i in self.own if self._spec_of(i) == self.game.client.player.specID]
        if own:
            self.window.Open()
            self.window.Pick(self.rng.choice(own))

    def edit(self) -> None:
        self.window.Open()
        if self.rng.random() < 0.3:
            self.window.EditHero()
        else:
            self.window.EditChoice(self.rng.randint(1, 9))

    def apply_or_undo(self) -> None:
        if self.rng.random() < 0.8:
            self.edits += bool(self.window.Apply())
        else:
            self.window.Undo()

    def edit_and_apply(self) -> None:
        self.edit()
        self.edits += bool(self.window.Apply())

    def change_computer(self) -> None:
        """The saved variables of another computer: of an earlier evening, or none."""
        saved = self.game.saved()
        if self.rng.random() < 0.5:
            saved = getattr(self, "elsewhere", {})
            self.elsewhere = self.game.saved()
        self.game.login(saved, settle=self.rng.uniform(0, 5))

    def _spec_of(self, loadout: int) -> int:
        return int(self.game.client.player.configs[loadout].specID)

    def correct(self) -> None:
        if self.game.prompt():
            self.game.client.Click("Other boss...")
            items = list(self.game.client.MenuItems().values())
            if items:
                self.game.client.Choose(self.rng.choice(items))

    def hide_values(self) -> None:
        self.game.client.world.secrets = self.rng.choices([None, "raid", "all"], [6, 3, 1])[0]

    def leave_group(self) -> None:
        self.game.fire("GROUP_LEFT", 1, "Party-1")

    def click(self) -> None:
        shown = self.game.prompt()
        if shown:
            self.prompts += 1
            weights = [WEIGHTS.get(text, 1.0) for text in shown["buttons"]]
            self.game.client.Click(self.rng.choices(shown["buttons"], weights)[0])
        else:
            self.game.slash(self.rng.choice(["boss", "restore", "status", "boss", "yes", "raid"]))

    def wait(self) -> None:
        self.game.advance(self.rng.choice([0.0, 0.2, 1.0, 3.0, 8.0, 40.0]))

    # What must hold

    def check(self) -> None:
        assert self.game.errors() == []
        assert len(self.game.prompts()) <= 1
        assert list(self.game.client.violations.values()) == []
        assert set(self.own) <= set(self.game.client.player.configs.keys()), "none is deleted"

    def settle(self) -> None:
        """Everything that is in the way goes away; then nothing may be stuck."""
        game = self.game
        world = game.client.world
        world.dead, world.keyRunning, world.secrets = False, False, None
        game.combat(False)
        self.window.Close()
        game.advance(10)
        self.window.Undo()
        game.advance(45)
        self.applied += sum("Talents switched" in line for line in game.chat())
        assert not game.addon.LoadoutManager.IsBusy()
        config = game.client.Active()
        assert not game.lua.globals().C_Traits.ConfigHasStagedChanges(config.ID)
        assert game.addon.char.pending is None
        spec_id = game.client.player.specID
        configs = [c for c in game.client.player.configs.values() if c.specID == spec_id]
        slots = sum(c.name == "Top Talent" for c in configs)
        # Each computer knows its own where one was left in the middle of a switch.
        assert slots <= 2
        self.doubles += slots == 2
        game.slash("reset")
        self._draw_client()


def talents_of(game: GameClient, spec_id: int, seed: int) -> Any:
    selection = decode(random_code(spec_id, seed), trees()).selection
    return game.lua.table_from(state(spec_id, selection), recursive=True)


def play_evenings(seed: int) -> Evening:
    evening = Evening(seed)
    for _ in range(EVENINGS_IN_A_GAME):
        for _ in range(STEPS):
            evening.act()
            evening.check()
        evening.settle()
        evening.check()
    return evening


def test_random_evenings() -> None:
    games = [play_evenings(seed) for seed in range(EVENINGS // EVENINGS_IN_A_GAME)]
    assert sum(game.applied for game in games) >= 2, "talents must really be switched"
    assert sum(game.prompts for game in games) >= 12, "and really be asked for"


@pytest.mark.slow
def test_a_thousand_random_evenings() -> None:
    games = [play_evenings(seed) for seed in range(1000 // EVENINGS_IN_A_GAME)]
    assert sum(game.applied for game in games) >= 150
    assert sum(game.prompts for game in games) >= 600
    assert sum(game.edits for game in games) >= 300, "talents changed in Blizzard's window"
    assert sum(game.doubles for game in games) <= 20, "one slot for all computers"
