"""The list that says the same as the canvas: for screen readers, and for reading on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from att_desktop.text import N_, _
from att_desktop.text.formats import share
from att_desktop.ui.tree.node_state import Mark
from att_desktop.ui.tree.texts import plain, section_name, state_text

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from att_desktop.ui.tree.node_state import NodeState, TreeState

__all__ = ["NODE_ROLE", "SORT_ROLE", "TalentTableModel"]

_Index = QModelIndex | QPersistentModelIndex
NODE_ROLE: Final = Qt.ItemDataRole.UserRole
SORT_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_HEADERS: Final = (N_("Tree"), N_("Talent"), N_("Rank"), N_("Players"))
_SECTIONS: Final = ("class", "subtree", "hero", "spec")
_SECTION, _TALENT, _STATE, _RATE = range(4)


class TalentTableModel(QAbstractTableModel):
    """Section, talent, rank and pick rate of each node that is drawn, section by section.

    ``NODE_ROLE`` is the node id; ``SORT_ROLE`` sorts a column by its meaning.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look: TreeState | None = None
        self._rows: list[NodeState] = []

    def show_look(self, look: TreeState | None, *, only_differences: bool = False) -> None:
        """Show a tree, or only where two builds differ; None empties the list."""
        self.beginResetModel()
        self._look = look
        nodes = look.nodes.values() if look else ()
        shown = (node for node in nodes if not (only_differences and node.emphasis == "pale"))
        self._rows = sorted(shown, key=self._place)
        self.endResetModel()

    def row_of(self, node_id: int) -> int | None:
        """The row of a node."""
        for row, look in enumerate(self._rows):
            if look.node.node_id == node_id:
                return row
        return None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADERS[section])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        look, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(look, column)
        if role == NODE_ROLE:
            return look.node.node_id
        if role == SORT_ROLE:
            return self._sort_key(look, column)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == _TALENT:
            return plain(look)
        if role == Qt.ItemDataRole.TextAlignmentRole and column == _RATE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, look: NodeState, column: int) -> str:
        if column == _SECTION:
            return self._section(look)
        if column == _TALENT:
            return look.name
        if column == _STATE:
            return "–" if look.mark is Mark.EMPTY else state_text(look)
        shares = [part for part in (look.share, look.share_b) if part is not None]
        return " | ".join(map(share, shares))

    def _section(self, look: NodeState) -> str:
        if self._look is None:
            return ""
        names = [
            hero.name for hero in self._look.heroes if hero.hero_tree_id == look.node.hero_tree_id
        ]
        if look.node.section == "subtree":
            return _("Hero tree")
        return section_name(self._look.tree, look.node.section, *names)

    def _sort_key(self, look: NodeState, column: int) -> float | str:
        if column == _RATE:
            return -1.0 if look.share is None else look.share
        if column == _STATE:
            order = tuple(Mark)
            return f"{order.index(look.mark)} {state_text(look)}"
        return self._text(look, column)

    @staticmethod
    def _place(look: NodeState) -> tuple[int, int, int, int]:
        node = look.node
        return (_SECTIONS.index(node.section), node.hero_tree_id, node.y, node.x)
