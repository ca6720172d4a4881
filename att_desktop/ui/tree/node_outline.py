"""The outlines of nodes: square active, round passive, octagon choice, a larger star for apex."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

if TYPE_CHECKING:
    from att_desktop.game.trees import TalentNode

Shape: TypeAlias = Literal["square", "circle", "octagon", "apex"]

_RADII: dict[Shape, float] = {"square": 21.5, "circle": 22.5, "octagon": 23.0, "apex": 30.0}


def shape_of(node: TalentNode) -> Shape:
    """The shape of a node; a hero tree choice has none of its own and is drawn as its title."""
    if node.kind == "tiered":
        return "apex"
    if node.is_choice:
        return "octagon"
    return "square" if node.entries[0].is_active else "circle"


def radius_of(shape: Shape) -> float:
    """Half the width, in scene units."""
    return _RADII[shape]


@lru_cache(maxsize=64)
def outline(shape: Shape, grow: float = 0.0) -> QPainterPath:
    """The outline around (0, 0), ``grow`` units larger. Shared: not to be changed."""
    radius = _RADII[shape] + grow
    path = QPainterPath()
    if shape == "circle":
        path.addEllipse(QPointF(0, 0), radius, radius)
    elif shape == "square":
        path.addRoundedRect(QRectF(-radius, -radius, 2 * radius, 2 * radius), 4, 4)
    elif shape == "octagon":
        path.addPolygon(_polygon([(radius, 22.5 + 45 * corner) for corner in range(8)]))
        path.closeSubpath()
    else:
        # A star of eight points with shallow notches, wider than all others.
        corners = [
            (radius if corner % 2 == 0 else radius * 0.86, 22.5 * corner) for corner in range(16)
        ]
        path.addPolygon(_polygon(corners))
        path.closeSubpath()
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def _polygon(corners: list[tuple[float, float]]) -> QPolygonF:
    return QPolygonF(
        [
            QPointF(
                radius * math.cos(math.radians(angle)),
                radius * math.sin(math.radians(angle)),
            )
            for radius, angle in corners
        ]
    )
