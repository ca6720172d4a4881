"""The addon's files: what the toc names, what they put into the game, and what of it they use."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.addon.client import GameClient, Toc
from tests.addon.client.game_client import ADDON
from tests.shared_data import require, shared_data

if TYPE_CHECKING:
    from pathlib import Path

LUA_FILES = sorted(ADDON.rglob("*.lua"))
CODE_FILES = [p for p in LUA_FILES if p.parent == ADDON and p.name != "TalentData.lua"]
LOCALES = [
    "enUS", "deDE", "frFR", "esES", "esMX", "ptBR", "ruRU", "koKR", "zhCN", "zhTW", "itIT",
]  # fmt: skip

# Parts of the default interface, written in Lua: no list of client functions has them. Each with
# where it is defined in the game's files.
INTERFACE = {
    "CreateSettingsButtonInitializer": "Blizzard_SettingsDefinitions_Shared",
    "CreateDataProvider": "Blizzard_SharedXML/DataProvider.lua",
    "CreateScrollBoxListLinearView": "Blizzard_SharedXML/Shared/Scroll",
    "EventRegistry": "Blizzard_SharedXMLBase",
    "GameTooltip": "Blizzard_GameTooltip",
    "GetUIPanel": "Blizzard_UIParentPanelManager",
    "IsAnyBagOpen": "Blizzard_UIPanels_Game/ContainerFrame.lua",
    "MenuUtil": "Blizzard_Menu",
    "PlayerSpellsFrame": "Blizzard_PlayerSpells",
    "PlayerUtil.GetCurrentSpecID": "Blizzard_FrameXMLUtil",
    "ScrollBoxConstants": "Blizzard_SharedXML/Shared/Scroll",
    "ScrollUtil": "Blizzard_SharedXML/Shared/Scroll",
    "Settings": "Blizzard_Settings_Shared",
    "SlashCmdList": "Blizzard_ChatFrameBase",
    "UIParent": "Blizzard_UIParent",
    "UISpecialFrames": "Blizzard_UIParent",
}


def without_comments(text: str) -> str:
    text = re.sub(r"--[^\n]*", "", text)
    return re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', text)


def test_every_lua_file_is_named_in_the_toc_once() -> None:
    files = [file.path for file in Toc.read(ADDON).files]
    assert sorted(files) == LUA_FILES
    assert len(files) == len(set(files))


def test_toc_metadata() -> None:
    meta = Toc.read(ADDON).metadata
    assert meta["Interface"] == "120100, 120105"
    assert meta["SavedVariables"] == "AzerothsTopTalentDB"
    assert meta["SavedVariablesPerCharacter"] == "AzerothsTopTalentCharDB"
    for key in ("Title", "Notes", "Version", "IconTexture", "Category-enUS", "X-License"):
        assert meta[key]


def test_compartment_functions_and_bindings_exist() -> None:
    game = GameClient()
    game.login()
    meta = game.toc.metadata
    names = [value for key, value in meta.items() if key.startswith("AddonCompartmentFunc")]
    bindings = (ADDON / "Bindings.xml").read_text(encoding="utf-8")
    names += re.findall(r"(\w+)\(", bindings)
    assert len(names) == 7
    for name in names:
        assert game.lua.eval(f"type({name})") == "function"
    assert bindings.count(" header=") == 1  # the game shows the title above each
    for binding in re.findall(r'name="(\w+)"', bindings):
        assert game.lua.eval(f"type(BINDING_NAME_{binding})") == "string"


def test_globals_are_the_addon_s_own() -> None:
    game = GameClient()
    game.login()
    allowed = re.compile(
        r"AzerothsTopTalent\w*|SLASH_AZEROTHSTOPTALENT[12]|BINDING_\w+_?AZEROTHSTOPTALENT\w*"
    )
    written = list(game.client.globalsWritten)
    assert "AzerothsTopTalentAPI" in written
    for name in written:
        assert allowed.fullmatch(name), name


def test_files_are_small() -> None:
    for path in CODE_FILES:
        lines = path.read_text(encoding="utf-8").count("\n")
        assert lines < 250, f"{path.name} has {lines} lines"


def test_luacheck_is_clean() -> None:
    luacheck = shutil.which("luacheck")
    require(luacheck is not None, "luacheck (Debian package lua-check)")
    folder = ADDON.parent
    done = subprocess.run(
        [str(luacheck), "-q", "--no-color", "--config", ".luacheckrc", ADDON.name],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


# Names of the game


def top_level_names(file: str) -> frozenset[str]:
    text = shared_data(f"wow-api/{file}").read_text(encoding="utf-8")
    return frozenset(re.findall(r"^([A-Za-z_][\w.]*):", text, re.MULTILINE))


def used_events() -> set[str]:
    events: set[str] = set()
    for path in CODE_FILES:
        text = path.read_text(encoding="utf-8")
        events |= set(re.findall(r'addon\.On\("([A-Z_]+)"', text))
        for group in re.findall(r"in ipairs\(\{([^}]*)\}\) do\s+addon\.On\(event", text):
            events |= set(re.findall(r'"([A-Z_]+)"', group))
    return events


def test_events_exist_in_the_game() -> None:
    known = top_level_names("events.yaml")
    events = used_events()
    assert len(events) >= 15
    assert events <= known, sorted(events - known)


def test_the_addon_runs_with_the_game_s_events_only() -> None:
    game = GameClient(events=top_level_names("events.yaml"))
    game.login()
    registered = {name for frame in game.client.frames.values() for name in frame.events}
    assert registered == used_events()


def guarded_functions() -> dict[str, str]:
    """The game's functions by their path in ``addon.Game``."""
    text = without_comments((ADDON / "Game.lua").read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    space = ""
    for line in text.splitlines():
        if opened := re.match(r"    (\w+) = \{$", line):
            space = opened[1] + "."
        elif line == "    },":
            space = ""
        elif function := re.match(r"\s+(\w+) = Guarded\(([\w.]+)\),$", line.rstrip()):
            found[space + function[1]] = function[2]
    return found


def allowed_globals() -> set[str]:
    """What luacheck lets the addon read of the game: globals and the functions of namespaces."""
    text = re.sub(r"--[^\n]*", "", (ADDON.parent / ".luacheckrc").read_text("utf-8"))
    block = re.search(r"read_globals = \{(.*?)\n\}", text, re.DOTALL)
    assert block is not None
    names: set[str] = set()
    spaces = re.compile(r"(\w+) = \{ fields = \{(.*?)\} \}", re.DOTALL)
    for space, fields in spaces.findall(block[1]):
        names |= {f"{space}.{field}" for field in re.findall(r'"(\w+)"', fields)}
    return names | set(re.findall(r'"(\w+)"', spaces.sub("", block[1])))


def test_functions_exist_in_the_game() -> None:
    known = top_level_names("apis.yaml") | INTERFACE.keys()
    used = allowed_globals()
    assert len(used) >= 60
    assert used - {"C_Timer"} <= known, sorted(used - known)
    assert set(guarded_functions().values()) <= used


def test_the_guarded_functions_are_those_that_are_used() -> None:
    used: set[str] = set()
    for path in CODE_FILES:
        text = without_comments(path.read_text(encoding="utf-8"))
        used |= set(re.findall(r"\bGame\.((?:[A-Z]\w+\.)?\w+)", text))
        for names, spaces in re.findall(r"local ([\w, ]+) = (addon\.Game\.\w+[\w, .]*)\n", text):
            for local, space in zip(names.split(", "), spaces.split(", "), strict=True):
                space = space.removeprefix("addon.Game.")
                used.discard(space)
                used |= {
                    f"{space}.{name}" for name in re.findall(rf"(?<!\.)\b{local}\.(\w+)", text)
                }
    assert used == guarded_functions().keys()


# Secret values: boolean tests and table keys raise no error that a stand-in could raise, so they
# are looked for in the text.

MAY_BE_SECRET = (
    "UnitName", "UnitLevel", "UnitCastingInfo", "UnitIsDeadOrGhost", "GetInstanceInfo",
    "EJ_GetEncounterInfo", "EJ_GetEncounterInfoByIndex", "GetRealmName", "InCombatLockdown",
)  # fmt: skip


NEVER_SECRET = {"C_Timer.After"}


def bare_calls(text: str) -> set[str]:
    """World, unit and C_ functions whose answer is used without the guard."""
    text = without_comments(text)
    bare = set(re.findall(r"\b(C_\w+\.\w+)\(", text)) - NEVER_SECRET
    return bare | {name for name in MAY_BE_SECRET if re.search(rf"(?<![.\w]){name}\(", text)}


def unguarded_arguments(text: str) -> list[tuple[str, str]]:
    """(event, argument) of handlers that look at an argument before it went through Readable."""
    found = []
    text = re.sub(r"--[^\n]*", "", text)
    handler = r'addon\.On\("(\w+)", function\(([^)]*)\)\n(.*?)\nend\)'
    for event, arguments, body in re.findall(handler, text, re.DOTALL):
        for name in filter(None, re.split(r"[,\s]+", arguments)):
            first = re.search(rf"(.{{0,9}})\b{name}\b( = Readable\({name}\b)?", body)
            if name != "_" and first and not (first[1].endswith("Readable(") or first[2]):
                found.append((event, name))
    return found


@pytest.mark.parametrize("path", CODE_FILES, ids=lambda path: path.name)
def test_answers_of_the_game_pass_the_guard(path: Path) -> None:
    assert bare_calls(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize("path", CODE_FILES, ids=lambda path: path.name)
def test_event_arguments_are_looked_at_through_readable_only(path: Path) -> None:
    unguarded = unguarded_arguments(path.read_text(encoding="utf-8"))
    # The addon's own name, before any instance.
    assert unguarded == ([("ADDON_LOADED", "name")] if path.name == "Core.lua" else [])


def test_the_search_for_unguarded_values_finds_them() -> None:
    text = """addon.On("READY_CHECK", function(name, seconds)
    if name then
        answered[Readable(seconds)] = UnitName("target")
    end
end)"""
    assert unguarded_arguments(text) == [("READY_CHECK", "name")]
    assert bare_calls(text) == {"UnitName"}
    assert bare_calls("if C_Map.GetBestMapForUnit('player') then") == {"C_Map.GetBestMapForUnit"}


# Parts of the game that addons must leave alone, each with what it does to the default interface.
HANDS_OFF = {
    "TRAIT_TREE_CHANGED": "listening to it garbles the game's own talent popup (WoWUIBugs 510)",
    "PlayerSpellsFrame": "touching the talents window taints it",
    "SetCommitVisualsActive": "raises errors since Midnight",
    "StaticPopup": "entries of addons in the game's popups taint Edit Mode",
    "ClassTalentHelper": "switching loadouts through it taints heavily (WoWUIBugs 832)",
    "EJ_Select": "changes what an open Encounter Journal shows",
}


# Where the talents window is named all the same: a frame of ours is anchored to it, its selection
# is read, and the game's own callbacks of it are listened to. Nothing writes to it.
HARMLESS = {
    "LoadoutSlot.lua": ("PlayerSpellsFrame.TalentsFrame.LoadSystem:GetSelectionID()",),
    "TalentsButton.lua": (
        "not PlayerSpellsFrame then",
        'button:SetPoint("TOPRIGHT", PlayerSpellsFrame, "BOTTOMRIGHT", -12, 2)',
        '"PlayerSpellsFrame.TalentTab.Show"',
        '"PlayerSpellsFrame.TalentTab.Hide"',
        '"PlayerSpellsFrame.CloseFrame"',
    ),
}


@pytest.mark.parametrize("path", CODE_FILES, ids=lambda path: path.name)
def test_what_would_taint_the_game_is_not_touched(path: Path) -> None:
    code = re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))
    for harmless in HARMLESS.get(path.name, ()):
        assert harmless in code
        code = code.replace(harmless, "")
    assert [name for name in HANDS_OFF if name in code] == []


# Languages


def strings_of(locale: str) -> dict[str, str]:
    game = GameClient(locale=locale)
    game.login()
    return dict(game.addon.L.items())


def test_every_word_that_is_used_is_there() -> None:
    english = strings_of("enUS")
    for path in CODE_FILES:
        text = without_comments(path.read_text(encoding="utf-8"))
        for name in re.findall(r"\bL\.(\w+)", text):
            assert name in english, f"{path.name} uses L.{name}"
    reasons = set()
    for path in CODE_FILES:
        reasons |= set(re.findall(r'"((?:BLOCKED|FAILED|CODE)_[A-Z_]+)"', path.read_text("utf-8")))
    assert reasons
    assert reasons <= english.keys()


@pytest.mark.parametrize("locale", LOCALES[1:])
def test_translations_say_all_and_fill_the_same_places(locale: str) -> None:
    english, translated = strings_of("enUS"), strings_of(locale)
    assert translated.keys() == english.keys()
    places = re.compile(r"%[-\d.]*[sdf%]")
    for key, text in english.items():
        assert places.findall(translated[key]) == places.findall(text), key
    same = [key for key, text in english.items() if translated[key] == text and len(text) > 14]
    assert set(same) <= {"TITLE"}, f"not translated: {same}"


@pytest.mark.parametrize("locale", LOCALES)
def test_the_addon_speaks_the_player_s_language(locale: str) -> None:
    game = GameClient(locale=locale)
    game.login()
    game.slash("status")
    assert game.chat() == [game.addon.L.STATUS_NO_DATA]
    assert game.errors() == []
