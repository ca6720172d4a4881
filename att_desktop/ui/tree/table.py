"""The list that says the same as the canvas: for screen readers, and for reading on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from att_desktop.text import N_, _
from att_desktop.text.formats import share
from att_desktop.ui.tree.node_state import Mark
from att_desktop.ui.tree.texts import plain, section_name, state_text
from att_desktop.ui.widgets.grouped_model import SORT_ROLE, AnyIndex

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from att_desktop.ui.tree.node_state import NodeState, TreeState

NODE_ROLE: Final = Qt.ItemDataRole.UserRole
_HEADERS: Final = (N_("Tree"), N_("Talent"), N_("Rank"), N_("Players"))
_SECTIONS: Final = ("class", "subtree", "hero", "spec")
_SECTION, _TALENT, _STATE, _RATE = range(4)


class TalentTableModel(QAbstractTableModel):
    """Section, talent, rank and pick rate of each node that is drawn, section by section.

    ``NODE_ROLE`` is the node id; ``SORT_ROLE`` sorts a column by its meaning.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state: TreeState | None = None
        self._rows: list[NodeState] = []

    def show_state(self, state: TreeState | None, *, only_differences: bool = False) -> None:
        """Show a tree, or only where two builds differ; None empties the list."""
        self.beginResetModel()
        self._state = state
        nodes = state.nodes.values() if state else ()
        shown = (node for node in nodes if not (only_differences and node.emphasis == "pale"))
        self._rows = sorted(shown, key=self._place)
        self.endResetModel()

    def row_of(self, node_id: int) -> int | None:
        """The row of a node."""
        for row, state in enumerate(self._rows):
            if state.node.node_id == node_id:
                return row
        return None

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADERS[section])
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        state, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(state, column)
        if role == NODE_ROLE:
            return state.node.node_id
        if role == SORT_ROLE:
            return self._sort_key(state, column)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == _TALENT:
            return plain(state)
        if role == Qt.ItemDataRole.TextAlignmentRole and column == _RATE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, state: NodeState, column: int) -> str:
        if column == _SECTION:
            return self._section(state)
        if column == _TALENT:
            return state.name
        if column == _STATE:
            return "–" if state.mark is Mark.EMPTY else state_text(state)
        shares = [part for part in (state.share, state.share_b) if part is not None]
        return " | ".join(map(share, shares))

    def _section(self, state: NodeState) -> str:
        if self._state is None:
            return ""
        names = [
            hero.name for hero in self._state.heroes if hero.hero_tree_id == state.node.hero_tree_id
        ]
        if state.node.section == "subtree":
            return _("Hero tree")
        return section_name(self._state.tree, state.node.section, *names)

    def _sort_key(self, state: NodeState, column: int) -> float | str:
        if column == _RATE:
            return -1.0 if state.share is None else state.share
        if column == _STATE:
            order = tuple(Mark)
            return f"{order.index(state.mark)} {state_text(state)}"
        return self._text(state, column)

    @staticmethod
    def _place(state: NodeState) -> tuple[int, int, int, int]:
        node = state.node
        return (_SECTIONS.index(node.section), node.hero_tree_id, node.y, node.x)
