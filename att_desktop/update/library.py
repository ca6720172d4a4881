"""The library: all results that the app holds, to look at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from att_desktop.game.builds import (
    CONTENT_TYPES,
    Build,
    EncounterInfo,
    Sampled,
    SpecBuilds,
    TalentData,
)
from att_desktop.game.specs import SPECS
from att_desktop.update.checkpoint import parse_time, read_checkpoint
from att_desktop.update.events import Reason, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from att_desktop.game.builds import ContentType
    from att_desktop.update.records import (
        CheckpointConfig,
        EmptyRecord,
        EncounterRecord,
        RecordedBuild,
        UnitRecord,
    )

__all__ = ["Library", "talent_data"]


@dataclass(frozen=True, kw_only=True)
class Library:
    """A snapshot of the results. Empty when nothing was fetched yet.

    ``problem`` says why the file, or a part of it, could not be read.
    """

    units: Mapping[Unit, UnitRecord] = field(default_factory=dict)
    encounters: Mapping[tuple[int, int], EncounterRecord] = field(default_factory=dict)
    empty: Mapping[Unit, EmptyRecord] = field(default_factory=dict)
    config: CheckpointConfig | None = None
    problem: Reason | None = None

    @classmethod
    def load(cls, path: Path) -> Library:
        """Read the checkpoint file at ``path``; never raises."""
        contents = read_checkpoint(path)
        return cls(
            units=contents.units,
            encounters=contents.encounters,
            empty=contents.empty,
            config=contents.config,
            problem=contents.problem,
        )

    @property
    def is_empty(self) -> bool:
        """Whether there is no build at all."""
        return not self.units and not self.encounters

    @property
    def build_count(self) -> int:
        """How many builds the addon is given: general ones and one per encounter and spec."""
        return len(self.units) + len(self.encounters)

    @property
    def newest(self) -> datetime | None:
        """When the youngest result was fetched; aware, UTC."""
        return max(map(parse_time, self._times()), default=None)

    @property
    def oldest(self) -> datetime | None:
        """When the oldest result was fetched; aware, UTC."""
        return min(map(parse_time, self._times()), default=None)

    def _times(self) -> list[str]:
        records: list[UnitRecord | EncounterRecord] = [
            *self.units.values(),
            *self.encounters.values(),
        ]
        return [record.fetched_at for record in records]

    def zone_name(self, content_type: ContentType) -> str | None:
        """Warcraft Logs' name of the raid tier or Mythic+ season that the results are of."""
        for record in self.encounters.values():
            if record.content_type == content_type and record.zone:
                return record.zone
        return None

    def unit(self, spec_id: int, content_type: ContentType) -> UnitRecord | None:
        """The general result of a spec."""
        return self.units.get(Unit(spec_id=spec_id, content_type=content_type))

    def encounters_of(
        self, spec_id: int, content_type: ContentType | None = None
    ) -> list[EncounterRecord]:
        """Results of a spec per encounter: raid first, in the order of the zone."""
        found = [
            record
            for record in self.encounters.values()
            if record.spec_id == spec_id and content_type in (None, record.content_type)
        ]
        return sorted(
            found,
            key=lambda record: (
                CONTENT_TYPES.index(record.content_type),
                record.order,
                record.encounter_id,
            ),
        )


def talent_data(
    units: Iterable[UnitRecord], encounters: Iterable[EncounterRecord], *, sample: bool
) -> TalentData:
    """What the addon is given of these results. Equal results make equal data.

    The timestamp is that of the youngest result, so that writing again does not make data young.
    """
    units = list(units)
    encounters = list(encounters)
    specs: dict[int, SpecBuilds] = {}
    infos: dict[int, EncounterInfo] = {}
    times = [parse_time(unit.fetched_at) for unit in units]
    times += [parse_time(record.fetched_at) for record in encounters]
    for unit in units:
        spec = specs.setdefault(unit.spec_id, SpecBuilds(spec_id=unit.spec_id))
        spec.general[unit.content_type] = _sampled(unit)
    for record in encounters:
        spec = specs.setdefault(record.spec_id, SpecBuilds(spec_id=record.spec_id))
        spec.encounters[record.encounter_id] = _sampled(record, general_fits=record.general_fits)
        infos[record.encounter_id] = EncounterInfo(
            encounter_id=record.encounter_id,
            name=record.encounter_name,
            content_type=record.content_type,
            zone=record.zone,
            order=record.order,
            journal_id=record.journal_id,
            map_id=record.map_id,
            challenge_mode_id=record.challenge_mode_id,
        )
    results: list[UnitRecord | EncounterRecord] = [*units, *encounters]
    hashes = {result.spec_id: result.tree_hash for result in results if result.tree_hash}
    sources = Counter(result.source for result in results)
    return TalentData(
        specs=tuple(
            replace(specs[spec_id], tree_hash=hashes.get(spec_id, ""))
            for spec_id in sorted(specs)
            if spec_id in SPECS
        ),
        encounters=tuple(infos[key] for key in sorted(infos)),
        timestamp=max(times).strftime("%Y-%m-%dT%H:%M:%S") if times else "",
        source=min(sources, key=lambda source: (-sources[source], source), default=""),
        sample=sample,
    )


def _sampled(record: UnitRecord | EncounterRecord, *, general_fits: bool = False) -> Sampled:
    return Sampled(
        build=_build(record.best_build),
        sample_size=record.sample_size,
        others=tuple(map(_build, record.others)),
        general_fits=general_fits,
        source=record.source,
    )


def _build(build: RecordedBuild) -> Build:
    return Build(
        talent_code=build.talent_code,
        count=build.count,
        popularity=build.popularity,
        hero_tree=build.hero_tree,
        support=build.support,
    )
