"""The update from a feed: one conditional request, and what passes the tests goes to the addon."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import msgspec

from att_desktop.game.content_types import CONTENT_TYPES
from att_desktop.sources.feed.client import fetch_feed
from att_desktop.sources.feed.errors import FeedRefused
from att_desktop.sources.feed.index import Seen
from att_desktop.sources.http.cached import EtagCache
from att_desktop.system.files import remove_leftovers, write_atomic
from att_desktop.system.json_data import UnreadableJson, decode_json
from att_desktop.update import events
from att_desktop.update.cancelling import run_until_cancelled
from att_desktop.update.checkpoint import Checkpoint, Contents, parse_checkpoint, read_checkpoint
from att_desktop.update.events import Reason, Summary
from att_desktop.update.foreign_results import keep_sound
from att_desktop.update.plan import units_of
from att_desktop.update.result_writer import ResultWriter, UnitOutcome
from att_desktop.update.unit_counts import UnitCounts

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from att_desktop.game.results import Unit, UnitRecord
    from att_desktop.game.trees import TalentTrees
    from att_desktop.sources.feed.address import FeedAddress
    from att_desktop.sources.feed.client import FetchedFeed
    from att_desktop.sources.http.retries import RetryPolicy
    from att_desktop.update.events import Event, UnitState
    from att_desktop.update.history import HistoryWriter
    from att_desktop.update.marked_builds import Marked
    from att_desktop.update.plan import UpdateOptions
    from att_desktop.update.target import Target

__all__ = ["FEED", "FeedNote", "FeedUpdate", "read_note"]

FEED: Final = "feed"


class FeedNote(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered of a feed: the last index that was believed, and when. ISO 8601, UTC."""

    address: str
    seen: Seen
    created: str
    expires: str
    checked: str
    sources: list[str]


def read_note(folder: Path, address: FeedAddress) -> FeedNote | None:
    """The note of this feed; None for another one or when there is none."""
    try:
        note = decode_json((folder / "feed.json").read_bytes(), FeedNote)
    except (OSError, UnreadableJson):
        return None
    return note if note.address == str(address) else None


@dataclass(kw_only=True)
class FeedUpdate:
    """One update. ``folder`` holds the checkpoint, the note and the index with its ETag.

    ``summary`` is what it came to, also after ``run`` raised.
    """

    options: UpdateOptions
    address: FeedAddress
    trees: TalentTrees
    folder: Path
    target: Target
    others: Sequence[Contents] = ()
    history: HistoryWriter | None = None
    marked: Marked = tuple
    policy: RetryPolicy | None = None
    summary: Summary = field(default_factory=lambda: Summary(source=FEED), init=False)

    def run(self, report: Callable[[Event], None], cancel: threading.Event) -> Summary:
        """Run to the end in this thread; ``report`` is called from it.

        Raises AttError: whatever is refused, the results of before stay.
        """
        return asyncio.run(_Run(self, report).main(cancel))


class _Run:
    """What one run keeps in mind."""

    def __init__(self, update: FeedUpdate, report: Callable[[Event], None]) -> None:
        self._update = update
        self._report = report
        self._counts = UnitCounts(report, FEED)
        self._writer: ResultWriter | None = None
        self._fetched: FetchedFeed | None = None

    def _result_writer(self, checkpoint: Checkpoint) -> ResultWriter:
        update = self._update
        return ResultWriter(
            checkpoint,
            update.target,
            self._report,
            sample=False,
            others=update.others,
            history=update.history,
            marked=update.marked,
        )

    async def main(self, cancel: threading.Event) -> Summary:
        update, begun, cancelled = self._update, time.monotonic(), False
        try:
            cancelled = await run_until_cancelled(self._run(), cancel)
        finally:
            if self._writer is not None:
                await self._writer.settle()
            update.summary = self._counts.summary(
                requests=self._fetched.requests if self._fetched else 0,
                bytes_=self._fetched.bytes if self._fetched else 0,
                seconds=time.monotonic() - begun,
                target=update.target,
                stopped="cancelled" if cancelled else "",
            )
        if self._writer is not None:
            self._writer.finish()
        self._counts.finish(update.summary, update.target)
        return update.summary

    async def _run(self) -> None:
        update = self._update
        note = read_note(update.folder, update.address)
        path = update.folder / "checkpoint.json"
        remove_leftovers(update.folder)
        known = await asyncio.to_thread(read_checkpoint, path)
        # A note of this feed belongs to these results; without one they are another feed's.
        have_results = note is not None and known.config is not None
        fetched = await fetch_feed(
            update.address,
            EtagCache(update.folder),
            seen=note.seen if note is not None else None,
            have_results=have_results,
            policy=update.policy,
        )
        self._fetched = fetched
        if fetched.data is None:
            self._reuse(path, known)
        else:
            await self._replace(path, fetched.data)
        self._remember(fetched)

    def _reuse(self, path: Path, known: Contents) -> None:
        """The feed has not changed: what is here is what it has."""
        assert known.config is not None, "only with results at hand"  # noqa: S101
        update = self._update
        checkpoint = Checkpoint(path, known.config, known)
        units = units_of(update.options)
        self._started(units, checkpoint)
        for unit in units:
            self._ended(unit, "up_to_date", checkpoint.units.get(unit))
        self._writer = self._result_writer(checkpoint)

    async def _replace(self, path: Path, data: bytes) -> None:
        """Test the feed's records and put them in the place of those of before."""
        update = self._update
        contents = await asyncio.to_thread(parse_checkpoint, data)
        if contents.config is None:
            raise FeedRefused("feed.not_a_feed")
        sound = await asyncio.to_thread(
            keep_sound, contents.units.values(), contents.encounters.values(), update.trees
        )
        if sound.is_of_other_trees:
            raise FeedRefused("feed.other_trees")
        if not sound.units and not sound.encounters:
            raise FeedRefused("feed.not_a_feed")
        if left_out := sound.left_out.total():
            self._report(events.Notice(code="feed.left_out", fields={"count": left_out}))
        checkpoint = Checkpoint(path, contents.config, Contents())
        for record in sound.units:
            checkpoint.add_unit(record, ())
        checkpoint.add_encounters(sound.encounters)
        units = units_of(update.options)
        self._counts.total = len(units)
        self._started(units, checkpoint)
        self._writer = self._result_writer(checkpoint)
        await self._writer.keep(UnitOutcome(), lambda: None)
        for unit in units:
            self._ended(unit, "done", checkpoint.units.get(unit))

    def _ended(self, unit: Unit, state: UnitState, record: UnitRecord | None) -> None:
        if record is not None:
            self._counts.done(unit, state, size=record.sample_size)
        else:
            self._counts.done(unit, "empty", Reason("unit.source_has_none"))

    def _started(self, units: list[Unit], checkpoint: Checkpoint) -> None:
        zones = {}
        for content_type in CONTENT_TYPES:
            names = Counter(
                record.zone
                for record in checkpoint.encounters.values()
                if record.content_type == content_type and record.zone
            )
            if names:
                zones[content_type] = names.most_common(1)[0][0]
        self._counts.start(units, zones)

    def _remember(self, fetched: FetchedFeed) -> None:
        index = fetched.index
        note = FeedNote(
            address=str(self._update.address),
            seen=fetched.seen,
            created=index.created,
            expires=index.expires,
            checked=datetime.now(UTC).isoformat(timespec="seconds"),
            sources=index.sources,
        )
        try:
            self._update.folder.mkdir(parents=True, exist_ok=True)
            write_atomic(self._update.folder / "feed.json", msgspec.json.encode(note))
        except OSError:
            return  # the next run reads the feed once more
