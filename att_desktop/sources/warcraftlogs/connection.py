"""One connection: token, pacing, budget and retries around every question."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

import httpx
import msgspec

from att_desktop.sources.http.response_errors import network_fault, raise_for_status
from att_desktop.sources.http.retries import RetryPolicy, TransientError, retry
from att_desktop.sources.http.transfer import CorruptBody, Limits, Response, open_http, receive
from att_desktop.sources.warcraftlogs.auth import Token, TokenCache, bad_credentials, read_token
from att_desktop.sources.warcraftlogs.errors import OutOfPoints
from att_desktop.sources.warcraftlogs.points import Budget, PendingQuery, PointsLeft, Wait
from att_desktop.sources.warcraftlogs.queries import points_query
from att_desktop.sources.warcraftlogs.rate_limiter import RateLimiter
from att_desktop.sources.warcraftlogs.responses import Answer, Unauthorized, read_answer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from random import Random

    from att_desktop.config.client_credentials import ClientCredentials
    from att_desktop.sources.http.clock import Clock
    from att_desktop.sources.warcraftlogs.queries import Query

__all__ = ["ClientOptions", "Connection", "Stats"]

T = TypeVar("T")

# A pause that nobody minds is waited for even when the caller wants no waiting.
_SHORT_WAIT_S: Final = 60.0
# Refused that often without a word how long: enough for a burst, no longer than such a pause.
_SLOW_DOWN_ATTEMPTS_WITHOUT_WAITING: Final = 4


@dataclass(slots=True, kw_only=True)
class Stats:
    """What was done so far; ``bytes`` are bodies as they travelled."""

    requests: int = 0
    points: float = 0.0
    bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientOptions:
    """How a connection behaves: its pace, its retry_policy, and whom it tells.

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
    rng: Random


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
        self._tokens = TokenCache(self._fetch_token, options.clock)
        self._answered = asyncio.Event()
        self._resting = asyncio.Lock()
        self._http = open_http(transport=transport, limits=options.limits, url=api_url)
        self._stats = Stats()

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
        """One answered query: retried, with a new token once when the old one is refused."""
        renewed = False
        while True:
            try:
                return await self._retry(lambda: self._ask(query))
            except Unauthorized as refused:
                self._tokens.invalidate(refused.token)
                if renewed:
                    raise bad_credentials() from None
                renewed = True

    async def _ask(self, query: Query) -> Answer:
        token = await self._tokens.get()
        return await self._exchange(query, token, await self._reserve(query.boards, token))

    async def _exchange(self, query: Query, token: str, ask: PendingQuery) -> Answer:
        """Send a query whose price is reserved by ``ask``."""
        answer = None
        try:
            received = await self._post(
                self._api_url,
                msgspec.json.encode(
                    {
                        "query": query.document,
                        "operationName": query.operation,
                        "variables": query.variables,
                    }
                ),
                {"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
            )
            answer = read_answer(received, token)
        finally:
            self._budget.close(ask, answer.rate_limit if answer is not None else None)
            self._answered.set()
            self._answered = asyncio.Event()
        left = self._budget.left()
        if left is not None:
            self._options.on_points(left)
        return answer

    async def _reserve(self, boards: int, token: str) -> PendingQuery:
        """Take the price off the budget, as soon as there is enough in it."""
        while True:
            verdict = self._budget.decision(boards)
            if verdict == "go":
                return self._budget.open(boards)
            if verdict == "wait for answers":
                await self._answered.wait()
            elif self._budget.may_be_too_careful(boards):
                # One point, before an hour is given away.
                await self._exchange(points_query(), token, self._budget.open(0))
            else:
                await self._wait_for_points(boards)

    async def _wait_for_points(self, boards: int) -> None:
        """Sit out the hour; one caller tells and waits, the others wait for him."""
        async with self._resting:
            seconds = self._budget.decision(boards)
            if isinstance(seconds, str):
                return
            until = self._clock.wall_time_at(self._clock.monotonic() + seconds)
            if not self._options.wait_for_points:
                raise OutOfPoints(
                    "The points of this hour are used up. "
                    "Start the update again after the reset; it goes on where it stopped.",
                    resets_at=until,
                )
            self._options.on_wait(Wait(until=until, seconds=seconds, reason="points"))
            await self._clock.sleep(seconds)

    async def _fetch_token(self) -> Token:
        return await self._retry(self._ask_for_token)

    async def _ask_for_token(self) -> Token:
        pair = httpx.BasicAuth(self._credentials.client_id, self._credentials.client_secret)
        received = await self._post(
            self._token_url,
            b"grant_type=client_credentials",
            {"Content-Type": "application/x-www-form-urlencoded"},
            auth=pair,
        )
        return read_token(received)

    async def _post(
        self, url: str, body: bytes, headers: dict[str, str], auth: httpx.Auth | None = None
    ) -> Response:
        """One request through the limiter. Raises TransientError, or what stays wrong."""
        request = self._http.build_request("POST", url, content=body, headers=headers)
        if auth is not None:
            request = next(auth.auth_flow(request))
        async with self._limiter.acquire() as sent:
            self._stats.requests += 1
            try:
                received = await receive(
                    self._http, request, self._options.limits, self._count_bytes, sent
                )
            except (httpx.TransportError, TimeoutError, CorruptBody) as error:
                raise network_fault(error) from error
        raise_for_status(received, self._clock)
        return received

    def _count_bytes(self, size: int) -> None:
        self._stats.bytes += size

    async def _retry(self, attempt: Callable[[], Awaitable[T]]) -> T:
        options = self._options
        retry_policy = options.retry_policy
        if not options.wait_for_points:
            most = min(retry_policy.slow_down_attempts, _SLOW_DOWN_ATTEMPTS_WITHOUT_WAITING)
            retry_policy = replace(retry_policy, slow_down_attempts=most)
        return await retry(
            attempt, retry_policy=retry_policy, rng=options.rng, backoff=self._backoff
        )

    async def _backoff(self, passing: TransientError, seconds: float) -> None:
        """Spend the pause before another attempt; a 429 stops all requests, not only this one."""
        if not passing.slow_down:
            await self._clock.sleep(seconds)
            return
        reset = self._budget.seconds_to_reset()
        spent = passing.retry_after is None and reset is not None and self._budget.is_spent()
        if spent and reset is not None:
            seconds = reset
        if seconds > _SHORT_WAIT_S and not self._options.wait_for_points:
            raise OutOfPoints(
                str(passing.verdict),
                resets_at=self._clock.wall_time_at(self._clock.monotonic() + seconds),
            ) from passing
        self._limiter.pause(seconds, "points" if spent else "asked")
