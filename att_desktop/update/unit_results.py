"""From the samples of a unit to its records."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from att_desktop.game.map_ids import challenge_mode_id, instance_map_id
from att_desktop.update.records import EmptyRecord, EncounterRecord, UnitRecord
from att_desktop.update.sampling import CodeCache, count_builds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from att_desktop.game.builds import Selection
    from att_desktop.game.seasons import Season
    from att_desktop.game.specs import Spec
    from att_desktop.update.events import Unit
    from att_desktop.update.fetch import EncounterSample

__all__ = ["OTHER_SEASON", "empty_record", "encounter_records", "skipped_of", "unit_record"]

OTHER_SEASON: Final = "The app's talent trees are not those that these players use."
"""Ends the reason of a unit whose rows mostly have other talents: the game was patched."""


def encounter_records(
    unit: Unit, season: Season, samples: Sequence[EncounterSample], book: CodeCache, now: str
) -> list[EncounterRecord]:
    """A record for each encounter that was fetched and has a build."""
    records = []
    for fetched in samples:
        selections = fetched.sample.selections
        builds = [] if fetched.failed else count_builds(selections, book)
        if not builds:
            continue
        encounter = fetched.encounter
        records.append(
            EncounterRecord(
                encounter_id=encounter.encounter_id,
                encounter_name=encounter.name,
                content_type=unit.content_type,
                spec_id=unit.spec_id,
                best_build=builds[0],
                sample_size=len(selections),
                all_builds=builds,
                fetched_at=now,
                zone=season.name,
                zone_id=season.zone_id,
                order=encounter.order,
                journal_id=encounter.journal_id,
                map_id=instance_map_id(encounter.encounter_id, unit.content_type),
                challenge_mode_id=challenge_mode_id(encounter.encounter_id),
                difficulty=fetched.difficulty,
                skipped=dict(fetched.sample.skipped),
                repeated=fetched.sample.repeated,
            )
        )
    return records


def unit_record(
    unit: Unit, spec: Spec, samples: Sequence[EncounterSample], book: CodeCache, now: str
) -> UnitRecord | None:
    """The general build: the samples of all encounters pooled, in encounter order, then rank.

    None when there is no build in them.
    """
    pooled: list[Selection] = [
        selection for fetched in samples for selection in fetched.sample.selections
    ]
    builds = count_builds(pooled, book)
    if not builds:
        return None
    return UnitRecord(
        spec_id=spec.spec_id,
        class_name=spec.class_slug,
        spec_name=spec.slug,
        content_type=unit.content_type,
        best_build=builds[0],
        sample_size=len(pooled),
        all_builds=builds,
        fetched_at=now,
        skipped=skipped_of(samples),
    )


def empty_record(unit: Unit, samples: Sequence[EncounterSample], now: str) -> EmptyRecord:
    """Why a unit has no build."""
    skipped = skipped_of(samples)
    if not any(fetched.has_rows for fetched in samples):
        reason = "Warcraft Logs has no rankings for this spec yet."
    elif skipped:
        counts = ", ".join(f"{count} {reason}" for reason, count in sorted(skipped.items()))
        reason = f"No row could be used: {counts}."
        if skipped.get("other talent tree", 0) * 2 > sum(skipped.values()):
            reason = f"{reason} {OTHER_SEASON}"
    else:
        reason = "No build of these players can be written as an import code."
    return EmptyRecord(
        spec_id=unit.spec_id, content_type=unit.content_type, reason=reason, fetched_at=now
    )


def skipped_of(samples: Sequence[EncounterSample]) -> dict[str, int]:
    """Rows of a unit that could not be used, by reason."""
    total: Counter[str] = Counter()
    for fetched in samples:
        total.update(fetched.sample.skipped)
    return dict(total)
