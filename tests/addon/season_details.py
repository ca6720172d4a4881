"""Puts into a loaded season's data what the desktop app adds to the builds since format 3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.addon.data import SPEC, code_of

if TYPE_CHECKING:
    from tests.addon.client import GameClient


def record(game: GameClient, what: str | int, spec_id: int = SPEC) -> Any:
    """A build of the loaded data: "raid", "mythicplus" or an encounter id."""
    data = game.addon.TalentData[spec_id]
    return data.general[what] if isinstance(what, str) else data.encounters[what]


def add_support(game: GameClient, what: str | int, support: int) -> None:
    record(game, what).support = support


def add_other(game: GameClient, what: str | int, like: str | int, hero_tree: str) -> None:
    """Another hero tree's build beside one: the code of another encounter."""
    other = {"talentCode": code_of(like), "heroTree": hero_tree, "count": 8, "support": 12}
    record(game, what).others = game.lua.table_from([other], recursive=True)
