"""Cells of a tree view that go on in a second line. QTreeView by itself wraps within one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QTreeView

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem

__all__ = ["WrappingDelegate"]

_FLAGS: Final = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
_HIGHEST: Final = 10_000


class WrappingDelegate(QStyledItemDelegate):
    """Makes rows as high as their words need in the width of their column.

    Titles of groups, which span all columns, stay one line. The view must have ``wordWrap``.
    """

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        hint, view = super().sizeHint(option, index), self.parent()
        if not isinstance(view, QTreeView) or not index.parent().isValid():
            return hint
        margin = view.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, view) + 1
        width = view.columnWidth(index.column()) - 2 * margin
        if index.column() == view.treePosition() or (
            view.treePosition() < 0 and view.header().visualIndex(index.column()) == 0
        ):
            width -= view.indentation()
        text = str(index.data() or "")
        metrics = view.fontMetrics()
        lines = metrics.boundingRect(QRect(0, 0, width, _HIGHEST), _FLAGS, text).height()
        return QSize(hint.width(), hint.height() + max(0, lines - metrics.height()))
