"""The three lists of the page, set up alike: encounters, alternatives, pick rates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from att_desktop.ui.widgets.bar_delegate import BarDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QResizeEvent

__all__ = ["make_list"]

_NAME_WIDTH: Final = 112
_SECOND_WIDTH: Final = 64
_ROOMY: Final = 250
"""The width of both columns in which most names are not cut."""
_ROWS_MEASURED: Final = 40
"""So many rows tell a column's width: to ask hundreds would halt the window."""


class _List(QTreeView):
    """Names keep a readable width; ``spared`` is left out where they would be cut."""

    def __init__(
        self, bar_column: int, second: int | None, spared: int | None, first_share: float
    ) -> None:
        super().__init__()
        self._first_share = first_share
        self._second = second
        self._spared = spared
        self.setItemDelegateForColumn(bar_column, BarDelegate(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def others_resized(self, column: int) -> None:
        """Columns that fit their contents have changed: new rows have come."""
        if column not in (0, self._second):
            self._share()

    def _share(self) -> None:
        header = self.header()
        own = [column for column in (0, self._second) if column is not None]
        if self._spared is not None:
            wanted = max(self.sizeHintForColumn(self._spared), header.sectionSizeHint(self._spared))
            rest = (c for c in range(header.count()) if c not in (*own, self._spared))
            roomy = _ROOMY + sum(map(header.sectionSize, rest))
            self.setColumnHidden(self._spared, self.viewport().width() < roomy + wanted)
        others = sum(header.sectionSize(c) for c in range(header.count()) if c not in own)
        spare = self.viewport().width() - others
        first = spare if self._second is None else round(spare * self._first_share)
        first = max(_NAME_WIDTH, first)
        header.resizeSection(0, first)
        if self._second is not None:
            header.resizeSection(self._second, max(_SECOND_WIDTH, spare - first))


def make_list(
    model: QAbstractItemModel,
    name: str,
    *,
    bar_column: int,
    sortable: bool = True,
    second: int | None = None,
    first_share: float = 0.64,
    spared: int | None = None,
    decorated: bool = False,
) -> QTreeView:
    """A list of rows. ``bar_column`` gets a bar behind its text.

    The first column takes the spare width, or ``first_share`` of it and ``second`` the rest.
    ``spared`` is left out where names would not be readable beside it.
    """
    view = _List(bar_column, second, spared, first_share)
    view.setModel(model)
    view.setAccessibleName(name)
    view.setUniformRowHeights(True)
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
        fitting = column not in (0, second)
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
