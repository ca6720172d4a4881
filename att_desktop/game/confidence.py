"""What counts of a sample are worth: leads that could be chance, and intervals of shares."""

from __future__ import annotations

from collections import Counter
from math import sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

COMMON: Final = 5
"""With fewer players in its support a build is called no common build."""

_Z_95: Final = 1.959964


def cannot_be_told_apart(most: int, count: int) -> bool:
    """Whether the lead of ``most`` over ``count`` players is less than two standard deviations.

    The difference of two counts has about their sum as variance.
    """
    return (most - count) ** 2 <= 4 * (most + count)


def undecided(counts: Iterable[int]) -> int:
    """How many builds no sure lead separates from the most played one, itself not among them.

    ``counts`` are the players of each build of a sample.
    """
    builds = Counter(counts)
    if not builds:
        return 0
    most = max(builds)
    return sum(n for count, n in builds.items() if cannot_be_told_apart(most, count)) - 1


def interval(count: int, size: int) -> tuple[float, float]:
    """The share of all players that ``count`` of ``size`` stand for, 95 % (Wilson 1927).

    Shares of 1.0; (0, 1) for an empty sample. Files may say more players than there are: at most
    all of them are counted, and none at least.
    """
    if size <= 0:
        return 0.0, 1.0
    share, z2 = min(max(count, 0), size) / size, _Z_95**2
    middle = share + z2 / (2 * size)
    reach = _Z_95 * sqrt(share * (1 - share) / size + z2 / (4 * size * size))
    scale = 1 + z2 / size
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)
