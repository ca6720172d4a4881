"""The builds of the sample source's players: a few archetypes of each spec, and variations.

An archetype has its hero tree and its weights of talents; a player's build is an archetype's with
noise on the weights. As in real rankings, few players have exactly the same build.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final, TypeAlias

from att_desktop.game.selections import hero_tree_of
from att_desktop.sources.sample.random_builds import random_build

if TYPE_CHECKING:
    from att_desktop.game.builds import Selection
    from att_desktop.game.trees import HeroTree, TalentNode, TalentTree

TalentRows: TypeAlias = tuple[tuple[int, int], ...]
"""(entry id, points) of one player, as a ranking lists them."""

_ARCHETYPES_PER_HERO_TREE: Final = 2
_POPULAR_PER_ARCHETYPE: Final = 3
_BUILDS_PER_ARCHETYPE: Final = 28
_WEIGHT_SPREAD: Final = 1.0
_NOISE_SPREAD: Final = 0.33
# Added to a talent's weight for each row of the grid: players of rankings go for the last rows.
_WEIGHT_PER_ROW: Final = 0.22


@dataclass(frozen=True, slots=True)
class _Archetype:
    """``builds`` from the one without noise to those with the most."""

    builds: tuple[Selection, ...]


class BuildPool:
    """All builds that players of one spec use. Equal seeds give equal pools."""

    def __init__(self, tree: TalentTree, seed: str) -> None:
        self.tree: Final = tree
        self._seed = seed
        self._archetypes = [
            _archetype(tree, hero, Random(f"{seed}/{tree.spec_id}/{hero.name}/{number}"))  # noqa: S311 - made-up players
            for hero in tree.hero_trees
            for number in range(_ARCHETYPES_PER_HERO_TREE)
        ]
        self._rows: dict[Selection, TalentRows] = {}

    def rows_of(self, selection: Selection) -> TalentRows:
        """How a ranking lists a build."""
        rows = self._rows.get(selection)
        if rows is None:
            rows = self._rows[selection] = tuple(talent_rows(self.tree, selection))
        return rows

    def of_encounter(self, encounter: str, rows: int) -> list[Selection]:
        """The builds of an encounter's rows, best rank first. ``encounter`` is part of the seed."""
        rng = Random(f"{self._seed}/{self.tree.spec_id}/{encounter}")  # noqa: S311 - made-up players
        # In each encounter one archetype has the most players.
        weights = [rng.uniform(0.2, 1.0) ** 3 for _ in self._archetypes]
        weights[rng.randrange(len(weights))] += 1.5
        order = [
            rng.sample(archetype.builds, len(archetype.builds)) for archetype in self._archetypes
        ]
        popular = [
            rng.choice(archetype.builds[:_POPULAR_PER_ARCHETYPE]) for archetype in self._archetypes
        ]
        found = []
        for index in rng.choices(range(len(weights)), weights, k=rows):
            if rng.random() < 0.14:
                found.append(popular[index])
            else:
                # A long tail: a few players for the first of the order, one or none for the last.
                found.append(order[index][int(rng.random() ** 1.4 * len(order[index]))])
        return found


def _archetype(tree: TalentTree, hero: HeroTree, rng: Random) -> _Archetype:
    lowest = min(node.y for node in tree.nodes.values())
    weights: dict[int, float] = {}
    for node in tree.nodes.values():
        weights[node.node_id] = (
            rng.gauss(0.0, _WEIGHT_SPREAD) + (node.y - lowest) / 600 * _WEIGHT_PER_ROW
        )
        for entry in node.entries:
            weights[entry.entry_id] = rng.gauss(0.0, _WEIGHT_SPREAD)
    builds = [
        random_build(
            tree, hero, weights, noise=rng, noise_spread=_NOISE_SPREAD * min(1.0, number / 6)
        )
        for number in range(_BUILDS_PER_ARCHETYPE)
    ]
    return _Archetype(builds=tuple(dict.fromkeys(builds)))


def talent_rows(tree: TalentTree, selection: Selection) -> list[tuple[int, int]]:
    """How a ranking lists a build: (entry id, points) by entry id.

    Granted talents and the hero choice are among them, and for some choices the entry that was
    not taken, with 0 points.
    """
    rows = [(entry_id, rank) for _, entry_id, rank in selection]
    taken = {entry_id for _, entry_id, _ in selection}
    hero = hero_tree_of(tree, selection)
    granted = tree.granted_always | ({hero.root_id} if hero else set())
    rows += [
        (tree.nodes[node_id].entries[0].entry_id, tree.nodes[node_id].max_ranks)
        for node_id in granted
        if tree.nodes[node_id].entries
    ]
    bought = {node_id for node_id, _, _ in selection}
    rows += [
        (entry.entry_id, 0)
        for node_id in bought
        if _lists_losers(tree.nodes[node_id])
        for entry in tree.nodes[node_id].entries
        if entry.entry_id not in taken
    ]
    return sorted(rows)


def _lists_losers(node: TalentNode) -> bool:
    return node.kind == "choice" and node.node_id % 3 == 0
