"""The pace of requests, and the token that they carry."""

from __future__ import annotations

import asyncio
import itertools
import logging
from typing import TYPE_CHECKING

import pytest

from att_desktop.config.client_credentials import ClientCredentials
from att_desktop.sources.errors import BadCredentials, UnsafeAddress
from att_desktop.sources.warcraftlogs.rate_limiter import RateLimiter
from tests.sources.warcraftlogs import faults
from tests.sources.warcraftlogs.asking import ARCANE, ask, client, rankings, request

if TYPE_CHECKING:
    from tests.sources.warcraftlogs.clocks import FakeClock
    from tests.sources.warcraftlogs.server import FakeWarcraftLogs


@pytest.mark.parametrize("held_up_s", [0.0, 0.2, 0.9])
def test_requests_leave_at_least_an_interval_apart(clock: FakeClock, held_up_s: float) -> None:
    sent_at: list[float] = []

    async def ask_slowly(limiter: RateLimiter) -> None:
        async with limiter.acquire() as sent:
            # Between its turn and the wire: a connection is made, the computer is busy.
            if len(sent_at) % 2:
                await clock.sleep(held_up_s)
            sent_at.append(clock.seconds)
            sent()
            await clock.sleep(0.1)

    async def talk() -> None:
        limiter = RateLimiter(
            clock=clock.clock, interval_s=0.5, in_flight=3, on_wait=lambda _: None
        )
        await asyncio.gather(*(ask_slowly(limiter) for _ in range(12)))

    asyncio.run(talk())
    assert len(sent_at) == 12
    assert min(after - before for before, after in itertools.pairwise(sent_at)) >= 0.5


def test_a_request_that_never_left_makes_way(clock: FakeClock) -> None:
    async def talk() -> None:
        limiter = RateLimiter(
            clock=clock.clock, interval_s=0.5, in_flight=3, on_wait=lambda _: None
        )
        with pytest.raises(ConnectionError):
            async with limiter.acquire():
                raise ConnectionError
        async with limiter.acquire() as sent:
            sent()

    asyncio.run(talk())


def test_every_request_of_a_client_keeps_the_pace(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    async def talk() -> None:
        async with client(wcl, clock, interval_s=0.5) as asked, asyncio.TaskGroup() as group:
            for _ in range(12):
                group.create_task(asked.rankings(ARCANE, [request()]))

    begun = clock.seconds
    asyncio.run(talk())
    assert len(wcl.requests()) == 13
    assert clock.seconds - begun >= 12 * 0.5


@pytest.mark.parametrize("places", [1, 3])
def test_only_a_few_requests_travel_at_once(wcl: FakeWarcraftLogs, places: int) -> None:
    async def talk() -> None:
        async with client(wcl, in_flight=places) as asked:
            await asked.points()
            wcl.fail(faults.Stall(), times=9)
            tasks = [asyncio.create_task(asked.rankings(ARCANE, [request()])) for _ in range(9)]
            await asyncio.to_thread(wcl.wait_for_requests, "api", 1 + places)
            _, pending = await asyncio.wait(tasks, timeout=0.2)
            assert len(pending) == 9
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(talk())
    assert len(wcl.requests("api")) == 1 + places


def test_many_questions_share_one_token(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    async def talk() -> None:
        async with client(wcl, clock) as asked, asyncio.TaskGroup() as group:
            for _ in range(8):
                group.create_task(asked.rankings(ARCANE, [request()]))

    asyncio.run(talk())
    assert len(wcl.requests("token")) == 1
    assert len(wcl.requests("api")) == 8


def test_a_token_is_renewed_before_it_expires(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    wcl.token_lifetime = 1000

    async def talk() -> None:
        async with client(wcl, clock) as asked:
            for _ in range(4):
                await asked.points()
                clock.seconds += 450

    asyncio.run(talk())
    assert len(wcl.requests("token")) == 2
    assert len(wcl.requests("api")) == 4


@pytest.mark.parametrize("lifetime", [0, 1, -5])
def test_a_token_of_no_life_is_used_once(
    wcl: FakeWarcraftLogs, clock: FakeClock, lifetime: int
) -> None:
    wcl.token_lifetime = lifetime
    assert ask(client(wcl, clock), lambda asked: asked.points()).limit == 3600


def test_the_request_asks_for_gzip_and_counts_what_travelled(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    def bytes_of_a_page() -> int:
        asked = client(wcl, clock)
        rankings(asked)
        return asked.stats.bytes

    wcl.other_rankings = lambda _: [{"name": "x" * 20_000}]
    packed = bytes_of_a_page()
    wcl.gzip = False
    assert 0 < packed < 2_000
    assert bytes_of_a_page() > 20_000
    assert "gzip" in wcl.requests("api")[0].headers["accept-encoding"]


def test_neither_secret_nor_token_is_logged_or_shown(
    wcl: FakeWarcraftLogs, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wcl.fail(faults.Answer(status=500), faults.Answer(status=401), faults.Reset())
    rankings(client(wcl, clock))
    wcl.fail(faults.Answer(status=401), at="token")
    asked = client(wcl, clock)
    with pytest.raises(BadCredentials) as raised:
        rankings(asked)
    shown = caplog.text + repr(raised.value) + repr(ClientCredentials(*wcl.client))
    assert "test-client" in shown
    assert "test-secret" not in shown
    assert "token-" not in shown


@pytest.mark.parametrize(
    "url",
    [
        "http://www.warcraftlogs.com/api/v2/client",
        "http://127.0.0.1.example.org/",
        "http://localhost.example.org/",
        "ftp://www.warcraftlogs.com/",
        "www.warcraftlogs.com/api",
        "https://",
        "http://[::1",
        "",
    ],
)
def test_credentials_never_travel_in_the_clear(wcl: FakeWarcraftLogs, url: str) -> None:
    for name in ("api_url", "token_url"):
        with pytest.raises(UnsafeAddress):
            client(wcl, **{name: url})
