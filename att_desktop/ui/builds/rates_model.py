"""Pick rates as a list: each talent, how many take it, and whether the shown build does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSortFilterProxyModel, Qt

from att_desktop.text import N_, _
from att_desktop.text.formats import number, share
from att_desktop.ui.tree.texts import section_name
from att_desktop.ui.widgets.bar_delegate import HOLLOW_ROLE, SHARE_ROLE

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from att_desktop.game.builds import Selection
    from att_desktop.game.pick_rates import PickRates
    from att_desktop.game.trees import TalentTree
    from att_desktop.ui.widgets.grouped_model import AnyIndex

__all__ = ["NODE_ROLE", "SORT_ROLE", "YOU_COLUMN", "RatesModel", "RatesProxy"]

NODE_ROLE: Final = Qt.ItemDataRole.UserRole
SORT_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_TALENT, _PLAYERS, _HERE, _YOU, _TREE = range(5)
# TRANSLATORS: heads of columns; 'You': whether the player's own talents have it.
_HEADERS: Final = (N_("Talent"), N_("Players"), N_("Build"), N_("You"), N_("Tree"))
YOU_COLUMN: Final = _YOU
"""The player's own talents; to be hidden where none are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rate:
    node_id: int
    name: str
    tree: str
    players: int
    of: int
    taken: bool
    own: bool | None

    @property
    def share(self) -> float:
        return self.players / self.of if self.of else 0.0


class RatesModel(QAbstractTableModel):
    """A line for each talent that can be chosen; both talents of a choice have their own.

    Beside the player's own talents, the shares of those are filled and the others' hollow.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Rate] = []

    def show_rates(
        self, tree: TalentTree, rates: PickRates, shown: Selection, own: Selection | None = None
    ) -> None:
        """Show the rates of a sample beside a build of it, and the player's own talents."""
        self.beginResetModel()
        self._rows = list(_rows(tree, rates, shown, own))
        self.endResetModel()

    def empty(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._rows = []
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADERS[section])
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                row.name,
                f"{share(row.share)} ({number(row.players)}/{number(row.of)})",
                "✓" if row.taken else "",
                "✓" if row.own else "",
                row.tree,
            )[column]
        if role == SORT_ROLE:
            return (row.name, row.share, row.taken, bool(row.own), row.tree)[column]
        if role == SHARE_ROLE and column == _PLAYERS:
            return row.share
        if role == HOLLOW_ROLE and column == _PLAYERS:
            return row.own is False
        if role == NODE_ROLE:
            return row.node_id
        if role == Qt.ItemDataRole.AccessibleTextRole and column == _HERE:
            return _("in the shown build") if row.taken else _("not in the shown build")
        if role == Qt.ItemDataRole.AccessibleTextRole and column == _YOU:
            return _("in your talents") if row.own else _("not in your talents")
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (_HERE, _YOU):
            return Qt.AlignmentFlag.AlignCenter
        return None


class RatesProxy(QSortFilterProxyModel):
    """Sorts by the meaning of a column."""

    def __init__(self, model: RatesModel, parent: QObject | None = None) -> None:
        # Not parented to the model: ~QObject order would access a deleted source model.
        super().__init__(parent)
        self._model = model
        self.setSourceModel(model)
        self.setSortRole(SORT_ROLE)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterKeyColumn(_TALENT)


def _taken(selection: Selection) -> set[tuple[int, int]]:
    return {(node_id, entry_id) for node_id, entry_id, _rank in selection}


def _rows(
    tree: TalentTree, rates: PickRates, shown: Selection, own: Selection | None
) -> list[_Rate]:
    taken = _taken(shown)
    mine = None if own is None else _taken(own)
    heroes = {hero.hero_tree_id: hero.name for hero in tree.hero_trees}
    rows = []
    for rate in rates.nodes.values():
        node = tree.nodes[rate.node_id]
        name = section_name(tree, node.section, heroes.get(node.hero_tree_id, ""))
        if node.kind == "subtree":
            name = _("Hero tree")
        entries = node.entries if node.is_choice else node.entries[:1]
        rows += [
            _Rate(
                node_id=node.node_id,
                name=entry.name,
                tree=name,
                players=rate.entries.get(entry.entry_id, 0),
                of=rate.of,
                taken=(node.node_id, entry.entry_id) in taken,
                own=None if mine is None else (node.node_id, entry.entry_id) in mine,
            )
            for entry in entries
        ]
    return sorted(rows, key=lambda row: (-row.share, row.tree, row.name))
