"""What stands between the nodes: edges, gates and the titles of the sections."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QStyleOptionGraphicsItem, QWidget

from att_desktop.text import ngettext
from att_desktop.ui.tree.layout import GATE_LABEL, HERO_ROOM
from att_desktop.ui.tree.node_state import Mark
from att_desktop.ui.tree.text_scale import LARGEST, text_scale

if TYPE_CHECKING:
    from att_desktop.ui.tree.layout import Gate, Heading, Place
    from att_desktop.ui.tree.node_state import NodeState, View
    from att_desktop.ui.tree.style import CanvasStyle

_ARROW: Final = 6.0
_GATE_GAP: Final = 3.0  # between the points of a gate and its line
_LINE: Final = 26.0  # the height of a title
_POINTS_GAP: Final = 8.0
_LETTER: Final = 24.0  # 'A' or 'B' before a title


def edge_mark(source: NodeState, target: NodeState, view: View = "both") -> Mark:
    """TAKEN when a build has both ends (in a comparison: both builds), ONLY_A, ONLY_B or EMPTY.

    Where two builds are told apart, what they share is EMPTY: it steps back.
    """
    in_a = _of(source, "a") and _of(target, "a")
    in_b = _of(source, "b") and _of(target, "b")
    if view == "one":
        return Mark.TAKEN if in_a or in_b else Mark.EMPTY
    equal = source.emphasis == target.emphasis == "pale"
    if (in_a and in_b) or (view == "side" and equal):
        return Mark.EMPTY
    if in_a:
        return Mark.ONLY_A
    return Mark.ONLY_B if in_b else Mark.EMPTY


def _of(state: NodeState, side: str) -> bool:
    if state.mark is Mark.GRANTED:
        return True
    return (state.a if side == "a" else state.b) is not None


class EdgeItem(QGraphicsPathItem):
    """An arrow from a node to one that it opens; painted by Qt itself, for speed."""

    def __init__(
        self, source: int, target: int, places: tuple[Place, Place], reach: tuple[float, float]
    ) -> None:
        """``reach`` are the radii of both nodes: the arrow runs from rim to rim."""
        super().__init__(_arrow(places, reach))
        self.source, self.target = source, target
        self.mark = Mark.EMPTY

    @property
    def lit(self) -> bool:
        """True when some build has both ends."""
        return self.mark is not Mark.EMPTY

    def show_mark(self, mark: Mark, style: CanvasStyle) -> None:
        """Take the pen of a mark; lit edges lie over dark ones."""
        self.mark = mark
        self.setPen(style.colours.edges[mark])
        self.setZValue(1 if self.lit else 0)


def _arrow(places: tuple[Place, Place], reach: tuple[float, float]) -> QPainterPath:
    (start, end) = places
    dx, dy = end.x - start.x, end.y - start.y
    length = math.hypot(dx, dy) or 1.0
    ux, uy = dx / length, dy / length
    tip = QPointF(end.x - ux * (reach[1] + 1), end.y - uy * (reach[1] + 1))
    path = QPainterPath(QPointF(start.x + ux * reach[0], start.y + uy * reach[0]))
    path.lineTo(tip)
    for side in (1, -1):
        path.moveTo(tip)
        path.lineTo(
            tip.x() - ux * _ARROW + side * uy * _ARROW * 0.6,
            tip.y() - uy * _ARROW - side * ux * _ARROW * 0.6,
        )
    return path


class GateItem(QGraphicsItem):
    """A dashed line with the points that must be spent above it."""

    def __init__(self, gate: Gate, style: CanvasStyle) -> None:
        super().__init__()
        self.gate = gate
        self._style = style
        self.setZValue(-1)
        self.setToolTip(
            ngettext(
                "Opens after {count} point above this line",
                "Opens after {count} points above this line",
                gate.points,
            ).format(count=gate.points)
        )

    def boundingRect(self) -> QRectF:
        gate = self.gate
        half = 9 * LARGEST
        left = gate.left - GATE_LABEL
        return QRectF(left, gate.y - half, gate.right - left + 2, 2 * half)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        gate, scale = self.gate, text_scale(painter.worldTransform().m11())
        label = self.label_box(scale)
        painter.setPen(self._style.colours.gate)
        painter.drawLine(QPointF(label.right() + _GATE_GAP, gate.y), QPointF(gate.right, gate.y))
        painter.setFont(self._style.fonts.badge)
        painter.setPen(self._style.colours.faint_text)
        painter.translate(label.center())
        painter.scale(scale, scale)
        width = label.width() / scale
        box = QRectF(-width / 2, -8, width, 16)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(gate.points))

    def label_box(self, scale: float) -> QRectF:
        """Where the points stand: from the left bound of the tree on, before names and rates."""
        width = self._style.badge_metrics.horizontalAdvance(str(self.gate.points)) + 1
        least = self.gate.left - _GATE_GAP - width * scale
        left = max(least, self.gate.left - GATE_LABEL)
        return QRectF(left, self.gate.y - 6 * scale, width * scale, 12 * scale)


class HeadingItem(QGraphicsItem):
    """The title of a section and its points on one line, with 'A' or 'B' where they differ.

    A hero tree's title stands for the node that chooses it: ``state`` is that node's.
    """

    def __init__(self, heading: Heading, style: CanvasStyle) -> None:
        super().__init__()
        self.heading = heading
        self.title = ""
        self.subtitle = ""
        self.state: NodeState | None = None
        self.current = False
        self._mark = Mark.TAKEN
        self._style = style
        self.setPos(heading.x, heading.y)
        self.setZValue(2)

    def show_text(
        self, title: str, subtitle: str, state: NodeState | None = None, mark: Mark = Mark.TAKEN
    ) -> None:
        """Show a title; ``mark`` ONLY_A or ONLY_B puts the letter before it."""
        self.prepareGeometryChange()
        self.title, self.subtitle, self.state, self._mark = title, subtitle, state, mark
        self.update()

    def set_current(self, *, current: bool) -> None:
        """The ring of the keyboard focus."""
        if current != self.current:
            self.current = current
            self.update()

    def boundingRect(self) -> QRectF:
        title, points = self._widths(LARGEST)
        width = (title + points + 2 * _LETTER) * self._fit(title + points)
        return QRectF(-width / 2, -_LINE / 2, width, _LINE)

    def _widths(self, scale: float) -> tuple[float, float]:
        """Of the title, and of the points with the gap before them."""
        fonts = self._style.fonts
        title = QFontMetricsF(fonts.title).horizontalAdvance(self.title)
        points = QFontMetricsF(fonts.subtitle).horizontalAdvance(self.subtitle) * scale
        return title, points + _POINTS_GAP if self.subtitle else 0.0

    def _fit(self, width: float) -> float:
        """The factor that keeps a long name between the trees beside it."""
        if self.heading.section != "hero":
            return 1.0
        return min(1.0, HERO_ROOM / (width + 2 * _LETTER))

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        detail = painter.worldTransform().m11()
        title, points = self._widths(text_scale(detail))
        fit = self._fit(title + points)
        painter.scale(fit, fit)
        left = -(title + points) / 2
        self._paint_texts(painter, left, title, text_scale(detail))
        if self._mark in (Mark.ONLY_A, Mark.ONLY_B):
            self._paint_letter(painter, left)
        if self.current:
            painter.setPen(self._style.colours.focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = QRectF(left - 8, -_LINE / 2 + 1, title + points + 16, _LINE - 2)
            painter.drawRoundedRect(ring, 6, 6)

    def _paint_texts(self, painter: QPainter, left: float, title: float, scale: float) -> None:
        colours, fonts = self._style.colours, self._style.fonts
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(colours.text)
        painter.setFont(fonts.title)
        painter.drawText(QRectF(left, -_LINE / 2, title + 2, _LINE), flags, self.title)
        if self.subtitle:
            world = painter.worldTransform()
            painter.setPen(colours.faint_text)
            painter.setFont(fonts.subtitle)
            painter.translate(left + title + _POINTS_GAP, 1.5)
            painter.scale(scale, scale)
            painter.drawText(QRectF(0, -_LINE / 2, 300, _LINE), flags, self.subtitle)
            painter.setWorldTransform(world)

    def _paint_letter(self, painter: QPainter, left: float) -> None:
        colours = self._style.colours
        only_a = self._mark is Mark.ONLY_A
        half = min(8 * text_scale(painter.worldTransform().m11()), _LETTER / 2 - 1)
        box = QRectF(left - _LETTER / 2 - 2 - half, -half, 2 * half, 2 * half)
        painter.setPen(QPen(Qt.PenStyle.NoPen))
        painter.setBrush(colours.badge_a if only_a else colours.badge_b)
        painter.drawEllipse(box) if only_a else painter.drawRoundedRect(box, 2, 2)
        painter.setFont(self._style.fonts.mark)
        painter.setPen(colours.ground)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "A" if only_a else "B")
