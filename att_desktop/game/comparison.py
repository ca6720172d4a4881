"""What one selection has and another lacks.

A talent is a node: the two talents of a choice share one, and an apex node is one talent with
ranks. How far two selections are apart is counted in swaps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from att_desktop.game.selections import hero_tree_of
from att_desktop.game.swaps import swaps

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from att_desktop.game.builds import Selection
    from att_desktop.game.swaps import Swaps
    from att_desktop.game.trees import HeroTree, TalentEntry, TalentNode, TalentTree

_SECTION_ORDER: Final = ("class", "hero", "spec", "subtree")


class ComparisonError(ValueError):
    """A selection has a talent that is not of the tree it is compared on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedTalent:
    """One talent of a selection. ``rank`` of an apex node is the sum over its entries, of which
    ``entry`` is the first."""

    node: TalentNode
    entry: TalentEntry
    rank: int

    @property
    def name(self) -> str:
        """The talent's name in the game."""
        return self.entry.name or self.node.name

    @property
    def label(self) -> str:
        """The name, with '1/2' behind it where there is more than one rank to take."""
        ranks = self.node.max_ranks
        return f"{self.name} {self.rank}/{ranks}" if ranks > 1 else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A talent that both take, with another rank or another choice."""

    node: TalentNode
    a: PickedTalent
    b: PickedTalent


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Where A puts points and where B puts them instead; None where nothing stands against it.

    A side that is a ``Difference`` is a talent that both take and this side takes further.
    """

    a: PickedTalent | Difference | None
    b: PickedTalent | Difference | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two selections of one spec, talent by talent, ordered by section and place in the tree.

    ``only_a`` and ``only_b`` hold every talent of one side, hero talents included; ``exchanges``
    pair them up, but leave hero talents out when the hero trees differ, as these stand for the
    one choice. ``choices`` does not hold the choice of the hero tree.
    """

    spec_id: int
    hero_a: HeroTree | None
    hero_b: HeroTree | None
    only_a: tuple[PickedTalent, ...]
    only_b: tuple[PickedTalent, ...]
    ranks: tuple[Difference, ...]
    choices: tuple[Difference, ...]
    same: tuple[PickedTalent, ...]
    exchanges: tuple[Exchange, ...]
    swaps: Swaps

    @property
    def hero_differs(self) -> bool:
        """True when the two play another hero tree."""
        return self.hero_a != self.hero_b


def taken(tree: TalentTree, selection: Selection) -> Mapping[int, PickedTalent]:
    """The talents of a selection by node id; the ranks of an apex node are summed.

    Raises ComparisonError for a pick that is not of this tree.
    """
    ranks: dict[int, int] = {}
    entry_of: dict[int, int] = {}
    for node_id, entry_id, rank in selection:
        node = tree.nodes.get(node_id)
        if node is None or entry_id not in (entry.entry_id for entry in node.entries):
            raise ComparisonError(
                f"Talent node {node_id} with entry {entry_id} is not in the tree of "
                f"{tree.full_name}."
            )
        ranks[node_id] = ranks.get(node_id, 0) + rank
        entry_of[node_id] = node.entries[0].entry_id if node.kind == "tiered" else entry_id
    return {
        node_id: PickedTalent(
            node=tree.nodes[node_id], entry=tree.entries[entry_of[node_id]], rank=ranks[node_id]
        )
        for node_id in sorted(ranks, key=lambda node_id: _place(tree.nodes[node_id]))
    }


def compare(tree: TalentTree, a: Selection, b: Selection) -> Comparison:
    """Compare two selections of the spec of ``tree``.

    Swapping A and B swaps the sides of the result and nothing else. Raises ComparisonError.
    """
    of_a, of_b = taken(tree, a), taken(tree, b)
    both = [
        Difference(node=of_a[node_id].node, a=of_a[node_id], b=of_b[node_id])
        for node_id in of_a
        if node_id in of_b
    ]
    choices = tuple(
        pair for pair in both if pair.a.entry != pair.b.entry and pair.node.kind != "subtree"
    )
    ranks = tuple(
        pair for pair in both if pair.a.entry == pair.b.entry and pair.a.rank != pair.b.rank
    )
    only_a = _talents(found for node_id, found in of_a.items() if node_id not in of_b)
    only_b = _talents(found for node_id, found in of_b.items() if node_id not in of_a)
    hero_a, hero_b = hero_tree_of(tree, a), hero_tree_of(tree, b)
    return Comparison(
        spec_id=tree.spec_id,
        hero_a=hero_a,
        hero_b=hero_b,
        only_a=only_a,
        only_b=only_b,
        ranks=ranks,
        choices=choices,
        same=tuple(pair.a for pair in both if pair.a == pair.b),
        exchanges=_exchanges(only_a, only_b, ranks, choices, skip_hero=hero_a != hero_b),
        swaps=swaps(tree, a, b),
    )


def _talents(found: Iterable[PickedTalent]) -> tuple[PickedTalent, ...]:
    return tuple(one for one in found if one.node.kind != "subtree")


def _exchanges(
    only_a: tuple[PickedTalent, ...],
    only_b: tuple[PickedTalent, ...],
    ranks: tuple[Difference, ...],
    choices: tuple[Difference, ...],
    *,
    skip_hero: bool,
) -> tuple[Exchange, ...]:
    """Pair what only A has with what only B has: nearest in the same section first."""
    more_a: list[PickedTalent | Difference] = [
        *only_a,
        *(one for one in ranks if one.a.rank > one.b.rank),
    ]
    more_b: list[PickedTalent | Difference] = [
        *only_b,
        *(one for one in ranks if one.b.rank > one.a.rank),
    ]
    if skip_hero:
        more_a = [one for one in more_a if one.node.section != "hero"]
        more_b = [one for one in more_b if one.node.section != "hero"]
    pairs = [Exchange(a=one.a, b=one.b) for one in choices]
    candidates = sorted(
        (_gap(left.node, right.node), tuple(sorted((left.node.node_id, right.node.node_id))), i, j)
        for i, left in enumerate(more_a)
        for j, right in enumerate(more_b)
        if left.node.section == right.node.section
    )
    free_a, free_b = set(range(len(more_a))), set(range(len(more_b)))
    for _, _, i, j in candidates:
        if i in free_a and j in free_b:
            free_a.discard(i)
            free_b.discard(j)
            pairs.append(Exchange(a=more_a[i], b=more_b[j]))
    pairs += [Exchange(a=more_a[i], b=None) for i in free_a]
    pairs += [Exchange(a=None, b=more_b[j]) for j in free_b]
    return tuple(sorted(pairs, key=_exchange_place))


def _exchange_place(exchange: Exchange) -> tuple[tuple[int, int, int, int], ...]:
    # The upper of the two decides, so that swapping the sides keeps the order of the list.
    return tuple(sorted(_place(side.node) for side in (exchange.a, exchange.b) if side is not None))


def _gap(left: TalentNode, right: TalentNode) -> int:
    return (left.x - right.x) ** 2 + (left.y - right.y) ** 2


def _place(node: TalentNode) -> tuple[int, int, int, int]:
    return (_SECTION_ORDER.index(node.section), node.y, node.x, node.node_id)
