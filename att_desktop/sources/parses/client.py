"""Asks parses.gg for its exports: a request for each tier and cohort, conditional, never more."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlencode

from att_desktop.sources.errors import BadResponse, SourceError, Unreachable
from att_desktop.sources.http.cached import get_cached
from att_desktop.sources.http.client import HttpClient
from att_desktop.sources.http.clock import Clock
from att_desktop.sources.http.retries import RetryPolicy, retry
from att_desktop.sources.http.transfer import Limits
from att_desktop.sources.parses.export import COHORTS, Export, read_export
from att_desktop.system.json_data import UnreadableJson

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

    from att_desktop.sources.errors import OutOfPoints
    from att_desktop.sources.http.cached import EtagCache
    from att_desktop.sources.parses.export import Cohort, Tier

SITE: Final = "parses.gg"
EXPORT_PATH: Final = "/api/builds/export"

# For everything, second attempts included: a site that asks for no account is asked little.
MOST_REQUESTS: Final = 10

# An export of all specs has some hundred kB; limits far above it.
_LIMITS: Final = Limits(total_s=60.0, wire_bytes=16 * 1024 * 1024, body_bytes=64 * 1024 * 1024)


@dataclass(slots=True, kw_only=True)
class ParsesStats:
    """Requests sent, answers that had not changed, bytes on the wire."""

    requests: int = 0
    unchanged: int = 0
    bytes: int = 0


class ParsesClient:
    """Used as an async context manager in one event loop.

    ``base_url`` is https, or http on loopback; ``cache`` keeps answers with their ETags.
    """

    def __init__(
        self,
        base_url: str,
        cache: EtagCache,
        *,
        policy: RetryPolicy | None = None,
        clock: Clock | None = None,
        on_wait: Callable[[float], None] = lambda _: None,
    ) -> None:
        """``on_wait`` is told the seconds that the site asks to wait. Raises SourceError."""
        self._url = base_url.rstrip("/") + EXPORT_PATH
        self._cache = cache
        self._policy = policy or RetryPolicy()
        self._clock = clock or Clock()
        self._on_wait = on_wait
        self._not_before = 0.0
        self._one_at_a_time = asyncio.Lock()
        self.stats = ParsesStats()
        self._http = HttpClient(
            SITE,
            self._url,
            limits=_LIMITS,
            acquire=self._acquire,
            count_bytes=self._count_bytes,
            clock=self._clock,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def exports(self, tiers: Iterable[Tier]) -> list[Export]:
        """The answers for some tiers and both cohorts, one request after the other.

        No more than ``MOST_REQUESTS`` in all. Raises SourceError for what goes on failing,
        ParsesChanged for another shape.
        """
        wanted = [(tier, cohort) for tier in tiers for cohort in COHORTS]
        return [
            await self._export(tier, cohort, to_come=len(wanted) - number)
            for number, (tier, cohort) in enumerate(wanted, start=1)
        ]

    async def _export(self, tier: Tier, cohort: Cohort, *, to_come: int) -> Export:
        async def attempt() -> Export:
            try:
                return await self._ask(tier, cohort)
            except SourceError as error:
                # Another attempt must leave a request for each answer that is still to come.
                if self.stats.requests + to_come >= MOST_REQUESTS:
                    error.transient = False
                raise

        return await retry(attempt, policy=self._policy, on_429=self._hold)

    async def _ask(self, tier: Tier, cohort: Cohort) -> Export:
        name = f"{tier}-{cohort}.json"
        url = f"{self._url}?{urlencode({'tier': tier, 'cohort': cohort})}"
        file = await get_cached(self._http, url, self._cache, name)
        if file.status != 200:
            raise Unreachable("parses.http_status", status=file.status)
        try:
            export = read_export(file.body, tier=tier, cohort=cohort)
        except UnreadableJson as error:
            raise BadResponse("http.damaged", site=SITE, transient=True) from error
        self.stats.unchanged += file.unchanged
        self._cache.save(name, file)
        return export

    def _hold(self, _: OutOfPoints, seconds: float) -> None:
        self._not_before = self._clock.monotonic() + seconds
        self._on_wait(seconds)

    @contextlib.asynccontextmanager
    async def _acquire(self) -> AsyncIterator[Callable[[], None]]:
        async with self._one_at_a_time:
            await self._clock.wait(self._not_before - self._clock.monotonic())
            self.stats.requests += 1
            yield lambda: None

    def _count_bytes(self, count: int) -> None:
        self.stats.bytes += count
