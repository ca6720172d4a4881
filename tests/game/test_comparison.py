"""Comparing builds: what players see as 'A takes X over Y'."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from att_desktop.game.comparison import ComparisonError, Difference, compare, taken
from att_desktop.game.import_codes import decode, spread
from att_desktop.game.selections import selection_of
from att_desktop.game.swaps import Swaps, swaps
from att_desktop.game.trees import TalentTrees
from att_desktop.text.comparisons import difference_lines, summary_text
from tests.shared_data import shared_data

if TYPE_CHECKING:
    from att_desktop.game.builds import Selection
    from att_desktop.game.trees import TalentNode, TalentTree

TREES = TalentTrees.embedded()
BLOOD = TREES.tree(250)


def nodes(tree: TalentTree, section: str, kind: str, ranks: int) -> list[TalentNode]:
    return [
        node
        for node in tree.nodes.values()
        if (node.section, node.kind, node.max_ranks) == (section, kind, ranks)
        and not node.free
        and node.entries
    ]


def pick(node: TalentNode, rank: int | None = None, index: int = 0) -> tuple[int, int, int]:
    return (node.node_id, node.entries[index].entry_id, rank or node.max_ranks)


def hero_pick(tree: TalentTree, index: int) -> tuple[int, int, int]:
    hero = tree.hero_trees[index]
    return (hero.selection_node_id, hero.entry_id, 1)


def test_equal_selections_have_no_difference() -> None:
    a = frozenset({pick(node) for node in nodes(BLOOD, "spec", "single", 1)[:5]})
    comparison = compare(BLOOD, a, a)
    assert comparison.swaps == (0, False)
    assert difference_lines(comparison) == []
    assert len(comparison.same) == 5


def test_the_other_talent_of_a_choice_is_one_difference() -> None:
    node = nodes(BLOOD, "class", "choice", 1)[0]
    comparison = compare(BLOOD, frozenset({pick(node)}), frozenset({pick(node, index=1)}))
    assert comparison.swaps == (1, False)
    assert (comparison.only_a, comparison.only_b) == ((), ())
    first, second = node.entries
    assert difference_lines(comparison) == [f"A takes {first.name} over {second.name}"]


def test_the_summary_counts_swaps_in_words() -> None:
    first, second = nodes(BLOOD, "class", "single", 1)[:2]
    none, one, two = (
        summary_text(compare(BLOOD, frozenset(map(pick, taken)), frozenset()))
        for taken in ((), (first,), (first, second))
    )
    assert (none, one, two) == (
        "The builds are the same.",
        "1 swap apart.",
        "2 swaps apart.",
    )


def test_another_rank_is_told_with_both_ranks() -> None:
    node = nodes(BLOOD, "class", "single", 2)[0]
    comparison = compare(BLOOD, frozenset({pick(node, 1)}), frozenset({pick(node, 2)}))
    assert comparison.swaps == (1, False)
    assert [(one.a.rank, one.b.rank) for one in comparison.ranks] == [(1, 2)]
    assert difference_lines(comparison) == [f"B also takes {node.name} 2/2 (not 1/2)"]


def test_an_apex_node_is_one_talent_with_ranks() -> None:
    apex = next(node for node in BLOOD.nodes.values() if node.kind == "tiered")
    comparison = compare(BLOOD, frozenset(spread(apex, 4)), frozenset(spread(apex, 2)))
    assert comparison.swaps == (2, False)
    assert [(one.a.rank, one.b.rank) for one in comparison.ranks] == [(4, 2)]
    assert difference_lines(comparison) == ["A also takes Dance of Midnight 4/4 (not 2/4)"]
    lost = compare(BLOOD, frozenset(spread(apex, 4)), frozenset())
    assert [one.rank for one in lost.only_a] == [4]
    assert lost.swaps == (4, False)


def test_talents_are_paired_with_the_nearest_of_their_section() -> None:
    row = sorted(nodes(BLOOD, "class", "single", 1), key=lambda node: (node.y, node.x))
    top, below, bottom = row[0], row[1], row[-1]
    spec = nodes(BLOOD, "spec", "single", 1)[0]
    comparison = compare(
        BLOOD, frozenset({pick(top), pick(spec)}), frozenset({pick(below), pick(bottom)})
    )
    assert set(difference_lines(comparison)) == {
        f"A takes {top.name} over {below.name}",
        f"A also takes {spec.name}",
        f"B also takes {bottom.name}",
    }
    assert comparison.swaps == (2, False)


def test_a_rank_that_pays_for_a_talent_is_paired_with_it() -> None:
    two = nodes(BLOOD, "class", "single", 2)[0]
    one = nodes(BLOOD, "class", "single", 1)[0]
    comparison = compare(BLOOD, frozenset({pick(two, 2)}), frozenset({pick(two, 1), pick(one)}))
    assert difference_lines(comparison, "Boss", "General") == [
        f"Boss takes {two.name} 2/2 (not 1/2) over {one.name}"
    ]
    assert isinstance(comparison.exchanges[0].a, Difference)


def test_another_hero_tree_is_one_line_and_its_talents_stay_countable() -> None:
    first, second = BLOOD.hero_trees
    root_of = [
        next(
            node
            for node in BLOOD.nodes.values()
            if node.hero_tree_id == hero.hero_tree_id and not node.free and node.kind == "single"
        )
        for hero in (first, second)
    ]
    comparison = compare(
        BLOOD,
        frozenset({hero_pick(BLOOD, 0), pick(root_of[0])}),
        frozenset({hero_pick(BLOOD, 1), pick(root_of[1])}),
    )
    assert comparison.hero_differs
    assert difference_lines(comparison) == ["A plays Deathbringer, B plays San'layn"]
    assert comparison.swaps == (0, True)
    assert summary_text(comparison) == "0 swaps apart, other hero tree."
    assert (len(comparison.only_a), len(comparison.only_b)) == (1, 1)


def test_no_hero_tree_is_said() -> None:
    comparison = compare(BLOOD, frozenset({hero_pick(BLOOD, 0)}), frozenset())
    assert difference_lines(comparison) == ["A plays Deathbringer, B plays no hero tree"]
    assert comparison.swaps == (0, True)


def test_a_selection_of_another_spec_is_refused() -> None:
    frost = TREES.tree(64)
    other = frozenset({pick(nodes(frost, "spec", "single", 1)[0])})
    with pytest.raises(ComparisonError, match="Blood Death Knight"):
        compare(BLOOD, other, frozenset())


def test_an_entry_of_another_node_is_refused() -> None:
    first, second = nodes(BLOOD, "class", "single", 1)[:2]
    wrong = frozenset({(first.node_id, second.entries[0].entry_id, 1)})
    with pytest.raises(ComparisonError):
        taken(BLOOD, wrong)


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    """Any talents of the spec, hero talents of both trees included."""
    picks: list[tuple[int, int, int]] = []
    for node in BLOOD.nodes.values():
        if node.free or not node.entries:
            continue
        rank = draw(st.integers(0, node.max_ranks))
        if not rank:
            continue
        if node.kind == "tiered":
            picks += spread(node, rank)
        else:
            index = draw(st.integers(0, len(node.entries) - 1)) if node.is_choice else 0
            picks.append((node.node_id, node.entries[index].entry_id, rank))
    return frozenset(picks)


def counted_swaps(a: Selection, b: Selection) -> Swaps:
    """The rule of a swap in counters."""
    heroes = [{e for n, e, _ in each if BLOOD.nodes[n].kind == "subtree"} for each in (a, b)]
    other_hero = heroes[0] != heroes[1]
    left, right = (
        Counter(
            {
                (node, entry): rank
                for node, entry, rank in each
                if not other_hero or BLOOD.nodes[node].section in ("class", "spec")
            }
        )
        for each in (a, b)
    )
    return Swaps(max((left - right).total(), (right - left).total()), other_hero)


@settings(max_examples=40, deadline=None)
@given(selections(), selections())
def test_comparing_is_a_mirror_and_every_difference_is_in_one_place(
    a: Selection, b: Selection
) -> None:
    one, other = compare(BLOOD, a, b), compare(BLOOD, b, a)
    assert (one.only_a, one.only_b) == (other.only_b, other.only_a)
    mirrored = tuple((exchange.b, exchange.a) for exchange in other.exchanges)
    flipped = [(_flip(left), _flip(right)) for left, right in mirrored]
    assert [(exchange.a, exchange.b) for exchange in one.exchanges] == flipped
    assert one.swaps == other.swaps == counted_swaps(a, b)
    counted = len(one.only_a) + len(one.only_b) + len(one.ranks) + len(one.choices)
    assert counted + one.hero_differs == len({node_id for node_id, _, _ in a ^ b})
    assert one.swaps.is_equal == (a == b)


def _flip(side: object) -> object:
    if isinstance(side, Difference):
        return Difference(node=side.node, a=side.b, b=side.a)
    return side


@settings(max_examples=25, deadline=None)
@given(selections(), selections(), selections())
def test_swaps_are_a_metric_among_builds_of_one_hero_tree(
    a: Selection, b: Selection, c: Selection
) -> None:
    one, two, three = (selection_of(BLOOD, {*each, hero_pick(BLOOD, 0)}) for each in (a, b, c))
    ways = [swaps(BLOOD, *pair) for pair in ((one, three), (one, two), (two, three))]
    assert not any(way.other_hero for way in ways)
    assert ways[0].number <= ways[1].number + ways[2].number


def test_real_builds_of_a_spec_compare_in_short_lists() -> None:
    lines = shared_data("talents/import-codes.tsv").read_text().splitlines()[1:]
    codes = [row.split("\t") for row in lines]
    blood = [decode(row[2], TREES).selection for row in codes if row[1] == "250" and row[6] == "ok"]
    assert len(blood) >= 3
    for other in blood[1:]:
        comparison = compare(BLOOD, blood[0], other)
        shown = {one.node.node_id for one in (*comparison.only_a, *comparison.only_b)}
        assert len(comparison.exchanges) <= comparison.swaps.number
        assert shown.isdisjoint(one.node.node_id for one in comparison.same)
