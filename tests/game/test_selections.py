"""From rows of a ranking to selections, and what makes a selection impossible."""

from __future__ import annotations

import pytest

from att_desktop.game.problems import Problem
from att_desktop.game.selections import selection_from_rows, selection_problems
from att_desktop.game.specs import SPECS
from att_desktop.sources.sample.random_builds import purchase_problems
from tests.own_codes import TREES, own_selection


@pytest.mark.parametrize("spec_id", SPECS)
def test_granted_talents_alone_are_no_build(spec_id: int) -> None:
    tree = TREES.tree(spec_id)
    granted = [(node.entries[0].entry_id, 1) for node in tree.nodes.values() if node.free]
    bought = own_selection(spec_id, 1)
    rows = [(entry_id, rank) for _, entry_id, rank in bought]
    assert granted
    assert selection_from_rows(tree, granted) == "row.no_talents"
    assert selection_from_rows(tree, [*granted, *rows]) == bought


def test_a_hero_tree_that_is_not_of_this_spec_is_told_and_not_stumbled_over() -> None:
    tree = TREES.tree(250)
    bought = own_selection(250, 1)
    hero = tree.hero_trees[1]
    other = bought - {(hero.selection_node_id, hero.entry_id, 1)} | {
        (hero.selection_node_id, 999_999_999, 1)
    }
    assert selection_problems(tree, other) == [Problem(code="code.hero_talents_alone")]
    assert purchase_problems(tree, other)


@pytest.mark.parametrize("spec_id", SPECS)
def test_talents_of_the_hero_tree_that_is_not_chosen_do_not_count(spec_id: int) -> None:
    tree = TREES.tree(spec_id)
    first, second = (own_selection(spec_id, seed) for seed in (0, 1))
    rows = [(entry_id, rank) for _, entry_id, rank in first]
    other = [(e, rank) for node, e, rank in second if tree.nodes[node].section == "hero"]
    assert selection_from_rows(tree, [*other, *rows]) == first
    chosen = tree.hero_trees[0].entry_id
    unchosen = [(entry_id, rank) for entry_id, rank in rows if entry_id != chosen]
    assert selection_from_rows(tree, [*unchosen, *other]) == "row.two_hero_trees"
    without = frozenset(p for p in first if tree.nodes[p[0]].section in ("class", "spec"))
    assert selection_from_rows(tree, unchosen) == without


def test_hero_talents_of_no_chosen_tree_alone_are_no_build() -> None:
    tree = TREES.tree(250)
    bought = own_selection(250, 1)
    alone = [(e, rank) for node, e, rank in bought if tree.nodes[node].section == "hero"]
    assert alone
    assert selection_from_rows(tree, alone) == "row.no_talents"


def test_the_choice_between_the_hero_trees_is_one() -> None:
    tree = TREES.tree(250)
    rows = [(entry_id, rank) for _, entry_id, rank in own_selection(250, 1)]
    chosen, other = tree.hero_trees[1], tree.hero_trees[0]
    assert selection_from_rows(tree, [*rows, (other.entry_id, 1)]) == "row.two_of_one_choice"
    swapped = [(other.entry_id if e == chosen.entry_id else e, rank) for e, rank in rows]
    found = selection_from_rows(tree, swapped)
    assert not isinstance(found, str)
    assert {tree.nodes[node].section for node, _, _ in found} == {"class", "spec", "subtree"}
    assert selection_from_rows(tree, [*rows, (other.entry_id, 0)]) == own_selection(250, 1)


def test_no_entry_of_an_apex_talent_goes_above_its_own_ranks() -> None:
    tree = TREES.tree(250)
    apex = next(node for node in tree.nodes.values() if node.kind == "tiered")
    first, second, _ = (entry.entry_id for entry in apex.entries)
    both = frozenset({(apex.node_id, first, 1), (apex.node_id, second, 2)})
    assert selection_from_rows(tree, [(first, 1), (second, 2)]) == both
    assert selection_from_rows(tree, [(second, 1), (second, 1), (first, 1)]) == both
    assert selection_from_rows(tree, [(first, 2)]) == "row.above_max_rank"
