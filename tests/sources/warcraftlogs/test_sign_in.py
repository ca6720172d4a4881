"""Credentials, tokens and the site's protection: what is refused, and what is asked anew."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from att_desktop.sources.errors import BadCredentials, Blocked, SourceError
from tests.sources.warcraftlogs import faults
from tests.sources.warcraftlogs.asking import ARCANE, client, rankings, request

if TYPE_CHECKING:
    from tests.sources.warcraftlogs.clocks import FakeClock
    from tests.sources.warcraftlogs.server import Endpoint, FakeWarcraftLogs


@pytest.mark.parametrize("at", ["api", "token"])
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        pytest.param(faults.challenge(), Blocked, id="challenge"),
        pytest.param(faults.html(403), Blocked, id="403 html"),
        pytest.param(faults.html(200, **{"cf-mitigated": "block"}), Blocked, id="mitigated 200"),
        pytest.param(
            faults.html(503, **{"cf-mitigated": "challenge"}), Blocked, id="mitigated 503"
        ),
    ],
)
def test_the_protection_of_the_site_is_told_at_once(
    wcl: FakeWarcraftLogs,
    clock: FakeClock,
    fault: faults.Fault,
    error: type[SourceError],
    at: Endpoint,
) -> None:
    wcl.fail(fault, at=at, times=9)
    with pytest.raises(error):
        rankings(client(wcl, clock))
    assert len(wcl.requests(at)) == 1
    assert clock.slept == []


@pytest.mark.parametrize("status", [400, 401])
def test_wrong_credentials_are_told_at_once(
    wcl: FakeWarcraftLogs, clock: FakeClock, status: int
) -> None:
    wcl.fail(faults.Answer(status=status), at="token", times=9)
    with pytest.raises(BadCredentials, match=r"wcl\.bad_credentials"):
        rankings(client(wcl, clock))
    assert len(wcl.requests()) == 1


@pytest.mark.parametrize(
    "body", [b'{"error":"forbidden"}', b"Forbidden", b"", b'{"message":"IP blocked"}']
)
def test_a_forbidden_sign_in_is_not_called_wrong_credentials(
    wcl: FakeWarcraftLogs, clock: FakeClock, body: bytes
) -> None:
    wcl.fail(faults.Answer(status=403, body=body), at="token", times=9)
    with pytest.raises(Blocked, match=r"wcl\.sign_in_refused status=403"):
        rankings(client(wcl, clock))
    assert len(wcl.requests()) == 1


@pytest.mark.parametrize("at", ["api", "token"])
@pytest.mark.parametrize(
    "fault",
    [
        faults.html(200, "Just a moment..."),
        faults.html(200, "<div class=h-captcha>Verify you are human</div>"),
        faults.html(200, "<iframe src=/_Incapsula_Resource?x=1></iframe>"),
        faults.html(200, "Please confirm that you are a real human"),
        faults.html(503, "Checking your browser before accessing"),
        faults.html(302, "", Location="/cdn-cgi/challenge-platform/h/b"),
        faults.html(302, "", Location="https://geo.captcha-delivery.com/captcha/?x"),
        faults.html(307, "Human verification", Location="/check"),
    ],
)
def test_a_page_that_asks_for_a_human_is_told_at_once(
    wcl: FakeWarcraftLogs, clock: FakeClock, fault: faults.Answer, at: Endpoint
) -> None:
    wcl.fail(fault, at=at, times=9)
    with pytest.raises(Blocked, match=r"http\.blocked"):
        rankings(client(wcl, clock))
    assert len(wcl.requests(at)) == 1


def test_a_wrong_secret_is_refused_by_the_server_itself(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    asked = client(wcl, clock)
    wcl.client = ("test-client", "another secret")
    with pytest.raises(BadCredentials):
        rankings(asked)


def test_a_refused_token_is_renewed_once(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    async def talk() -> None:
        async with client(wcl, clock) as asked:
            await asked.rankings(ARCANE, [request()])
            wcl.revoke_tokens()
            await asked.rankings(ARCANE, [request()])

    asyncio.run(talk())
    assert len(wcl.requests("token")) == 2
    assert len(wcl.requests("api")) == 3


def test_a_refused_token_is_renewed_by_all_that_travel(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    async def talk() -> None:
        async with client(wcl, clock, in_flight=2) as asked:
            await asked.rankings(ARCANE, [request()])
            wcl.revoke_tokens()
            async with asyncio.TaskGroup() as group:
                for _ in range(6):
                    group.create_task(asked.rankings(ARCANE, [request()]))

    asyncio.run(talk())
    assert 2 <= len(wcl.requests("token")) <= 3
    assert len(wcl.requests("api")) <= 1 + 2 * 6


def test_a_token_that_is_never_accepted_means_bad_credentials(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    wcl.fail(faults.Answer(status=401), times=9)
    with pytest.raises(BadCredentials):
        rankings(client(wcl, clock))
    assert (len(wcl.requests("token")), len(wcl.requests("api"))) == (2, 2)
