"""The page's two sides: the list as wide as it needs, and all the rest for the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

__all__ = ["Sides"]

_LIST: Final = 352
_LIST_MOST: Final = 480
_LIST_LEAST: Final = 280
_TREE_LEAST: Final = 336


class Sides(QSplitter):
    """List on the left, tree on the right; what the player drags stays."""

    def __init__(self, listed: QWidget, tree: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._dragged = False
        listed.setMinimumWidth(_LIST_LEAST)
        tree.setMinimumWidth(_TREE_LEAST)
        self.addWidget(listed)
        self.addWidget(tree)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._drag)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._dragged:
            listed = min(_LIST_MOST, max(_LIST, self.width() // 3))
            self.setSizes([listed, self.width() - listed])

    def _drag(self) -> None:
        self._dragged = True
