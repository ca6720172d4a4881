"""The matrix as a table: shades by swaps, titles upright along the top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from att_desktop.text import _
from att_desktop.ui.compare.matrix_model import PAIR_ROLE
from att_desktop.ui.widgets.bar_delegate import SHARE_ROLE

if TYPE_CHECKING:
    from att_desktop.ui.compare.matrix_model import MatrixModel

_CELL: Final = 34
_HEADER_HEIGHTS: Final = (80, 220)
_HEADER_WIDTH: Final = 190


class MatrixView(QTableView):
    """``pair_chosen(a, b)`` when a cell is clicked, or Enter is pressed on it."""

    pair_chosen = Signal(object, object)

    def __init__(self, model: MatrixModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(_("Encounters by encounters: how many swaps apart"))
        self.setHorizontalHeader(_UprightHeader(self))
        self.setItemDelegate(_ShadeDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)  # Tab leads on; arrows walk over the cells
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setDefaultSectionSize(_CELL)
            header.setSectionsClickable(False)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        self.verticalHeader().setFixedWidth(_HEADER_WIDTH)
        self.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.clicked.connect(self._on_cell)
        self.activated.connect(self._on_cell)

    def _on_cell(self, index: QModelIndex) -> None:
        pair = index.data(PAIR_ROLE)
        if pair is not None:
            self.pair_chosen.emit(*pair)


class _ShadeDelegate(QStyledItemDelegate):
    """A shade of the highlight colour by swaps; the number is always there too."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        share = index.data(SHARE_ROLE)
        palette = option.palette
        if share is None:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Window))
        else:
            colour = QColor(palette.color(QPalette.ColorRole.Highlight))
            colour.setAlphaF(0.05 + 0.5 * share)
            painter.fillRect(option.rect, colour)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        font = painter.font()
        font.setBold(index.data() == "=")
        painter.setFont(font)
        painter.drawText(option.rect, Qt.AlignmentFlag.AlignCenter, index.data())
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))


class _UprightHeader(QHeaderView):
    """Titles read from below to above, so that columns can be narrow."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def sizeHint(self) -> QSize:
        model, least, most = self.model(), *_HEADER_HEIGHTS
        titles = (model.headerData(n, Qt.Orientation.Horizontal) for n in range(self.count()))
        longest = max((self.fontMetrics().horizontalAdvance(title) for title in titles), default=0)
        return QSize(super().sizeHint().width(), min(most, max(least, longest + 14)))

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        text = self.model().headerData(logical_index, Qt.Orientation.Horizontal)
        if not isinstance(text, str):
            return
        painter.save()
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.translate(rect.left(), rect.bottom())
        painter.rotate(-90)
        room = QRect(4, 0, rect.height() - 8, rect.width())
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()
