"""The fewest builds with which a player is near the most played build of every encounter.

A build covers an encounter when the encounter's own build is within ``NEAR`` swaps of it; a build
of another hero tree never does. Which of the builds to have is a minimum set cover.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from att_desktop.game.swaps import NEAR, apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from att_desktop.game.swaps import Marked
    from att_desktop.game.trees import TalentTree

_MOST_EXACT: Final = 24
"""Encounters that hang together, up to which the fewest builds are found for certain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """``chosen`` are numbers of candidates in their order; ``nearest`` has, for each encounter,
    that one of them with the fewest swaps to it (None where no candidate covers it)."""

    chosen: tuple[int, ...]
    nearest: tuple[int | None, ...]


def cover(
    tree: TalentTree,
    encounters: Sequence[Marked],
    candidates: Sequence[Marked],
    support: Sequence[int],
) -> Cover:
    """Choose the fewest ``candidates`` that cover all ``encounters`` that can be covered.

    ``support`` is the number of players behind each candidate: of equally small choices the one
    with more of them is taken, then the one with earlier candidates. Of one encounter's chosen
    builds that are equally near, the one with more support is its own.
    """
    number = {
        (candidate, encounter): swaps.number
        for candidate, build in enumerate(candidates)
        for encounter, wanted in enumerate(encounters)
        if not (swaps := apart(tree, build, wanted)).other_hero and swaps.number <= NEAR
    }
    reach = [0] * len(candidates)
    for candidate, encounter in number:
        reach[candidate] |= 1 << encounter
    chosen = smallest_cover(reach, support)
    nearest = []
    for encounter in range(len(encounters)):
        near = [one for one in chosen if (one, encounter) in number]
        key = {one: (number[one, encounter], -support[one], one) for one in near}
        nearest.append(min(near, key=key.__getitem__) if near else None)
    return Cover(chosen=chosen, nearest=tuple(nearest))


def smallest_cover(reach: Sequence[int], support: Sequence[int]) -> tuple[int, ...]:
    """The fewest sets whose union is the union of all; their numbers in rising order.

    ``reach`` are sets as bit masks. Of equally small choices the one with the larger sum of
    ``support``, then the one with lower numbers. Exact up to ``_MOST_EXACT`` elements that hang
    together; beyond, each set that reaches most of what is left is taken.
    """
    chosen: list[int] = []
    for part in _parts(reach):
        numbers = [one for one, mask in enumerate(reach) if mask & part]
        if part.bit_count() > _MOST_EXACT:
            chosen += _greedy(part, numbers, reach, support)
        else:
            chosen += _Search(part, numbers, reach, support).best
    return tuple(sorted(chosen))


def _parts(reach: Sequence[int]) -> Iterator[int]:
    """Elements that no set connects are chosen for apart: this keeps the search small."""
    parts: list[int] = []
    for mask in reach:
        if mask:
            joined = [part for part in parts if part & mask]
            parts = [part for part in parts if not part & mask]
            parts.append(mask | sum(joined))  # parts have no bit in common
    yield from sorted(parts)


def _greedy(
    part: int, numbers: Sequence[int], reach: Sequence[int], support: Sequence[int]
) -> list[int]:
    chosen = []
    while part:
        best = max(numbers, key=lambda one: ((reach[one] & part).bit_count(), support[one], -one))
        chosen.append(best)
        part &= ~reach[best]
    return chosen


class _Search:
    """Branch and bound: of the elements that are left, that with the fewest sets is next."""

    def __init__(
        self, part: int, numbers: Sequence[int], reach: Sequence[int], support: Sequence[int]
    ) -> None:
        self._reach, self._support = reach, support
        self._sets_of = {
            element: [one for one in numbers if reach[one] & element] for element in _elements(part)
        }
        self._widest = max(reach[one].bit_count() for one in numbers)
        self._most = max(support[one] for one in numbers)
        self.best = sorted(_greedy(part, numbers, reach, support))
        self._rank = self._rank_of(self.best)
        self._search(part, [])

    def _rank_of(self, chosen: list[int]) -> tuple[int, int, list[int]]:
        return (len(chosen), -sum(self._support[one] for one in chosen), sorted(chosen))

    def _search(self, left: int, chosen: list[int]) -> None:
        if not left:
            rank = self._rank_of(chosen)
            if rank < self._rank:
                self._rank, self.best = rank, sorted(chosen)
            return
        more = -(-left.bit_count() // self._widest)
        size, support = len(chosen), sum(self._support[one] for one in chosen)
        if (size + more, -support - more * self._most) > self._rank[:2]:
            return
        hardest = min(_elements(left), key=lambda element: len(self._sets_of[element]))
        for one in self._sets_of[hardest]:
            chosen.append(one)
            self._search(left & ~self._reach[one], chosen)
            chosen.pop()


def _elements(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest
        mask &= ~lowest
