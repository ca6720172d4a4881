"""The list of differences: what A takes, what B takes instead, and how many players do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from att_desktop.game.comparison import Difference, PickedTalent
from att_desktop.text import N_, _, formats
from att_desktop.text.comparisons import difference_lines
from att_desktop.text.names import hero_tree_name
from att_desktop.ui.widgets.bar_delegate import SHARE_ROLE
from att_desktop.ui.widgets.plain_text import plain_tip

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from att_desktop.game.comparison import Comparison
    from att_desktop.game.pick_rates import PickRates
    from att_desktop.game.trees import HeroTree
    from att_desktop.ui.widgets.grouped_model import AnyIndex

NODE_ROLE: Final = Qt.ItemDataRole.UserRole
_HEADERS: Final = (N_("A takes"), N_("Players"), N_("B takes"), N_("Players"))
_TIPS: Final = (
    N_("What only build A takes, or takes further"),
    N_("How many players of A's sample take that talent"),
    N_("What build B takes instead"),
    N_("How many players of B's sample take that talent"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    texts: tuple[str, str]
    shares: tuple[float | None, float | None]
    node_id: int
    sentence: str


class DifferenceModel(QAbstractTableModel):
    """One line for each exchange; another hero tree is the first line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []

    def show_comparison(
        self, comparison: Comparison | None, a: PickRates | None, b: PickRates | None
    ) -> None:
        """Show a comparison; the rates are those of the samples behind A and B, if any."""
        self.beginResetModel()
        self._rows = list(_rows(comparison, a, b)) if comparison else []
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADERS[section])
        return _(_TIPS[section]) if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        side, is_share = divmod(index.column(), 2)
        if role == Qt.ItemDataRole.DisplayRole:
            share = row.shares[side]
            if is_share:
                return "" if share is None else formats.share(share)
            return row.texts[side]
        if role == SHARE_ROLE and is_share:
            return row.shares[side]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(row.sentence)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return row.sentence
        return row.node_id if role == NODE_ROLE else None


def _rows(comparison: Comparison, a: PickRates | None, b: PickRates | None) -> list[_Row]:
    sentences = difference_lines(comparison)
    rows = []
    if comparison.hero_differs:
        heroes = (comparison.hero_a, comparison.hero_b)
        node_id = next(hero.selection_node_id for hero in heroes if hero is not None)
        rows.append(
            _Row(
                texts=(_hero_text(comparison.hero_a), _hero_text(comparison.hero_b)),
                shares=(_hero_share(comparison.hero_a, a), _hero_share(comparison.hero_b, b)),
                node_id=node_id,
                sentence=sentences.pop(0),
            )
        )
    for exchange, sentence in zip(comparison.exchanges, sentences, strict=True):
        left = exchange.a.a if isinstance(exchange.a, Difference) else exchange.a
        right = exchange.b.b if isinstance(exchange.b, Difference) else exchange.b
        one = left or right
        if one is None:
            continue
        rows.append(
            _Row(
                texts=(left.label if left else "", right.label if right else ""),
                shares=(_share(left, a), _share(right, b)),
                node_id=one.node.node_id,
                sentence=sentence,
            )
        )
    return rows


def _share(one: PickedTalent | None, rates: PickRates | None) -> float | None:
    rate = rates.nodes.get(one.node.node_id) if rates is not None and one is not None else None
    if rate is None or one is None:
        return None
    return rate.entry_share(one.entry.entry_id)


def _hero_text(hero: HeroTree | None) -> str:
    if hero is None:
        return _("No hero tree")
    return _("Hero: {name}").format(name=hero_tree_name(hero.name))


def _hero_share(hero: HeroTree | None, rates: PickRates | None) -> float | None:
    if hero is None or rates is None:
        return None
    rate = rates.nodes.get(hero.selection_node_id)
    return rate.entry_share(hero.entry_id) if rate else None
