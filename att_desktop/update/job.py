"""The update: from the plan to the addon, saved after every unit, stoppable at any moment."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from att_desktop.game.results import EmptyRecord
from att_desktop.game.specs import SPECS
from att_desktop.game.trees import TreeDataError
from att_desktop.sources.errors import BadCredentials, Blocked, OutOfPoints
from att_desktop.sources.warcraftlogs.seasons import cached_seasons
from att_desktop.system.errors import AttError
from att_desktop.update import events
from att_desktop.update.cancelling import run_until_cancelled
from att_desktop.update.checkpoint import Checkpoint
from att_desktop.update.events import Reason, reason_of
from att_desktop.update.fetch import fetch_unit
from att_desktop.update.plan import checkpoint_config, named_encounters, units_of
from att_desktop.update.result_writer import ResultWriter, UnitOutcome
from att_desktop.update.sampling import CodeCache
from att_desktop.update.unit_counts import UnitCounts
from att_desktop.update.unit_results import count_unit, skipped_of, why_no_build

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from att_desktop.game.content_types import ContentType
    from att_desktop.game.results import Unit
    from att_desktop.game.seasons import Season, SeasonEncounter, Seasons
    from att_desktop.game.trees import TalentTrees
    from att_desktop.sources.warcraftlogs.client import WarcraftLogs
    from att_desktop.update.events import Event, SourceName, Stopped, Summary, UnitState
    from att_desktop.update.fetch import EncounterSample
    from att_desktop.update.plan import UpdateOptions
    from att_desktop.update.result_writer import Destination

_UNITS_IN_FLIGHT = 4
# After that many failures in a row the rest would only fail slowly.
_FAILURES_IN_A_ROW = 3


class Connect(Protocol):
    """Opens Warcraft Logs, or the sample source, for one run."""

    def __call__(self, report: Callable[[Event], None], *, wait: bool) -> WarcraftLogs:
        """A client, not yet entered. It reports points and waiting."""


class Update(Protocol):
    """An update from any source, to be run once."""

    summary: Summary

    def run(self, report: Callable[[Event], None], cancel: threading.Event) -> Summary:
        """Run to the end in this thread; ``report`` is called from it. Raises AttError."""


@dataclass(kw_only=True)
class UpdateJob:
    """One update. The paths lie in the cache folder; ``run`` may be called once.

    ``summary`` is what it came to, also after ``run`` raised.
    """

    options: UpdateOptions
    connect: Connect
    trees: TalentTrees
    checkpoint_path: Path
    seasons_path: Path
    destination: Destination
    summary: Summary = field(init=False)

    def __post_init__(self) -> None:
        self.summary = events.Summary(source=self.source)

    @property
    def source(self) -> SourceName:
        """Where its results come from."""
        return "sample" if self.destination.sample else "warcraftlogs"

    def run(self, report: Callable[[Event], None], cancel: threading.Event) -> Summary:
        """Run to the end in this thread; ``report`` is called from it.

        Setting ``cancel`` ends the run within 0.3 s. Raises AttError when the update cannot go on.
        What is complete stays in both cases.
        """
        try:
            return asyncio.run(_Run(self, report).main(cancel))
        except TreeDataError as error:
            raise AttError(error.code, **error.fields) from error


class _Run:
    """What one run keeps in mind."""

    def __init__(self, job: UpdateJob, report: Callable[[Event], None]) -> None:
        self._job = job
        self._options = job.options
        self._report = report
        self._counts = UnitCounts(report, job.source)
        self._failures_in_a_row = 0
        self._out_of_points: OutOfPoints | None = None
        self._writer: ResultWriter | None = None
        # The encounters that were asked for by name; empty when all are.
        self._named: dict[ContentType, tuple[SeasonEncounter, ...]] = {}

    async def main(self, cancel: threading.Event) -> Summary:
        begun = time.monotonic()
        client = self._job.connect(self._report, wait=self._options.wait)
        stopped: Stopped = ""
        async with client:
            try:
                if await run_until_cancelled(self._update(client), cancel):
                    stopped = "cancelled"
            except OutOfPoints as error:
                if self._options.wait:
                    raise
                self._report(events.Notice(code=error.code, fields=error.fields))
                stopped = "points"
            finally:
                if self._writer is not None:
                    await self._writer.settle()
                self._job.summary = self._counts.summary(
                    requests=client.stats.requests,
                    points=client.stats.points,
                    bytes_=client.stats.bytes,
                    seconds=time.monotonic() - begun,
                    target=self._job.destination.target,
                    stopped=stopped,
                )
        if self._writer is not None:
            self._writer.finish()
        self._counts.finish(self._job.summary, self._job.destination.target)
        return self._job.summary

    async def _update(self, client: WarcraftLogs) -> None:
        options = self._options
        seasons = await cached_seasons(
            self._job.seasons_path,
            client,
            pins=options.zones,
            fresh=options.fresh,
        )
        config = checkpoint_config(options, seasons, self._job.trees.version)
        checkpoint, problems = Checkpoint.open(self._job.checkpoint_path, config)
        for problem in problems:
            self._report(events.Notice(code=problem.code, fields=problem.fields))
        self._writer = ResultWriter(checkpoint, self._job.destination, self._report)
        plan = self._plan(checkpoint, seasons)
        self._counts.total = len(plan)
        pending = iter(enumerate(plan, start=1))
        workers = [
            asyncio.create_task(self._work(client, self._writer, seasons, pending))
            for _ in range(min(_UNITS_IN_FLIGHT, len(plan)))
        ]
        try:
            await asyncio.gather(*workers)
            if self._out_of_points is not None:
                raise self._out_of_points
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)

    def _plan(self, checkpoint: Checkpoint, seasons: Seasons) -> list[Unit]:
        """The units to fetch; what needs no fetching is reported at once."""
        options = self._options
        wanted = units_of(options)
        if options.encounter is not None:
            self._named = named_encounters(seasons, options.encounter, options.content)
            wanted = [unit for unit in wanted if unit.content_type in self._named]
        self._counts.start(wanted, seasons.names())
        now = datetime.now(UTC)
        plan = []
        for unit in wanted:
            season = seasons.of(unit.content_type)
            if season is None:
                self._counts.done(unit, "empty", Reason("unit.no_season"))
            elif (
                options.encounter is None
                and not options.fresh
                and checkpoint.is_fresh(unit, options.freshness, now)
                and not checkpoint.lacks(unit, [e.encounter_id for e in season.encounters])
            ):
                empty = checkpoint.empty.get(unit)
                if empty is None:
                    self._counts.done(unit, "up_to_date", size=checkpoint.units[unit].sample_size)
                else:
                    self._counts.done(unit, "empty", Reason(empty.reason))
            else:
                plan.append(unit)
        return plan

    async def _work(
        self,
        client: WarcraftLogs,
        writer: ResultWriter,
        seasons: Seasons,
        pending: Iterator[tuple[int, Unit]],
    ) -> None:
        for index, unit in pending:
            if self._out_of_points is not None:
                return
            self._report(events.UnitStarted(unit=unit, index=index, total=self._counts.total))
            try:
                await self._fetch(client, writer, seasons, unit, index)
            except OutOfPoints as error:
                # Queries under way are billed already: the other workers finish theirs.
                self._out_of_points = error
                return
            except (BadCredentials, Blocked):
                raise
            except AttError as error:
                if not writer.is_writable:
                    raise
                self._counts.done(unit, "failed", reason_of(error), index=index)
                self._failures_in_a_row += 1
                if self._failures_in_a_row >= _FAILURES_IN_A_ROW:
                    raise
            else:
                self._failures_in_a_row = 0

    async def _fetch(
        self, client: WarcraftLogs, writer: ResultWriter, seasons: Seasons, unit: Unit, index: int
    ) -> None:
        season = seasons.of(unit.content_type)
        assert season is not None, "only units with a season are planned"  # noqa: S101
        spec = SPECS[unit.spec_id]
        tree = self._job.trees.tree(unit.spec_id)
        encounters = self._named.get(unit.content_type, season.encounters)
        samples = await fetch_unit(client, unit, spec, tree, season, encounters, self._options)
        for fetched in samples:
            self._report_sample(unit, fetched)
        state, reason, found = await asyncio.to_thread(
            self._count, unit, season, samples, writer.general_of(unit)
        )

        def on_saved() -> None:
            self._counts.done(
                unit,
                state,
                reason,
                index=index,
                size=sum(len(fetched.sample.selections) for fetched in samples),
                skipped=skipped_of(samples),
                general=found.unit,
            )

        await writer.keep(found, on_saved)

    def _report_sample(self, unit: Unit, fetched: EncounterSample) -> None:
        if fetched.failed is not None:
            self._report(
                events.EncounterFailed(
                    unit=unit,
                    encounter_id=fetched.encounter.encounter_id,
                    encounter_name=fetched.encounter.name,
                    reason=fetched.failed,
                )
            )
            return
        self._report(
            events.EncounterDone(
                unit=unit,
                encounter_id=fetched.encounter.encounter_id,
                encounter_name=fetched.encounter.name,
                sample_size=len(fetched.sample.selections),
                skipped=dict(fetched.sample.skipped),
            )
        )

    def _count(
        self,
        unit: Unit,
        season: Season,
        samples: Sequence[EncounterSample],
        known_general: str | None,
    ) -> tuple[UnitState, Reason | None, UnitOutcome]:
        """Turn samples into records. Returns the unit's state, why, and what to keep."""
        cache = CodeCache(self._job.trees.tree(unit.spec_id), self._job.trees)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        failed = [fetched for fetched in samples if fetched.failed]
        found = count_unit(
            unit,
            SPECS[unit.spec_id],
            season,
            samples,
            cache,
            now=now,
            source=self._job.source,
            complete=not failed and self._options.encounter is None,
            known_general=cache.mark_code(known_general),
        )
        outcome = UnitOutcome(unit=found.unit, encounters=found.encounters)
        if failed:
            names = [fetched.encounter.name for fetched in failed]
            reason = Reason("unit.incomplete", {"encounters": names}, failed[0].failed)
            return "failed", reason, outcome
        if found.encounters:
            return "done", None, outcome
        code = why_no_build(samples)
        if code != "unit.no_rankings":
            return "failed", Reason(code, {"skipped": skipped_of(samples)}), outcome
        empty = EmptyRecord(
            spec_id=unit.spec_id,
            content_type=unit.content_type,
            reason=code,
            fetched_at=now,
            encounters=[fetched.encounter.encounter_id for fetched in samples],
        )
        keep_empty = self._options.encounter is None
        return "empty", Reason(code), UnitOutcome(empty=empty if keep_empty else None)
