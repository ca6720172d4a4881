"""One talent on the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from att_desktop.text import formats
from att_desktop.ui.tree.node_outline import outline, radius_of, shape_of
from att_desktop.ui.tree.node_painting import (
    SIGN_HALF,
    SIGN_REACH,
    draw_outline,
    draw_sign,
    sign_place,
)
from att_desktop.ui.tree.node_state import Mark
from att_desktop.ui.tree.style import NAME_BOX, NAME_FLAGS, NAME_FROM
from att_desktop.ui.tree.text_scale import LARGEST, device_scale
from att_desktop.ui.tree.texts import initials

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPainterPath

    from att_desktop.ui.tree.node_state import NodeState
    from att_desktop.ui.tree.style import CanvasStyle

_TEXT_FROM: Final = 0.3
_FACES_FROM: Final = 0.18  # 7 pixels: less than that is not told apart
_FADED: Final = 0.4  # an icon that lets the colour below it shine through
_ROOM_FOR_BOTH: Final = 1.3
"""With text enlarged further, a pick rate has no room for its percent sign, nor beside a rank."""
_PALE: Final = 0.42  # what two builds share; half of it what neither has
_PALE_CHANGES: Final = 0.6  # the same where one build is shown with what it changes
_STRONG: Final = 3.5  # units by which a node grows that they do not
_RANK_REACH: Final = 10.0  # how far a rank, enlarged most, stands out of its node
_LINE: Final = 3.0  # half of the outline's line, and what smoothing needs
_CENTRE: Final = Qt.AlignmentFlag.AlignCenter
_NAMED_UP_TO: Final = 1.25  # where small text is enlarged more, there are no names, at 200 % either
_OUTWARDS: Final = 0.25  # how far a sign moves as it grows, to leave the letters free
_BADGE: Final = 12.5  # the height of a rank or pick rate


class NodeItem(QGraphicsItem):
    """A node: outline by its shape, icon or initials, rank, marks, and its pick rate as colour.

    ``style`` is shared by all items of a scene.
    """

    def __init__(self, state: NodeState, style: CanvasStyle) -> None:
        super().__init__()
        self.node = state.node
        self.shape_name = shape_of(state.node)
        self._outline = outline(self.shape_name)
        self._radius = radius_of(self.shape_name)
        self._state = state
        self._style = style
        self._bounds = self._reach()
        self.current = False
        self.setZValue(2)
        # Cached in device pixels: panning copies instead of painting.
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    @property
    def state(self) -> NodeState:
        """What is shown now."""
        return self._state

    def show_state(self, state: NodeState) -> None:
        """Show something else of the same node."""
        self.prepareGeometryChange()
        self._state = state
        self._bounds = self._reach()
        self.update()

    def set_current(self, *, current: bool) -> None:
        """The ring of the keyboard focus."""
        if current != self.current:
            self.current = current
            self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def _reach(self) -> QRectF:
        # Each node is cached as a picture of this size: no larger than what is drawn.
        radius = self._radius + self._grow
        reach = radius + _RANK_REACH
        if self._has_sign:
            reach = radius * (1 + _OUTWARDS * (LARGEST - 1)) + 2 + SIGN_REACH * LARGEST
        below = max(reach, radius + NAME_BOX.bottom())
        return QRectF(-reach, -reach, 2 * reach, reach + below)

    def shape(self) -> QPainterPath:
        return self._outline

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        style, state = self._style, self._state
        colours = style.colours
        detail = device_scale(painter)
        # The logical scale: a device pixel ratio of 2 must not enlarge text.
        scale = style.text_scale(painter.worldTransform().m11())
        share = state.share if style.pick_rates else None
        pale = state.emphasis == "pale" and not style.pick_rates
        if not pale:
            self._paint_outline(painter, None if share is None else round(share * 100))
        painter.setPen(colours.pens[state.mark])
        if detail >= _FACES_FROM:
            self._paint_faces(painter, pale=pale)
        if detail >= _TEXT_FROM and not pale:
            self._paint_rank(painter, scale, named=share is None and detail >= NAME_FROM)
        if self._has_sign and not pale:
            self._paint_sign(painter, scale)
        if share is not None and detail >= _TEXT_FROM:
            self._paint_rate(painter, share, scale)
        elif detail >= NAME_FROM and not pale:
            self._paint_name(painter)
        if self.current:
            painter.setPen(colours.focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(outline(self.shape_name, 5.0 + self._grow))

    @property
    def _has_sign(self) -> bool:
        return self._state.emphasis == "strong" or self._state.mark is Mark.GRANTED

    @property
    def _grow(self) -> float:
        return _STRONG if self._state.emphasis == "strong" else 0.0

    @property
    def _pale(self) -> float:
        share = _PALE_CHANGES if self._state.changes else _PALE
        return share if self._state.lit else share / 2

    def _paint_outline(self, painter: QPainter, rate: int | None) -> None:
        style, mark, shape, grow = self._style, self._state.mark, self.shape_name, self._grow
        doubled = mark is Mark.GRANTED or shape == "apex"
        style.pixmaps.paint(
            painter,
            (shape, mark, rate, doubled, grow),
            self._radius + grow + _LINE,
            lambda on: draw_outline(on, style, shape, mark, rate=rate, doubled=doubled, grow=grow),
        )

    def _paint_faces(self, painter: QPainter, *, pale: bool) -> None:
        """Pictures, or initials where there is none; two halves where two talents are shown."""
        style, state = self._style, self._state
        rated = style.pick_rates and state.share is not None
        painter.setOpacity(self._pale if pale else _FADED if rated else 1.0)
        if len(state.shown) > 1 or style.zooming:
            self._paint_parts(painter, rated=rated)
        elif not style.paint_picture(
            painter, state.shown[0], self.shape_name, self._grow, lit=state.lit
        ):
            self._paint_initials(painter, 0, rated=rated)
        painter.setOpacity(1.0)

    def _paint_parts(self, painter: QPainter, *, rated: bool) -> None:
        style, state = self._style, self._state
        reach = self._radius - 3.0 + self._grow
        width = 2 * reach * style.sharpness(device_scale(painter))
        count = len(state.shown)
        for index, entry in enumerate(state.shown):
            picture = style.picture(
                entry, self.shape_name, width, lit=state.lit, part=index, parts=count
            )
            if picture is None:
                self._paint_initials(painter, index, rated=rated)
                continue
            source = QRectF(
                picture.width() * index / count, 0, picture.width() / count, picture.height()
            )
            painter.drawPixmap(self._part_box(index), picture, source)
        if count > 1:
            painter.drawLine(QPointF(0, -reach), QPointF(0, reach))

    def _part_box(self, index: int) -> QRectF:
        reach, count = self._radius - 3.0 + self._grow, len(self._state.shown)
        return QRectF(-reach + 2 * reach * index / count, -reach, 2 * reach / count, 2 * reach)

    def _paint_initials(self, painter: QPainter, index: int, *, rated: bool) -> None:
        style, shown = self._style, self._state.shown
        label = initials(shown[index].name)
        painter.setFont(style.fonts.initials)
        painter.setPen(style.colours.text if rated else style.colours.texts[self._state.mark])
        text = label[:1] if len(shown) > 1 else label
        painter.drawText(self._part_box(index), _CENTRE, text)

    def rank_box(self, scale: float, *, named: bool = False) -> QRectF:
        """Where the rank stands, at the node's lower right, with text so much enlarged.

        Where the node is ``named``, above the name.
        """
        width, height = self._badge_width(self._state.rank_text) * scale, _BADGE * scale
        # With pick rates shown, the rate has the place below.
        y = -self._radius + 1.5 if self._style.pick_rates else self._radius - 1.5
        if named:
            y = self._radius - height / 2
        return QRectF(self._radius + 5 * scale - width, y - height / 2, width, height)

    def sign_box(self, scale: float) -> QRectF:
        """Where the sign of the mark stands; empty for a mark without one."""
        low = scale <= _NAMED_UP_TO
        place = sign_place(self._state.mark, self._radius + self._grow, low=low)
        if place is None:
            return QRectF()
        half = SIGN_HALF[self._state.mark] * scale
        place *= 1 + _OUTWARDS * (scale - 1)
        return QRectF(place.x() - half, place.y() - half, 2 * half, 2 * half)

    def rate_box(self, share: float, scale: float) -> QRectF:
        """Where a pick rate stands: on the rim, as there is no room between two rows."""
        width, height = self._badge_width(_rate_text(share, scale)) * scale, _BADGE * scale
        return QRectF(-width / 2, self._radius + 1.0 - height / 2, width, height)

    def _paint_rank(self, painter: QPainter, scale: float, *, named: bool) -> None:
        text = self._state.rank_text
        if not text or (self._style.pick_rates and scale > _ROOM_FOR_BOTH):
            return
        self._paint_badge(painter, self.rank_box(scale, named=named).center(), text, scale)

    def _paint_rate(self, painter: QPainter, share: float, scale: float) -> None:
        text = _rate_text(share, scale)
        self._paint_badge(painter, self.rate_box(share, scale).center(), text, scale)

    def _paint_badge(self, painter: QPainter, centre: QPointF, text: str, scale: float) -> None:
        style, lit, width = self._style, self._state.lit, self._badge_width(text)
        box = QRectF(-width / 2, -_BADGE / 2, width, _BADGE)

        def draw(on: QPainter) -> None:
            on.scale(scale, scale)
            on.setPen(Qt.PenStyle.NoPen)
            on.setBrush(style.colours.badge)
            on.drawRoundedRect(box, 3, 3)
            on.setFont(style.fonts.badge)
            on.setPen(style.colours.badge_text if lit else style.colours.faint_text)
            on.drawText(box, _CENTRE, text)

        style.pixmaps.paint(painter, (text, lit), width / 2 * scale + 1, draw, centre)

    def _paint_sign(self, painter: QPainter, scale: float) -> None:
        mark, style, changes = self._state.mark, self._style, self._state.changes
        box = self.sign_box(scale)
        if box.isEmpty():
            return

        def draw(on: QPainter) -> None:
            on.scale(scale, scale)
            draw_sign(on, style, mark, changes=changes)

        style.pixmaps.paint(painter, (mark, changes), SIGN_REACH * scale, draw, box.center())

    def _paint_name(self, painter: QPainter) -> None:
        name, below = self._state.name, self._radius + self._grow
        painter.setFont(self._style.fonts.name)
        # Edges run through here: fill behind the name.
        room = self._style.name_room(name).translated(0, below)
        painter.fillRect(room, self._style.colours.ground)
        painter.setPen(
            self._style.colours.text if self._state.lit else self._style.colours.faint_text
        )
        painter.drawText(NAME_BOX.translated(0, below), NAME_FLAGS, name)

    def _badge_width(self, text: str) -> float:
        return self._style.badge_metrics.horizontalAdvance(text) + 5.0


def _rate_text(share: float, scale: float) -> str:
    whole = formats.whole_percent(share)
    return str(whole) if scale > _ROOM_FOR_BOTH else formats.percent(whole)
