"""Two trees at once that zoom and pan together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from att_desktop.text import _
from att_desktop.text.formats import labelled
from att_desktop.ui.tree.icons import icons_of
from att_desktop.ui.tree.node_state import TreeState, side_of
from att_desktop.ui.tree.scene import TreeScene
from att_desktop.ui.tree.view import TreeView
from att_desktop.ui.widgets.plain_text import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from att_desktop.ui.context import AppContext

_NARROW: Final = 1.1
"""Below this width by height, two trees stand one above the other."""


class LinkedTrees(QSplitter):
    """A first, then B; a node chosen in one is chosen in the other."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._context = context
        self.setChildrenCollapsible(False)
        self._waiting: tuple[TreeState, tuple[str, str]] | None = None
        self._titles = (PlainLabel(), PlainLabel())
        self.views = (self._view("A"), self._view("B"))
        for title, view in zip(self._titles, self.views, strict=True):
            side = QWidget()
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(title)
            column.addWidget(view, 1)
            self.addWidget(side)
        first, second = self.views
        first.moved.connect(lambda: second.follow(first))
        second.moved.connect(lambda: first.follow(second))
        first.node_chosen.connect(second.choose)
        second.node_chosen.connect(first.choose)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, but in a narrow window."""
        super().resizeEvent(event)
        wide = event.size().width() > event.size().height() * _NARROW
        self.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    def show_state(self, both: TreeState, titles: tuple[str, str]) -> None:
        """Show both sides of a comparison; drawn once they are in sight."""
        self._waiting = (both, titles)
        if self.isVisible():
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    def _draw(self) -> None:
        if self._waiting is None:
            return
        both, titles = self._waiting
        self._waiting = None
        for side, view, label, title in zip(
            ("a", "b"), self.views, self._titles, titles, strict=True
        ):
            scene = view.scene()
            if isinstance(scene, TreeScene):
                scene.show_state(side_of(both, "a" if side == "a" else "b"))
            label.setText(labelled(side.upper(), title))
            view.fit()

    def choose(self, node_id: int) -> None:
        """Put the focus on a node of both trees, also while they are out of sight."""
        self._draw()
        self.views[0].choose(node_id)

    def set_only_differences(self, *, only: bool) -> None:
        """Leave out what both builds have."""
        for view in self.views:
            scene = view.scene()
            if isinstance(scene, TreeScene):
                scene.set_only_differences(only=only)

    def empty(self) -> None:
        """Show nothing."""
        self._waiting = None
        for view, label in zip(self.views, self._titles, strict=True):
            scene = view.scene()
            if isinstance(scene, TreeScene):
                scene.empty()
            label.clear()

    def _view(self, name: str) -> TreeView:
        icons = icons_of(self._context)
        scene = TreeScene(self.palette(), icons.pixmap)
        icons.arrived.connect(scene.icon_arrived)
        view = TreeView(scene)
        view.setAccessibleName(_("Talent tree of build {build}").format(build=name))
        return view
