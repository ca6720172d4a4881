"""The rules of the sample, on rows shaped like Warcraft Logs'."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest

from att_desktop.game.swaps import mark
from att_desktop.game.trees import TalentTree, TalentTrees
from att_desktop.sources.sample.random_builds import random_build
from att_desktop.sources.warcraftlogs.rankings_page import Ranking
from att_desktop.update.sampling import CodeCache, Sample

if TYPE_CHECKING:
    from att_desktop.game.builds import Selection

TREES = TalentTrees.embedded()
TREE = TREES.tree(268)  # Brewmaster: has a node without choice that carries two entries


def selection(seed: int, tree: TalentTree = TREE) -> Selection:
    return random_build(tree, tree.hero_trees[seed % 2], {}, noise=Random(seed), noise_spread=1.0)


def talents(of: Selection, tree: TalentTree = TREE) -> list[tuple[int, int]]:
    """As Warcraft Logs lists them: granted ones among the purchased."""
    hero = next(h for h in tree.hero_trees if any(e == h.entry_id for _, e, _ in of))
    free = [*tree.granted_always, hero.root_id]
    return [(tree.nodes[n].entries[0].entry_id, 1) for n in free] + [(e, r) for _, e, r in of]


def row(name: str, rows: list[tuple[int, int]], server: int | None = 1) -> Ranking:
    return Ranking(
        name=name,
        server_id=server,
        hidden=server is None,
        talents=tuple(rows),
        report_code="x",
        fight_id=1,
    )


def sample_of(*rows: Ranking, top_n: int = 50) -> Sample:
    sample = Sample(TREE, top_n)
    sample.add(rows)
    return sample


def test_granted_talents_are_not_part_of_a_selection_and_the_hero_choice_is() -> None:
    wanted = selection(1)
    assert sample_of(row("A", talents(wanted))).selections == [wanted]
    assert any(TREE.nodes[node].kind == "subtree" for node, _, _ in wanted)


def test_losers_of_a_choice_do_not_count() -> None:
    wanted = selection(1)
    choice = next(n for n, _, _ in wanted if TREE.nodes[n].kind == "choice")
    losers = [(entry.entry_id, 0) for entry in TREE.nodes[choice].entries]
    taken = {e for _, e, _ in wanted}
    rows = talents(wanted) + [loser for loser in losers if loser[0] not in taken]
    assert sample_of(row("A", rows)).selections == [wanted]


def both_of_a_choice() -> list[tuple[int, int]]:
    wanted = selection(1)
    choice = next(n for n, _, _ in wanted if TREE.nodes[n].kind == "choice")
    return list({*talents(wanted), *((e.entry_id, 1) for e in TREE.nodes[choice].entries)})


def two_hero_trees() -> list[tuple[int, int]]:
    wanted = [pick for pick in selection(0) if TREE.nodes[pick[0]].kind != "subtree"]
    other = next(
        n.entries[0].entry_id
        for n in TREE.nodes.values()
        if n.hero_tree_id == TREE.hero_trees[1].hero_tree_id and not n.free
    )
    return [*((e, r) for _, e, r in wanted), (other, 1)]


def above_max_rank() -> list[tuple[int, int]]:
    return [(entry, rank + 1) for entry, rank in talents(selection(1))]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "row.no_talents"),
        ([(1, 0)], "row.no_talents"),
        ([*talents(selection(1)), (999_999_999, 1)], "row.other_talents"),
        (both_of_a_choice(), "row.two_of_one_choice"),
        (two_hero_trees(), "row.two_hero_trees"),
        (above_max_rank(), "row.above_max_rank"),
    ],
)
def test_rows_of_no_use_are_counted_by_reason(rows: list[tuple[int, int]], reason: str) -> None:
    sample = sample_of(row("A", rows), row("B", talents(selection(2))))
    assert sample.skipped == Counter({reason: 1})
    assert sample.selections == [selection(2)]


def test_a_row_that_cannot_be_read_is_counted_where_it_stands() -> None:
    broken = replace(row("", [], None), readable=False)
    usable = [row(f"P{at}", talents(selection(1))) for at in range(3)]
    sample = sample_of(broken, *usable, broken, top_n=3)
    assert sample.skipped == Counter({"row.unreadable": 1})
    assert (len(sample.selections), sample.rows_seen) == (3, 4)


def test_a_character_counts_once_and_namesakes_and_hidden_players_each() -> None:
    mine = talents(selection(1))
    sample = sample_of(
        row("Críms", mine, 1),
        row("Críms", talents(selection(2)), 1),
        row("Críms", mine, 2),
        row("Anonymous", mine, None),
        row("Anonymous", mine, None),
    )
    assert sample.selections == [selection(1)] * 4
    assert sample.repeated == 1


def test_an_unusable_row_does_not_use_its_character_up() -> None:
    sample = sample_of(row("A", []), row("A", talents(selection(3))))
    assert sample.selections == [selection(3)]


def test_a_sample_ends_when_it_is_full_and_wants_more_until_five_times_its_size() -> None:
    good = [row(f"P{i}", talents(selection(1))) for i in range(12)]
    full = sample_of(*good, top_n=10)
    assert len(full.selections) == 10
    assert not full.wants_more
    thin = sample_of(*[row(f"P{i}", []) for i in range(49)], top_n=10)
    assert thin.wants_more
    thin.add([row("last", [])])
    assert not thin.wants_more


def test_builds_are_ordered_by_players_and_ties_by_the_better_first_row() -> None:
    a, b, c = selection(1), selection(2), selection(3)
    found = CodeCache(TREE, TREES).aggregate([c, b, a, a, b, c, c])
    assert found is not None
    assert [(build.selection, build.count) for build in found.builds] == [(c, 3), (b, 2), (a, 2)]


def test_a_build_that_no_code_can_say_is_left_out_but_its_players_count() -> None:
    wanted = selection(1)
    spare = next(n for n in TREE.nodes.values() if n.section == "class" and not n.free and n.node_id
                 not in {node for node, _, _ in wanted})  # fmt: skip
    impossible = wanted | {(spare.node_id, spare.entries[0].entry_id, spare.max_ranks)}
    cache = CodeCache(TREE, TREES)
    found = cache.aggregate([impossible, impossible, wanted])
    assert found is not None
    assert [(build.count, build.support) for build in found.builds] == [(1, 3)]
    assert found.size == 3
    assert cache.aggregate([impossible]) is None
    assert cache.aggregate([]) is None


def test_the_second_entry_of_a_node_without_choice_is_the_same_talent() -> None:
    node = next(n for n in TREE.nodes.values() if n.kind == "single" and len(n.entries) == 2)
    first, second = (entry.entry_id for entry in node.entries)
    wanted = next(s for s in map(selection, range(50)) if (node.node_id, first, 1) in s)
    rows = [(second if entry == first else entry, rank) for entry, rank in talents(wanted)]
    assert sample_of(row("A", rows)).selections == [wanted]


@pytest.mark.parametrize("code", [None, "", "xx%", "CoP"])
def test_a_code_that_is_none_is_marked_as_nothing(code: str | None) -> None:
    assert CodeCache(TREE, TREES).mark_code(code) is None


def test_a_code_of_another_spec_is_marked_as_nothing() -> None:
    cache, of_blood = CodeCache(TREE, TREES), TREES.tree(250)
    code = cache.encode(selection(1)).code
    other = CodeCache(of_blood, TREES).encode(selection(1, of_blood)).code
    assert other is not None
    marked = cache.mark_code(code)
    assert marked is not None
    assert marked == mark(TREE, selection(1))
    assert cache.mark_code(other) is None
