"""The builds window as a player sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from att_desktop.game.import_codes import decode
from att_desktop.game.swaps import swaps
from tests.addon.builds import trees
from tests.addon.data import BOSSES, DUNGEONS, SPEC
from tests.addon.scenes import OWN, login

if TYPE_CHECKING:
    from tests.addon.client import GameClient

NAMES = [boss[2] for boss in BOSSES] + [dungeon[3] for dungeon in DUNGEONS]


def window(game: GameClient) -> Any:
    world = game.lua.globals()
    return world.rawget(world, "AzerothsTopTalentBuilds")


def is_open(game: GameClient) -> bool:
    return window(game) is not None and window(game).shown


def opened(secrets: str | None = None, code: str = OWN, **season: Any) -> GameClient:
    game = login(secrets, code=code, **season)
    game.addon.PromptUI.Close()
    game.slash("builds")
    assert game.errors() == []
    assert is_open(game)
    return game


def rows(game: GameClient) -> list[Any]:
    return [row for row in window(game).list.rows.values() if row.shown]


def columns(row: Any, game: GameClient) -> tuple[str, str, str]:
    name = row.name.text.replace("|cff808080", "(").replace("|r", ")")
    return name, game.client.Rendered(row.changes.text), row.figures.text


def selected(game: GameClient) -> str:
    marked = [row for row in rows(game) if row.marked.shown]
    assert len(marked) == 1
    return str(window(game).details.title.text)


def away(code: str, now: str = OWN) -> str:
    """What the column says of a build, worked out by the app's own rules."""
    number, other_hero = swaps(
        trees().tree(SPEC), decode(now, trees()).selection, decode(code, trees()).selection
    )
    said = f"{number} swap{'s' if number > 1 else ''}"
    if other_hero:
        return f"{said} + hero tree"
    return said if number else "yours"
