"""What is new in results: another build is the most played one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from att_desktop.game.content_types import CONTENT_TYPES, ContentType

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class BuildChange(msgspec.Struct, frozen=True, kw_only=True):
    """Another best build of a spec in one encounter; ``encounter_id`` 0 is the general build.

    ``swaps`` and ``other_hero`` as in ``game.swaps.Swaps``, from the former build to the new one.
    The hero trees are the game's English names, None for no hero tree.
    """

    spec_id: int
    content_type: ContentType
    encounter_id: int = 0
    encounter_name: str = ""
    swaps: int
    other_hero: bool = False
    hero_tree: str | None = None
    former_hero_tree: str | None = None


def own_first(changes: Iterable[BuildChange], own: Sequence[int]) -> list[BuildChange]:
    """The player's specs in the player's order, then the others; general builds go first.

    Encounters keep the order in which they are given.
    """

    def place(change: BuildChange) -> tuple[int, int, int, bool]:
        rank = own.index(change.spec_id) if change.spec_id in own else len(own)
        content = CONTENT_TYPES.index(change.content_type)
        return rank, change.spec_id, content, bool(change.encounter_id)

    return sorted(changes, key=place)
