"""Results: builds, units and encounters, one record from counting to file, addon and window.

They are kept as they are in ``checkpoint.json`` and in a feed: fields may be added, none renamed.
"""

from __future__ import annotations

import msgspec

from att_desktop.game.content_types import ContentType

WARCRAFT_LOGS = "warcraftlogs"
"""The source that is the player's own Warcraft Logs client."""


class Unit(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One spec and content type: the piece of work that is fetched and saved as a whole."""

    spec_id: int
    content_type: ContentType


# gc=False: tens of thousands of instances, no reference cycles.
class Build(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A build and how many players of a sample use it; the code stands for the selection.

    ``popularity`` is in percent of the sample, two places. ``hero_tree`` is the game's English
    name, None when no hero tree is chosen.
    ``support`` are the players of the same hero tree within three swaps, None where it was not
    counted (results of version 1).
    """

    talent_code: str
    count: int
    popularity: float
    hero_tree: str | None = None
    support: int | None = None


class CheckpointConfig(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What results depend on: results under another config are of no use.

    ``more_zones`` are (zone id, partition) by content type, of those without fields of their own.
    """

    raid_zone_id: int | None
    mplus_zone_id: int | None
    raid_partition: int | None
    mplus_partition: int | None
    difficulty: str
    top_n_players: int
    tree_version: str
    more_zones: dict[str, tuple[int, int | None]] = {}


class UnitRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A complete unit: the general build of a spec and content type.

    ``fetched_at`` is ISO 8601 in UTC. ``all_builds`` is ordered by rule: most players first,
    ties by the first row. ``others`` are the most popular builds of other hero trees. ``skipped``
    are unusable rows by reason, ``encounters`` the encounters that were asked for (none in results
    of version 1). ``source`` says where it is from, ``cohort`` whose builds they are where the
    source tells (parses.gg: ``top10`` or ``all``), ``tree_hash`` (32 hex digits) which version of
    the talents the codes are for.
    """

    spec_id: int
    class_name: str
    spec_name: str
    content_type: ContentType
    best_build: Build
    sample_size: int
    all_builds: list[Build]
    fetched_at: str
    others: list[Build] = []
    skipped: dict[str, int] = {}
    encounters: list[int] = []
    source: str = WARCRAFT_LOGS
    cohort: str = ""
    tree_hash: str = ""


class EncounterRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The builds of one spec in one encounter.

    ``difficulty`` is WCL's id (10 for Mythic+), ``repeated`` counts further rows of characters
    that were counted already. ``general_fits``: the general build serves its players nearly as
    well as their own. Other fields as in ``UnitRecord``.
    """

    encounter_id: int
    encounter_name: str
    content_type: ContentType
    spec_id: int
    best_build: Build
    sample_size: int
    all_builds: list[Build]
    fetched_at: str
    others: list[Build] = []
    general_fits: bool = False
    zone: str = ""
    zone_id: int = 0
    order: int = 0
    journal_id: int = 0
    map_id: int | None = None
    challenge_mode_id: int | None = None
    difficulty: int = 0
    skipped: dict[str, int] = {}
    repeated: int = 0
    source: str = WARCRAFT_LOGS
    cohort: str = ""
    tree_hash: str = ""


class EmptyRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A unit that had no rankings to learn from; ``reason`` is a code."""

    spec_id: int
    content_type: ContentType
    reason: str
    fetched_at: str
    encounters: list[int] = []


class MarkedBuild(msgspec.Struct, frozen=True, kw_only=True):
    """A build that the player has chosen for raid night: the addon lists it first.

    ``encounters`` are the ids of those that it is for, in their order. ``tree_hash`` is that of
    the result it was chosen from, '' where it is not known.
    """

    spec_id: int
    talent_code: str
    hero_tree: str | None = None
    encounters: list[int] = []
    tree_hash: str = ""


class TalentData(msgspec.Struct, frozen=True, kw_only=True):
    """All that goes into ``TalentData.lua``. ``timestamp`` is UTC, ``YYYY-MM-DDTHH:MM:SS``.

    ``source`` is where most of it is from; ``marked`` are in the player's order.
    """

    units: tuple[UnitRecord, ...] = ()
    encounters: tuple[EncounterRecord, ...] = ()
    marked: tuple[MarkedBuild, ...] = ()
    timestamp: str
    source: str = ""
    sample: bool = False
