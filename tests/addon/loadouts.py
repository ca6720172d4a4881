"""A player with a saved, selected loadout, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from att_desktop.game.import_codes import decode
from tests.addon.builds import state, trees
from tests.addon.data import SPEC, active_code, code_of, play
from tests.addon.scenes import OWN

if TYPE_CHECKING:
    from tests.addon.client import GameClient

NO_ROOM = (
    "All your loadouts are in use; those of all specializations count. "
    "Delete one to make room for 'Top Talent', then try again."
)


def with_own_loadout() -> GameClient:
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


def await_cast(game: GameClient) -> None:
    """Lets time pass until the cast has just begun."""
    for _ in range(1000):
        if game.client.IsCasting():
            return
        game.advance(0.01)
    raise AssertionError("no cast")


def slot_names(game: GameClient) -> list[str]:
    """Names of the loadouts that the addon made."""
    return [c.name for c in game.client.player.configs.values() if c.ofAddon]


def slot(game: GameClient) -> Any:
    return game.client.player.configs[game.addon.LoadoutSlot.Find(SPEC)]


def unchanged(game: GameClient, own: str) -> bool:
    assert game.errors() == []
    assert not game.addon.LoadoutManager.IsBusy()
    return active_code(game) == OWN and bool(game.client.OwnLoadouts() == own)


def fill(game: GameClient, count: int) -> None:
    for number in range(count):
        spec = (250, 251, 252)[number % 3]
        game.client.AddLoadout(spec, f"Mine {number}", talents(game, OWN))
