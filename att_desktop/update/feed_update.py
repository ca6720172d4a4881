"""The update from a feed: one conditional request, and what passes the tests goes to the addon."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from att_desktop.game.content_types import CONTENT_TYPES
from att_desktop.sources.feed.client import Traffic, fetch_feed
from att_desktop.sources.feed.errors import FeedRefused
from att_desktop.sources.http.cached import EtagCache
from att_desktop.system.files import remove_leftovers
from att_desktop.update import events
from att_desktop.update.checkpoint import Checkpoint, Contents, parse_checkpoint, read_checkpoint
from att_desktop.update.events import Reason
from att_desktop.update.feed_note import FeedNote, last_seen, read_note, save_note
from att_desktop.update.foreign_results import keep_sound
from att_desktop.update.plan import units_of
from att_desktop.update.result_writer import UnitOutcome
from att_desktop.update.whole_update import WholeRun, WholeUpdate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from att_desktop.game.results import Unit, UnitRecord
    from att_desktop.sources.feed.address import FeedAddress
    from att_desktop.sources.feed.client import FetchedFeed
    from att_desktop.sources.http.retries import RetryPolicy
    from att_desktop.update.events import Event, UnitState

FEED: Final = "feed"


@dataclass(kw_only=True)
class FeedUpdate(WholeUpdate):
    """One update. ``folder`` holds the note (``FeedNote``) too."""

    source = FEED

    address: FeedAddress
    policy: RetryPolicy | None = None

    def begin(self, report: Callable[[Event], None]) -> _Run:
        """A run of this update. Whatever it refuses, the results of before stay."""
        return _Run(self, report)


class _Run(WholeRun):
    _update: FeedUpdate

    def __init__(self, update: FeedUpdate, report: Callable[[Event], None]) -> None:
        super().__init__(update, report)
        self._traffic = Traffic()

    def traffic(self) -> tuple[int, int]:
        return self._traffic.requests, self._traffic.bytes

    async def fetch(self) -> None:
        update = self._update
        note = read_note(update.folder, update.address)
        path = update.folder / "checkpoint.json"
        remove_leftovers(update.folder)
        known = await asyncio.to_thread(read_checkpoint, path)
        # A note of this feed belongs to these results; without one they are another feed's. With
        # other trees other records of the feed pass.
        is_same = note is not None and note.trees == update.trees.version
        have_results = is_same and known.config is not None
        fetched = await fetch_feed(
            update.address,
            EtagCache(update.folder),
            seen=last_seen(update.folder, update.address),
            have_results=have_results,
            policy=update.policy,
            traffic=self._traffic,
        )
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
        self.write_into(checkpoint)

    async def _replace(self, path: Path, data: bytes) -> None:
        """Test the feed's records and put them in the place of those of before."""
        update = self._update
        contents = await asyncio.to_thread(parse_checkpoint, data)
        if contents.config is None:
            raise FeedRefused("feed.not_a_feed")
        sound = await asyncio.to_thread(
            keep_sound,
            contents.units.values(),
            contents.encounters.values(),
            update.trees,
            datetime.now(UTC),
        )
        if sound.is_of_other_trees:
            raise FeedRefused("feed.other_trees")
        if not sound.units and not sound.encounters:
            raise FeedRefused("feed.not_a_feed")
        if left_out := contents.left_out + sound.left_out.total():
            self._report(events.Notice(code="feed.left_out", fields={"count": left_out}))
        checkpoint = Checkpoint(path, contents.config, Contents())
        for record in sound.units:
            checkpoint.add_unit(record, ())
        checkpoint.add_encounters(sound.encounters)
        units = units_of(update.options)
        self.counts.total = len(units)
        self._started(units, checkpoint)
        await self.write_into(checkpoint).keep(UnitOutcome(), lambda: None)
        for unit in units:
            self._ended(unit, "done", checkpoint.units.get(unit))

    def _ended(self, unit: Unit, state: UnitState, record: UnitRecord | None) -> None:
        if record is not None:
            self.counts.done(unit, state, size=record.sample_size)
        else:
            self.counts.done(unit, "empty", Reason("unit.source_has_none"))

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
        self.counts.start(units, zones)

    def _remember(self, fetched: FetchedFeed) -> None:
        index = fetched.index
        note = FeedNote(
            address=str(self._update.address),
            seen=fetched.seen,
            created=index.created,
            expires=index.expires,
            checked=datetime.now(UTC).isoformat(timespec="seconds"),
            sources=index.sources,
            trees=self._update.trees.version,
        )
        save_note(self._update.folder, note)
