"""Evenings of chance with the addon's windows: nothing raises an error, no key is lost in a fight,
and an offer leaves the screen for good only by an answer, its time, or a reason in the game.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.addon.builds import random_code
from tests.addon.data import DUNGEON_MAP, MYTHIC, RAID_MAP, SPEC, play, set_talents
from tests.addon.test_prompt import MOMENTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.addon.client import GameClient

pytestmark = pytest.mark.slow

SEEDS = 4
SEQUENCES = 12
STEPS = 30
KEYS = ["UP", "DOWN", "PAGEUP", "PAGEDOWN", "HOME", "END", "W", "SPACE", "C", "R"]


class Evening:
    """One game, driven by chance; keeps count of what must not go missing."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.game: GameClient = play(random_code(SPEC, seed))
        self.game.login()
        self.opened = self.copied = self.came_back = 0

    @property
    def windows(self) -> list[object]:
        world = self.game.lua.globals()
        names = ("AzerothsTopTalentPrompt", "AzerothsTopTalentBuilds")
        return [frame for name in names if (frame := world.rawget(world, name)) is not None]

    def act(self) -> None:
        actions: list[Callable[[], None]] = [
            self.builds,
            self.builds,
            self.key,
            self.key,
            self.click_row,
            self.copy,
            self.mouse,
            self.close_windows,
            self.hide_prompt,
            self.talents_window,
            self.combat,
            self.ask,
            self.answer,
            self.zone,
            self.spec,
            self.talents,
            self.wait,
            self.option,
            self.reload,
        ]
        self.rng.choice(actions)()

    def builds(self) -> None:
        self.game.slash("builds")
        self.opened += bool(self.game.addon.BuildsWindow.IsOpen())

    def key(self) -> None:
        taken = self.game.client.Press(self.rng.choice(KEYS), self.rng.random() < 0.3)
        focused = self.game.client.focused is not None
        assert focused or not (taken and self.game.client.world.combat), "a key lost in a fight"

    def click_row(self) -> None:
        if self.game.addon.BuildsWindow.IsOpen():
            frame = self.game.lua.globals().AzerothsTopTalentBuilds
            rows = [row for row in frame.list.rows.values() if row.shown]
            if rows:
                row = self.rng.choice(rows)
                row.Click(row)

    def copy(self) -> None:
        if self.game.addon.BuildsWindow.IsOpen():
            details = self.game.lua.globals().AzerothsTopTalentBuilds.details
            if details.frame.shown:
                details.copy.Click(details.copy)
                code = details.copyBox.edit.marked
                self.game.client.Press("C", True)
                assert self.game.client.clipboard == code
                self.copied += 1

    def mouse(self) -> None:
        self.game.client.ClickAt(self.rng.choice([None, *self.windows]))

    def close_windows(self) -> None:
        shown = self.game.prompt()
        self.game.client.CloseWindowsAt(self.rng.choice(MOMENTS))
        assert self.game.prompt() == shown

    def hide_prompt(self) -> None:
        shown = self.game.prompt()
        if shown:
            frame = self.game.lua.globals().AzerothsTopTalentPrompt
            self.game.client.mouseOver = frame  # its time stands still
            frame.Hide(frame)
            self.game.advance(0.6)
            back = self.game.prompt()
            assert back is not None
            assert back["title"] == shown["title"]
            self.came_back += 1

    def talents_window(self) -> None:
        window = self.game.client.window
        self.rng.choice([window.Open, window.Close])()

    def combat(self) -> None:
        before = self.game.prompt()
        self.game.combat(True)
        assert self.game.prompt() is None
        self.game.combat(False)
        self.game.advance(0.1)
        # What the player staged in the talents window can be what the offer would bring.
        staged = self.game.lua.globals().C_Traits.ConfigHasStagedChanges(
            self.game.client.Active().ID
        )
        assert before is None or staged or self.game.prompt() is not None

    def ask(self) -> None:
        self.game.slash("boss")

    def answer(self) -> None:
        shown = self.game.prompt()
        if shown:
            self.game.click(self.rng.choice(shown["buttons"][:3]))

    def zone(self) -> None:
        self.game.client.world.secrets = self.rng.choice([None, "raid", "all"])
        place = self.rng.choice(
            [(RAID_MAP, "raid", MYTHIC), (DUNGEON_MAP, "party", 23), (0, "none", 0)]
        )
        self.game.enter(place[0], place[1], difficulty=place[2])

    def spec(self) -> None:
        self.game.client.ChangeSpec(self.rng.choice([1, 3]))

    def talents(self) -> None:
        if not self.game.client.cast:
            code = random_code(self.game.client.player.specID, self.rng.randint(1, 50))
            set_talents(self.game, code)
            self.game.fire("TRAIT_CONFIG_UPDATED", self.game.client.Active().ID)

    def wait(self) -> None:
        self.game.advance(self.rng.choice([0.0, 0.5, 3.0, 8.0, 40.0]))

    def option(self) -> None:
        settings = self.game.addon.db.settings
        name = self.rng.choice(["sound", "talentsButton", "shareBuilds"])
        settings[name] = not settings[name]
        self.game.client.settingsByKey[name].changed()

    def reload(self) -> None:
        self.game.reload()

    def check(self) -> None:
        assert self.game.errors() == []
        assert len(self.game.prompts()) <= 1


@pytest.mark.parametrize("seed", range(SEEDS))
def test_random_evenings_with_windows(seed: int) -> None:
    evening = Evening(seed)
    for _ in range(SEQUENCES):
        for _ in range(STEPS):
            evening.act()
            evening.check()
        evening.game.client.window.Close()
        evening.game.advance(60)
        evening.game.slash("reset")
        evening.check()
        assert not evening.game.addon.LoadoutManager.IsBusy()
    assert evening.opened >= 5
    assert evening.copied >= 2
    assert evening.came_back >= 2
