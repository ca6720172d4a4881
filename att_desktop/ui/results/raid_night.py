"""A spec's evening: its talents against every boss and dungeon, and the few builds for all. No Qt.

What covers what, and which builds are chosen, is ``game.cover``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from att_desktop.game.comparison import compare
from att_desktop.game.cover import cover
from att_desktop.game.results import MarkedBuild
from att_desktop.game.swaps import mark

if TYPE_CHECKING:
    from att_desktop.game.builds import Selection
    from att_desktop.game.comparison import Comparison
    from att_desktop.game.content_types import ContentType
    from att_desktop.game.cover import Cover
    from att_desktop.ui.results.spec_results import BuildRef, Result, SpecResults


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A boss or dungeon of the evening.

    ``change`` leads from the player's talents to its most played build; None without own talents
    or where the code of the build does not fit the talent trees. ``number`` is the place of the
    build that covers it in ``Evening.chosen``, from 1.
    """

    result: Result
    change: Comparison | None
    number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenBuild:
    """One of the few builds. ``stops`` are those that it is for, ``change`` leads to it from the
    player's talents, ``is_own`` when it is these."""

    build: BuildRef
    stops: tuple[Stop, ...]
    change: Comparison | None
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evening:
    """``own`` are the player's talents, None when they are not known; ``own_covers`` is how many
    stops they are near enough to."""

    spec_id: int
    own: BuildRef | None
    stops: tuple[Stop, ...]
    chosen: tuple[ChosenBuild, ...]
    own_covers: int = 0

    @property
    def covered(self) -> int:
        """How many stops have a build: all whose code fits the talent trees."""
        return sum(stop.number is not None for stop in self.stops)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    build: BuildRef
    is_own: bool
    support: int


def plan_evening(
    results: SpecResults, own: BuildRef | None, content_type: ContentType | None = None
) -> Evening:
    """Every encounter of a spec in order, of one content type or of all, and the builds for them.

    Chosen from are the most played build of each encounter and the player's own talents.
    """
    listed = [
        result
        for result in results.results
        if result.group != "general" and content_type in (None, result.content_type)
    ]
    readable = [result for result in listed if result.best is not None]
    candidates = _candidates(readable, own)
    found = cover(
        results.tree,
        [mark(results.tree, one.best.selection) for one in readable if one.best],
        [mark(results.tree, one.build.selection) for one in candidates],
        [one.support for one in candidates],
    )
    number_of = {
        result.key: found.chosen.index(by) + 1
        for result, by in zip(readable, found.nearest, strict=True)
        if by is not None
    }
    changes = _Changes(results, own)
    stops = tuple(
        Stop(
            result=result,
            change=changes.to(result.best),
            number=number_of.get(result.key),
        )
        for result in listed
    )
    return Evening(
        spec_id=results.spec_id,
        own=own,
        stops=stops,
        chosen=_chosen(changes, candidates, found, stops),
        own_covers=_covered_by(results, own, readable),
    )


def marked_builds(evening: Evening) -> list[MarkedBuild]:
    """The chosen builds as the addon is given them; the player's own talents are there already."""
    return [
        MarkedBuild(
            spec_id=evening.spec_id,
            talent_code=one.build.code,
            hero_tree=one.build.hero_tree,
            encounters=[int(stop.result.key) for stop in one.stops],
            tree_hash=next((stop.result.record.tree_hash for stop in one.stops), ""),
        )
        for one in evening.chosen
        if not one.is_own
    ]


def _candidates(readable: list[Result], own: BuildRef | None) -> list[_Candidate]:
    """Each selection once, with the players of all encounters whose most played build it is."""
    found: dict[Selection, _Candidate] = {}
    if own is not None:
        found[own.selection] = _Candidate(build=own, is_own=True, support=0)
    for result in readable:
        if result.best is None:
            continue
        best = result.record.best_build
        support = best.count if best.support is None else best.support
        known = found.get(result.best.selection)
        found[result.best.selection] = _Candidate(
            build=known.build if known else result.best,
            is_own=known is not None and known.is_own,
            support=support + (known.support if known else 0),
        )
    return list(found.values())


def _chosen(
    changes: _Changes,
    candidates: list[_Candidate],
    found: Cover,
    stops: tuple[Stop, ...],
) -> tuple[ChosenBuild, ...]:
    return tuple(
        ChosenBuild(
            build=candidates[one].build,
            stops=tuple(stop for stop in stops if stop.number == number),
            change=changes.to(candidates[one].build),
            is_own=candidates[one].is_own,
        )
        for number, one in enumerate(found.chosen, start=1)
    )


class _Changes:
    """From the player's talents to builds, each worked out once."""

    def __init__(self, results: SpecResults, own: BuildRef | None) -> None:
        self._tree, self._own = results.tree, own
        self._known: dict[Selection, Comparison] = {}

    def to(self, build: BuildRef | None) -> Comparison | None:
        """None without own talents or without a build."""
        if self._own is None or build is None:
            return None
        if build.selection not in self._known:
            change = compare(self._tree, self._own.selection, build.selection)
            self._known[build.selection] = change
        return self._known[build.selection]


def _covered_by(results: SpecResults, own: BuildRef | None, readable: list[Result]) -> int:
    if own is None:
        return 0
    tree = results.tree
    wanted = [mark(tree, one.best.selection) for one in readable if one.best]
    near = cover(tree, wanted, [mark(tree, own.selection)], [0]).nearest
    return sum(one is not None for one in near)
