"""The zones that the sample source lists: the seasons of game 12.1, and what surrounds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from att_desktop.game.seasons import shipped_season

if TYPE_CHECKING:
    from att_desktop.game.seasons import Season

_RAID: Final = ((1, "LFR"), (3, "Normal"), (4, "Heroic"), (5, "Mythic"))
_DUNGEON: Final = ((10, "Dungeon"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleZone:
    """A zone; ``encounters`` are (encounter id, name, journal id). Only played ones have rows."""

    zone_id: int
    name: str
    difficulties: tuple[tuple[int, str], ...]
    encounters: tuple[tuple[int, str, int], ...] = ()
    frozen: bool = False
    played: bool = False
    partitions: tuple[tuple[int, str, bool], ...] = ((1, "Standard", True),)


def _played(season: Season, difficulties: tuple[tuple[int, str], ...]) -> SampleZone:
    return SampleZone(
        zone_id=season.zone_id,
        name=season.name,
        difficulties=difficulties,
        played=True,
        encounters=tuple((e.encounter_id, e.name, e.journal_id) for e in season.encounters),
    )


SAMPLE_RAID: Final = _played(shipped_season("raid"), _RAID)
SAMPLE_MYTHIC_PLUS: Final = _played(shipped_season("mythicplus"), _DUNGEON)
_FORMER_RAID: Final = SampleZone(
    zone_id=46,
    name="VS / DR / MQD",
    difficulties=_RAID,
    encounters=(
        (3176, "Imperator Averzian", 0),
        (3177, "Vorasius", 0),
        (3179, "Fallen-King Salhadaar", 0),
        (3178, "Vaelgor & Ezzorak", 0),
        (3180, "Lightblinded Vanguard", 0),
        (3181, "Crown of the Cosmos", 0),
        (3306, "Chimaerus", 0),
        (3182, "Belo'ren", 0),
        (3183, "Midnight Falls", 0),
    ),
)
_FORMER_MYTHIC_PLUS: Final = SampleZone(
    zone_id=47,
    name="Mythic+ Season 1",
    difficulties=_DUNGEON,
    frozen=True,
    encounters=((12805, "Windrunner Spire", 0), (12811, "Magisters' Terrace", 0)),
)
_STAGED: Final = SampleZone(
    zone_id=58, name="Mythic+ Season 3", difficulties=_DUNGEON, encounters=((12805, "?", 0),)
)
_DUMMIES: Final = SampleZone(
    zone_id=52, name="Dummy Dome", difficulties=_RAID, encounters=((3591, "Training Dummy", 0),)
)
_ZONES: Final = (
    _STAGED,
    SAMPLE_MYTHIC_PLUS,
    SAMPLE_RAID,
    _DUMMIES,
    _FORMER_MYTHIC_PLUS,
    _FORMER_RAID,
)
_ZONE_OF: Final = {
    encounter_id: zone for zone in _ZONES if zone.played for encounter_id, _, _ in zone.encounters
}


def zone_of(encounter_id: int) -> SampleZone | None:
    """The played zone of an encounter, None for encounters without rankings."""
    return _ZONE_OF.get(encounter_id)


def expansions_json() -> list[dict[str, object]]:
    """``worldData.expansions`` as Warcraft Logs sends it."""
    zones = [
        {
            "id": zone.zone_id,
            "name": zone.name,
            "frozen": zone.frozen,
            "difficulties": [{"id": key, "name": name} for key, name in zone.difficulties],
            "partitions": [
                {"id": key, "name": name, "default": default}
                for key, name, default in zone.partitions
            ],
            "encounters": [
                {"id": key, "name": name, "journalID": journal}
                for key, name, journal in zone.encounters
            ],
        }
        for zone in _ZONES
    ]
    return [{"id": 7, "name": "Midnight", "zones": zones}]
