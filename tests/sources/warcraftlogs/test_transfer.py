"""Bodies that are too large, networks that do not answer, and requests that are cancelled."""

from __future__ import annotations

import asyncio
import ssl
import sys
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest

from att_desktop.sources.errors import TooLarge, Unreachable
from att_desktop.sources.http.transfer import Limits
from tests.certificates import self_signed
from tests.shared_data import require
from tests.sources.warcraftlogs import faults
from tests.sources.warcraftlogs.asking import ARCANE, client, only_page, rankings, request

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sources.warcraftlogs.clocks import FakeClock
    from tests.sources.warcraftlogs.server import FakeWarcraftLogs

SMALL = Limits(wire_bytes=1 << 20, body_bytes=1 << 22)


@pytest.mark.slow
def test_a_bomb_is_refused_in_little_memory(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    wcl.fail(faults.bomb(400 << 20))
    asked = client(wcl, clock, limits=SMALL)
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            rankings(asked)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 16 << 20
    assert len(wcl.requests("api")) == 1


@pytest.mark.parametrize("tell", [True, False])
def test_too_many_bytes_on_the_wire_are_refused(
    wcl: FakeWarcraftLogs, clock: FakeClock, tell: bool
) -> None:
    wcl.fail(faults.Answer(status=200, body=b" " * (SMALL.wire_bytes + 1)))
    with pytest.raises(TooLarge):
        rankings(client(wcl, clock, limits=SMALL))


def test_a_huge_error_page_is_not_read_to_its_end(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    wcl.fail(faults.Answer(status=500, body=b" " * (SMALL.wire_bytes * 3)))
    asked = client(wcl, clock, limits=SMALL)
    only_page(rankings(asked))
    assert asked.stats.bytes < SMALL.wire_bytes


def test_no_network_is_told_after_bounded_retries(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    asked = client(wcl, clock, token_url="http://127.0.0.1:1/oauth/token")
    with pytest.raises(Unreachable, match=r"http\.unreachable "):
        rankings(asked)
    assert asked.stats.requests == 5


def test_cancelling_ends_a_stalled_request_at_once(wcl: FakeWarcraftLogs) -> None:
    wcl.fail(faults.Stall(after_headers=True))

    async def talk() -> None:
        async with client(wcl) as asked:
            task = asyncio.create_task(asked.rankings(ARCANE, [request()]))
            await asyncio.to_thread(wcl.wait_for_requests, "api", 1)
            await ends_when_cancelled(task)

    asyncio.run(talk())


def test_cancelling_ends_a_wait_at_once(wcl: FakeWarcraftLogs) -> None:
    wcl.fail(faults.too_many("3000"))
    told = asyncio.Event()

    async def talk() -> None:
        async with client(wcl, on_wait=lambda _: told.set()) as asked:
            task = asyncio.create_task(asked.rankings(ARCANE, [request()]))
            await told.wait()
            await ends_when_cancelled(task)

    asyncio.run(talk())


async def ends_when_cancelled(task: asyncio.Task[Any]) -> None:
    """Long before the answer would be given up, or the wait be over."""
    task.cancel()
    done, _ = await asyncio.wait({task}, timeout=Limits().read_s / 3)
    assert done
    assert task.cancelled()


@pytest.fixture
def certificate_of_nobody(tmp_path: Path) -> ssl.SSLContext:
    """A server's TLS context with a certificate that no authority signed."""
    require(sys.platform == "linux", "the cryptography package, a part of the Linux keyring")
    pem = tmp_path / "server.pem"
    pem.write_bytes(self_signed("localhost"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


def test_a_certificate_that_nobody_trusts_is_told_at_once(
    certificate_of_nobody: ssl.SSLContext, wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    greeted = []

    async def talk() -> None:
        server = await asyncio.start_server(
            lambda *_: greeted.append(1), "127.0.0.1", 0, ssl=certificate_of_nobody
        )
        async with server:
            url = f"https://localhost:{server.sockets[0].getsockname()[1]}/oauth/token"
            async with client(wcl, clock, token_url=url) as asked:
                await asked.points()

    with pytest.raises(Unreachable, match=r"http\.not_trusted"):
        asyncio.run(talk())
    assert clock.slept == []
    assert greeted == []
