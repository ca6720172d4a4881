"""The fewest builds that cover all encounters, beside a count that tries every choice."""

from __future__ import annotations

import itertools
import random
from functools import reduce
from operator import or_

from hypothesis import given, settings
from hypothesis import strategies as st

from att_desktop.game.cover import cover, smallest_cover
from att_desktop.game.swaps import NEAR, mark
from att_desktop.game.trees import TalentTrees
from att_desktop.sources.sample.random_builds import random_build

TREE = TalentTrees.embedded().tree(250)

SETS = st.lists(
    st.tuples(st.sets(st.integers(0, 8), max_size=5), st.integers(0, 4)), min_size=0, max_size=9
)


@settings(deadline=None)
@given(SETS)
def test_no_smaller_choice_covers_and_of_equals_the_one_with_more_support(
    sets: list[tuple[set[int], int]],
) -> None:
    reach = [sum(1 << element for element in elements) for elements, _ in sets]
    support = [players for _, players in sets]
    whole = reduce(or_, reach, 0)
    choices = (
        (size, -sum(support[one] for one in chosen), chosen)
        for size in range(len(reach) + 1)
        for chosen in itertools.combinations(range(len(reach)), size)
        if reduce(or_, (reach[one] for one in chosen), 0) == whole
    )
    assert smallest_cover(reach, support) == min(choices)[2]


def test_many_encounters_that_hang_together_are_covered_in_any_case() -> None:
    around = random.Random(5)
    reach = [1 << one | 1 << (one + 1) % 40 | 1 << around.randrange(40) for one in range(40)]
    chosen = smallest_cover(reach, [1] * 40)
    assert reduce(or_, (reach[one] for one in chosen)) == (1 << 40) - 1
    assert len(chosen) <= 20


def _builds(seed: int, count: int) -> list[frozenset[tuple[int, int, int]]]:
    """Builds of both hero trees, some within three swaps of each other."""
    rng = random.Random(seed)
    weights = {key: rng.uniform(0, 10) for key in [*TREE.nodes, *TREE.entries]}
    return [
        random_build(
            TREE,
            TREE.hero_trees[rng.random() < 0.3],
            weights,
            noise=random.Random(rng.random()),
            noise_spread=rng.choice((0.1, 0.5, 1.0)),
        )
        for _ in range(count)
    ]


def _ranks(selection: frozenset[tuple[int, int, int]]) -> dict[tuple[int, int], int]:
    return {(node_id, entry_id): rank for node_id, entry_id, rank in selection}


def _near(
    one: frozenset[tuple[int, int, int]], other: frozenset[tuple[int, int, int]]
) -> int | None:
    """Swaps by the definition of the design, counted by hand; None for another hero tree."""
    heroes = {hero.entry_id for hero in TREE.hero_trees}
    mine, theirs = _ranks(one), _ranks(other)
    if {key for key in mine if key[1] in heroes} != {key for key in theirs if key[1] in heroes}:
        return None
    more = sum(max(0, rank - theirs.get(key, 0)) for key, rank in mine.items())
    less = sum(max(0, rank - mine.get(key, 0)) for key, rank in theirs.items())
    return max(more, less)


def test_builds_cover_within_three_swaps_of_the_same_hero_tree() -> None:
    covered_by_others = 0
    for seed in range(12):
        builds = _builds(seed, 9)
        marked = [mark(TREE, build) for build in builds]
        support = [seed * 7 % 5 + number % 3 for number in range(9)]
        found = cover(TREE, marked[:8], marked, support)
        for encounter, by in enumerate(found.nearest):
            assert by in found.chosen
            distances = {one: _near(builds[one], builds[encounter]) for one in found.chosen}
            near = {one: far for one, far in distances.items() if far is not None and far <= NEAR}
            assert near[by] == min(near.values())
            covered_by_others += by != encounter
        reachable = [
            {
                encounter
                for encounter in range(8)
                if (far := _near(builds[one], builds[encounter])) is not None and far <= NEAR
            }
            for one in range(9)
        ]
        fewest = next(
            size
            for size in range(9)
            if any(
                len(set().union(*(reachable[one] for one in chosen))) == 8
                for chosen in itertools.combinations(range(9), size)
            )
        )
        assert len(found.chosen) == fewest
    assert covered_by_others > 10, "some builds must be near others, or this shows nothing"


def test_what_no_candidate_reaches_is_left_open() -> None:
    builds = [mark(TREE, build) for build in _builds(3, 6)]
    heroes = {build.hero for build in builds}
    assert len(heroes) == 2
    of_one_tree = [build for build in builds if build.hero == min(heroes)]
    found = cover(TREE, builds, of_one_tree, [1] * len(of_one_tree))
    assert [by is None for by in found.nearest] == [build.hero != min(heroes) for build in builds]


def test_nothing_is_covered_by_nothing() -> None:
    assert cover(TREE, [], [], []).chosen == ()
    assert smallest_cover([0, 0], [3, 4]) == ()
