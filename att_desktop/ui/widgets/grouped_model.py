"""A model of groups and their rows, for trees of two levels, and its sorting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QFont

from att_desktop.text import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

AnyIndex = QModelIndex | QPersistentModelIndex
SORT_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""What a row's cell is sorted by; values of a column can be compared."""


class TwoLevelModel(QAbstractItemModel):
    """Groups with rows below. A subclass says what is in the cells of the rows.

    ``headers`` and ``tips`` are marked texts.

    A group's internal id is 0, a row's is the number of its group plus 1.
    """

    headers: tuple[str, ...] = ()
    tips: tuple[str, ...] = ()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles: list[str] = []
        self._sizes: list[int] = []

    def set_groups(self, groups: Sequence[tuple[str, int]]) -> None:
        """Title and number of rows of each; to be called between begin and end of a reset."""
        self._titles = [title for title, _size in groups]
        self._sizes = [size for _title, size in groups]

    def group_data(self, group: int, column: int, role: int) -> Any:
        """A cell of a group's own line: its title, in bold."""
        if role == Qt.ItemDataRole.DisplayRole and column == 0:
            return self._titles[group]
        if role == Qt.ItemDataRole.FontRole:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def row_data(self, group: int, row: int, column: int, role: int) -> Any:
        """A cell of a row."""
        raise NotImplementedError

    def index(
        self,
        row: int,
        column: int,
        parent: AnyIndex = QModelIndex(),  # noqa: B008 - Qt's signature
    ) -> QModelIndex:
        # As hasIndex, which asks Python twice more; a view asks for each cell several times.
        if not (0 <= column < len(self.headers) and 0 <= row < self.rowCount(parent)):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(  # type: ignore[override]  # QObject.parent() without argument shares the name
        self,
        child: AnyIndex = QModelIndex(),  # noqa: B008 - Qt's signature
    ) -> QModelIndex:
        if not child.isValid() or child.internalId() == 0:
            return QModelIndex()
        return self.createIndex(int(child.internalId()) - 1, 0, 0)

    def rowCount(
        self,
        parent: AnyIndex = QModelIndex(),  # noqa: B008 - Qt's signature
    ) -> int:
        if not parent.isValid():
            return len(self._sizes)
        if parent.internalId() == 0 and parent.column() == 0:
            return self._sizes[parent.row()]
        return 0

    def columnCount(
        self,
        parent: AnyIndex = QModelIndex(),  # noqa: ARG002, B008 - Qt's signature
    ) -> int:
        return len(self.headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.headers):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(self.headers[section])
        if role == Qt.ItemDataRole.ToolTipRole and section < len(self.tips):
            return _(self.tips[section])
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if index.internalId() == 0:
            return self.group_data(index.row(), index.column(), role)
        return self.row_data(int(index.internalId()) - 1, index.row(), index.column(), role)


class GroupedProxy(QSortFilterProxyModel):
    """Sorts by ``SORT_ROLE`` inside the groups, which keep their order."""

    def __init__(self, model: TwoLevelModel, parent: QObject | None = None) -> None:
        # Not parented to the model: ~QObject order would access a deleted source model.
        super().__init__(parent)
        self.setSourceModel(model)
        self.setSortRole(SORT_ROLE)

    def lessThan(self, left: AnyIndex, right: AnyIndex) -> bool:
        if not left.parent().isValid():
            rising = self.sortOrder() is Qt.SortOrder.AscendingOrder
            return (left.row() < right.row()) == rising
        return bool(left.data(SORT_ROLE) < right.data(SORT_ROLE))
