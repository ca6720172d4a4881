"""One talent on the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from att_desktop.ui.tree.bodies import SIGN_REACH, draw_body, draw_sign, sign_place
from att_desktop.ui.tree.looks import Mark
from att_desktop.ui.tree.shapes import outline, radius_of, shape_of
from att_desktop.ui.tree.words import initials, percent

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPainter, QPainterPath

    from att_desktop.ui.tree.looks import NodeLook
    from att_desktop.ui.tree.style import CanvasStyle

__all__ = ["NodeItem"]

_NAME_FROM: Final = 1.45  # level of detail from which names are drawn below the nodes
_TEXT_FROM: Final = 0.3
_LINE: Final = 3.0  # half of the outline's line, and what smoothing needs
_CENTRE: Final = Qt.AlignmentFlag.AlignCenter
_NAME_FLAGS: Final = int(
    Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
)
_NAME_BOX: Final = QRectF(-29, 22, 58, 16)


class NodeItem(QGraphicsItem):
    """A node: outline by its shape, icon or initials, rank, marks, and its pick rate as heat.

    ``style`` is shared by all items of a scene.
    """

    def __init__(self, look: NodeLook, style: CanvasStyle) -> None:
        super().__init__()
        self.node = look.node
        self.shape_name = shape_of(look.node)
        self._outline = outline(self.shape_name)
        self._radius = radius_of(self.shape_name)
        self._look = look
        self._style = style
        self._labels = [initials(entry.name) for entry in look.shown]
        self.current = False
        self.setZValue(2)

    @property
    def look(self) -> NodeLook:
        """What is shown now."""
        return self._look

    def show_look(self, look: NodeLook) -> None:
        """Show something else of the same node."""
        self._look = look
        self._labels = [initials(entry.name) for entry in look.shown]
        self.update()

    def set_current(self, *, current: bool) -> None:
        """The ring of the keyboard walk."""
        if current != self.current:
            self.current = current
            self.update()

    def boundingRect(self) -> QRectF:
        reach = max(self._radius + 8, 31.0)
        return QRectF(-reach, -reach, 2 * reach, reach + max(40.0, self._radius + 16))

    def shape(self) -> QPainterPath:
        return self._outline

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        style, look = self._style, self._look
        colours = style.colours
        detail = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        share = look.share if style.heat else None
        doubled = look.mark is Mark.GRANTED or self.shape_name == "apex"
        heat = None if share is None else round(share * 100)
        shape, mark = self.shape_name, look.mark
        style.stamps.paint(
            painter,
            (shape, mark, heat, doubled),
            self._radius + _LINE,
            lambda on: draw_body(on, style, shape, mark, heat=heat, doubled=doubled),
        )
        painter.setPen(colours.pens[look.mark])
        if detail >= _TEXT_FROM:
            self._paint_faces(painter)
            self._paint_rank(painter)
        self._paint_sign(painter)
        if share is not None and detail >= _TEXT_FROM:
            self._paint_rate(painter, share)
        elif detail >= _NAME_FROM:
            self._paint_name(painter)
        if self.current:
            painter.setPen(colours.focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(outline(self.shape_name, 5.0))

    def _paint_faces(self, painter: QPainter) -> None:
        """Icons, or initials until they are there; two halves where two talents are shown."""
        style, look = self._style, self._look
        pictures = [
            style.picture(entry.icon, self.shape_name, lit=look.lit) for entry in look.shown
        ]
        reach = self._radius - 3.0
        count = len(pictures)
        for index, picture in enumerate(pictures):
            left = -reach + 2 * reach * index / count
            box = QRectF(left, -reach, 2 * reach / count, 2 * reach)
            if picture is not None:
                source = QRectF(
                    picture.width() * index / count, 0, picture.width() / count, picture.height()
                )
                painter.drawPixmap(box, picture, source)
            else:
                label = self._labels[index]
                self._paint_initials(painter, label[:1] if count > 1 else label, box)
        if count > 1:
            painter.drawLine(QPointF(0, -reach), QPointF(0, reach))

    def _paint_initials(self, painter: QPainter, text: str, box: QRectF) -> None:
        style = self._style
        painter.setFont(style.fonts.initials)
        rated = style.heat and self._look.rate is not None
        painter.setPen(style.colours.text if rated else style.colours.texts[self._look.mark])
        painter.drawText(box, _CENTRE, text)

    def _paint_rank(self, painter: QPainter) -> None:
        text = self._look.rank_text
        if not text:
            return
        width = 8.0 + 5.8 * len(text)
        # With heat on, the pick rate has the place below.
        top = -self._radius - 5 if self._style.heat else self._radius - 8
        box = QRectF(self._radius - width + 6, top, width, 13)
        self._paint_badge(painter, box, text, self._style.fonts.badge)

    def _paint_rate(self, painter: QPainter, share: float) -> None:
        text = percent(share)
        width = 6.0 + 5.6 * len(text)
        box = QRectF(-width / 2, self._radius + 1.5, width, 12.5)
        self._paint_badge(painter, box, text, self._style.fonts.badge)

    def _paint_badge(self, painter: QPainter, box: QRectF, text: str, font: QFont) -> None:
        colours = self._style.colours
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.badge)
        painter.drawRoundedRect(box, 3, 3)
        painter.setFont(font)
        painter.setPen(colours.badge_text if self._look.lit else colours.faint_text)
        painter.drawText(box, _CENTRE, text)

    def _paint_sign(self, painter: QPainter) -> None:
        mark, style = self._look.mark, self._style
        place = sign_place(mark, self._radius)
        if place is not None:
            style.stamps.paint(
                painter, mark, SIGN_REACH, lambda on: draw_sign(on, style, mark), place
            )

    def _paint_name(self, painter: QPainter) -> None:
        box = _NAME_BOX.translated(0, self._radius - 20)
        painter.setFont(self._style.fonts.name)
        # Arrows run here too: the name stands on ground of its own.
        room = painter.boundingRect(box, _NAME_FLAGS, self._look.name)
        painter.fillRect(room, self._style.colours.ground)
        painter.setPen(
            self._style.colours.text if self._look.lit else self._style.colours.faint_text
        )
        painter.drawText(box, _NAME_FLAGS, self._look.name)
