"""What can be purchased in a tree, and builds that are grown by purchases."""

from __future__ import annotations

import csv
from random import Random
from typing import TYPE_CHECKING

import pytest

from att_desktop.game.import_codes import decode, encode
from att_desktop.game.selections import hero_tree_of, points_of
from att_desktop.game.specs import SPECS
from att_desktop.game.trees import TalentTrees
from att_desktop.sources.sample.random_builds import purchase_problems, random_build
from tests.shared_data import shared_data

if TYPE_CHECKING:
    from att_desktop.game.builds import Pick, Selection
    from att_desktop.game.trees import TalentNode, TalentTree

EMBEDDED_DATA = "12.1.5.2"
# The Hunt, Improved Consume and Voidpurge of Devourer hung elsewhere in the game's version before.
EDGES_THAT_MOVED = {1480}


@pytest.fixture(scope="module")
def trees() -> TalentTrees:
    return TalentTrees.embedded()


def grown(tree: TalentTree, hero: int, seed: int) -> Selection:
    rng = Random(seed)
    weights = {node_id: rng.random() for node_id in tree.nodes}
    return random_build(tree, tree.hero_trees[hero], weights, noise=rng, noise_spread=0.2)


@pytest.mark.parametrize("spec_id", SPECS)
@pytest.mark.parametrize("hero", [0, 1])
def test_grown_builds_are_legal_and_say_themselves_as_code(
    trees: TalentTrees, spec_id: int, hero: int
) -> None:
    tree = trees.tree(spec_id)
    for seed in range(6):
        build = grown(tree, hero, seed)
        assert purchase_problems(tree, build) == []
        points = points_of(tree, build)
        assert (points.class_, points.spec, points.hero) == (34, 34, 13)
        assert hero_tree_of(tree, build) == tree.hero_trees[hero]
        decoded = decode(encode(tree, build), trees)
        assert decoded.selection == build
        assert decoded.problems == ()


def test_equal_likes_and_moods_give_equal_builds(trees: TalentTrees) -> None:
    tree = trees.tree(62)
    assert grown(tree, 0, 1) == grown(tree, 0, 1)
    assert grown(tree, 0, 1) != grown(tree, 0, 2)
    hero = tree.hero_trees[0]
    assert random_build(tree, hero, {}) == random_build(tree, hero, {})


def test_what_is_liked_is_taken(trees: TalentTrees) -> None:
    tree = trees.tree(62)
    hero = tree.hero_trees[0]
    node = next(node for node in tree.nodes.values() if node.is_choice and node.section == "class")
    ways = [node.node_id, *node.prev]
    for entry in node.entries:
        weights = dict.fromkeys(ways, 5.0) | {entry.entry_id: 1.0}
        weights |= {above: 5.0 for way in ways for above in tree.nodes[way].prev}
        assert (node.node_id, entry.entry_id, 1) in random_build(tree, hero, weights)


def test_clean_codes_of_real_players_can_be_purchased(trees: TalentTrees) -> None:
    checked = 0
    with shared_data("talents/import-codes.tsv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if line["verdict"] != "ok" or line["tree_data"] != EMBEDDED_DATA:
                continue
            decoded = decode(line["string"], trees)
            problems = purchase_problems(trees.tree(decoded.spec_id), decoded.selection)
            if decoded.spec_id not in EDGES_THAT_MOVED and "simc" not in line["source"].casefold():
                assert problems == [], line["string"]
                checked += 1
    assert checked > 190


def node_of(build: Selection, tree: TalentTree, fits: object) -> tuple[TalentNode, list[Pick]]:
    assert callable(fits)
    for node_id, _, _ in sorted(build):
        node = tree.nodes[node_id]
        picks = [pick for pick in build if pick[0] == node_id]
        if fits(node, picks):
            return node, picks
    raise AssertionError("no such node")


def test_a_talent_without_the_one_above_is_found(trees: TalentTrees) -> None:
    tree = trees.tree(62)
    build = grown(tree, 0, 1)

    def only_way(node: TalentNode, _: list[Pick]) -> bool:
        below = [tree.nodes[key] for key in node.next if any(pick[0] == key for pick in build)]
        taken = {pick[0] for pick in build}
        return any(len(taken.intersection(each.prev)) == 1 for each in below)

    _, picks = node_of(build, tree, only_way)
    problems = purchase_problems(tree, build - set(picks))
    assert any(problem.code == "code.out_of_reach" for problem in problems)


def test_a_gate_that_is_not_paid_for_is_found(trees: TalentTrees) -> None:
    tree = trees.tree(62)
    apex = next(node for node in tree.nodes.values() if node.kind == "tiered")
    hero = tree.hero_trees[0]
    alone = frozenset(
        {
            (hero.selection_node_id, hero.entry_id, 1),
            (apex.node_id, apex.entries[0].entry_id, 1),
        }
    )
    assert any(one.code == "code.out_of_reach" for one in purchase_problems(tree, alone))
    assert purchase_problems(tree, grown(tree, 0, 3)) == []


def test_a_half_taken_talent_leads_no_further(trees: TalentTrees) -> None:
    for spec_id in SPECS:
        tree = trees.tree(spec_id)
        build = grown(tree, 0, 5)
        taken = {pick[0] for pick in build}
        for node in tree.nodes.values():
            below = [key for key in node.next if key in taken]
            if node.max_ranks < 2 or node.kind != "single" or node.node_id not in taken:
                continue
            if any(len(taken.intersection(tree.nodes[key].prev)) == 1 for key in below):
                (pick,) = [pick for pick in build if pick[0] == node.node_id]
                halved = build - {pick} | {(pick[0], pick[1], 1)}
                if pick[2] > 1:
                    assert purchase_problems(tree, frozenset(halved)) != []
                    return
    raise AssertionError("no talent of two ranks leads anywhere")


@pytest.mark.parametrize(
    "twist",
    ["free", "above max", "two of a choice", "apex out of order", "foreign", "too many points"],
)
def test_other_impossible_builds_are_found(trees: TalentTrees, twist: str) -> None:
    tree = trees.tree(62)
    build = set(grown(tree, 0, 1))
    apex = next(node for node in tree.nodes.values() if node.kind == "tiered")
    choice = next(
        node
        for node in tree.nodes.values()
        if node.kind == "choice" and any(pick[0] == node.node_id for pick in build)
    )
    if twist == "free":
        free = next(node for node in tree.nodes.values() if node.free)
        build.add((free.node_id, free.entries[0].entry_id, 1))
    elif twist == "above max":
        pick = min(build)
        build = build - {pick} | {(pick[0], pick[1], 9)}
    elif twist == "two of a choice":
        build |= {(choice.node_id, entry.entry_id, 1) for entry in choice.entries}
    elif twist == "apex out of order":
        build = {pick for pick in build if pick[0] != apex.node_id}
        build.add((apex.node_id, apex.entries[-1].entry_id, 1))
    elif twist == "foreign":
        build.add((1, 1, 1))
    else:
        taken = {pick[0] for pick in build}
        build |= {
            (node.node_id, node.entries[0].entry_id, 1)
            for node in tree.nodes.values()
            if node.section == "class" and not node.free and node.node_id not in taken
        }
    assert purchase_problems(tree, frozenset(build)) != []
