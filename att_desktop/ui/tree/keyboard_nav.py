"""Moving over the tree with the arrow keys: which node is the next one in a direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from att_desktop.ui.tree.layout import Place

Direction: TypeAlias = Literal["left", "right", "up", "down"]


def first_node(places: Mapping[int, Place]) -> int | None:
    """Where the focus begins: the upper left node."""
    return min(places, key=lambda node_id: (places[node_id].y, places[node_id].x), default=None)


def next_node(places: Mapping[int, Place], current: int, direction: Direction) -> int | None:
    """The nearest node in a direction, straight ones before slanted ones; None at the border.

    From every node each other one can be reached: to the side any node counts that lies further
    there, however far up or down.
    """
    here = places[current]
    best: tuple[float, float, int] | None = None
    for node_id, place in places.items():
        dx, dy = place.x - here.x, place.y - here.y
        if direction in ("left", "up"):
            dx, dy = -dx, -dy
        ahead, aside = (dx, dy) if direction in ("left", "right") else (dy, dx)
        if ahead <= 1.0:
            continue
        # A step aside counts double, so that moving down stays in its column.
        key = (ahead + 2 * abs(aside), abs(aside), node_id)
        if best is None or key < best:
            best = key
    return best[2] if best else None
