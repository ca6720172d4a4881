"""Cells of a tree view that go on in a second line. QTreeView by itself wraps within one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QStyle, QTreeView

from att_desktop.ui.widgets.text_sizes import TextDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem

_FLAGS: Final = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
_HIGHEST: Final = 10_000


class WrappingDelegate(TextDelegate):
    """Makes rows as high as their words need in the width of their column.

    Titles of groups, which span all columns, stay one line. The view must have ``wordWrap``. Words
    that need more than ``most_lines`` are cut: a tooltip has to have them.
    """

    def __init__(self, parent: QTreeView, *, most_lines: int = 100, air: int = 0) -> None:
        """``air`` are pixels above and below the words."""
        super().__init__(parent)
        self._most_lines = most_lines
        self._air = air

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        hint, view = super().sizeHint(option, index), self.parent()
        if not isinstance(view, QTreeView) or view.isFirstColumnSpanned(
            index.row(), index.parent()
        ):
            return hint + QSize(0, 2 * self._air)
        margin = view.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, view) + 1
        width = view.columnWidth(index.column()) - 2 * margin
        if index.column() == view.treePosition() or (
            view.treePosition() < 0 and view.header().visualIndex(index.column()) == 0
        ):
            width -= view.indentation()
        text = str(index.data() or "")
        metrics = view.fontMetrics()
        lines = metrics.boundingRect(QRect(0, 0, width, _HIGHEST), _FLAGS, text).height()
        lines = min(lines, self._most_lines * metrics.lineSpacing())
        more = max(0, lines - metrics.height()) + 2 * self._air
        return QSize(hint.width(), hint.height() + more)
