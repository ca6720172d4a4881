"""How far two selections of one spec are apart, in swaps, and what that says of a sample.

A swap is one rank taken elsewhere: over (node, entry) the ranks that one selection has more than
the other, the larger of the two directions. With different hero trees the hero talents and the
choice between the trees are left out, and it is said beside the number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from att_desktop.game.selections import hero_tree_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from att_desktop.game.builds import Selection
    from att_desktop.game.trees import TalentTree

NEAR: Final = 3
"""Builds of one hero tree at most that many swaps apart support each other."""


class Swaps(NamedTuple):
    """``other_hero``: the two play different hero trees, which ``number`` does not count."""

    number: int
    other_hero: bool

    @property
    def is_equal(self) -> bool:
        """True for two equal selections only."""
        return not self.number and not self.other_hero


class Marked(NamedTuple):
    """A selection as bit mask (``TalentTree.pick_bits``), with its hero tree id, 0 for none."""

    bits: int
    hero: int


def mark(tree: TalentTree, selection: Selection) -> Marked:
    """Prepare a selection of ``tree`` for comparing.

    A rank above what the tree has counts as all of its ranks. Raises KeyError for a pick of
    another tree.
    """
    hero = hero_tree_of(tree, selection)
    try:
        bits = sum(map(tree.pick_bits.__getitem__, selection))
    except KeyError:
        bits = sum(_capped(tree, *pick) for pick in selection)
    return Marked(bits, hero.hero_tree_id if hero else 0)


def _capped(tree: TalentTree, node_id: int, entry_id: int, rank: int) -> int:
    while (node_id, entry_id, rank) not in tree.pick_bits and rank > 1:
        rank -= 1
    return tree.pick_bits[(node_id, entry_id, rank)]


def apart(tree: TalentTree, a: Marked, b: Marked) -> Swaps:
    """The swaps between two marked selections."""
    if a.hero == b.hero:
        return Swaps(ranks_apart(a.bits, b.bits), other_hero=False)
    left_out = ~tree.hero_bits
    return Swaps(ranks_apart(a.bits & left_out, b.bits & left_out), other_hero=True)


def swaps(tree: TalentTree, a: Selection, b: Selection) -> Swaps:
    """The swaps between two selections of ``tree``. Raises KeyError for picks of another tree."""
    return apart(tree, mark(tree, a), mark(tree, b))


def support(centre: Marked, players: Iterable[tuple[Marked, int]]) -> int:
    """How many of (selection, players) play the hero tree of ``centre`` within three swaps."""
    bits, hero = centre
    return sum(
        count
        for other, count in players
        if other.hero == hero and ranks_apart(bits, other.bits) <= NEAR
    )


def ranks_apart(a: int, b: int) -> int:
    """The swaps between two bit masks of one hero tree."""
    return max((a & ~b).bit_count(), (b & ~a).bit_count())
