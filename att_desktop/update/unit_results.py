"""From the samples of a unit to its records."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from att_desktop.game.builds import popularity
from att_desktop.game.map_ids import challenge_mode_id, instance_map_id
from att_desktop.game.results import Build, EncounterRecord, UnitRecord
from att_desktop.update.aggregate import general_fits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from att_desktop.game.results import Unit
    from att_desktop.game.seasons import Season
    from att_desktop.game.specs import Spec
    from att_desktop.game.swaps import Marked
    from att_desktop.game.trees import TalentTree
    from att_desktop.update.aggregate import Aggregate, CountedBuild
    from att_desktop.update.fetch import EncounterSample
    from att_desktop.update.sampling import CodeCache

NoBuild: TypeAlias = Literal[
    "unit.no_rankings", "unit.no_usable_rows", "unit.other_talents", "unit.no_code"
]
"""Why a unit has no build: nobody is ranked; or rows came and none is of use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRecords:
    """``unit`` is None where there is no general build, or it was not asked for."""

    unit: UnitRecord | None
    encounters: list[EncounterRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writing:
    """What all records of a unit share."""

    unit: Unit
    season: Season
    tree: TalentTree
    cache: CodeCache
    now: str
    source: str

    def build(self, build: CountedBuild, size: int) -> Build:
        written = self.cache.encode(build.selection)
        assert written.code is not None, "only builds with a code are recorded"  # noqa: S101
        return Build(
            talent_code=written.code,
            count=build.count,
            popularity=popularity(build.count, size),
            hero_tree=written.hero_tree,
            support=build.support,
        )

    def builds(self, builds: Sequence[CountedBuild], size: int) -> list[Build]:
        return [self.build(build, size) for build in builds]


def count_unit(
    unit: Unit,
    spec: Spec,
    season: Season,
    samples: Sequence[EncounterSample],
    cache: CodeCache,
    *,
    now: str,
    source: str,
    complete: bool,
    known_general: Marked | None,
) -> UnitRecords:
    """The records of the samples that were fetched.

    The general build is that of all samples pooled, in the order of the encounters, then of rank.
    Where the unit is not ``complete`` there is none, and encounters are held against
    ``known_general``.
    """
    writing = _Writing(
        unit=unit, season=season, tree=cache.tree, cache=cache, now=now, source=source
    )
    fetched = [sample for sample in samples if not sample.failed]
    pooled = [selection for sample in fetched for selection in sample.sample.selections]
    general = cache.aggregate(pooled) if complete else None
    usual = general.best.marked if general else known_general
    records = []
    for sample in fetched:
        found = cache.aggregate(sample.sample.selections)
        if found is not None:
            records.append(_encounter(writing, sample, found, usual))
    return UnitRecords(
        unit=_general(writing, spec, samples, general) if general else None, encounters=records
    )


def _general(
    writing: _Writing, spec: Spec, samples: Sequence[EncounterSample], found: Aggregate
) -> UnitRecord:
    return UnitRecord(
        spec_id=spec.spec_id,
        class_name=spec.class_slug,
        spec_name=spec.slug,
        content_type=writing.unit.content_type,
        best_build=writing.build(found.best, found.size),
        sample_size=found.size,
        all_builds=writing.builds(found.builds, found.size),
        fetched_at=writing.now,
        others=writing.builds(found.others, found.size),
        skipped=skipped_of(samples),
        encounters=[sample.encounter.encounter_id for sample in samples],
        source=writing.source,
        tree_hash=writing.tree.known_hash,
    )


def _encounter(
    writing: _Writing, fetched: EncounterSample, found: Aggregate, usual: Marked | None
) -> EncounterRecord:
    encounter, content_type = fetched.encounter, writing.unit.content_type
    return EncounterRecord(
        encounter_id=encounter.encounter_id,
        encounter_name=encounter.name,
        content_type=content_type,
        spec_id=writing.unit.spec_id,
        best_build=writing.build(found.best, found.size),
        sample_size=found.size,
        all_builds=writing.builds(found.builds, found.size),
        fetched_at=writing.now,
        others=writing.builds(found.others, found.size),
        general_fits=usual is not None and general_fits(writing.tree, found, usual),
        zone=writing.season.name,
        zone_id=writing.season.zone_id,
        order=encounter.order,
        journal_id=encounter.journal_id,
        map_id=instance_map_id(encounter.encounter_id, content_type),
        challenge_mode_id=challenge_mode_id(encounter.encounter_id),
        difficulty=fetched.difficulty,
        skipped=dict(fetched.sample.skipped),
        repeated=fetched.sample.repeated,
        source=writing.source,
        tree_hash=writing.tree.known_hash,
    )


def why_no_build(samples: Sequence[EncounterSample]) -> NoBuild:
    """Why there is no build in these samples."""
    skipped = skipped_of(samples)
    if not any(fetched.has_rows for fetched in samples):
        return "unit.no_rankings"
    if not skipped:
        return "unit.no_code"
    if skipped.get("row.other_talents", 0) * 2 > sum(skipped.values()):
        return "unit.other_talents"
    return "unit.no_usable_rows"


def skipped_of(samples: Sequence[EncounterSample]) -> dict[str, int]:
    """Rows of a unit that could not be used, by reason."""
    total: Counter[str] = Counter()
    for fetched in samples:
        total.update(fetched.sample.skipped)
    return dict(total)
