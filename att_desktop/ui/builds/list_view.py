"""The three lists of the page, set up alike: encounters, alternatives, pick rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTreeView,
)

from att_desktop.ui.widgets.bar_delegate import BarDelegate
from att_desktop.ui.widgets.text_sizes import TextDelegate
from att_desktop.ui.widgets.wrapping_delegate import WrappingDelegate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter, QResizeEvent

SHORT_ROLE: Final = Qt.ItemDataRole.UserRole + 9
"""What a column that yields shows where its words have no room; the tooltip has them."""

_NAME_WIDTH: Final = 100
_ONE_NAME: Final = 150  # where a second name beside it would have to be cut
_SECOND_WIDTH: Final = 64
_FIRST_MOST: Final = 0.64  # of the width that the first column and the second share
_ROOMY: Final = 250
"""The width of both columns in which most names are not cut."""
_ROWS_MEASURED: Final = 40
"""So many rows tell a column's width: to ask hundreds would halt the window."""


class ListView(QTreeView):
    """Names keep a readable width; other columns are left out or shortened for them.

    ``yields`` is True while the column that yields shows ``SHORT_ROLE``.
    """

    def __init__(
        self,
        bar_column: int,
        second: int | None,
        spared: int | None,
        yielding: int | None,
        *,
        wrapped: bool,
    ) -> None:
        super().__init__()
        self.setWordWrap(wrapped)
        self.setUniformRowHeights(not wrapped)
        self._second = second
        self._spared = spared
        self._yielding = yielding
        if wrapped:
            self.setItemDelegate(WrappingDelegate(self))
        else:
            self.setItemDelegateForColumn(0, TextDelegate(self))
        self.yields = False
        if yielding is not None:
            self.setItemDelegateForColumn(yielding, _ShortDelegate(self))
        self.setItemDelegateForColumn(bar_column, BarDelegate(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share()

    def minimumSizeHint(self) -> QSize:
        """Without ``second`` and ``spared``, and with what yields shortened."""
        hint, header = super().minimumSizeHint(), self.header()
        kept = set(range(1, header.count())) - {self._second, self._spared, self._yielding}
        if self._yielding is None:
            return hint
        width = _NAME_WIDTH + header.sectionSizeHint(self._yielding)
        width += sum(self._words_of(column) for column in kept)
        width += self.verticalScrollBar().sizeHint().width() + 2 * self.frameWidth()
        return hint.expandedTo(QSize(width, 0))

    def others_resized(self, column: int) -> None:
        """Columns that fit their contents have changed: new rows have come."""
        if column not in (0, self._second, self._yielding):
            self.share()
        if self.wordWrap():
            self.scheduleDelayedItemsLayout()  # other widths, other heights

    def share(self) -> None:
        """Divide the width among the columns, by what the rows that are open now say."""
        width = self.viewport().width()
        self._share(width)
        if self.viewport().width() != width:  # other widths, other heights, and a scroll bar
            self._share(self.viewport().width())

    def _share(self, width: int) -> None:
        header = self.header()
        names = (0, self._second, self._spared, self._yielding)
        fitting = sum(header.sectionSize(c) for c in range(header.count()) if c not in names)
        yielding = 0 if self._yielding is None else self._words_of(self._yielding)
        if self._spared is not None:
            spared = self._words_of(self._spared)
            shown = width >= _ROOMY + fitting + yielding + spared and self._has_text(self._spared)
            self.setColumnHidden(self._spared, not shown)
            fitting += spared if shown else 0
        spare = width - fitting
        if self._yielding is not None:
            self.yields = spare - yielding < _ONE_NAME
            if self.yields:
                yielding = header.sectionSizeHint(self._yielding)
            header.resizeSection(self._yielding, yielding)
            spare -= yielding
            if self._second is not None:
                self.setColumnHidden(self._second, spare < _ONE_NAME + _SECOND_WIDTH)
        if self._second is None or self.isColumnHidden(self._second):
            header.resizeSection(0, max(_NAME_WIDTH, spare))
            return
        first, most = self._words_of(0), max(_NAME_WIDTH, round(spare * _FIRST_MOST))
        least = self._longest_word(self._second) if self.wordWrap() else _SECOND_WIDTH
        if first + self._words_of(self._second) > spare:
            first = most if self.wordWrap() else min(first, most)
        second = max(least, spare - first)
        header.resizeSection(0, max(_NAME_WIDTH, spare - second))
        header.resizeSection(self._second, second)

    def _texts(self, column: int) -> Iterator[str]:
        """What the rows of the groups say."""
        model = self.model()
        for group in range(model.rowCount()):
            top = model.index(group, 0)
            for row in range(model.rowCount(top)):
                yield str(model.index(row, column, top).data() or "")

    def _has_text(self, column: int) -> bool:
        return any(self._texts(column))

    def _longest_word(self, column: int) -> int:
        """The width of the longest word of a column, with what the style puts around it."""
        metrics = self.fontMetrics()
        words = (word for text in self._texts(column) for word in text.split())
        margin = self.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1
        return max(map(metrics.horizontalAdvance, words), default=0) + 2 * margin + 2

    def _words_of(self, column: int) -> int:
        return max(self.sizeHintForColumn(column), self.header().sectionSizeHint(column))


class _ShortDelegate(TextDelegate):
    """Draws ``SHORT_ROLE`` while the column yields; it still asks for room for all its words."""

    def __init__(self, view: ListView) -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        short = index.data(SHORT_ROLE)
        if not self._view.yields or short is None:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        option.text = short
        item = QStyle.ControlElement.CE_ItemViewItem
        self._view.style().drawControl(item, option, painter, self._view)


def make_list(
    model: QAbstractItemModel,
    name: str,
    *,
    bar_column: int,
    sortable: bool = True,
    second: int | None = None,
    spared: int | None = None,
    yielding: int | None = None,
    decorated: bool = False,
    wrapped: bool = False,
) -> ListView:
    """A list of rows. ``bar_column`` gets a bar behind its text.

    The first column takes the spare width, or what its words need of it and ``second`` the rest.
    ``spared`` is left out where names would not be readable beside it, ``yielding`` is shortened
    before they are cut, and with it ``second`` is left out where there is room for one name only.
    ``wrapped``: what is too long goes on in a second line; for lists of some dozen rows.
    """
    view = ListView(bar_column, second, spared, yielding, wrapped=wrapped)
    view.setModel(model)
    view.setAccessibleName(name)
    view.setAlternatingRowColors(True)
    view.setAllColumnsShowFocus(True)
    view.setRootIsDecorated(decorated)
    view.setItemsExpandable(decorated)
    if not decorated:
        view.setIndentation(12)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setSortingEnabled(sortable)
    if sortable:
        view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    header = view.header()
    header.setStretchLastSection(False)
    for column in range(model.columnCount()):
        fitting = column not in (0, second, yielding)
        header.setSectionResizeMode(
            column,
            QHeaderView.ResizeMode.ResizeToContents
            if fitting
            else QHeaderView.ResizeMode.Interactive,
        )
    header.setMinimumSectionSize(36)
    header.setResizeContentsPrecision(_ROWS_MEASURED)
    header.sectionResized.connect(view.others_resized)
    return view
