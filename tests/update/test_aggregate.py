"""The edges of the rules: leads, ties, other hero trees, the general build that fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from att_desktop.game.swaps import mark
from att_desktop.game.trees import TalentTrees
from att_desktop.update.aggregate import Aggregate, aggregate, general_fits

if TYPE_CHECKING:
    from att_desktop.game.builds import Selection

TREE = TalentTrees.embedded().tree(250)
SINGLES = [
    (node.node_id, node.entries[0].entry_id, 1)
    for node in TREE.nodes.values()
    if node.section in ("class", "spec") and node.kind == "single" and node.max_ranks == 1
    if not node.free
]


def plays(*numbers: int, hero: int = 0) -> Selection:
    """A build of a hero tree with these talents, by number."""
    chosen = TREE.hero_trees[hero]
    choice = (chosen.selection_node_id, chosen.entry_id, 1)
    return frozenset({choice, *(SINGLES[number] for number in numbers)})


def counted(*sample: Selection) -> Aggregate:
    found = aggregate(TREE, sample, lambda each: mark(TREE, each), lambda _: True)
    assert found is not None
    return found


A, B, C, D = plays(0, 1, 2, 3), plays(4, 5, 6, 7), plays(4, 5, 6, 8), plays(4, 5, 9, 8)


def test_a_sure_lead_decides() -> None:
    # (8 - 1)^2 = 49 > 4 * 9: no other build is a candidate, however near it is to all.
    assert counted(*[A] * 8, B, C, D).best.selection == A
    # (7 - 1)^2 = 36 > 4 * 8, but (6 - 1)^2 = 25 <= 4 * 7: there counts cannot tell.
    near_c = [plays(4, 5, 6, number) for number in range(9, 19)]
    assert counted(*[A] * 7, C, *near_c).best.selection == A
    assert counted(*[A] * 6, C, *near_c).best.selection == C


def test_ties_go_to_the_larger_count_then_to_the_better_row() -> None:
    assert counted(A, B).best.selection == A
    assert counted(B, A).best.selection == B
    middle = plays(0, 1, 2, 4)
    # Each is as far from all: two with three of the one kind, three with two of the other.
    assert counted(A, middle, middle).best.selection == middle
    assert counted(middle, A, A).best.selection == A


@pytest.mark.parametrize(("far", "best_hero"), [(12, 1), (13, 1), (14, 0)])
def test_a_player_of_another_hero_tree_counts_thirteen_more(far: int, best_hero: int) -> None:
    others = plays(*range(far), hero=1)
    odd = plays(*range(14, 14 + far), hero=1)
    mine = plays(*range(14, 14 + far), hero=0)  # as near to the odd one as a hero tree lets it be
    sample = [others] * 10 + [mine] * 10 + [odd]
    assert counted(*sample).best.marked.hero == TREE.hero_trees[best_hero].hero_tree_id


@pytest.mark.parametrize(
    ("mine", "others", "shown"), [(36, 4, False), (45, 5, True), (46, 5, False), (8, 5, True)]
)
def test_another_hero_tree_is_shown_from_five_players_and_a_tenth(
    mine: int, others: int, shown: bool
) -> None:
    found = counted(*[plays(0)] * mine, *[plays(0, hero=1)] * others)
    assert [(build.count, build.support) for build in found.others] == [(others, others)] * shown


def test_players_of_no_hero_tree_have_no_build_of_another_one() -> None:
    assert counted(*[plays(0)] * 9, *[frozenset({SINGLES[0]})] * 6).others == ()


def test_support_is_within_three_swaps_of_the_same_hero_tree() -> None:
    three, four = plays(0, 4, 5, 6), plays(4, 5, 6, 7)
    fewer, many = plays(0), plays(0, 1, 2, 3, 4, 5, 6, 7)
    found = counted(*[A] * 5, three, four, fewer, many, plays(0, 1, 2, 3, hero=1))
    assert {build.selection: build.support for build in found.builds}[A] == 5 + 1 + 1


@pytest.mark.parametrize(("near", "far", "fits"), [(1, 1, False), (2, 1, False), (1, 2, True)])
def test_the_general_build_fits_when_players_lose_less_than_a_swap(
    near: int, far: int, fits: bool
) -> None:
    general = plays(0, 1, 4, 5)
    # Their own build spares those who play it two swaps, and costs the others as much.
    sample = [A] * (near * 3) + [general] * far
    own = counted(*sample)
    assert own.best.selection == (A if near * 3 > far else general)
    mean = (2 * near * 3 - 2 * far) / len(sample)
    assert general_fits(TREE, own, mark(TREE, general)) is (mean < 1) is fits


def test_the_general_build_never_fits_with_another_hero_tree() -> None:
    own = counted(A)
    assert general_fits(TREE, own, mark(TREE, A))
    assert not general_fits(TREE, own, mark(TREE, plays(0, 1, 2, 3, hero=1)))
