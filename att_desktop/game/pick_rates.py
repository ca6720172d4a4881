"""How many of the sampled players take each talent, and how close together their builds are.

Exact builds are rare: 50 players often play 40 selections that differ in a talent or two. Rates
by talent and clusters say what they agree on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from att_desktop.game.builds import popularity
from att_desktop.game.selections import hero_tree_of, rank_of_nodes
from att_desktop.game.swaps import mark, support

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from att_desktop.game.builds import Selection
    from att_desktop.game.trees import HeroTree, TalentTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A selection and how many players of a sample use it."""

    selection: Selection
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRate:
    """How many players take a node.

    ``of`` are the players who could: those of the same hero tree for a hero talent, the whole
    sample otherwise. ``entries`` are players by entry id (by the first entry of an apex node),
    ``ranks`` players by rank. The players of ``entries`` and of ``ranks`` add up to ``players``.
    """

    node_id: int
    players: int
    of: int
    entries: Mapping[int, int]
    ranks: Mapping[int, int]

    @property
    def share(self) -> float:
        """0.0 .. 1.0; 0.0 when nobody could take it."""
        return self.players / self.of if self.of else 0.0

    def entry_share(self, entry_id: int) -> float:
        """The share of one talent of the node, 0.0 .. 1.0."""
        return self.entries.get(entry_id, 0) / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PickRates:
    """Rates of every node of a spec's tree that can be purchased; ``sample`` is in players."""

    sample: int
    nodes: Mapping[int, NodeRate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """How many players stand around a build: with exactly it, and within ``NEAR`` swaps.

    ``support`` includes the exact ones and counts players of the same hero tree only.
    """

    exact: int
    support: int
    sample: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeroShare:
    """The players of one hero tree (None: of none) and their builds, most players first.

    ``popularity`` is in percent of the whole sample, two places.
    """

    hero_tree: HeroTree | None
    players: int
    popularity: float
    builds: tuple[Counted, ...]


def pick_rates(tree: TalentTree, builds: Iterable[Counted]) -> PickRates:
    """Rates of each node that can be purchased, those that nobody takes included."""
    entries: defaultdict[int, Counter[int]] = defaultdict(Counter)
    ranks: defaultdict[int, Counter[int]] = defaultdict(Counter)
    of_hero: Counter[int] = Counter()
    sample = 0
    for build in builds:
        sample += build.count
        hero = hero_tree_of(tree, build.selection)
        if hero is not None:
            of_hero[hero.hero_tree_id] += build.count
        entry_of = {node_id: entry_id for node_id, entry_id, _ in build.selection}
        for node_id, rank in rank_of_nodes(build.selection).items():
            ranks[node_id][rank] += build.count
            node = tree.nodes[node_id]
            apex = node.kind == "tiered"
            entry_id = node.entries[0].entry_id if apex else entry_of[node_id]
            entries[node_id][entry_id] += build.count
    return PickRates(
        sample=sample,
        nodes={
            node.node_id: NodeRate(
                node_id=node.node_id,
                players=ranks[node.node_id].total(),
                of=of_hero[node.hero_tree_id] if node.section == "hero" else sample,
                entries=entries[node.node_id],
                ranks=ranks[node.node_id],
            )
            for node in tree.nodes.values()
            if node.entries and not node.free
        },
    )


def cluster_around(tree: TalentTree, centre: Selection, builds: Iterable[Counted]) -> Cluster:
    """The players with ``centre`` or a build that supports it."""
    players = [(mark(tree, build.selection), build.count) for build in builds]
    middle = mark(tree, centre)
    return Cluster(
        exact=sum(count for other, count in players if other == middle),
        support=support(middle, players),
        sample=sum(count for _, count in players),
    )


def hero_shares(tree: TalentTree, builds: Sequence[Counted]) -> tuple[HeroShare, ...]:
    """The builds by hero tree, the one with most players first; ties keep the given order."""
    groups: dict[int, list[Counted]] = {}
    hero_of: dict[int, HeroTree | None] = {}
    for build in builds:
        hero = hero_tree_of(tree, build.selection)
        key = hero.hero_tree_id if hero else 0
        hero_of[key] = hero
        groups.setdefault(key, []).append(build)
    sample = sum(build.count for build in builds)
    shares = [
        HeroShare(
            hero_tree=hero_of[key],
            players=sum(build.count for build in group),
            popularity=popularity(sum(build.count for build in group), sample),
            builds=tuple(sorted(group, key=lambda build: -build.count)),
        )
        for key, group in groups.items()
    ]
    return tuple(sorted(shares, key=lambda share: -share.players))
