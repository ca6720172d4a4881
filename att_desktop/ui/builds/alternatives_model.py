"""Alternatives to the best build, by hero tree, most players first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from PySide6.QtCore import QModelIndex, Qt

from att_desktop.game.comparison import Difference, compare
from att_desktop.game.swaps import swaps
from att_desktop.text import N_, _, formats
from att_desktop.text.builds import swaps_text
from att_desktop.text.names import hero_tree_name
from att_desktop.ui.results.texts import hero_text
from att_desktop.ui.widgets.bar_delegate import SHARE_ROLE
from att_desktop.ui.widgets.grouped_model import TwoLevelModel
from att_desktop.ui.widgets.plain_text import plain_tip

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from att_desktop.game.builds import Selection
    from att_desktop.game.comparison import Comparison, PickedTalent
    from att_desktop.game.pick_rates import Counted, HeroShare
    from att_desktop.game.swaps import Swaps
    from att_desktop.game.trees import TalentTree
    from att_desktop.ui.results.spec_results import Sampling

BUILD_ROLE: Final = Qt.ItemDataRole.UserRole
"""The selection of a build; None on a hero tree's line."""


class AlternativesModel(TwoLevelModel):
    """Hero trees with their share of the players, and below each its builds."""

    BUILD, PLAYERS, SWAPS, TAKES = range(4)

    headers = (N_("Build"), N_("Players"), N_("Swaps"), N_("Takes"))
    tips = (
        N_("The hero tree, and its builds"),
        N_("How many of the sampled players use it"),
        N_("How many swaps it is from the best build"),
        N_("What it takes, and over what of the best build"),
    )

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shares: tuple[HeroShare, ...] = ()
        self._sample = 0
        self._tree: TalentTree | None = None
        self._best: Selection | None = None
        self._gaps: list[list[Swaps]] = []
        self._numbers: dict[Selection, int] = {}
        self._texts: dict[Selection, list[str]] = {}

    def show_sampling(self, tree: TalentTree, sampling: Sampling, best: Selection) -> None:
        """Show the sample behind a result whose best build is ``best``."""
        self.beginResetModel()
        self._tree, self._best, self._shares = tree, best, sampling.heroes
        self._sample = sampling.rates.sample
        self._texts.clear()
        self._numbers = {
            build.selection: number for number, build in enumerate(sampling.builds, start=1)
        }
        self._gaps = [
            [swaps(tree, best, build.selection) for build in share.builds] for share in self._shares
        ]
        self.set_groups(
            [
                (hero_text(share.hero_tree.name if share.hero_tree else None), len(share.builds))
                for share in self._shares
            ]
        )
        self.endResetModel()

    def empty(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._shares = ()
        self.set_groups([])
        self.endResetModel()

    def index_of(self, selection: Selection) -> QModelIndex:
        """Where a build stands; an invalid index when it is not there."""
        for group, share in enumerate(self._shares):
            for row, build in enumerate(share.builds):
                if build.selection == selection:
                    return self.index(row, 0, self.index(group, 0))
        return QModelIndex()

    def group_data(self, group: int, column: int, role: int) -> Any:
        share = self._shares[group]
        if role == Qt.ItemDataRole.DisplayRole and column == self.PLAYERS:
            return self._players(share.players)
        if role == SHARE_ROLE and column == self.PLAYERS:
            return share.players / self._sample
        if role == Qt.ItemDataRole.FontRole:
            return None
        return super().group_data(group, column, role)

    def row_data(self, group: int, row: int, column: int, role: int) -> Any:
        build: Counted = self._shares[group].builds[row]
        gap = self._gaps[group][row]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(build, gap, column)
        if role == Qt.ItemDataRole.ToolTipRole and not gap.is_equal:
            return plain_tip("\n".join(self._takes(build.selection)))
        if role == BUILD_ROLE:
            return build.selection
        if role == SHARE_ROLE and column == self.PLAYERS:
            return build.count / self._sample
        return None

    def _text(self, build: Counted, gap: Swaps, column: int) -> str:
        if column == self.PLAYERS:
            return self._players(build.count)
        if column == self.SWAPS:
            return "" if gap.is_equal else swaps_text(gap)
        if column == self.TAKES:
            return formats.divided(self._takes(build.selection))
        # The place among all builds: the Compare page counts the same way.
        number = self._numbers[build.selection]
        return _("Best build") if gap.is_equal else _("Build {number}").format(number=number)

    def _takes(self, selection: Selection) -> list[str]:
        """Worked out for the lines that come into sight: a general result has hundreds."""
        if self._tree is None or self._best is None:
            return []
        if selection not in self._texts:
            self._texts[selection] = _exchanged(compare(self._tree, selection, self._best))
        return self._texts[selection]

    def _players(self, players: int) -> str:
        return f"{formats.number(players)} ({formats.share(players / self._sample)})"


def _exchanged(comparison: Comparison) -> list[str]:
    """'Voidweaver over Oracle', 'Greater Smite over Inner Focus', 'without Evangelism'."""
    pairs = [
        (_label(exchange.a, "a"), _label(exchange.b, "b")) for exchange in comparison.exchanges
    ]
    if comparison.hero_differs:
        heroes = (comparison.hero_a, comparison.hero_b)
        left, right = (hero_tree_name(hero.name) if hero else "" for hero in heroes)
        pairs.insert(0, (left, right))
    return [_exchange(left, right) for left, right in pairs]


def _exchange(left: str, right: str) -> str:
    if left and right:
        return _("{talent} over {other}").format(talent=left, other=right)
    return left or _("without {talent}").format(talent=right)


def _label(side: PickedTalent | Difference | None, of: Literal["a", "b"]) -> str:
    if isinstance(side, Difference):
        side = side.a if of == "a" else side.b
    return side.label if side else ""
