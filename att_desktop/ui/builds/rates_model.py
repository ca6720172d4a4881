"""Core and flex: each talent, how many take it, which encounters turn it, and what is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt

from att_desktop.game.core_talents import CORE, RARE, Agreement, agreement
from att_desktop.text import N_, _
from att_desktop.text.formats import listed, number, percent, share
from att_desktop.ui.tree.texts import section_name
from att_desktop.ui.widgets.bar_delegate import HOLLOW_ROLE, SHARE_ROLE
from att_desktop.ui.widgets.grouped_model import SORT_ROLE, TwoLevelModel
from att_desktop.ui.widgets.plain_text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from att_desktop.game.builds import Selection
    from att_desktop.game.core_talents import Turn
    from att_desktop.game.pick_rates import PickRates
    from att_desktop.game.trees import TalentTree

NODE_ROLE: Final = Qt.ItemDataRole.UserRole
GROUP_ROLE: Final = Qt.ItemDataRole.UserRole + 2
"""The ``Agreement`` of a group's line, None on a talent's."""
# Open choices first, rarely taken talents last.
_GROUPS: Final[tuple[Agreement, ...]] = ("open", "core", "rare")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rate:
    node_id: int
    entry_id: int
    name: str
    tree: str
    players: int
    of: int
    taken: bool
    own: bool | None
    turned: str

    @property
    def share(self) -> float:
        return self.players / self.of if self.of else 0.0


class RatesModel(TwoLevelModel):
    """Open choices, core talents and rarely taken ones; both talents of a choice have a line.

    Beside the player's own talents, the shares of those are filled and the others' hollow.
    """

    # YOU is to be hidden where the player's own talents are not known.
    TALENT, PLAYERS, HERE, YOU, TREE, TURNED = range(6)

    # TRANSLATORS: heads of columns; 'You': whether the player's own talents have it.
    headers = (
        N_("Talent"),
        N_("Players"),
        N_("Build"),
        N_("You"),
        N_("Tree"),
        N_("Turned by"),
    )
    tips = (
        N_("The talent"),
        N_("How many of the players who could take it do"),
        N_("Whether the shown build takes it"),
        N_("Whether your talents have it"),
        N_("Where in the tree it is"),
        N_("Bosses and dungeons where the majority decides otherwise than in general"),
    )

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: list[tuple[Agreement, list[_Rate]]] = []

    def show_rates(
        self,
        tree: TalentTree,
        rates: PickRates,
        shown: Selection,
        own: Selection | None = None,
        turns: Mapping[tuple[int, int], Turn] | None = None,
    ) -> None:
        """Show the rates of a sample beside a build of it, and the player's own talents.

        ``turns`` are the encounters that decide otherwise, None while they are not known.
        """
        rows = _rows(tree, rates, shown, own, turns or {})
        self.beginResetModel()
        groups = [
            (group, [row for row in rows if agreement(row.share) == group]) for group in _GROUPS
        ]
        self._groups = [(group, members) for group, members in groups if members]
        self.set_groups(
            [(_group_text(group, len(members)), len(members)) for group, members in self._groups]
        )
        self.endResetModel()

    def show_turns(self, turns: Mapping[tuple[int, int], Turn]) -> None:
        """Which encounters decide otherwise is known now; all else stays."""
        for group, (_kind, members) in enumerate(self._groups):
            members[:] = [
                replace(rate, turned=_turn_text(turns.get((rate.node_id, rate.entry_id))))
                for rate in members
            ]
            parent = self.index(group, 0)
            last = self.index(len(members) - 1, self.TURNED, parent)
            self.dataChanged.emit(self.index(0, self.TURNED, parent), last)

    def empty(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._groups = []
        self.set_groups([])
        self.endResetModel()

    def group_data(self, group: int, column: int, role: int) -> Any:
        if role == GROUP_ROLE:
            return self._groups[group][0]
        return super().group_data(group, column, role)

    def row_data(self, group: int, row: int, column: int, role: int) -> Any:
        rate = self._groups[group][1][row]
        if role == Qt.ItemDataRole.DisplayRole and column == self.PLAYERS:
            return f"{share(rate.share)} ({number(rate.players)}/{number(rate.of)})"
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                rate.name,
                "",
                "✓" if rate.taken else "",
                "✓" if rate.own else "",
                rate.tree,
                rate.turned,
            )[column]
        if role == SORT_ROLE:
            return (
                rate.name,
                rate.share,
                rate.taken,
                bool(rate.own),
                rate.tree,
                (bool(rate.turned), rate.turned),
            )[column]
        if role == SHARE_ROLE and column == self.PLAYERS:
            return rate.share
        if role == HOLLOW_ROLE and column == self.PLAYERS:
            return rate.own is False
        if role == NODE_ROLE:
            return rate.node_id
        if role == Qt.ItemDataRole.ToolTipRole and column == self.TURNED and rate.turned:
            return plain_tip(rate.turned)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == self.HERE:
            return _("in the shown build") if rate.taken else _("not in the shown build")
        if role == Qt.ItemDataRole.AccessibleTextRole and column == self.YOU:
            return _("in your talents") if rate.own else _("not in your talents")
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (self.HERE, self.YOU):
            return Qt.AlignmentFlag.AlignCenter
        return None


def _group_text(kind: Agreement, count: int) -> str:
    if kind == "core":
        # TRANSLATORS: talents that nearly everybody takes, and how many of them there are.
        text = _("Core: more than {share} take it ({count})")
        return text.format(share=percent(100 * CORE), count=number(count))
    if kind == "open":
        # TRANSLATORS: talents that some take and some do not, and how many of them there are.
        return _("Open choices ({count})").format(count=number(count))
    text = _("Rarely taken: by {share} or fewer ({count})")
    return text.format(share=percent(100 * RARE), count=number(count))


def _turn_text(turn: Turn | None) -> str:
    if turn is None:
        return ""
    # TRANSLATORS: {encounters} are bosses or dungeons, where most players decide otherwise.
    text = _("taken at {encounters}") if turn.taken else _("left out at {encounters}")
    return text.format(encounters=listed(turn.encounters))


def _taken(selection: Selection) -> set[tuple[int, int]]:
    return {(node_id, entry_id) for node_id, entry_id, _rank in selection}


def _rows(
    tree: TalentTree,
    rates: PickRates,
    shown: Selection,
    own: Selection | None,
    turns: Mapping[tuple[int, int], Turn],
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
                entry_id=entry.entry_id,
                name=entry.name,
                tree=name,
                players=rate.entries.get(entry.entry_id, 0),
                of=rate.of,
                taken=(node.node_id, entry.entry_id) in taken,
                own=None if mine is None else (node.node_id, entry.entry_id) in mine,
                turned=_turn_text(turns.get((node.node_id, entry.entry_id))),
            )
            for entry in entries
        ]
    return sorted(rows, key=lambda row: (-row.share, row.tree, row.name))
