"""Warcraft Logs' points: what is left, what a page of rankings costs, and whether to ask now.

Rules of the source (RateLimitData of the v2 schema, and observed): a client may spend
``limitPerHour`` points in fixed hours; a reading tells what was spent *before* the query that
carries it is billed; what a page of rankings costs is nowhere promised.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from att_desktop.sources.warcraftlogs.costs import RankingsCost

if TYPE_CHECKING:
    from datetime import datetime

    from att_desktop.sources.http.clock import Clock

WaitReason: TypeAlias = Literal["points", "asked"]

_OTHER_QUERY: Final = 1.0
_HOUR_S: Final = 3600.0
# Readings of one hour differ in its end by a few seconds at most (observed).
_SAME_HOUR_S: Final = 120.0
# Margin behind ``pointsResetIn``, which is in whole seconds.
_AFTER_RESET_S: Final = 2.0
_FRESH: Final = 0.01  # of the limit: less spent than that is an hour just begun


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsLeft:
    """What may still be spent, queries under way taken off. ``resets_at`` aware, UTC."""

    left: float
    limit: float
    resets_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Nothing is sent until ``until`` (aware, UTC), ``seconds`` from now."""

    until: datetime
    seconds: float
    reason: WaitReason


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimit:
    """``rateLimitData`` of one answer; ``resets_in`` seconds."""

    limit: float
    spent: float
    resets_in: float


@dataclass(slots=True, kw_only=True, eq=False)
class PendingQuery:
    """A query that is, or was, under way.

    ``opened`` and ``closed`` are places in the order of all sendings and answers.
    ``answered_before`` counts the pages answered when it was opened: those are billed.
    """

    pages: int
    opened: int
    answered_before: int
    closed: int | None = None


Decision: TypeAlias = Literal["go", "wait for answers"] | float
"""Send now; wait until one of our own queries is answered; or wait for so many seconds."""


class Budget:
    """The points as far as they are known. Not thread-safe: lives in one event loop."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._queries: list[PendingQuery] = []
        self._count = 0
        self._limit = 0.0
        self._spent = 0.0
        self._resets_at: float | None = None
        self._read_by = 0
        self._hour_known_at = 0
        self._cost = RankingsCost()
        self._pages_opened = 0
        self._pages_answered = 0
        self._base_spent = 0.0
        self._spent_earlier = 0.0
        self._carrier: PendingQuery | None = None

    @property
    def cost_per_page(self) -> float:
        """Points for one page of rankings, as learned so far."""
        return self._cost.points

    @property
    def spent_here(self) -> float:
        """About what this client object has spent in all, in points.

        The highest reading holds all but the query that carried it, give or take those that
        travelled with it.
        """
        unread = 0.0 if self._carrier is None else self._price(self._carrier.pages)
        return self._spent_earlier + max(0.0, self._spent - self._base_spent) + unread

    def left(self) -> PointsLeft | None:
        """The points left, None before the first reading."""
        if self._resets_at is None:
            return None
        self._roll()
        return PointsLeft(
            left=max(0.0, self._limit - self._spent - self._unbilled()),
            limit=self._limit,
            resets_at=self._clock.wall_time_at(self._resets_at),
        )

    def seconds_to_reset(self) -> float | None:
        """Seconds until the hour is surely over, None before the first reading."""
        if self._resets_at is None:
            return None
        return max(0.0, self._resets_at - self._clock.monotonic()) + _AFTER_RESET_S

    def is_spent(self) -> bool:
        """True when not even one more page is in the budget."""
        points = self.left()
        return points is not None and points.left < self._cost.points

    def decision(self, pages: int) -> Decision:
        """Whether a query with so many pages (0: another query) should be sent now.

        Before the first reading queries go one at a time. A query that is larger than the whole
        budget goes when the hour is fresh: waiting would not help it.
        """
        self._roll()
        under_way = any(query.closed is None for query in self._queries)
        if self._resets_at is None:
            return "wait for answers" if under_way else "go"
        taken = self._spent + self._unbilled()
        if self._price(pages) <= self._limit - taken:
            return "go"
        if under_way:
            return "wait for answers"
        if taken <= self._limit * _FRESH:
            return "go"
        return max(0.0, self._resets_at - self._clock.monotonic()) + _AFTER_RESET_S

    def may_be_too_careful(self, pages: int) -> bool:
        """Whether a fresh reading could show that there is enough for so many pages after all.

        Answered queries are taken off until a reading surely holds them; those that travelled
        together with the last reading may be in it already.
        """
        answered = any(query.pages and query.closed is not None for query in self._queries)
        return answered and self._price(pages) <= self._limit - self._spent

    def open(self, pages: int) -> PendingQuery:
        """A query goes out; its price is taken off until a later reading holds it."""
        self._count += 1
        query = PendingQuery(pages=pages, opened=self._count, answered_before=self._pages_answered)
        self._queries.append(query)
        self._pages_opened += pages
        return query

    def close(self, query: PendingQuery, rate_limit: RateLimit | None) -> None:
        """The query is over, with a reading when it was answered.

        Without one it may have been billed or not: its price stays taken off for now.
        """
        self._count += 1
        query.closed = self._count
        if rate_limit is None:
            self._pages_opened -= query.pages
            return
        self._roll()
        self._pages_answered += query.pages
        self._read(rate_limit, query)

    def _read(self, rate_limit: RateLimit, query: PendingQuery) -> None:
        ends = self._clock.monotonic() + min(max(0.0, rate_limit.resets_in), _HOUR_S)
        self._limit = rate_limit.limit
        if self._resets_at is None or ends > self._resets_at + _SAME_HOUR_S:
            if self._resets_at is None:
                self._base_spent = rate_limit.spent
            else:
                self._begin_hour()
            self._cost.begin(rate_limit.spent, self._billed_by(query))
            self._spent = rate_limit.spent
            self._carrier = query
            self._resets_at = ends
            self._read_by = query.opened
            self._hour_known_at = self._count
        elif ends < self._resets_at - _SAME_HOUR_S and query.opened <= self._hour_known_at:
            return  # sent before the hour changed
        else:
            if ends < self._resets_at - _SAME_HOUR_S:
                # ``_roll`` assumed a reset on the full hour; the reading has the real one.
                self._resets_at = ends
            if rate_limit.spent >= self._spent:
                self._spent = rate_limit.spent
                self._carrier = query
            if query.opened > self._read_by:
                self._read_by = query.opened
                self._cost.learn(rate_limit.spent, self._billed_by(query))
        self._forget_billed()

    def _billed_by(self, query: PendingQuery) -> float:
        """Pages that the reading of ``query`` holds: of those under way beside it, about half."""
        overlapping = self._pages_opened - query.pages - query.answered_before
        return query.answered_before + overlapping / 2

    def _forget_billed(self) -> None:
        self._queries = [
            query for query in self._queries if query.closed is None or query.closed > self._read_by
        ]

    def _roll(self) -> None:
        if self._resets_at is None:
            return
        over = self._clock.monotonic() - self._resets_at
        if over >= _AFTER_RESET_S:
            self._begin_hour()
            self._resets_at += _HOUR_S * (over // _HOUR_S + 1)

    def _begin_hour(self) -> None:
        self._spent_earlier = self.spent_here
        self._queries = [query for query in self._queries if query.closed is None]
        self._spent = self._base_spent = 0.0
        self._carrier = None
        self._cost.begin(0.0, self._pages_answered)
        self._read_by = self._hour_known_at = self._count

    def _unbilled(self) -> float:
        return sum(self._price(query.pages) for query in self._queries)

    def _price(self, pages: int) -> float:
        return pages * self._cost.points if pages else _OTHER_QUERY
