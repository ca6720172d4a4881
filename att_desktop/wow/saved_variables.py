"""The player's own talents, as the addon noted them in the game's SavedVariables. Read only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from att_desktop.wow.addon_folder import ADDON_NAME
from att_desktop.wow.lua_tables import NotATable, parse_saved_variables
from att_desktop.wow.paths import descend, real_key, subfolders

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from att_desktop.wow.lua_tables import LuaValue

_FILE: Final = f"{ADDON_NAME}.lua"
_VARIABLE: Final = f"{ADDON_NAME}CharDB"
# The addon's file has a few kilobytes; larger ones are not read.
_MOST_BYTES: Final = 2_000_000
_MOST_TEXT: Final = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class MyBuild:
    """The talents of one character in one spec when it was last seen.

    ``code`` is an import code as the game wrote it, unchecked; ``time`` seconds since 1970
    (UTC), None if unknown.
    """

    character: str
    realm: str
    spec_id: int
    code: str
    time: int | None


def read_my_builds(flavour: Path) -> list[MyBuild]:
    """Builds of all accounts and characters below ``WTF`` of a flavour folder, newest first.

    Of one character and spec only the newest. A file that is missing, too large or broken
    costs its own builds and nothing else; nothing is written, and no Lua is run.
    """
    newest: dict[tuple[str, str, int], MyBuild] = {}
    for file, realm, character in _files(flavour):
        for build in _builds_of(file, realm=realm, character=character):
            key = (build.realm, build.character, build.spec_id)
            if key not in newest or (newest[key].time or 0) < (build.time or 0):
                newest[key] = build
    return sorted(newest.values(), key=lambda b: (-(b.time or 0), b.realm, b.character, b.spec_id))


def has_loaded_addon(flavour: Path) -> bool:
    """Whether the game of a flavour folder has run with the addon: it saves at each logout."""
    return any(True for _ in _files(flavour))


def _files(flavour: Path) -> Iterator[tuple[Path, str, str]]:
    """(file, realm, character); realm and character are empty for an account's own file."""
    accounts = descend(flavour, "WTF", "Account")
    seen = set()
    for account in subfolders(accounts) if accounts else ():
        places = [(account, "", "")]
        for realm in subfolders(account):
            places += [(folder, realm.name, folder.name) for folder in subfolders(realm)]
        for folder, realm_name, character in places:
            file = descend(folder, "SavedVariables", _FILE)
            if file is not None and real_key(file) not in seen:
                seen.add(real_key(file))
                yield file, realm_name, character


def _builds_of(file: Path, *, realm: str, character: str) -> Iterator[MyBuild]:
    try:
        with file.open("rb") as opened:
            raw = opened.read(_MOST_BYTES + 1)
    except OSError:
        return
    if len(raw) > _MOST_BYTES:
        return
    try:
        values = parse_saved_variables(raw.decode("latin-1").removeprefix("ï»¿"), {_VARIABLE})
    except NotATable:
        return
    database = values.get(_VARIABLE)
    talents = database.get("talents") if isinstance(database, dict) else None
    for spec_id, record in talents.items() if isinstance(talents, dict) else ():
        if isinstance(spec_id, int) and not isinstance(spec_id, bool) and isinstance(record, dict):
            code = _text(record.get("code"))
            name = _text(record.get("name")) or character
            if code and name:
                yield MyBuild(
                    character=name,
                    realm=_text(record.get("realm")) or realm,
                    spec_id=spec_id,
                    code=code,
                    time=_seconds(record.get("time")),
                )


def _text(value: LuaValue) -> str:
    """A Lua string as text: its bytes are UTF-8."""
    if not isinstance(value, str) or len(value) > _MOST_TEXT:
        return ""
    return value.encode("latin-1").decode("utf-8", "replace")


def _seconds(value: LuaValue) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if 0 < value < 2**40 else None
