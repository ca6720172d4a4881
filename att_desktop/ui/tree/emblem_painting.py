"""Emblems as pictures that look like the game's icons: a sign on a tile of its school's colours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPixmap

from att_desktop.ui.tree.emblems import School, embedded_emblems

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNITS: Final = 512.0
_SIGN: Final = 0.72  # of the tile's width
_HALF_SIGN: Final = 0.46
_COMMAND: Final = re.compile(r"([mlcz])([^mlcz]*)")
TILES: Final[dict[School, tuple[str, str, str]]] = {
    "physical": ("#57422c", "#261b10", "#f4dcb2"),
    "frost": ("#1f5c86", "#0a2338", "#c8ecff"),
    "fire": ("#8a2c12", "#340f05", "#ffca80"),
    "shadow": ("#43275c", "#150a20", "#d9b3ff"),
    "holy": ("#7d6416", "#352805", "#fff2b8"),
    "nature": ("#256338", "#0c2916", "#b9f5b0"),
    "arcane": ("#42309a", "#180f40", "#f5c6ff"),
}
"""The tile's colour above and below, and the sign's; a contrast of 4.5 or more."""

PALE: Final = {True: ("#262a31", "#20232a", "#8a909c"), False: ("#dcd7ca", "#d6d0c2", "#6b665b")}
"""The same of talents that are not taken, by whether the canvas is dark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A sign, its colours, and in which of so many parts of the tile it stands."""

    sign: str
    school: School
    lit: bool
    dark: bool
    part: int = 0
    parts: int = 1


def emblem_tile(tile: Tile, size: int, shape: QPainterPath) -> QPixmap:
    """A picture of ``size`` pixels in a shape around (0, 0) with a radius of 0.5.

    KeyError when there is no such sign.
    """
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(size / 2, size / 2)
    painter.scale(size, size)
    paint_ground(painter, tile, shape)
    paint_sign(painter, tile)
    painter.end()
    return picture


def paint_ground(painter: QPainter, tile: Tile, shape: QPainterPath) -> None:
    """What is below the sign: equal for all tiles of a school that are lit alike."""
    above, below, _sign = _colours(tile)
    ground = QLinearGradient(0, -0.5, 0, 0.5)
    ground.setColorAt(0, QColor(above))
    ground.setColorAt(1, QColor(below))
    painter.fillPath(shape, ground)


def paint_sign(painter: QPainter, tile: Tile) -> None:
    """The sign, around (0, 0) in a tile with a radius of 0.5. KeyError when there is none."""
    width = _SIGN if tile.parts == 1 else _HALF_SIGN
    centre = (2 * tile.part + 1) / (2 * tile.parts) - 0.5
    # Shapes are narrower at their sides: a half's sign moves towards the middle.
    painter.translate(centre * 0.88 - width / 2, -width / 2)
    painter.scale(width / _UNITS, width / _UNITS)
    painter.fillPath(_path(tile.sign), QColor(_colours(tile)[2]))


def _colours(tile: Tile) -> tuple[str, str, str]:
    return TILES[tile.school] if tile.lit else PALE[tile.dark]


@lru_cache(maxsize=2048)
def _path(sign: str) -> QPainterPath:
    """The outline in units of ``_UNITS``. Shared: not to be changed."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    x = y = 0
    for command, text in _COMMAND.findall(embedded_emblems().emblems[sign].path):
        if command == "z":
            path.closeSubpath()
            continue
        numbers: Sequence[int] = [int(one) for one in text.split()]
        points = [(x + dx, y + dy) for dx, dy in zip(numbers[::2], numbers[1::2], strict=True)]
        x, y = points[-1]
        if command == "c":
            (x1, y1), (x2, y2) = points[:2]
            path.cubicTo(x1, y1, x2, y2, x, y)
        elif command == "l":
            path.lineTo(x, y)
        else:
            path.moveTo(x, y)
    return path
