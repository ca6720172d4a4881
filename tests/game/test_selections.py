"""From rows of a ranking to selections, and what makes a selection impossible."""

from __future__ import annotations

import pytest

from att_desktop.game.growth import purchase_problems
from att_desktop.game.selections import selection_from_rows, selection_problems
from att_desktop.game.specs import SPECS
from tests.own_codes import TREES, own_selection


@pytest.mark.parametrize("spec_id", SPECS)
def test_granted_talents_alone_are_no_build(spec_id: int) -> None:
    tree = TREES.tree(spec_id)
    granted = [(node.entries[0].entry_id, 1) for node in tree.nodes.values() if node.free]
    bought = own_selection(spec_id, 1)
    rows = [(entry_id, rank) for _, entry_id, rank in bought]
    assert granted
    assert selection_from_rows(tree, granted) == "no talents"
    assert selection_from_rows(tree, [*granted, *rows]) == bought


def test_a_hero_tree_that_is_not_of_this_spec_is_told_and_not_stumbled_over() -> None:
    tree = TREES.tree(250)
    bought = own_selection(250, 1)
    hero = tree.hero_trees[1]
    other = bought - {(hero.selection_node_id, hero.entry_id, 1)} | {
        (hero.selection_node_id, 999_999_999, 1)
    }
    assert selection_problems(tree, other) == ["It has hero talents without a hero tree."]
    assert purchase_problems(tree, other)
