"""Legal builds for tests: what can be bought on a tree, judged apart from the client's model."""

from __future__ import annotations

import functools
import random
from collections import Counter
from typing import TYPE_CHECKING

from att_desktop.game.import_codes import encode, spread
from att_desktop.game.trees import TalentNode, TalentTree, TalentTrees

if TYPE_CHECKING:
    from collections.abc import Iterable

    from att_desktop.game.builds import Pick, Selection


@functools.cache
def trees() -> TalentTrees:
    return TalentTrees.embedded()


class Purchase:
    """A tree being filled at the highest level; knows what may be bought next."""

    def __init__(self, tree: TalentTree) -> None:
        self.tree = tree
        self.ranks: Counter[int] = Counter()
        self.entries: dict[int, int] = {}
        self.hero = 0
        self.left = {
            "class": tree.class_points,
            "spec": tree.spec_points,
            "hero": tree.hero_points,
            "subtree": 1,
        }
        self.spent: Counter[str] = Counter()

    def can_buy(self, node: TalentNode) -> bool:
        full = self.ranks[node.node_id] >= node.max_ranks
        if full or node.free or not node.entries or self.left[node.section] == 0:
            return False
        if node.section == "hero" and node.hero_tree_id != self.hero:
            return False
        if self.spent[node.section] < node.req_points:
            return False
        return node.is_entry_node or any(self._is_full(before) for before in node.prev)

    def _is_full(self, node_id: int) -> bool:
        node = self.tree.nodes.get(node_id)
        return node is not None and (node.free or self.ranks[node_id] == node.max_ranks)

    def buy(self, node: TalentNode, entry_id: int) -> None:
        self.ranks[node.node_id] += 1
        self.left[node.section] -= 1
        self.spent[node.section] += 1
        self.entries[node.node_id] = entry_id
        for hero in self.tree.hero_trees:
            if hero.entry_id == entry_id:
                self.hero = hero.hero_tree_id

    def selection(self) -> Selection:
        picks: list[Pick] = []
        for node_id, rank in self.ranks.items():
            node = self.tree.nodes[node_id]
            if node.kind == "tiered":
                picks += spread(node, rank)
            elif rank:
                picks.append((node_id, self.entries[node_id], rank))
        return frozenset(picks)


@functools.cache
def random_selection(spec_id: int, seed: int, *, points: int = 999) -> Selection:
    """A legal selection; all points spent unless ``points`` is less."""
    tree = trees().tree(spec_id)
    rng = random.Random(seed)
    purchase = Purchase(tree)
    nodes = sorted(tree.nodes.values(), key=lambda node: node.node_id)
    for _ in range(points):
        open_nodes = [node for node in nodes if purchase.can_buy(node)]
        if not open_nodes:
            break
        node = rng.choice(open_nodes)
        entry = rng.choice(node.entries) if node.is_choice else node.entries[0]
        purchase.buy(node, entry.entry_id)
    return purchase.selection()


def random_code(spec_id: int, seed: int) -> str:
    return encode(trees().tree(spec_id), random_selection(spec_id, seed))


def is_legal(spec_id: int, selection: Selection) -> bool:
    """True if there is an order in which all of it can be bought."""
    tree = trees().tree(spec_id)
    purchase = Purchase(tree)
    wanted = rank_and_entry(spec_id, selection)
    progress = True
    while progress:
        progress = False
        for node_id, (rank, entry_id) in wanted.items():
            node = tree.nodes[node_id]
            while purchase.ranks[node_id] < rank and purchase.can_buy(node):
                purchase.buy(node, entry_id)
                progress = True
    return all(purchase.ranks[node_id] == rank for node_id, (rank, _) in wanted.items())


def rank_and_entry(spec_id: int, selection: Iterable[Pick]) -> dict[int, tuple[int, int]]:
    """Rank in all and entry by node; the first entry stands for an apex node."""
    nodes = trees().tree(spec_id).nodes
    result: dict[int, tuple[int, int]] = {}
    for node_id, entry_id, rank in selection:
        node = nodes[node_id]
        before, _ = result.get(node_id, (0, 0))
        entry = entry_id if node.is_choice else node.entries[0].entry_id
        result[node_id] = (before + rank, entry)
    return result


def state(spec_id: int, selection: Selection) -> dict[str, dict[int, int]]:
    """A selection as the client's model keeps it."""
    tree = trees().tree(spec_id)
    ranks = {node: rank for node, (rank, _) in rank_and_entry(spec_id, selection).items()}
    choice = {node: entry for node, entry, _ in selection if tree.nodes[node].is_choice}
    return {"ranks": ranks, "choice": choice}
