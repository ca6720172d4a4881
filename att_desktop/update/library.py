"""The library: all results that the app holds, to look at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from att_desktop.game.content_types import CONTENT_TYPES
from att_desktop.game.results import TalentData, Unit
from att_desktop.game.specs import SPECS
from att_desktop.system.times import parse_time
from att_desktop.update.checkpoint import read_checkpoint
from att_desktop.update.history import History, read_history
from att_desktop.update.merging import youngest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from att_desktop.game.content_types import ContentType
    from att_desktop.game.results import (
        CheckpointConfig,
        EmptyRecord,
        EncounterRecord,
        MarkedBuild,
        UnitRecord,
    )
    from att_desktop.update.events import Reason


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
    history: History = field(default_factory=History)

    @classmethod
    def load(cls, *paths: Path, history: Path | None = None) -> Library:
        """Read checkpoint files, of each unit the youngest results; never raises.

        ``history`` is the file of former results.
        """
        results = [read_checkpoint(path) for path in paths]
        units, encounters = youngest(results)
        empty: dict[Unit, EmptyRecord] = {}
        for contents in reversed(results):
            empty.update(contents.empty)
        return cls(
            units=units,
            encounters=encounters,
            empty={unit: record for unit, record in empty.items() if unit not in units},
            config=next((each.config for each in results if each.config is not None), None),
            problem=next((each.problem for each in results if each.problem is not None), None),
            history=read_history(history) if history is not None else History(),
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

    def newest_of(self, source: str) -> datetime | None:
        """When the youngest result of a source was fetched; aware, UTC. None without any."""
        times = [record.fetched_at for record in self._records() if record.source == source]
        return max(map(parse_time, times), default=None)

    @property
    def sources(self) -> list[str]:
        """The sources of the results, the one with most of them first."""
        return _sources(self._records())

    def _times(self) -> list[str]:
        return [record.fetched_at for record in self._records()]

    def _records(self) -> list[UnitRecord | EncounterRecord]:
        return [*self.units.values(), *self.encounters.values()]

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
    units: Iterable[UnitRecord],
    encounters: Iterable[EncounterRecord],
    *,
    sample: bool,
    marked: Iterable[MarkedBuild] = (),
) -> TalentData:
    """What the addon is given of these results. Equal results make equal data.

    The timestamp is that of the youngest result, so that writing again does not make data young.
    Builds that were ``marked`` for another version of the talents are left out.
    """
    known_units = sorted(
        (unit for unit in units if unit.spec_id in SPECS),
        key=lambda unit: (unit.spec_id, unit.content_type),
    )
    known = sorted(
        (record for record in encounters if record.spec_id in SPECS),
        key=lambda record: (record.spec_id, record.encounter_id),
    )
    results: list[UnitRecord | EncounterRecord] = [*known_units, *known]
    youngest = max((parse_time(result.fetched_at) for result in results), default=None)
    trees = {result.spec_id: result.tree_hash for result in results if result.tree_hash}
    return TalentData(
        units=tuple(known_units),
        encounters=tuple(known),
        marked=tuple(
            build
            for build in marked
            if build.spec_id in SPECS
            and build.tree_hash in ("", trees.get(build.spec_id, build.tree_hash))
        ),
        timestamp=youngest.strftime("%Y-%m-%dT%H:%M:%S") if youngest else "",
        source=next(iter(_sources(results)), ""),
        sample=sample,
    )


def _sources(results: Iterable[UnitRecord | EncounterRecord]) -> list[str]:
    counts = Counter(result.source for result in results)
    return sorted(counts, key=lambda source: (-counts[source], source))
