"""Results for tests of ``TalentData.lua``, with what does not matter there filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from att_desktop.game.results import Build, EncounterRecord, TalentData, UnitRecord

if TYPE_CHECKING:
    from att_desktop.game.content_types import ContentType

TIMESTAMP = "2026-11-22T13:00:00"


def build(code: str = "CoPA+/==", **more: Any) -> Build:
    fields = {"count": 17, "popularity": 10.625, "hero_tree": "San'layn"}
    return Build(talent_code=code, **(fields | more))


def unit(
    content_type: ContentType, best: Build | None = None, *, spec_id: int = 250, **more: Any
) -> UnitRecord:
    """The general result of a spec."""
    best = best or build()
    fields = {"sample_size": 160, "fetched_at": TIMESTAMP, "class_name": "", "spec_name": ""}
    return UnitRecord(
        spec_id=spec_id,
        content_type=content_type,
        best_build=best,
        all_builds=[best],
        **(fields | more),
    )


def encounter(
    encounter_id: int, name: str, best: Build | None = None, **more: Any
) -> EncounterRecord:
    """The result of an encounter of the raid, of Blood if nothing else is said."""
    best = best or build()
    fields: dict[str, Any] = {
        "spec_id": 250,
        "content_type": "raid",
        "zone": "Manaforge Omega",
        "order": 1,
        "sample_size": 160,
        "fetched_at": TIMESTAMP,
    }
    return EncounterRecord(
        encounter_id=encounter_id,
        encounter_name=name,
        best_build=best,
        all_builds=[best],
        **(fields | more),
    )


def data(*encounters: EncounterRecord, **more: Any) -> TalentData:
    """All of a file: these encounters, and Blood's general raid build."""
    fields: dict[str, Any] = {
        "source": "warcraftlogs",
        "units": (unit("raid"),),
        "timestamp": TIMESTAMP,
    }
    return TalentData(encounters=encounters, **(fields | more))
