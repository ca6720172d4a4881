"""Encounters against encounters: how many swaps their best builds are apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from att_desktop.game.swaps import apart, mark
from att_desktop.text import _
from att_desktop.text.builds import swaps_sign, swaps_text
from att_desktop.ui.widgets.bar_delegate import SHARE_ROLE
from att_desktop.ui.widgets.plain_text import plain_tip

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from att_desktop.game.swaps import Swaps
    from att_desktop.ui.results.spec_results import BuildRef, SpecResults
    from att_desktop.ui.widgets.grouped_model import AnyIndex

PAIR_ROLE: Final = Qt.ItemDataRole.UserRole
"""The two builds of a cell; None on the diagonal."""


class MatrixModel(QAbstractTableModel):
    """Rows and columns are the results of a spec in the order of the encounter list.

    ``SHARE_ROLE`` is how far apart two builds are, 1.0 for the pair that is furthest apart. An
    asterisk marks another hero tree.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._builds: list[BuildRef] = []
        self._gaps: list[list[Swaps]] = []
        self._most = 1

    def show_results(self, results: SpecResults | None) -> None:
        """Show the results of a spec; None empties the matrix."""
        self.beginResetModel()
        self._builds = [one.best for one in results.results if one.best] if results else []
        tree = results.tree if results else None
        marked = [mark(tree, build.selection) for build in self._builds] if tree else []
        self._gaps = (
            [[apart(tree, left, right) for right in marked] for left in marked] if tree else []
        )
        self._most = max((gap.number for row in self._gaps for gap in row), default=1) or 1
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._builds)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._builds)

    def headerData(
        self, section: int, _orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if section >= len(self._builds):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._builds[section].title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._builds[section].title)
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        gap = self._gaps[row][column]
        same = row == column
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if same else swaps_sign(gap)
        if role == SHARE_ROLE:
            return None if same else gap.number / self._most
        if role == PAIR_ROLE:
            return None if same else (self._builds[row], self._builds[column])
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._sentence(row, column, gap))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(row, column, gap)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def _sentence(self, row: int, column: int, gap: Swaps) -> str:
        left, right = self._builds[row].title, self._builds[column].title
        if row == column:
            return left
        if gap.is_equal:
            return _("{a} and {b}: the same build").format(a=left, b=right)
        return _("{a} and {b}: {swaps}").format(a=left, b=right, swaps=swaps_text(gap))
