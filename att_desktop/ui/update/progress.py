"""What is known of a running update, put together from its events. No widgets in here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from att_desktop.text import N_, _, ngettext, say_fully
from att_desktop.text.formats import clauses, clock, duration, in_a_row, number, rough_duration
from att_desktop.text.names import short_spec_name, source_name
from att_desktop.update import events
from att_desktop.update.events import UnitState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from att_desktop.game.results import Unit
    from att_desktop.update.events import Event

RowState: TypeAlias = Literal["queued", "fetching", "stopped"] | UnitState


_ENDINGS: Final[tuple[tuple[UnitState, str], ...]] = (
    ("done", N_("{count} updated")),
    ("up_to_date", N_("{count} up to date")),
    ("empty", N_("{count} without rankings")),
    ("failed", N_("{count} failed")),
)

# Before that many units the speed is a guess.
_UNITS_FOR_A_GUESS: Final = 3


@dataclass(slots=True, kw_only=True)
class UnitRow:
    """One unit as the table shows it. ``place`` is its place in the plan, from 0."""

    unit: Unit
    place: int
    state: RowState = "queued"
    sample_size: int = 0
    encounters: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    reason: str = ""


@dataclass(kw_only=True)
class RunProgress:
    """Takes events in their order; times are seconds of a monotonic clock.

    ``own`` are the specs that the player plays, in the player's order.
    """

    began_at: float
    own: tuple[int, ...] = ()
    rows: list[UnitRow] = field(default_factory=list)
    index: int = 0
    total: int = 0
    fetched: int = 0
    points_left: float | None = None
    waiting: events.Waiting | None = None
    written: events.DataWritten | None = None
    changed: events.BuildsChanged | None = None
    finished: events.Finished | None = None
    _by_unit: dict[Unit, UnitRow] = field(default_factory=dict)
    _first_unit_at: float | None = None
    _waited: float = 0.0
    _wait_began: float | None = None

    def take(self, event: Event, now: float) -> UnitRow | None:
        """Learn from ``event``; returns the row that changed, if one did."""
        if isinstance(event, events.Waiting):
            self.waiting = event
            if self._wait_began is None:
                self._wait_began = now
            return None
        if isinstance(event, events.PointsChanged | events.UnitDone | events.Finished):
            self._end_wait(now)
        match event:
            case events.RunStarted():
                self._plan(event.units)
            case events.UnitStarted():
                self.index = max(self.index, event.index)
                self.total = event.total
                if self._first_unit_at is None:
                    self._first_unit_at = now
                row = self._row(event.unit)
                row.state = "fetching"
                return row
            case events.EncounterDone():
                row = self._row(event.unit)
                row.encounters += 1
                row.sample_size += event.sample_size
                return row
            case events.UnitDone():
                return self._unit_done(event)
            case _:
                self._remember(event)
        return None

    def _remember(self, event: Event) -> None:
        match event:
            case events.PointsChanged():
                self.points_left = event.left
            case events.DataWritten():
                self.written = event
            case events.BuildsChanged():
                self.changed = event
            case events.Finished():
                self.finished = event

    def stop(self) -> list[UnitRow]:
        """The run is over: what was not finished is said to be stopped. Returns those rows."""
        self.waiting = None
        left = [row for row in self.rows if row.state in ("queued", "fetching")]
        for row in left:
            row.state = "stopped"
        return left

    def counts(self) -> dict[UnitState, int]:
        """How many units ended in each way."""
        result: dict[UnitState, int] = {"done": 0, "up_to_date": 0, "empty": 0, "failed": 0}
        for row in self.rows:
            if row.state in ("done", "up_to_date", "empty", "failed"):
                result[row.state] += 1
        return result

    def elapsed(self, now: float) -> float:
        """Seconds since the update was started."""
        return now - self.began_at

    def seconds_left(self, now: float) -> float | None:
        """Expected seconds to the end, None while it is too early to tell.

        Waiting for points is not taken for slowness: it is left out of the speed and added as
        what it is.
        """
        if self._first_unit_at is None or self.fetched < _UNITS_FOR_A_GUESS:
            return None
        waited = self._waited + (now - self._wait_began if self._wait_began is not None else 0.0)
        busy = max(0.0, now - self._first_unit_at - waited)
        left = busy / self.fetched * (self.total - self.fetched)
        return left + self._wait_left()

    def line(self, now: float) -> str:
        """'Devourer and Blood are ready. 31 specs to go, about half a minute.'"""
        if not self.rows:
            return _("Asking for the newest builds…")
        left = self.specs_left()
        if not left:
            return self.ready_line()
        seconds = self.seconds_left(now)
        if seconds is None:
            text = ngettext("{count} spec to go.", "{count} specs to go.", left)
            to_go = text.format(count=number(left))
        else:
            text = ngettext(
                "{count} spec to go, about {duration}.",
                "{count} specs to go, about {duration}.",
                left,
            )
            to_go = text.format(count=number(left), duration=rough_duration(seconds))
        return in_a_row(self.ready_line(), to_go)

    def ready_line(self) -> str:
        """Which of the player's specs have ended, by name where they are few; else how many."""
        ready = self._ready_specs()
        named = [spec_id for spec_id in self.own if spec_id in ready]
        if len(named) == 1:
            return _("{spec} is ready.").format(spec=short_spec_name(named[0]))
        if len(named) == 2:
            first, second = map(short_spec_name, named)
            return _("{first} and {second} are ready.").format(first=first, second=second)
        count = len(named or ready)
        if not count:
            return ""
        if named:
            text = ngettext(
                "{count} of your specs is ready.", "{count} of your specs are ready.", count
            )
        else:
            text = ngettext("{count} spec is ready.", "{count} specs are ready.", count)
        return text.format(count=number(count))

    def specs_left(self) -> int:
        """Specs with a unit that has not ended."""
        return len(self._busy_specs())

    def _ready_specs(self) -> set[int]:
        good = {row.unit.spec_id for row in self.rows if row.state in ("done", "up_to_date")}
        return good - self._busy_specs()

    def _busy_specs(self) -> set[int]:
        unready = ("queued", "fetching", "stopped")
        return {row.unit.spec_id for row in self.rows if row.state in unready}

    def wait_line(self) -> str:
        """The countdown while the source lets us wait; empty otherwise."""
        if self.waiting is None:
            return ""
        left = self._wait_left()
        if left < 1:
            return _("The update goes on now.")
        sentence = _("{source} asks us to wait {duration}. The update goes on by itself at {time}.")
        return sentence.format(
            source=source_name(self.waiting.source),
            duration=duration(left),
            time=clock(self.waiting.until),
        )

    def outcome(self) -> str:
        """How the units ended: '78 done, 1 failed, 1 without rankings, 12 rows not used'."""
        ended = self.counts()
        parts = [
            _(text).format(count=number(ended[state])) for state, text in _ENDINGS if ended[state]
        ]
        skipped = sum(sum(row.skipped.values()) for row in self.rows)
        if skipped:
            text = ngettext("{count} row not used", "{count} rows not used", skipped)
            parts.append(text.format(count=number(skipped)))
        return clauses(parts)

    def _wait_left(self) -> float:
        if self.waiting is None:
            return 0.0
        return max(0.0, (self.waiting.until - datetime.now(UTC)).total_seconds())

    def _end_wait(self, now: float) -> None:
        if self._wait_began is not None:
            self._waited += now - self._wait_began
        self._wait_began = None
        self.waiting = None

    def _plan(self, units: Iterable[Unit]) -> None:
        self.rows = [UnitRow(unit=unit, place=place) for place, unit in enumerate(units)]
        self._by_unit = {row.unit: row for row in self.rows}

    def _row(self, unit: Unit) -> UnitRow:
        row = self._by_unit.get(unit)
        if row is None:
            row = self._by_unit[unit] = UnitRow(unit=unit, place=len(self.rows))
            self.rows.append(row)
        return row

    def _unit_done(self, event: events.UnitDone) -> UnitRow:
        row = self._row(event.unit)
        row.state = event.state
        row.sample_size = event.sample_size or row.sample_size
        row.skipped = event.skipped
        row.reason = say_fully(event.reason) if event.reason else ""
        if event.index:
            self.total = event.total
            self.index = max(self.index, event.index)
            self.fetched += 1
        return row
