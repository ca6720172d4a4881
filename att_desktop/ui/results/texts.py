"""Figures of builds as the window says them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from att_desktop.game.pick_rates import cluster_around
from att_desktop.game.selections import hero_tree_of
from att_desktop.game.swaps import NEAR
from att_desktop.ui.tree.texts import percent

if TYPE_CHECKING:
    from att_desktop.game.builds import Selection
    from att_desktop.game.trees import TalentTree
    from att_desktop.ui.results.spec_results import BuildRef, Sampling

__all__ = ["cluster_sentence", "head_line", "short_age"]

_HOUR: Final = 3600
_DAY: Final = 24 * _HOUR


def short_age(then: datetime, now: datetime | None = None) -> str:
    """'12 min', '3 h', '5 d': how old something is, for a narrow column."""
    seconds = max(0.0, ((now or datetime.now(UTC)) - then).total_seconds())
    if seconds < _HOUR:
        return f"{int(seconds // 60)} min" if seconds >= 60 else "<1 min"
    if seconds < 2 * _DAY:
        return f"{int(seconds // _HOUR)} h"
    return f"{int(seconds // _DAY)} d"


def head_line(build: BuildRef, now: datetime | None = None) -> str:
    """'17 of 160 · San'layn · 3 h old'."""
    parts = [build.of_sample, build.hero_tree or "no hero tree"]
    if build.fetched_at is not None:
        parts.append(f"{short_age(build.fetched_at, now)} old")
    parts.append(build.note)
    return " · ".join(part for part in parts if part)


def cluster_sentence(tree: TalentTree, sampling: Sampling, selection: Selection) -> str:
    """'31 of 50 play this or within 3 swaps; 7 play exactly this. 70 % play San'layn.'"""
    said = []
    if sampling.builds:
        near = cluster_around(tree, selection, sampling.builds)
        said.append(
            f"{near.support} of {near.sample} play this or within {NEAR} swaps; "
            f"{near.exact} play exactly this."
        )
    most = sampling.heroes[0] if sampling.heroes else None
    if most is not None and most.hero_tree and most.hero_tree != hero_tree_of(tree, selection):
        # The build that most use may be of the hero tree that fewer play.
        said.append(f"{percent(most.players / sampling.rates.sample)} play {most.hero_tree.name}.")
    if sampling.unreadable:
        said.append(f"{sampling.unreadable} more have codes of other talent trees.")
    return " ".join(said)
