"""What nodes are made of: the outline by shape and mark, and the sign of a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from att_desktop.ui.tree.node_outline import outline
from att_desktop.ui.tree.node_state import Mark

if TYPE_CHECKING:
    from att_desktop.ui.tree.node_outline import Shape
    from att_desktop.ui.tree.style import CanvasStyle

SIGN_REACH: Final = 9.0
_LETTERS: Final = {Mark.ONLY_A: "A", Mark.ONLY_B: "B", Mark.RANK: "≠", Mark.CHOICE: "≠"}
_CHANGES: Final = {Mark.ONLY_A: "+", Mark.ONLY_B: "−", Mark.RANK: "≠", Mark.CHOICE: "≠"}
SIGN_HALF: Final = {
    Mark.GRANTED: 5.5,
    Mark.ONLY_A: 7.5,
    Mark.ONLY_B: 7.5,
    Mark.RANK: 7.5,
    Mark.CHOICE: 7.5,
}
"""Half the width of each sign."""
_BOX: Final = QRectF(-7.5, -7.5, 15, 15)


def draw_outline(
    painter: QPainter,
    style: CanvasStyle,
    shape: Shape,
    mark: Mark,
    *,
    rate: int | None,
    doubled: bool,
    grow: float,
) -> None:
    """Outline and fill around (0, 0). ``rate`` in percent; ``doubled`` adds a line inside."""
    colours = style.colours
    painter.setPen(colours.pens[mark])
    painter.setBrush(colours.fills[mark] if rate is None else colours.rate(rate / 100))
    painter.drawPath(outline(shape, grow))
    if doubled:
        inner = QPen(colours.pens[mark])
        inner.setWidthF(1.0)
        painter.setPen(inner)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline(shape, grow - 4.0))


def sign_place(mark: Mark, radius: float, *, low: bool) -> QPointF | None:
    """Letters at the upper left, so that neighbours' never meet; None for marks without a sign.

    ``low``: leaving a line of the name below the node above free.
    """
    if mark in (Mark.ONLY_A, Mark.ONLY_B):
        return QPointF(-radius - 1.0, -radius + 9.5) if low else QPointF(1.5 - radius, 1.5 - radius)
    if mark in (Mark.RANK, Mark.CHOICE):
        return QPointF(0, -radius - 1.5)
    return QPointF(radius - 5, -radius + 5) if mark is Mark.GRANTED else None


def draw_sign(painter: QPainter, style: CanvasStyle, mark: Mark, *, changes: bool) -> None:
    """A round 'A', a square 'B', '≠' for another rank or choice, a diamond for granted.

    Of the ``changes`` of one build '+' and '−' in their place.
    """
    colours = style.colours
    if mark is Mark.GRANTED:
        painter.setPen(colours.pens[mark])
        painter.setBrush(colours.badge)
        painter.drawPath(_diamond())
        return
    painter.setPen(QPen(colours.ground, 1.5))
    if mark is Mark.ONLY_B:
        painter.setBrush(colours.badge_b)
        painter.drawRoundedRect(_BOX, 2, 2)
    else:
        only_a = mark is Mark.ONLY_A
        painter.setBrush(colours.badge_a if only_a else colours.pens[mark].brush())
        painter.drawEllipse(_BOX)
    painter.setFont(style.fonts.mark)
    painter.setPen(colours.ground)
    painter.drawText(_BOX, Qt.AlignmentFlag.AlignCenter, (_CHANGES if changes else _LETTERS)[mark])


def _diamond() -> QPainterPath:
    path = QPainterPath()
    corners = [QPointF(0, -5.5), QPointF(5.5, 0), QPointF(0, 5.5), QPointF(-5.5, 0)]
    path.addPolygon(QPolygonF(corners))
    path.closeSubpath()
    return path
