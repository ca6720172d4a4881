"""Drives the Lua side: loads the addon as its toc says, fires events, lets time pass."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lupa.lua51

from tests.addon.client.toc import Toc
from tests.addon.client.trees import class_specs, tree_tables
from tests.shared_data import ROOT

HERE = Path(__file__).parent
ADDON = ROOT / "addon_template" / "AzerothsTopTalent"
_PARTS = (
    "environment",
    "widgets",
    "traits",
    "class_talents",
    "talents_window",
    "world",
    "saved",
    "windows",
)

LuaTable = Any


class GameClient:
    """One running game with one character.

    ``events`` are the events that exist (any, when None). ``sources`` replaces the text of a
    file: (file name, text to find, text instead), for tests that break the addon on purpose.
    """

    def __init__(
        self,
        spec_id: int = 250,
        *,
        locale: str = "enUS",
        events: frozenset[str] | None = None,
        sources: tuple[tuple[str, str, str], ...] = (),
        data: str | None = None,
    ) -> None:
        self.lua = lupa.lua51.LuaRuntime(unpack_returned_tuples=True, register_eval=False)
        self.toc = Toc.read(ADDON)
        self.locale = locale
        self.data = data
        self._sources = sources
        self.client: LuaTable = self.lua.table()
        self.client.locale = locale
        self._compile = self.lua.eval(
            "function(text, name) return assert(loadstring(text, name)) end"
        )
        any_event = self.lua.eval("setmetatable({}, {__index = function() return true end})")
        self.client.knownEvents = (
            any_event if events is None else self.lua.table_from(dict.fromkeys(events, True))
        )
        for part in _PARTS:
            path = HERE / f"{part}.lua"
            self._compile(path.read_text(encoding="utf-8"), f"@{path.name}")(self.client)
        self.create_character(spec_id)
        self.addon: LuaTable = None

    # The character

    def create_character(self, spec_id: int) -> None:
        """A new character of the spec's class, at the highest level, with no talents."""
        specs = class_specs()[spec_id]
        for each in specs:
            self.add_tree(each)
        self.client.CreateCharacter(self.lua.table_from(specs), specs.index(spec_id) + 1)

    def add_tree(self, spec_id: int) -> None:
        if self.client.trees[spec_id] is None:
            self.client.trees[spec_id] = self.lua.table_from(tree_tables(spec_id), recursive=True)

    # Loading and reloading

    def load_addon(self, saved: dict[str, str] | None = None) -> None:
        """Loads the files as the toc says, then the saved variables, then ADDON_LOADED."""
        self.client.ForgetFrames()
        self.client.ForgetAddonTimers()
        self.client.ForgetGlobals()
        for name in self.toc.saved_variables():
            self.client.Declare(name)
        self.addon = self.lua.table()
        for path in self.toc.files_for(self.locale):
            self._compile(self._text(path), f"@{path.name}")("AzerothsTopTalent", self.addon)
        for name, text in (saved or {}).items():
            self.client.Deserialize(name, text)
        self.fire("ADDON_LOADED", "AzerothsTopTalent", False)

    def _text(self, path: Path) -> str:
        if path.name == "TalentData.lua" and self.data is not None:
            return self.data
        text = path.read_text(encoding="utf-8")
        for name, find, instead in self._sources:
            if name == path.name:
                assert find in text, f"{name} has no {find!r}"
                text = text.replace(find, instead)
        return text

    def saved(self) -> dict[str, str]:
        """The saved variables as the game would write them on the way out."""
        return {name: self.client.Serialize(name) for name in self.toc.saved_variables()}

    def login(self, saved: dict[str, str] | None = None, *, settle: float = 4.0) -> None:
        """Loads the addon and enters the world."""
        self.client.ShuffleLoadouts()
        self.load_addon(saved)
        self.fire("PLAYER_LOGIN")
        self.fire("PLAYER_ENTERING_WORLD", True, False)
        self.advance(settle)

    def reload(self, *, settle: float = 4.0) -> None:
        """/reload: the addon starts anew with what was saved."""
        saved = self.saved()
        self.load_addon(saved)
        self.fire("PLAYER_LOGIN")
        self.fire("PLAYER_ENTERING_WORLD", False, True)
        self.advance(settle)

    # What happens

    def fire(self, event: str, *args: object) -> None:
        self.client.Fire(event, *args)

    def advance(self, seconds: float) -> None:
        self.client.Advance(seconds)

    def slash(self, text: str) -> None:
        self.lua.globals().SlashCmdList.AZEROTHSTOPTALENT(text)

    def enter(
        self,
        map_id: int,
        kind: str,
        *,
        difficulty: int | None = None,
        name: str = "Place",
        settle: float = 4,
    ) -> None:
        """Zones into an instance ("party" on Mythic, "raid") or out of it ("none")."""
        world = self.client.world
        if difficulty is None:
            difficulty = 23 if kind == "party" else 0
        world.mapID, world.instanceType, world.difficulty = map_id, kind, difficulty
        world.name = name
        self.fire("PLAYER_ENTERING_WORLD", False, False)
        self.advance(settle)

    def combat(self, on: bool) -> None:
        world = self.client.world
        if bool(world.combat) != on:
            if on:
                self.client.Interrupt()
            world.combat = on
            self.client.lockdownComes = on  # the event comes before the lockdown of windows
            self.fire("PLAYER_REGEN_DISABLED" if on else "PLAYER_REGEN_ENABLED")
            self.client.lockdownComes = False

    # What a player sees

    def prompts(self) -> list[dict[str, Any]]:
        return [
            {"title": p.title, "text": p.text, "buttons": list(p.buttons.values())}
            for p in self.client.Prompts().values()
        ]

    def prompt(self) -> dict[str, Any] | None:
        shown = self.prompts()
        assert len(shown) <= 1, "two prompts at once"
        return shown[0] if shown else None

    def click(self, text: str) -> None:
        assert self.client.Click(text), f"no button {text!r} in {self.prompts()}"

    def chat(self) -> list[str]:
        """What was said since the last call."""
        said = list(self.client.chat.values())
        self.client.chat = self.lua.table()
        return [self.client.Rendered(line.partition(":|r ")[2] or line) for line in said]

    def errors(self) -> list[str]:
        return list(self.client.errors.values())
