"""What can be purchased in a talent tree, and random legal builds.

The rules are the game's: a node opens when it is at the top of its tree or one of its
predecessors has all of its ranks; a gate opens when enough points are spent in its tree; each tree
has its own points. The edges and gates are those of the tree data, and hold for real codes.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Final

from att_desktop.game.import_codes import spread
from att_desktop.game.problems import Problem
from att_desktop.game.selections import rank_of_nodes, selection_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from att_desktop.game.builds import Pick, Selection
    from att_desktop.game.trees import HeroTree, Section, TalentNode, TalentTree

_BOUGHT_WITH_POINTS: Final[tuple[Section, ...]] = ("class", "spec", "hero")


def purchase_problems(tree: TalentTree, selection: Selection) -> list[Problem]:
    """Why no order of purchases leads to this selection; empty when one does.

    Beyond ``selection_problems`` (one hero tree, points within the budget) each talent must be
    reachable from above through talents with all ranks, and each gate be paid for. Points left
    unspent are no problem.
    """
    problems = [
        Problem(code="code.unknown_node", number=node_id)
        for node_id, _, _ in sorted(selection)
        if node_id not in tree.nodes
    ]
    if problems:
        return problems
    ranks = rank_of_nodes(selection)
    for node_id, rank in sorted(ranks.items()):
        node = tree.nodes[node_id]
        picks = sorted(pick for pick in selection if pick[0] == node_id)
        if node.free or not 0 < rank <= node.max_ranks:
            problems.append(Problem(code="code.not_for_sale", name=node.name, number=rank))
        elif picks not in _ways_to_take(node, rank):
            problems.append(Problem(code="code.not_together", name=node.name))
    problems += selection_problems(tree, selection)
    problems += [
        Problem(code="code.out_of_reach", name=tree.nodes[node_id].name)
        for node_id in _never_bought(tree, ranks)
    ]
    return problems


def _ways_to_take(node: TalentNode, rank: int) -> list[list[Pick]]:
    if node.kind == "tiered":
        return [sorted(spread(node, rank))]
    entries = node.entries if node.is_choice else node.entries[:1]
    return [[(node.node_id, entry.entry_id, rank)] for entry in entries]


def _never_bought(tree: TalentTree, ranks: Mapping[int, int]) -> list[int]:
    """Nodes still waiting when nothing more can be bought; the order of purchases is free."""
    spent = dict.fromkeys((*_BOUGHT_WITH_POINTS, "subtree"), 0)
    full = {node.node_id for node in tree.nodes.values() if node.free}
    waiting = sorted(ranks)
    while True:
        left = []
        for node_id in waiting:
            node = tree.nodes[node_id]
            if spent[node.section] >= node.req_points and _is_open(node, full):
                spent[node.section] += ranks[node_id]
                if ranks[node_id] >= node.max_ranks:
                    full.add(node_id)
            else:
                left.append(node_id)
        if len(left) == len(waiting):
            return left
        waiting = left


def _is_open(node: TalentNode, full: set[int]) -> bool:
    return node.is_entry_node or not node.prev or not full.isdisjoint(node.prev)


def random_build(
    tree: TalentTree,
    hero: HeroTree,
    weights: Mapping[int, float],
    *,
    noise: Random | None = None,
    noise_spread: float = 0.0,
) -> Selection:
    """A legal build that spends all points, on the open talent of the highest weight each time.

    ``weights`` is how much each node id and, for choices, each entry id is wanted; what is not in
    it counts 0. ``noise`` shifts each by a normal deviate of ``noise_spread``, so that builds of
    equal weights differ a little. Equal arguments give equal builds.
    """

    def weight_of(some_id: int) -> float:
        weight = weights.get(some_id, 0.0)
        return weight + noise.gauss(0.0, noise_spread) if noise is not None else weight

    picks: list[Pick] = [(hero.selection_node_id, hero.entry_id, 1)]
    budgets = {"class": tree.class_points, "spec": tree.spec_points, "hero": tree.hero_points}
    for section in _BOUGHT_WITH_POINTS:
        inside = {
            node.node_id: weight_of(node.node_id)
            for node in tree.nodes.values()
            if node.section == section
            and node.entries
            and (section != "hero" or node.node_id in hero.node_ids)
        }
        for node, rank in _PointBudget(tree, inside, budgets[section]).buy():
            picks += _picks(node, rank, weight_of)
    return frozenset(picks)


def _picks(node: TalentNode, rank: int, weight_of: Callable[[int], float]) -> list[Pick]:
    if node.kind == "tiered":
        return spread(node, rank)
    entry = node.entries[0]
    if node.is_choice:
        entry = max(node.entries, key=lambda each: weight_of(each.entry_id))
    return [(node.node_id, entry.entry_id, rank)]


class _PointBudget:
    """Buys the open node of the highest weight, until the points of one tree are spent."""

    def __init__(self, tree: TalentTree, weights: Mapping[int, float], budget: int) -> None:
        self._tree = tree
        self._weights = weights
        self._budget = budget
        self._spent = 0
        self._seen: set[int] = set()
        self._open: list[tuple[float, int]] = []
        self._gated: list[tuple[int, float, int]] = []

    def buy(self) -> list[tuple[TalentNode, int]]:
        """(node, ranks) in the order of purchase, each node once; the last may stay partial."""
        bought: list[tuple[TalentNode, int]] = []
        for node_id in self._weights:
            if _is_open(self._tree.nodes[node_id], set()):
                self._reach(node_id)
        while self._open and self._spent < self._budget:
            node = self._tree.nodes[heapq.heappop(self._open)[1]]
            rank = min(node.max_ranks, self._budget - self._spent)
            bought.append((node, rank))
            self._spent += rank
            while self._gated and self._gated[0][0] <= self._spent:
                heapq.heappush(self._open, heapq.heappop(self._gated)[1:])
            if rank == node.max_ranks:
                self._follow(node)
        return bought

    def _reach(self, node_id: int) -> None:
        if node_id in self._seen or node_id not in self._weights:
            return
        self._seen.add(node_id)
        node = self._tree.nodes[node_id]
        negative = -self._weights[node_id]
        if node.free:
            self._follow(node)
        elif node.req_points > self._spent:
            heapq.heappush(self._gated, (node.req_points, negative, node_id))
        else:
            heapq.heappush(self._open, (negative, node_id))

    def _follow(self, node: TalentNode) -> None:
        for next_id in node.next:
            self._reach(next_id)
