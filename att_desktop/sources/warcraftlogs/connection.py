"""One connection: token, pacing, budget and retries around every question."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

import httpx
import msgspec

from att_desktop.sources.errors import BadCredentials, OutOfPoints
from att_desktop.sources.http.client import HttpClient
from att_desktop.sources.http.retries import RetryPolicy, retry
from att_desktop.sources.warcraftlogs.auth import Token, TokenAuth, read_token
from att_desktop.sources.warcraftlogs.points import Budget, PendingQuery, PointsLeft, Wait
from att_desktop.sources.warcraftlogs.queries import points_query
from att_desktop.sources.warcraftlogs.rate_limiter import RateLimiter
from att_desktop.sources.warcraftlogs.responses import Answer, read_answer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from att_desktop.config.client_credentials import ClientCredentials
    from att_desktop.sources.http.clock import Clock
    from att_desktop.sources.http.transfer import Limits
    from att_desktop.sources.warcraftlogs.queries import Query

T = TypeVar("T")

SITE: Final = "Warcraft Logs"

# With wait_for_points=False, waits up to a minute are still slept through.
_SHORT_WAIT_S: Final = 60.0
# So many 429 without Retry-After are within such a minute.
_SLOW_DOWN_ATTEMPTS_WITHOUT_WAITING: Final = 4


@dataclass(slots=True, kw_only=True)
class Stats:
    """What was done so far; ``bytes`` are bodies as they travelled."""

    requests: int = 0
    points: float = 0.0
    bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientOptions:
    """How a connection behaves: its pace, its retries, and whom it tells.

    ``wait_for_points`` false raises OutOfPoints instead of any wait longer than a minute.
    """

    interval_s: float
    in_flight: int
    wait_for_points: bool
    on_points: Callable[[PointsLeft], None]
    on_wait: Callable[[Wait], None]
    limits: Limits
    retry_policy: RetryPolicy
    clock: Clock


class Connection:
    """Asks queries with one set of credentials; lives in one event loop."""

    def __init__(
        self,
        *,
        credentials: ClientCredentials,
        transport: httpx.AsyncBaseTransport | None,
        api_url: str,
        token_url: str,
        options: ClientOptions,
    ) -> None:
        self._credentials = credentials
        self._api_url = api_url
        self._token_url = token_url
        self._options = options
        self._clock = options.clock
        self._budget = Budget(options.clock)
        self._limiter = RateLimiter(
            clock=options.clock,
            interval_s=options.interval_s,
            in_flight=options.in_flight,
            on_wait=options.on_wait,
        )
        self._auth = TokenAuth(self._fetch_token, options.clock)
        self._answered = asyncio.Event()
        self._resting = asyncio.Lock()
        self._stats = Stats()
        self._http = HttpClient(
            SITE,
            api_url,
            limits=options.limits,
            transport=transport,
            acquire=self._acquire,
            count_bytes=self._count_bytes,
            clock=options.clock,
        )

    async def close(self) -> None:
        """Close what is open. Nothing can be asked afterwards."""
        await self._http.aclose()

    @property
    def stats(self) -> Stats:
        """Requests, points and bytes so far; points are known from readings, so about right."""
        self._stats.points = round(self._budget.spent_here, 2)
        return self._stats

    def points_left(self) -> PointsLeft | None:
        """The points left, None before the first reading."""
        return self._budget.left()

    async def query(self, query: Query) -> Answer:
        """One answered query, retried. Raises SourceError."""
        return await self._retry(lambda: self._ask(query))

    async def _ask(self, query: Query) -> Answer:
        return await self._exchange(query, await self._reserve(query.pages))

    async def _exchange(self, query: Query, pending: PendingQuery) -> Answer:
        """Send a query whose price is reserved by ``pending``."""
        answer = None
        try:
            response = await self._http.request(
                "POST",
                self._api_url,
                content=msgspec.json.encode(
                    {
                        "query": query.document,
                        "operationName": query.operation,
                        "variables": query.variables,
                    }
                ),
                headers={"Content-Type": "application/json"},
                auth=self._auth,
            )
            if response.status == httpx.codes.UNAUTHORIZED:
                raise BadCredentials("wcl.bad_credentials")
            answer = read_answer(response)
        finally:
            self._budget.close(pending, answer.rate_limit if answer is not None else None)
            self._answered.set()
            self._answered = asyncio.Event()
        left = self._budget.left()
        if left is not None:
            self._options.on_points(left)
        return answer

    async def _reserve(self, pages: int) -> PendingQuery:
        """Take the price off the budget, as soon as there is enough in it."""
        while True:
            decision = self._budget.decision(pages)
            if decision == "go":
                return self._budget.open(pages)
            if decision == "wait for answers":
                await self._answered.wait()
            elif self._budget.may_be_too_careful(pages):
                # One point for a fresh reading, before an hour is slept through.
                await self._exchange(points_query(), self._budget.open(0))
            elif await self._wait_for_points(pages):
                await self._exchange(points_query(), self._budget.open(0))

    async def _wait_for_points(self, pages: int) -> bool:
        """Wait for the reset; one caller tells and waits, the others wait for it.

        True when the time of day says that it is over while the points' own clock does not: the
        computer was suspended, or its time was changed. A reading tells which.
        """
        async with self._resting:
            seconds = self._budget.decision(pages)
            if isinstance(seconds, str):
                return False
            end = self._clock.monotonic() + seconds
            until = self._clock.wall_time_at(end)
            if not self._options.wait_for_points:
                raise OutOfPoints("wcl.out_of_points", resets_at=until)
            self._options.on_wait(Wait(until=until, seconds=seconds, reason="points"))
            await self._clock.wait(seconds)
            return self._clock.monotonic() < end

    async def _fetch_token(self) -> Token:
        return await self._retry(self._ask_for_token)

    async def _ask_for_token(self) -> Token:
        response = await self._http.request(
            "POST",
            self._token_url,
            content=b"grant_type=client_credentials",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            auth=httpx.BasicAuth(self._credentials.client_id, self._credentials.client_secret),
        )
        return read_token(response)

    @contextlib.asynccontextmanager
    async def _acquire(self) -> AsyncIterator[Callable[[], None]]:
        async with self._limiter.acquire() as sent:
            self._stats.requests += 1
            yield sent

    def _count_bytes(self, size: int) -> None:
        self._stats.bytes += size

    async def _retry(self, attempt: Callable[[], Awaitable[T]]) -> T:
        policy = self._options.retry_policy
        if not self._options.wait_for_points:
            most = min(policy.slow_down_attempts, _SLOW_DOWN_ATTEMPTS_WITHOUT_WAITING)
            policy = replace(policy, slow_down_attempts=most)
        return await retry(attempt, policy=policy, on_429=self._hold_all)

    def _hold_all(self, error: OutOfPoints, seconds: float) -> None:
        """After a 429 nothing is sent for a while; until the reset when the points are used up."""
        reset = self._budget.seconds_to_reset()
        spent = error.retry_after is None and reset is not None and self._budget.is_spent()
        if spent and reset is not None:
            seconds = reset
        if seconds > _SHORT_WAIT_S and not self._options.wait_for_points:
            until = self._clock.wall_time_at(self._clock.monotonic() + seconds)
            raise OutOfPoints(error.code, resets_at=until, site=SITE) from error
        self._limiter.pause(seconds, "points" if spent else "asked")
