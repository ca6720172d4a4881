"""Keeping results: the checkpoint and the addon's data, after every unit, one writer at a time."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from att_desktop.system.errors import AttError
from att_desktop.update.events import DataWritten, Notice
from att_desktop.update.library import talent_data
from att_desktop.update.merging import youngest
from att_desktop.wow.talent_data import render

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from att_desktop.game.results import EmptyRecord, EncounterRecord, Unit, UnitRecord
    from att_desktop.update.checkpoint import Checkpoint, Contents
    from att_desktop.update.events import Event
    from att_desktop.update.history import HistoryWriter
    from att_desktop.update.marked_builds import Marked
    from att_desktop.update.target import Target

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where the results of an update go beside its checkpoint, and what goes with them.

    ``others`` are results of other sources: where theirs are younger, the addon gets those.
    ``history`` notes the results of the checkpoint and those that come. ``marked`` gives the
    builds for raid night; it is asked each time, as the player may mark others while a run goes
    on. ``sample``: all of it is made up.
    """

    target: Target
    sample: bool = False
    others: Sequence[Contents] = ()
    history: HistoryWriter | None = None
    marked: Marked = tuple


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOutcome:
    """What a unit came to: complete (``unit``), empty, or some encounters only."""

    unit: UnitRecord | None = None
    encounters: Sequence[EncounterRecord] = ()
    empty: EmptyRecord | None = None


class ResultWriter:
    """Holds the checkpoint of a run and passes what it knows on to its destination.

    Files are written off the event loop, one after the other; a write that has begun is completed
    even when the run is cancelled.
    """

    def __init__(
        self, checkpoint: Checkpoint, destination: Destination, report: Callable[[Event], None]
    ) -> None:
        """``report`` is told of data written and of an output that cannot be written."""
        self._checkpoint = checkpoint
        self._destination = destination
        self._target = destination.target
        self._history = destination.history
        self._report = report
        self._lock = asyncio.Lock()
        self._writing: set[asyncio.Task[None]] = set()
        self._written = b""
        self._output_failed = False
        self.is_writable = True
        # Also what a run left that was killed before it could save the history.
        self._note_history()

    def general_of(self, unit: Unit) -> str | None:
        """The code of the general build of a unit, as it is known so far."""
        record = self._checkpoint.units.get(unit)
        return record.best_build.talent_code if record is not None else None

    async def keep(self, found: UnitOutcome, on_saved: Callable[[], None]) -> None:
        """Take records in, write both files, and call ``on_saved``.

        Once begun this is completed, also when the caller is cancelled meanwhile. Raises
        CheckpointNotWritable; an output that cannot be written is told once.
        """
        task = asyncio.create_task(self._keep(found, on_saved))
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)
        await asyncio.shield(task)

    async def _keep(self, found: UnitOutcome, on_saved: Callable[[], None]) -> None:
        async with self._lock:
            if found.unit is not None:
                self._checkpoint.add_unit(found.unit, found.encounters)
            else:
                self._checkpoint.add_encounters(found.encounters)
            if found.empty is not None:
                self._checkpoint.add_empty(found.empty)
            try:
                await asyncio.to_thread(self._checkpoint.save)
            except AttError:
                self.is_writable = False
                raise
            try:
                self._report_written(await asyncio.to_thread(self._write_output))
            except AttError as error:
                if not self._output_failed:
                    self._output_failed = True
                    _log.warning("output: %s", error)
                    self._report(Notice(code=error.code, fields=error.fields))
            on_saved()

    async def settle(self) -> None:
        """Wait for writes that have begun."""
        if self._writing:
            await asyncio.gather(*self._writing, return_exceptions=True)

    def finish(self) -> None:
        """Look at the end of a run that both files are there. Raises AttError when that fails."""
        self._checkpoint.save_again()
        self._report_written(self._write_output())
        self._note_history()
        if self._history is not None:
            self._history.finish(self._report)

    def _note_history(self) -> None:
        known = self._checkpoint
        if self._history is not None:
            self._history.note(known.units, known.encounters.values(), known.config.difficulty)

    def _report_written(self, written: DataWritten | None) -> None:
        # Not where it was written: events come from the run's own thread only.
        if written is not None:
            self._report(written)

    def _write_output(self) -> DataWritten | None:
        path = self._target.path
        if path is None:
            return None
        units, encounters = youngest([self._checkpoint, *self._destination.others])
        data = talent_data(
            units.values(),
            encounters.values(),
            sample=self._destination.sample,
            marked=self._destination.marked(),
        )
        if not data.units and not data.encounters:
            return None
        rendered = render(data)
        if rendered == self._written:
            return None
        self._target.write(rendered)
        self._written = rendered
        return DataWritten(
            path=str(self._target.path or path),
            specs=len({u.spec_id for u in data.units} | {e.spec_id for e in data.encounters}),
            builds=len(data.units) + len(data.encounters),
        )
