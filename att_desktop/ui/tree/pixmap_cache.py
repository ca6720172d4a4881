"""Small drawings that occur many times, painted once and then copied.

A tree has a hundred nodes of about ten kinds, and smooth outlines are what costs most to paint.
Each kind is painted at the exact scale of the screen, so a copy is as crisp as the drawing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QTransform

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

_MOST: Final = 400
_CENTRE: Final = QPointF(0, 0)


class PixmapCache:
    """The drawings of one scene at its present scale; another scale starts anew.

    ``zooming``: the scale changes with each frame, so the drawings of before are stretched.
    """

    def __init__(self) -> None:
        self.zooming = False
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
        stale = scale != self._scale and not (self.zooming and self._scale)
        if stale or len(self._pixmaps) > _MOST:
            self._pixmaps.clear()
            self._scale = scale
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            pixmap = self._pixmaps[key] = _made(self._scale, reach, draw)
        centre = world.map(at) * ratio
        stretch = scale / self._scale
        half = pixmap.width() * stretch / 2
        painter.setWorldTransform(QTransform.fromScale(1 / ratio, 1 / ratio))
        if stretch == 1:
            # In whole pixels of the screen, unscaled: Qt then copies instead of resampling.
            painter.drawPixmap(round(centre.x() - half), round(centre.y() - half), pixmap)
        else:
            target = QRectF(centre.x() - half, centre.y() - half, 2 * half, 2 * half)
            painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
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
