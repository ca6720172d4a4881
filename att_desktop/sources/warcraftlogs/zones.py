"""Which zones are the seasons played now: the rule, over what Warcraft Logs lists.

Newest first, and never a zone that is frozen (it may share its name with a live one), a test
realm's, a 'Complete Raids' collection, Delves, a training dummy, or without encounters. Next
seasons are listed before they begin: a zone counts only once it has rankings. What opens in the
middle of a tier does not replace it: a raid of one boss, an event's raid without Mythic, an
event's keystones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from att_desktop.game.content_types import CONTENT, CONTENT_TYPES
from att_desktop.game.seasons import ListedZone, Season, SeasonEncounter
from att_desktop.sources.errors import BadResponse, NoSuchZone
from att_desktop.system.json_data import UnreadableJson, decode_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from att_desktop.game.content_types import ContentType
    from att_desktop.sources.warcraftlogs.responses import Answer

_MYTHIC: Final = 5
_PROBED: Final = (4, 3, 5)
_NO_SEASON: Final = re.compile(
    r"\b(beta|ptr|alpha|delves?|dummy|test(ing)?)\b|complete raids?|torghast|world boss",
    re.IGNORECASE,
)
# Content types whose zones can be known by their names. Others are raids.
_NAMES: Final[Mapping[ContentType, re.Pattern[str]]] = {
    "mythicplus": re.compile(r"mythic\+|\bm\+|mythic plus|keystone", re.IGNORECASE)
}
# Warcraft Logs' zones 47 and 55 are 'Mythic+ Season 1' and 'Mythic+ Season 2'.
_SEASON_NAMES: Final[Mapping[ContentType, re.Pattern[str]]] = {
    "mythicplus": re.compile(r"(?:mythic\+|m\+|mythic plus) season \d+(?: \(.+\))?", re.IGNORECASE)
}
_EVENT: Final = re.compile(r"\b(event|timewalking|remix|anniversary)\b", re.IGNORECASE)
_CANDIDATES: Final = 3
_MOST_CANDIDATES: Final = 9
_LISTED: Final = 8


class _Named(msgspec.Struct):
    id: int
    name: str | None = None


class _Partition(msgspec.Struct):
    id: int
    default: bool | None = None


class _Encounter(msgspec.Struct, rename={"journal_id": "journalID"}):
    id: int
    name: str | None = None
    journal_id: int | None = None


class _Zone(msgspec.Struct):
    id: int
    name: str | None = None
    frozen: bool | None = None
    difficulties: list[_Named | None] | None = None
    partitions: list[_Partition | None] | None = None
    encounters: list[_Encounter | None] | None = None


class _Expansion(msgspec.Struct):
    id: int
    zones: list[_Zone | None] | None = None


class _World(msgspec.Struct):
    expansions: list[_Expansion | None] | None = None


class _Page(msgspec.Struct):
    rankings: list[msgspec.Raw] | None = None
    error: str | None = None


class _Probe(msgspec.Struct, rename="camel"):
    character_rankings: _Page | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A zone as listed, with the expansion that it is of."""

    zone_id: int
    expansion_id: int
    name: str
    frozen: bool
    difficulties: tuple[int, ...]
    partition: int | None
    encounters: tuple[SeasonEncounter, ...]

    @property
    def named(self) -> ContentType | None:
        """What its name says that it is, None where the name tells nothing."""
        return next((content for content, name in _NAMES.items() if name.search(self.name)), None)

    @property
    def content_type(self) -> ContentType | None:
        """By its difficulties where it has some, else by its name; None where it is neither.

        A difficulty that only one content type has decides alone; a raid's must not be against
        the name.
        """
        if not self.difficulties:
            return self.named or "raid"
        fit = [row for row in CONTENT.values() if row.is_of(self.difficulties)]
        fit.sort(key=lambda row: row.difficulty is None)
        return next((row.id for row in fit if row.difficulty or self.named in (None, row.id)), None)

    @property
    def is_regular(self) -> bool:
        """A raid tier or a numbered Mythic+ season, no event and no raid of a single boss."""
        if _EVENT.search(self.name):
            return False
        season_name = _SEASON_NAMES.get(self.content_type or self.named or "raid")
        if season_name is not None:
            return season_name.fullmatch(self.name.strip()) is not None
        has_mythic = not self.difficulties or _MYTHIC in self.difficulties
        return has_mythic and len(self.encounters) > 1

    def season(self, content_type: ContentType) -> Season:
        """The zone as the season of a content type."""
        return Season(
            zone_id=self.zone_id,
            name=self.name,
            content_type=content_type,
            encounters=self.encounters,
            partition=self.partition,
            difficulties=self.difficulties,
        )


def read_zones(answer: Answer) -> tuple[Zone, ...]:
    """Every zone of an answer to ``zones_query``, newest expansion and newest zone first.

    Raises BadResponse when the list cannot be read.
    """
    try:
        world = decode_json(answer.field("worldData"), _World | None, strict=False)
    except UnreadableJson as error:
        raise BadResponse("wcl.zones_unreadable") from error
    zones = [
        _zone(zone, expansion.id)
        for expansion in (world.expansions if world else None) or ()
        if expansion is not None
        for zone in expansion.zones or ()
        if zone is not None
    ]
    if not zones:
        raise BadResponse("wcl.no_zones")
    return tuple(sorted(zones, key=lambda zone: (zone.expansion_id, zone.zone_id), reverse=True))


def _zone(raw: _Zone, expansion_id: int) -> Zone:
    partitions = [each for each in raw.partitions or () if each is not None]
    default = [each.id for each in partitions if each.default]
    ids = default or [each.id for each in partitions]
    encounters = [each for each in raw.encounters or () if each is not None]
    return Zone(
        zone_id=raw.id,
        expansion_id=expansion_id,
        name=raw.name or f"Zone {raw.id}",
        frozen=bool(raw.frozen),
        difficulties=tuple(each.id for each in raw.difficulties or () if each is not None),
        partition=max(ids, default=None),
        encounters=tuple(
            SeasonEncounter(
                encounter_id=each.id,
                name=each.name or f"Encounter {each.id}",
                journal_id=each.journal_id or 0,
                order=order,
            )
            for order, each in enumerate(encounters, start=1)
        ),
    )


def candidates(
    zones: Sequence[Zone], content_type: ContentType, rows: Mapping[int, int]
) -> list[Zone]:
    """The newest zones that may be the season of a content type: those of the newest expansion
    first, in it tiers and seasons before anything else, then the newest first.

    A few, and a few more where ``rows``, as ``read_live`` found them, tell that all of these are
    empty: of a coming expansion many zones are listed before they open.
    """
    fit = sorted(
        _open_zones(zones, content_type),
        key=lambda zone: (-zone.expansion_id, not zone.is_regular, -zone.zone_id),
    )
    count = _CANDIDATES
    while count < _MOST_CANDIDATES and all(rows.get(zone.zone_id) == 0 for zone in fit[:count]):
        count += _CANDIDATES
    return fit[:count]


def to_choose_from(zones: Sequence[Zone]) -> tuple[ListedZone, ...]:
    """The zones whose rankings still change, for players who want another than the current."""
    return tuple(
        ListedZone(zone_id=zone.zone_id, name=zone.name, content_type=content_type)
        for content_type in CONTENT_TYPES
        for zone in _open_zones(zones, content_type)[:_LISTED]
    )


def _open_zones(zones: Sequence[Zone], content_type: ContentType) -> list[Zone]:
    return [
        zone
        for zone in zones
        if zone.content_type == content_type
        and zone.encounters
        and not zone.frozen
        and not _NO_SEASON.search(zone.name)
    ]


def pinned_zone(zones: Sequence[Zone], zone_id: int, content_type: ContentType) -> Zone:
    """The zone that the player chose, old or new, unless it is of another content type.

    Raises NoSuchZone.
    """
    zone = next((zone for zone in zones if zone.zone_id == zone_id), None)
    if zone is None:
        raise NoSuchZone("wcl.no_such_zone", zone_id=zone_id)
    told = zone.content_type if zone.difficulties or zone.named else None
    if told not in (None, content_type):
        raise NoSuchZone(f"wcl.zone_is_no_{content_type}", zone_id=zone_id, zone=zone.name)
    if not zone.encounters:
        raise NoSuchZone("wcl.zone_is_empty", zone_id=zone_id, zone=zone.name)
    return zone


def probe_of(zone: Zone) -> tuple[int, int]:
    """(encounter id, difficulty) whose rankings tell whether the zone is played."""
    content_type = zone.content_type
    only = CONTENT[content_type].difficulty if content_type else None
    probed = (*_PROBED, only or _PROBED[0])
    difficulty = next((each for each in probed if each in zone.difficulties), probed[-1])
    return zone.encounters[0].encounter_id, difficulty


def read_live(answer: Answer, zones: Sequence[Zone]) -> dict[int, int]:
    """Rows on the first page by zone id, for zones whose probes were answered.

    A refusal in words ("Invalid difficulty") is an answer: no rows. A zone is left out when
    nothing was learned of it: the probes failed or cannot be read, and none showed a row.
    """
    try:
        aliases = decode_json(answer.field("worldData"), dict[str, msgspec.Raw] | None)
    except UnreadableJson:
        aliases = None
    found = {}
    for index, zone in enumerate(zones):
        probes = [_rows((aliases or {}).get(f"{alias}{index}")) for alias in "pq"]
        most = max((rows for rows in probes if rows is not None), default=0)
        if most or None not in probes:
            found[zone.zone_id] = most
    return found


def _rows(raw: msgspec.Raw | None) -> int | None:
    """Rows of a probe, None when it was not answered."""
    if raw is None:
        return None
    try:
        probe = decode_json(raw, _Probe | None)
    except UnreadableJson:
        return None
    if probe is None or probe.character_rankings is None:
        return None
    page = probe.character_rankings
    if page.rankings is None and page.error is None:
        return None
    return len(page.rankings or ())


def choose(zones: Sequence[Zone], rows: Mapping[int, int]) -> Zone | None:
    """The season among ``candidates``; ``rows`` as ``read_live`` found them.

    The first with rankings, else (all are told to be empty) the first.

    Raises BadResponse when none shows rankings and not all were answered: a season taken by guess
    would put the results of the real one aside.
    """
    played = [zone for zone in zones if rows.get(zone.zone_id)]
    if not played:
        if len(zones) > 1 and any(zone.zone_id not in rows for zone in zones):
            raise BadResponse("wcl.season_unknown")
        return zones[0] if zones else None
    return played[0]
