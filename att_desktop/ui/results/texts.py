"""Figures of builds as the window says them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from att_desktop.game.selections import hero_tree_of
from att_desktop.ui.tree.texts import percent

if TYPE_CHECKING:
    from att_desktop.game.builds import Selection
    from att_desktop.game.trees import TalentTree
    from att_desktop.ui.results.spec_results import BuildRef, Sampling

__all__ = ["apart_text", "cluster_sentence", "head_line", "short_age"]

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


def apart_text(apart: int | None) -> str:
    """'same', '1 talent', '4 talents', or '' when there is nothing to compare with."""
    if apart is None:
        return ""
    if apart == 0:
        return "same"
    return "1 talent" if apart == 1 else f"{apart} talents"


def head_line(build: BuildRef, now: datetime | None = None) -> str:
    """'17 of 160 · San'layn · 3 h old'."""
    parts = [build.of_sample, build.hero_tree or "no hero tree"]
    if build.fetched_at is not None:
        parts.append(f"{short_age(build.fetched_at, now)} old")
    parts.append(build.note)
    return " · ".join(part for part in parts if part)


def cluster_sentence(tree: TalentTree, sampling: Sampling, selection: Selection) -> str:
    """'This exact build: 7 of 50. Up to 3 talents apart: 31 of 50. 70 % play San'layn.'"""
    said = [sampling.around(selection).sentence] if sampling.builds else []
    most = sampling.heroes[0] if sampling.heroes else None
    if most is not None and most.hero_tree and most.hero_tree != hero_tree_of(tree, selection):
        # The build that most use may be of the hero tree that fewer play.
        said.append(f"{percent(most.players / sampling.rates.sample)} play {most.hero_tree.name}.")
    if sampling.unreadable:
        said.append(f"{sampling.unreadable} more have codes of other talent trees.")
    return " ".join(said)
