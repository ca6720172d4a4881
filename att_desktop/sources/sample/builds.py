"""The builds of the sample source's players: archetypes of each spec, and what people make of them.

A spec has a few schools, each with its hero tree and its tastes; a player's build is a school's
build with some talents another way, and few players agree in every point, as in real rankings.
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

__all__ = ["BuildPool", "talent_rows"]

_SCHOOLS_PER_HERO_TREE: Final = 2
_FAVOURITES_PER_SCHOOL: Final = 3
_BUILDS_PER_SCHOOL: Final = 28
_TASTE: Final = 1.0
_MOOD: Final = 0.33
# Good players climb straight to the end of the tree.
_DEPTH: Final = 0.22


@dataclass(frozen=True, slots=True)
class _School:
    """``builds``: the school's favourites first, then what its players made of them."""

    builds: tuple[Selection, ...]


class BuildPool:
    """All builds that players of one spec use. Equal seeds give equal pools."""

    def __init__(self, tree: TalentTree, seed: str) -> None:
        self.tree: Final = tree
        self._seed = seed
        self._schools = [
            _school(tree, hero, Random(f"{seed}/{tree.spec_id}/{hero.name}/{number}"))  # noqa: S311 - made-up players
            for hero in tree.hero_trees
            for number in range(_SCHOOLS_PER_HERO_TREE)
        ]
        self._rows: dict[Selection, TalentRows] = {}

    def rows_of(self, selection: Selection) -> TalentRows:
        """How a ranking lists a build."""
        rows = self._rows.get(selection)
        if rows is None:
            rows = self._rows[selection] = tuple(talent_rows(self.tree, selection))
        return rows

    def of_board(self, board: str, rows: int) -> list[Selection]:
        """The builds of a board's rows, best rank first."""
        rng = Random(f"{self._seed}/{self.tree.spec_id}/{board}")  # noqa: S311 - made-up players
        # Each fight has its favoured school: most play it, some stay with another.
        weights = [rng.uniform(0.2, 1.0) ** 3 for _ in self._schools]
        weights[rng.randrange(len(weights))] += 1.5
        order = [rng.sample(school.builds, len(school.builds)) for school in self._schools]
        favourite = [rng.choice(school.builds[:_FAVOURITES_PER_SCHOOL]) for school in self._schools]
        found = []
        for index in rng.choices(range(len(weights)), weights, k=rows):
            if rng.random() < 0.14:
                found.append(favourite[index])
            else:
                # A long tail: the first of the order are used by a few, the last by one or none.
                found.append(order[index][int(rng.random() ** 1.4 * len(order[index]))])
        return found


def _school(tree: TalentTree, hero: HeroTree, rng: Random) -> _School:
    lowest = min(node.y for node in tree.nodes.values())
    weights: dict[int, float] = {}
    for node in tree.nodes.values():
        weights[node.node_id] = rng.gauss(0.0, _TASTE) + (node.y - lowest) / 600 * _DEPTH
        for entry in node.entries:
            weights[entry.entry_id] = rng.gauss(0.0, _TASTE)
    builds = [
        random_build(tree, hero, weights, noise=rng, noise_spread=_MOOD * min(1.0, number / 6))
        for number in range(_BUILDS_PER_SCHOOL)
    ]
    return _School(builds=tuple(dict.fromkeys(builds)))


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
