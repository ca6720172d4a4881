"""Small drawings that occur many times, painted once and then copied.

A tree has a hundred nodes of about ten kinds, and smooth outlines are what costs most to paint.
Each kind is painted at the exact scale of the screen, so a copy is as crisp as the drawing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

__all__ = ["PixmapCache"]

_MOST: Final = 400
_CENTRE: Final = QPointF(0, 0)


class PixmapCache:
    """The drawings of one scene at its present scale; another scale starts anew."""

    def __init__(self) -> None:
        self._scale = 0.0
        self._pixmaps: dict[Hashable, QPixmap] = {}

    def forget(self) -> None:
        """The colours have changed."""
        self._pixmaps.clear()

    def paint(
        self,
        painter: QPainter,
        key: Hashable,
        reach: float,
        draw: Callable[[QPainter], None],
        at: QPointF = _CENTRE,
    ) -> None:
        """Paint what ``draw`` draws around (0, 0), no further than ``reach``, at a point.

        Equal keys must mean equal drawings. The painter's transform must not turn.
        """
        ratio = painter.device().devicePixelRatioF()
        world = painter.worldTransform()
        scale = world.m11() * ratio
        if scale != self._scale or len(self._pixmaps) > _MOST:
            self._pixmaps.clear()
            self._scale = scale
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            pixmap = self._pixmaps[key] = _made(scale, reach, draw)
            pixmap.setDevicePixelRatio(ratio)
        centre = world.map(at)
        # To whole pixels of the screen: a copy between pixels would be blurred.
        half = pixmap.width() / 2
        x, y = (round(value * ratio - half) / ratio for value in (centre.x(), centre.y()))
        painter.setWorldTransform(QTransform())
        painter.drawPixmap(QPointF(x, y), pixmap)
        painter.setWorldTransform(world)


def _made(scale: float, reach: float, draw: Callable[[QPainter], None]) -> QPixmap:
    size = 2 * max(1, math.ceil(reach * scale))
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(size / 2, size / 2)
    painter.scale(scale, scale)
    draw(painter)
    painter.end()
    return pixmap
