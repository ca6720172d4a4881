"""What updates from a feed and from parses.gg share: all units come at once, then the addon."""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from att_desktop.game.trees import TreeDataError
from att_desktop.system.errors import AttError
from att_desktop.update.cancelling import run_until_cancelled
from att_desktop.update.events import Summary
from att_desktop.update.result_writer import ResultWriter
from att_desktop.update.unit_counts import UnitCounts

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from att_desktop.game.trees import TalentTrees
    from att_desktop.update.checkpoint import Checkpoint
    from att_desktop.update.events import Event, SourceName
    from att_desktop.update.plan import UpdateOptions
    from att_desktop.update.result_writer import Destination


@dataclass(kw_only=True)
class WholeUpdate(ABC):
    """One update. ``folder`` holds the checkpoint and what was fetched, with its ETags.

    ``summary`` is what it came to, also after ``run`` raised.
    """

    source: ClassVar[SourceName]

    options: UpdateOptions
    trees: TalentTrees
    folder: Path
    destination: Destination
    summary: Summary = field(init=False)

    def __post_init__(self) -> None:
        self.summary = Summary(source=self.source)

    @abstractmethod
    def begin(self, report: Callable[[Event], None]) -> WholeRun:
        """A run of this update."""

    def run(self, report: Callable[[Event], None], cancel: threading.Event) -> Summary:
        """Run to the end in this thread; ``report`` is called from it. Raises AttError.

        Setting ``cancel`` ends the run; what is complete stays.
        """
        try:
            return asyncio.run(self.begin(report).main(cancel))
        except TreeDataError as error:
            raise AttError(error.code, **error.fields) from error


class WholeRun(ABC):
    """What one run keeps in mind."""

    def __init__(self, update: WholeUpdate, report: Callable[[Event], None]) -> None:
        self.writer: ResultWriter | None = None
        self.counts = UnitCounts(report, update.source)
        self._update = update
        self._report = report

    @abstractmethod
    async def fetch(self) -> None:
        """Ask the source and write what it has."""

    @abstractmethod
    def traffic(self) -> tuple[int, int]:
        """Requests and bytes so far."""

    def write_into(self, checkpoint: Checkpoint) -> ResultWriter:
        """Open the writer of this run."""
        self.writer = ResultWriter(checkpoint, self._update.destination, self._report)
        return self.writer

    async def main(self, cancel: threading.Event) -> Summary:
        """Fetch until it is done or cancelled, settle the files, and sum up."""
        update, begun, cancelled = self._update, time.monotonic(), False
        try:
            cancelled = await run_until_cancelled(self.fetch(), cancel)
        finally:
            if self.writer is not None:
                await self.writer.settle()
            requests, bytes_ = self.traffic()
            update.summary = self.counts.summary(
                requests=requests,
                bytes_=bytes_,
                seconds=time.monotonic() - begun,
                target=update.destination.target,
                stopped="cancelled" if cancelled else "",
            )
        if self.writer is not None:
            self.writer.finish()
        self.counts.finish(update.summary, update.destination.target)
        return update.summary
