"""Selections: what identifies a build."""

from __future__ import annotations

from typing import Final, TypeAlias

MOST_PLAYERS: Final = 10**8
"""No sample of one encounter is larger; the sum over a season still fits a C int (Qt, Lua)."""

Pick: TypeAlias = tuple[int, int, int]
"""(node id, entry id, rank) of one purchased talent."""

Selection: TypeAlias = frozenset[Pick]
"""The purchased talents without those of a hero tree that is not chosen (players own both): no
granted nodes, the hero choice included, an apex node once for each of its entries with that
entry's ranks. The identity of a build."""


def popularity(count: int, sample_size: int) -> float:
    """Percent of the sample, rounded to two places; 0.0 for an empty sample."""
    return round(count / sample_size * 100, 2) if sample_size else 0.0
