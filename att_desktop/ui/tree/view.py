"""The canvas: zoom, pan, fit, and moving over the nodes with the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QPainter,
    QPixmapCache,
    QTransform,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QToolTip

from att_desktop.text import _
from att_desktop.ui.tree.keyboard_nav import Direction, first_node, next_node
from att_desktop.ui.tree.line_items import HeadingItem
from att_desktop.ui.tree.node_item import NodeItem

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent

    from att_desktop.ui.tree.scene import TreeScene

_ZOOM_STEP: Final = 1.2
_LEAST: Final = 0.15
_MOST: Final = 6.0
_SETTLE_MS: Final = 150
_KEPT_KB: Final = 48 * 1024
"""Room for the painted nodes of two trees that fill a large screen at 200 %."""
_WHEEL_STEP: Final = 120.0  # Qt counts in eighths of a degree; a notch is 15 degrees
_DIRECTIONS: Final[dict[int, Direction]] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}


class TreeView(QGraphicsView):
    """Shows a ``TreeScene`` and owns it.

    The wheel zooms, dragging pans, arrow keys walk, Enter tells details.
    ``menu_wanted`` tells the node id (or None) and the place on the screen of a context menu.
    ``moved`` is sent when the player zooms or pans, for a second view that follows this one.
    """

    node_chosen = Signal(int)
    moved = Signal()
    menu_wanted = Signal(object, QPoint)

    def __init__(self, scene: TreeScene) -> None:
        super().__init__(scene)
        # Child of the view: a scene destroyed first would call back into the view.
        scene.setParent(self)
        self._tree_scene = scene
        self._fitted = True
        QPixmapCache.setCacheLimit(max(QPixmapCache.cacheLimit(), _KEPT_KB))
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._smooth)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHints(
            QPainter.RenderHint.Antialiasing
            | QPainter.RenderHint.TextAntialiasing
            | QPainter.RenderHint.SmoothPixmapTransform
        )
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumSize(140, 120)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Talent tree"))
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)

    @property
    def zoom(self) -> float:
        """Pixels by scene unit."""
        return self.transform().m11()

    @property
    def fitted(self) -> bool:
        """True while the whole tree is kept in sight."""
        return self._fitted

    def fit(self) -> None:
        """Show the whole tree, now and when the window changes its size."""
        self._fitted = True
        if not self.sceneRect().isEmpty():
            self.fitInView(self.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
        self.moved.emit()

    def zoom_by(self, factor: float) -> None:
        """Zoom in (above 1) or out, within sensible bounds."""
        target = min(_MOST, max(_LEAST, self.zoom * factor))
        self._fitted = False
        # While it moves, icons are scaled coarsely; a moment later they are smooth again.
        self.setRenderHints(self.renderHints() & ~QPainter.RenderHint.SmoothPixmapTransform)
        if not self._settle.isActive():
            self._tree_scene.set_zooming(zooming=True)
        self._settle.start()
        self.scale(target / self.zoom, target / self.zoom)
        self.moved.emit()

    def follow(self, other: TreeView) -> None:
        """Show the same part of the tree, equally large, as another view does."""
        self._fitted = other.fitted
        with QSignalBlocker(self):
            self.setTransform(QTransform.fromScale(other.zoom, other.zoom))
            self.centerOn(other.mapToScene(other.viewport().rect().center()))

    def choose(self, node_id: int | None) -> None:
        """Put the focus on a node and bring it into sight."""
        scene = self._tree_scene
        if node_id == scene.current:
            return
        scene.set_current(node_id)
        if node_id is None or scene.current is None:
            return
        place = scene.places[node_id]
        if not self._fitted:
            self.ensureVisible(place.x - 40, place.y - 40, 80, 80, 10, 10)
        self.setAccessibleDescription(scene.describe(node_id))
        QAccessible.updateAccessibility(
            QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        )
        self.node_chosen.emit(node_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(_ZOOM_STEP ** (event.angleDelta().y() / _WHEEL_STEP))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        node_id = self._node_at(event.position().toPoint())
        if node_id is not None and event.button() == Qt.MouseButton.LeftButton:
            self.choose(node_id)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By mouse the talent under it, by key the one with the focus."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            node_id = self._tree_scene.current
            place = self._tree_scene.places.get(node_id) if node_id is not None else None
            point = self.mapFromScene(place.x, place.y) if place else self.rect().center()
        else:
            node_id, point = self._node_at(event.pos()), event.pos()
            if node_id is not None:
                self.choose(node_id)
        self.menu_wanted.emit(node_id, self.viewport().mapToGlobal(point))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        direction = _DIRECTIONS.get(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if direction is not None and plain:
            self._move_focus(direction)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._show_details()
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(_ZOOM_STEP)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_by(1 / _ZOOM_STEP)
        elif event.key() == Qt.Key.Key_0:
            self.fit()
        elif event.key() == Qt.Key.Key_Escape and self._tree_scene.current is not None:
            QToolTip.hideText()
            self.choose(None)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        if by_key and self._tree_scene.current is None:
            self.choose(first_node(self._tree_scene.places))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_tree_scene"):
            self._tree_scene.set_palette(self.palette())

    def _move_focus(self, direction: Direction) -> None:
        places = self._tree_scene.places
        current = self._tree_scene.current
        if current is None:
            self.choose(first_node(places))
            return
        following = next_node(places, current, direction)
        if following is not None:
            self.choose(following)

    def _show_details(self) -> None:
        """The tooltip of the current node, where it stands."""
        current = self._tree_scene.current
        if current is None:
            return
        place = self._tree_scene.places[current]
        at = self.mapFromScene(place.x + 24, place.y + 16)
        item = self._tree_scene.nodes.get(current)
        text = item.toolTip() if item else self._heading_tip(current)
        QToolTip.showText(self.viewport().mapToGlobal(at), text, self.viewport())

    def _heading_tip(self, node_id: int) -> str:
        for heading in self._tree_scene.headings:
            if heading.state and heading.state.node.node_id == node_id:
                return heading.toolTip()
        return ""

    def _node_at(self, point: QPoint) -> int | None:
        item = self.itemAt(point)
        if isinstance(item, NodeItem):
            return item.node.node_id
        if isinstance(item, HeadingItem) and item.state is not None:
            return item.state.node.node_id
        return None

    def _smooth(self) -> None:
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._tree_scene.set_zooming(zooming=False)

    def _scrolled(self) -> None:
        self.moved.emit()
