"""Which talents of a sample are settled, which are open, and which encounters turn them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from att_desktop.game.confidence import COMMON

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from att_desktop.game.pick_rates import NodeRate, PickRates

CORE: Final = 0.9
"""A talent that a larger share of the players takes is core."""
RARE: Final = 0.1
"""One that at most this share takes is rarely taken; all others are open choices."""

Agreement: TypeAlias = Literal["core", "open", "rare"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Encounters, by key, where the majority decides otherwise than in general: ``taken`` there,
    or left out where in general it is taken."""

    taken: bool
    encounters: tuple[str, ...]


def agreement(share: float) -> Agreement:
    """What a share of 0.0 .. 1.0 says of a talent."""
    if share > CORE:
        return "core"
    return "open" if share > RARE else "rare"


def turns(general: PickRates, encounters: Mapping[str, PickRates]) -> dict[tuple[int, int], Turn]:
    """By (node id, entry id) what some encounters decide otherwise than ``general``.

    Hero talents count where at least ``COMMON`` players could take them, in general and there.
    """
    found: dict[tuple[int, int], Turn] = {}
    for key, share in _shares(general):
        usual = share > 0.5
        others = tuple(
            name
            for name, rates in encounters.items()
            if (there := _share(rates, key)) is not None and (there > 0.5) != usual
        )
        if others:
            found[key] = Turn(taken=not usual, encounters=others)
    return found


def _shares(rates: PickRates) -> Iterator[tuple[tuple[int, int], float]]:
    for rate in rates.nodes.values():
        for entry_id in rate.entries:
            share = _entry_share(rate, entry_id)
            if share is not None:
                yield (rate.node_id, entry_id), share


def _share(rates: PickRates, key: tuple[int, int]) -> float | None:
    rate = rates.nodes.get(key[0])
    return None if rate is None else _entry_share(rate, key[1])


def _entry_share(rate: NodeRate, entry_id: int) -> float | None:
    return rate.entry_share(entry_id) if rate.of >= COMMON else None
