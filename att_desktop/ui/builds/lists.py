"""The three lists of the page, set up alike: encounters, alternatives, pick rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from att_desktop.ui.builds.bar_delegate import BarDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

__all__ = ["make_list"]


def make_list(
    model: QAbstractItemModel,
    name: str,
    *,
    bar_column: int,
    sortable: bool = True,
    wide: int = 0,
    decorated: bool = False,
) -> QTreeView:
    """A list of rows. ``bar_column`` gets a bar behind its text, ``wide`` takes the spare width."""
    view = QTreeView()
    view.setModel(model)
    view.setAccessibleName(name)
    view.setItemDelegateForColumn(bar_column, BarDelegate(view))
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
        mode = (
            QHeaderView.ResizeMode.Stretch
            if column == wide
            else QHeaderView.ResizeMode.ResizeToContents
        )
        header.setSectionResizeMode(column, mode)
    header.setMinimumSectionSize(36)
    return view
