"""How the page shares its room: the lists as wide as their words, and all the rest for the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QSplitter

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QTreeView, QWidget

    from att_desktop.ui.widgets.folding_tabs import FoldingTabs

_LIST_MOST: Final = 620
_LIST_LEAST: Final = 280
_TREE_LEAST: Final = 320
_TREE_FIRST: Final = 926
"""The width from which the nodes of the widest tree have 28 pixels: lists wait until then."""
_HEIGHT_FIRST: Final = 504
"""The same for the height, with the buttons below the tree."""


def words_width(view: QTreeView) -> int:
    """The width at which no column of a list cuts a word of its first rows."""
    header = view.header()
    columns = (
        max(view.sizeHintForColumn(column), header.sectionSizeHint(column))
        for column in range(header.count())
    )
    bar = view.verticalScrollBar().sizeHint().width()
    return sum(columns) + view.indentation() + bar + 2 * view.frameWidth()


class Sides(QSplitter):
    """A list beside a tree; what the player drags stays.

    ``words`` gives the width at which nothing of the list is cut. ``tree_first`` puts the tree on
    the left.
    """

    def __init__(
        self,
        listed: QWidget,
        tree: QWidget,
        words: Callable[[], int],
        *,
        tree_first: bool = False,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._dragged = False
        self._words = words
        self._wanted: int | None = None
        self._tree_first = tree_first
        self._listed, self._tree = listed, tree
        for widget in (tree, listed) if tree_first else (listed, tree):
            self.addWidget(widget)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._drag)

    def arrange(self) -> None:
        """Share the width anew: the words have changed."""
        self._wanted = None
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._wanted = None  # measured at the next resize

    def _share(self) -> None:
        # Longer words of another language need more, and the tree gives way to them.
        words = max(_LIST_LEAST, self._listed.minimumSizeHint().width())
        room = max(_TREE_LEAST - (words - _LIST_LEAST), self._tree.minimumSizeHint().width())
        self._listed.setMinimumWidth(words)
        self._tree.setMinimumWidth(room)
        if not self._dragged:
            if self._wanted is None:
                self._wanted = self._words()
            spare = max(_LIST_LEAST, self.width() - _TREE_FIRST)
            most = max(_LIST_MOST, self.width() // 4)
            listed = max(_LIST_LEAST, min(self._wanted, spare, most))
            sizes = [listed, self.width() - listed]
            self.setSizes(sizes[::-1] if self._tree_first else sizes)

    def _drag(self) -> None:
        self._dragged = True


class TreeAboveLists(QSplitter):
    """The tree has two thirds of the height; the lists fold where its nodes would get too small.

    What the player drags, folds or unfolds stays.
    """

    def __init__(self, tree: QWidget, lists: FoldingTabs) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._dragged: list[int] = []
        self._lists = lists
        self.addWidget(tree)
        self.addWidget(lists)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(0, 2)
        self.setStretchFactor(1, 1)
        self.splitterMoved.connect(self._drag)
        lists.folded.connect(self._share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._lists.by_hand:
            self._lists.set_folded(folded=self.height() * 2 // 3 < _HEIGHT_FIRST)
        if not self._dragged:
            self._share()

    def _share(self) -> None:
        tree = self.height() * 2 // 3
        self.setSizes(self._dragged or [tree, self.height() - tree])

    def _drag(self) -> None:
        if not self._lists.is_folded:
            self._dragged = self.sizes()
