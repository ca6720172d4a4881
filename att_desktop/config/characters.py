"""Own characters that the player has named, with the talents that their public profile showed.

``characters.json`` in the data folder. Talents that the addon notes in the game are not in it.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Final

import msgspec

from att_desktop.system.errors import AttError, os_reason
from att_desktop.system.files import write_own
from att_desktop.system.json_data import UnreadableJson, decode_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from att_desktop.system.folders import Folders

REGIONS: Final = ("us", "eu", "kr", "tw")
"""Regions of the game, as Raider.IO and Blizzard write them."""

_MOST: Final = 40
_MAX_BYTES: Final = 1_000_000
_log = logging.getLogger(__name__)


class CharacterName(msgspec.Struct, frozen=True, kw_only=True):
    """A character as a player would name it; the realm in words: 'Tarren Mill'."""

    region: str
    realm: str
    name: str


class OwnCharacter(msgspec.Struct, frozen=True, kw_only=True):
    """The talents of a character in one spec; ``time`` are seconds since 1970 (UTC)."""

    region: str
    realm: str
    name: str
    spec_id: int
    code: str
    time: int

    @property
    def full_name(self) -> CharacterName:
        """Who it is."""
        return CharacterName(region=self.region, realm=self.realm, name=self.name)


def characters_path(folders: Folders) -> Path:
    """Where they are kept."""
    return folders.data / "characters.json"


def read_characters(path: Path) -> list[OwnCharacter]:
    """Those that were named, in the order of their names; never raises.

    A file that cannot be read holds none; an entry that cannot be read costs itself.
    """
    try:
        return _read(path)
    except OSError as error:
        _log.warning("own characters: %s", error)
        return []


def add_character(path: Path, character: OwnCharacter) -> None:
    """Keep a character, in the place of what was known of it in that spec. Raises AttError."""
    known = [one for one in _kept(path) if not _is_same(one, character)]
    _write(path, [character, *known][:_MOST])


def remove_character(path: Path, character: OwnCharacter) -> None:
    """Forget a character in one spec. Raises AttError."""
    _write(path, [one for one in _kept(path) if not _is_same(one, character)])


def _read(path: Path) -> list[OwnCharacter]:
    """Raises OSError for a file that is there and cannot be read."""
    try:
        with path.open("rb") as file:
            raws = decode_json(file.read(_MAX_BYTES + 1), list[msgspec.Raw])
    except (FileNotFoundError, NotADirectoryError):
        return []
    except UnreadableJson as error:
        _log.warning("own characters: %s", error)
        return []
    found = []
    for raw in raws[:_MOST]:
        try:
            found.append(decode_json(raw, OwnCharacter))
        except UnreadableJson as error:
            _log.warning("own characters: %s", error)
    return sorted(found, key=lambda one: (one.name.casefold(), one.realm, one.region, one.spec_id))


def _kept(path: Path) -> list[OwnCharacter]:
    """Those that stay when the file is written anew. Raises AttError when that is not known."""
    try:
        return _read(path)
    except OSError as error:
        raise AttError("characters.not_saved", reason=os_reason(error)) from error


def _is_same(a: OwnCharacter, b: OwnCharacter) -> bool:
    return _key(a) == _key(b)


def _key(one: OwnCharacter) -> tuple[str, str, str, int]:
    return one.region, one.realm.casefold(), one.name.casefold(), one.spec_id


def _write(path: Path, characters: Iterable[OwnCharacter]) -> None:
    try:
        write_own(path, json.dumps(msgspec.to_builtins(list(characters)), indent=2).encode())
    except OSError as error:
        raise AttError("characters.not_saved", reason=os_reason(error)) from error
