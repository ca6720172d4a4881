"""A cell with a bar behind its text: how large a share is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from att_desktop.ui.theme import is_dark
from att_desktop.ui.widgets.text_sizes import TextDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtWidgets import QWidget

SHARE_ROLE: Final = Qt.ItemDataRole.UserRole + 7
"""The share to draw, a float of 0.0 .. 1.0; None draws no bar."""

HOLLOW_ROLE: Final = Qt.ItemDataRole.UserRole + 8
"""True draws the outline of the bar only."""

_LEAST_WIDTH: Final = 64
_ROOM: Final = 7
_ALPHA: Final = 90


class BarDelegate(TextDelegate):
    """Draws the cell as the style does, and a bar of ``SHARE_ROLE`` between ground and text."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        share = index.data(SHARE_ROLE)
        if not isinstance(share, float):
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        text = option.text
        option.text = ""
        widget: QWidget | None = option.widget
        style = widget.style() if widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        box = option.rect.adjusted(3, 3, -3, -3)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Highlight
        colour = QColor(option.palette.color(role))
        colour.setAlpha(_ALPHA if not is_dark(option.palette) or selected else _ALPHA + 60)
        width = round(box.width() * min(1.0, max(0.0, share)))
        if index.data(HOLLOW_ROLE):
            # A line needs a contrast of 3 (WCAG 1.4.11), which the pale filled bar does not have.
            line = option.palette.color(role)
            painter.setPen(line.lighter(150) if is_dark(option.palette) and not selected else line)
            painter.drawRect(QRect(box.left(), box.top(), max(0, width - 1), box.height() - 1))
        else:
            painter.fillRect(QRect(box.left(), box.top(), width, box.height()), colour)
        text_role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        painter.setPen(option.palette.color(text_role))
        room = option.rect.adjusted(7, 0, -3, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        hint = super().sizeHint(option, index)
        hint.setWidth(max(hint.width() + 10, _LEAST_WIDTH))
        hint.setHeight(option.fontMetrics.height() + _ROOM)
        return hint
