"""The sizes of a list's cells, each text measured once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QStyledItemDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex
    from PySide6.QtGui import QFontMetrics
    from PySide6.QtWidgets import QStyleOptionViewItem

_MOST: Final = 2000


def letter_width(metrics: QFontMetrics) -> int:
    """Pixels of a usual letter. Of a Chinese or Korean font the average is twice as wide."""
    return min(metrics.averageCharWidth(), metrics.horizontalAdvance("0"))


class TextDelegate(QStyledItemDelegate):
    """For cells that hold a text alone, all in the font of their view.

    A view asks for hundreds of sizes at each step of a resize, and for each of them Qt's own
    delegate asks the model for eight roles.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sizes: dict[tuple[str, str, str], QSize] = {}

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        key = (str(index.data() or ""), option.font.key(), QApplication.style().name())
        size = self._sizes.get(key)
        if size is None:
            if len(self._sizes) >= _MOST:
                self._sizes.clear()
            size = self._sizes[key] = super().sizeHint(option, index)
        return QSize(size)
