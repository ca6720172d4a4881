"""Scenes that the addon's scenarios are made of: logging in, a raid, a ready check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from att_desktop.game.import_codes import decode
from att_desktop.game.swaps import swaps
from tests.addon.builds import random_code, trees
from tests.addon.data import (
    BOSSES,
    MYTHIC,
    RAID_MAP,
    SPEC,
    play,
)

if TYPE_CHECKING:
    from tests.addon.client import GameClient

PLEXUS, LOOMITHAR = BOSSES[0][0], BOSSES[1][0]
ARA_KARA, WORKSHOP, JUNKYARD = 12660, 112098, 112099
OWN = random_code(SPEC, 999)  # what the player plays by own choice
FIGURES = "17 of {} top players (10.6%), {}"
POOLED = "17 of 160 top rankings (10.6%), {}"
AGE = "Source: Warcraft Logs, 3 h old."


def login(secrets: str | None = None, code: str = OWN, **season: Any) -> GameClient:
    game = play(code, **season)
    game.client.world.secrets = secrets
    game.login()
    return game


def hero(code: str) -> str:
    return decode(code, trees()).hero_tree or ""


def changed(now: str, then: str) -> str:
    """What a prompt says of the swaps between two codes, worked out by the app's own rules."""
    tree = trees().tree(SPEC)
    number, other_hero = swaps(
        tree, decode(now, trees()).selection, decode(then, trees()).selection
    )
    said = f"{number} {'swap' if number == 1 else 'swaps'} from your talents."
    if other_hero:
        heroes = f"Other hero tree: {hero(then)} instead of {hero(now)}."
        return f"{heroes}\n{said}"
    return said


def text(*lines: str) -> str:
    return "\n".join(lines)


def ready_check(game: GameClient) -> None:
    secret = game.client.world.secrets is not None
    name = game.client.Secret() if secret else "Leader"
    game.fire("READY_CHECK", name, game.client.Secret() if secret else 35)
    game.advance(1)


def into_raid(game: GameClient, difficulty: int = MYTHIC) -> None:
    game.enter(RAID_MAP, "raid", difficulty=difficulty, name="Manaforge Omega")


def finish(game: GameClient) -> None:
    """The cast goes through."""
    game.advance(7)
    assert game.errors() == []
