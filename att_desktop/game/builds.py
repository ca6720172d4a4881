"""Selections and builds: the records that every later step of the data passes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

__all__ = [
    "CONTENT_TYPES",
    "Build",
    "ContentType",
    "EncounterInfo",
    "Pick",
    "Sampled",
    "Selection",
    "SpecBuilds",
    "TalentData",
    "popularity",
]

ContentType: TypeAlias = Literal["raid", "mythicplus"]
CONTENT_TYPES: Final[tuple[ContentType, ...]] = ("raid", "mythicplus")

Pick: TypeAlias = tuple[int, int, int]
"""(node id, entry id, rank) of one purchased talent."""

Selection: TypeAlias = frozenset[Pick]
"""The purchased talents without those of a hero tree that is not chosen (players own both): no
granted nodes, the hero choice included, an apex node once for each of its entries with that
entry's ranks. The identity of a build."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """A selection, written as import code, and how many players of a sample use it.

    ``popularity`` is in percent of the sample, two places. ``hero_tree`` is the game's English
    name, None when no hero tree is chosen. ``support`` are the players of that hero tree within
    three swaps, None where it was not counted.
    """

    talent_code: str
    count: int
    popularity: float
    hero_tree: str | None = None
    support: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """A build and the size of the sample it was the best of.

    ``others`` are the most popular builds of other hero trees. ``general_fits``: the general build
    serves the players of this encounter nearly as well. ``source`` is where it is from.
    """

    build: Build
    sample_size: int
    others: tuple[Build, ...] = ()
    general_fits: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EncounterInfo:
    """What the addon must know of a boss or dungeon. Ids are 0 or None where unknown.

    ``encounter_id`` is Warcraft Logs' id (for raids the game's dungeonEncounterID), ``order`` the
    place in its zone from 1, ``zone`` Warcraft Logs' name of the raid tier or season, ``map_id``
    the game's instance map.
    """

    encounter_id: int
    name: str
    content_type: ContentType
    zone: str
    order: int
    journal_id: int = 0
    map_id: int | None = None
    challenge_mode_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecBuilds:
    """The best builds of one spec: general by content type, and by encounter id.

    ``tree_hash`` is the game's hash of the tree that the codes are for, '' where not known.
    """

    spec_id: int
    tree_hash: str = ""
    general: dict[ContentType, Sampled] = field(default_factory=dict)
    encounters: dict[int, Sampled] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TalentData:
    """All that goes into ``TalentData.lua``. ``timestamp`` is UTC, ``YYYY-MM-DDTHH:MM:SS``.

    ``source`` is where most of it is from.
    """

    specs: tuple[SpecBuilds, ...]
    encounters: tuple[EncounterInfo, ...]
    timestamp: str
    source: str = ""
    sample: bool = False


def popularity(count: int, sample_size: int) -> float:
    """Percent of the sample, rounded to two places; 0.0 for an empty sample."""
    return round(count / sample_size * 100, 2) if sample_size else 0.0
