"""The update from parses.gg: at most ten requests, then all units at once, then the addon."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from att_desktop.game.results import EmptyRecord, Unit
from att_desktop.sources.http.cached import EtagCache
from att_desktop.sources.parses.choice import choose_builds, has_season, tiers_of
from att_desktop.sources.parses.client import ParsesClient
from att_desktop.system.errors import AttError
from att_desktop.system.files import write_atomic
from att_desktop.system.json_data import UnreadableJson, decode_json
from att_desktop.update import events
from att_desktop.update.checkpoint import Checkpoint
from att_desktop.update.events import Reason
from att_desktop.update.parses_records import PARSES, records_of
from att_desktop.update.plan import checkpoint_config, named_encounters, units_of
from att_desktop.update.result_writer import ResultWriter, UnitOutcome
from att_desktop.update.whole_update import WholeRun, WholeUpdate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from att_desktop.game.results import EncounterRecord, UnitRecord
    from att_desktop.game.seasons import Season, Seasons
    from att_desktop.sources.parses.choice import Choices
    from att_desktop.sources.parses.export import Export
    from att_desktop.update.events import Event, UnitState

# A source that suddenly has less than half has most likely lost something.
_LEAST_SHARE: Final = 0.5
# Who was told so and updates again soon means it; an update that runs by itself comes later.
_TOLD: Final = timedelta(hours=1)


@dataclass(kw_only=True)
class ParsesUpdate(WholeUpdate):
    """One update; ``seasons`` say which encounters are current."""

    source = PARSES

    base_url: str
    seasons: Seasons
    client: Callable[..., ParsesClient] = ParsesClient

    def begin(self, report: Callable[[Event], None]) -> _Run:
        """A run of this update."""
        return _Run(self, report)


class _Run(WholeRun):
    _update: ParsesUpdate

    def __init__(self, update: ParsesUpdate, report: Callable[[Event], None]) -> None:
        super().__init__(update, report)
        self._options = update.options
        self._client = update.client(
            update.base_url, EtagCache(update.folder), on_wait=self._on_wait
        )

    def traffic(self) -> tuple[int, int]:
        return self._client.stats.requests, self._client.stats.bytes

    async def fetch(self) -> None:
        async with self._client:
            await self._fetch()

    async def _fetch(self) -> None:
        update, options = self._update, self._options
        config = checkpoint_config(options, update.seasons, update.trees.version)
        # The source has its own sample sizes; --top-n does not apply.
        config = msgspec.structs.replace(config, top_n_players=0)
        checkpoint, problems = Checkpoint.open(update.folder / "checkpoint.json", config)
        for problem in problems:
            self._report(events.Notice(code=problem.code, fields=problem.fields))
        writer = self.write_into(checkpoint)
        wanted = self._plan(checkpoint)
        if not wanted:
            return
        tiers = dict.fromkeys(
            tier for unit in wanted for tier in tiers_of(unit.content_type, options.difficulty)
        )
        exports = await self._client.exports(tiers)
        found = await asyncio.to_thread(self._choose, wanted, exports)
        if not any(has_season(exports, season) for season, _ in found.values()):
            raise AttError("parses.no_season")
        self._check_floor(checkpoint, found)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        for index, unit in enumerate(wanted, 1):
            self._report(events.UnitStarted(unit=unit, index=index, total=len(wanted)))
            await self._keep(writer, index, unit, found.get(unit), now)

    def _plan(self, checkpoint: Checkpoint) -> list[Unit]:
        """The units to fetch; what needs no fetching is reported at once."""
        options, seasons = self._options, self._update.seasons
        units = units_of(options)
        if options.encounter is not None:
            named = named_encounters(seasons, options.encounter, options.content)
            units = [unit for unit in units if unit.content_type in named]
        self.counts.start(units, seasons.names())
        now = datetime.now(UTC)
        wanted = []
        for unit in units:
            known = checkpoint.is_fresh(unit, options.freshness, now) and not checkpoint.lacks(
                unit, _encounter_ids(seasons.of(unit.content_type))
            )
            if options.fresh or not known:
                wanted.append(unit)
            elif (record := checkpoint.units.get(unit)) is not None:
                self.counts.done(unit, "up_to_date", size=record.sample_size)
            else:
                self.counts.done(unit, "empty", Reason("unit.source_has_none"))
        self.counts.total = len(wanted)
        return wanted

    def _choose(
        self, wanted: list[Unit], exports: list[Export]
    ) -> dict[Unit, tuple[Season, Choices]]:
        found = {}
        for unit in wanted:
            season = self._update.seasons.of(unit.content_type)
            if season is not None:
                found[unit] = (
                    season,
                    choose_builds(
                        exports,
                        unit.spec_id,
                        season,
                        self._update.trees,
                        difficulty=self._options.difficulty,
                    ),
                )
        return found

    async def _keep(
        self,
        writer: ResultWriter,
        index: int,
        unit: Unit,
        found: tuple[Season, Choices] | None,
        now: str,
    ) -> None:
        if found is None:
            self.counts.done(unit, "empty", Reason("unit.no_season"), index=index)
            return
        season, choices = found
        tree = self._update.trees.tree(unit.spec_id)
        record, encounters = records_of(unit, season, tree, choices, now)
        for encounter in encounters:
            self._report(
                events.EncounterDone(
                    unit=unit,
                    encounter_id=encounter.encounter_id,
                    encounter_name=encounter.encounter_name,
                    sample_size=encounter.sample_size,
                )
            )
        state, reason, outcome = _outcome_of(unit, season, choices, record, encounters, now)

        def on_saved() -> None:
            self.counts.done(
                unit,
                state,
                reason,
                index=index,
                size=record.sample_size if record is not None else 0,
                skipped=dict(choices.left_out),
            )

        await writer.keep(outcome, on_saved)

    def _check_floor(
        self, checkpoint: Checkpoint, found: dict[Unit, tuple[Season, Choices]]
    ) -> None:
        """Raise when far fewer encounters came than are known of the same units.

        They are taken where the player was told so and updates again.
        """
        before = sum(
            Unit(spec_id=known.spec_id, content_type=known.content_type) in found
            for known in checkpoint.encounters.values()
        )
        now = sum(len(choices.encounters) for _, choices in found.values())
        told = self._update.folder / "thin.json"
        if now >= _LEAST_SHARE * before or _was_told(told):
            with contextlib.suppress(OSError):
                told.unlink(missing_ok=True)
            return
        with contextlib.suppress(OSError):
            write_atomic(told, msgspec.json.encode(datetime.now(UTC)))
        raise AttError("parses.thin", now=now, before=before)

    def _on_wait(self, seconds: float) -> None:
        until = datetime.now(UTC) + timedelta(seconds=seconds)
        self._report(events.Waiting(until=until, reason="asked", source=PARSES))


def _was_told(note: Path) -> bool:
    """Whether the last update was refused a short time ago, as ``note`` says."""
    try:
        when = decode_json(note.read_bytes(), datetime)
        return timedelta() <= datetime.now(UTC) - when < _TOLD
    except (OSError, UnreadableJson, TypeError):
        return False


def _encounter_ids(season: Season | None) -> list[int]:
    return [each.encounter_id for each in season.encounters] if season is not None else []


def _outcome_of(
    unit: Unit,
    season: Season,
    choices: Choices,
    record: UnitRecord | None,
    encounters: list[EncounterRecord],
    now: str,
) -> tuple[UnitState, Reason | None, UnitOutcome]:
    if record is not None:
        return "done", None, UnitOutcome(unit=record, encounters=encounters)
    if choices.left_out:
        reason = Reason("unit.no_usable_builds", {"skipped": dict(choices.left_out)})
        return "failed", reason, UnitOutcome()
    empty = EmptyRecord(
        spec_id=unit.spec_id,
        content_type=unit.content_type,
        reason="unit.source_has_none",
        fetched_at=now,
        encounters=_encounter_ids(season),
    )
    return "empty", Reason("unit.source_has_none"), UnitOutcome(empty=empty)
