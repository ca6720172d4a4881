"""Alternatives to the best build, by hero tree, most players first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QModelIndex, Qt

from att_desktop.game.comparison import distance
from att_desktop.ui.builds.bar_delegate import SHARE_ROLE
from att_desktop.ui.builds.two_levels import TwoLevelModel
from att_desktop.ui.builds.words import apart_text
from att_desktop.ui.tree.words import percent

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from att_desktop.game.builds import Selection
    from att_desktop.game.pickrates import Counted, HeroShare
    from att_desktop.ui.builds.results import Sampling

__all__ = ["BUILD_ROLE", "AlternativesModel"]

BUILD_ROLE: Final = Qt.ItemDataRole.UserRole
"""The selection of a build; None on a hero tree's line."""


class AlternativesModel(TwoLevelModel):
    """Hero trees with their share of the players, and below each its builds."""

    headers = ("Build", "Players", "Apart")
    tips = (
        "The hero tree, and its builds",
        "How many of the sampled players use it",
        "At how many talents it differs from the best build",
    )

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shares: tuple[HeroShare, ...] = ()
        self._sample = 0
        self._gaps: list[list[int]] = []

    def show_sampling(self, sampling: Sampling | None, best: Selection | None) -> None:
        """Show another sample; None empties the list."""
        self.beginResetModel()
        self._shares = sampling.heroes if sampling else ()
        self._sample = sampling.rates.sample if sampling else 0
        self._gaps = [
            [distance(best, build.selection) if best is not None else 0 for build in share.builds]
            for share in self._shares
        ]
        self.set_sizes([len(share.builds) for share in self._shares])
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
        if role == Qt.ItemDataRole.DisplayRole:
            name = share.hero_tree.name if share.hero_tree else "No hero tree"
            return (name, self._players(share.players), "")[column]
        if role == SHARE_ROLE and column == 1:
            return share.players / self._sample
        return None

    def row_data(self, group: int, row: int, column: int, role: int) -> Any:
        build: Counted = self._shares[group].builds[row]
        gap = self._gaps[group][row]
        if role == Qt.ItemDataRole.DisplayRole:
            name = "Best build" if gap == 0 else f"Build {row + 1}"
            return (name, self._players(build.count), "" if gap == 0 else apart_text(gap))[column]
        if role == BUILD_ROLE:
            return build.selection
        if role == SHARE_ROLE and column == 1:
            return build.count / self._sample
        return None

    def _players(self, players: int) -> str:
        return f"{players} ({percent(players / self._sample)})"
