"""What the server does wrong, and what the player is told of it."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import subprocess
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from att_desktop.sources.errors import (
    BadCredentials,
    BadResponse,
    Blocked,
    OutOfPoints,
    SourceError,
    TooLarge,
    Unreachable,
)
from att_desktop.sources.http.transfer import Limits
from att_desktop.sources.warcraftlogs.rankings_page import RankingsError, RankingsPage
from att_desktop.text import say
from tests.shared_data import require
from tests.sources.warcraftlogs import faults
from tests.sources.warcraftlogs.asking import (
    ARCANE,
    BOSS,
    ask,
    client,
    only_page,
    rankings,
    request,
)
from tests.sources.warcraftlogs.rows import row

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sources.warcraftlogs.clocks import FakeClock
    from tests.sources.warcraftlogs.server import Endpoint, FakeWarcraftLogs

QUICK = Limits(connect_s=5.0, read_s=1.5, total_s=3.0)
SMALL = Limits(wire_bytes=1 << 20, body_bytes=1 << 22)


def limits_for(fault: faults.Fault) -> Limits:
    """Little time only where time is the fault: a busy machine answers late without one."""
    return QUICK if isinstance(fault, faults.Stall | faults.Drip) else Limits()


PASSING = [
    pytest.param(faults.Answer(status=500), id="500"),
    pytest.param(faults.html(502), id="502 html"),
    pytest.param(faults.Answer(status=503), id="503"),
    *[pytest.param(faults.Answer(status=status), id=str(status)) for status in range(520, 528)],
    pytest.param(faults.Answer(status=204, body=b""), id="204"),
    pytest.param(faults.Answer(status=202, body=b""), id="202"),
    pytest.param(faults.html(200), id="html 200"),
    pytest.param(faults.too_many("3"), id="429 with seconds"),
    pytest.param(faults.too_many(), id="429 without"),
    pytest.param(faults.too_many("soon"), id="429 with nonsense"),
    pytest.param(
        faults.too_many("Thu, 01 Jan 2026 00:00:00 +99999999999999"), id="429 with a mad time zone"
    ),
    pytest.param(faults.CutShort(), id="cut short"),
    pytest.param(faults.CutShort(tell=False), id="truncated gzip"),
    pytest.param(faults.Answer(status=200, body=b'{"data":{"worl'), id="truncated json"),
    pytest.param(faults.Answer(status=200, body=b""), id="empty"),
    pytest.param(faults.Answer(status=200, body=b"\xff\xfe\x00"), id="no text"),
    pytest.param(faults.Answer(status=200, body=b"[]"), id="no object"),
    pytest.param(
        faults.Answer(status=200, body=b'{"data":{"x":' + b"[" * 20_000 + b"]" * 20_000 + b"}}"),
        id="a pit of brackets",
    ),
    pytest.param(
        faults.Answer(
            status=200,
            body=gzip.compress(b'{"data":{"worldData":{"b0":null}}}')[:-6],
            headers={"Content-Encoding": "gzip"},
        ),
        id="gzip without its end",
    ),
    pytest.param(
        faults.Answer(status=200, body=b"x", headers={"Content-Encoding": "gzip"}), id="no gzip"
    ),
    pytest.param(
        faults.Answer(status=200, body=b"x", headers={"Content-Encoding": "br"}), id="brotli"
    ),
    pytest.param(faults.DataNull(), id="data null"),
    pytest.param(faults.DataNull(errors=("Internal server error",)), id="internal error"),
    pytest.param(faults.Reset(), id="reset before headers"),
    pytest.param(faults.Reset(after_headers=True), id="reset after headers"),
    # These wait for the clock.
    pytest.param(faults.Stall(), id="stalled", marks=pytest.mark.slow),
    pytest.param(faults.Stall(after_headers=True), id="stalled body", marks=pytest.mark.slow),
    pytest.param(faults.Drip(), id="dripping body", marks=pytest.mark.slow),
]
TOKEN_FAULTS = [
    fault
    for fault in PASSING
    if fault.id not in ("data null", "internal error", "truncated gzip", "dripping body")
]


@pytest.mark.parametrize("fault", PASSING)
def test_a_passing_fault_costs_a_retry(
    wcl: FakeWarcraftLogs, clock: FakeClock, fault: faults.Fault
) -> None:
    wcl.rankings["Mage", "Arcane", BOSS, 5] = [row()]
    wcl.fail(fault)
    page = only_page(rankings(client(wcl, clock, limits=limits_for(fault))))
    assert [ranking.name for ranking in page.rows] == ["Críms"]
    assert len(wcl.requests("api")) == 2


@pytest.mark.slow
@pytest.mark.parametrize("fault", TOKEN_FAULTS)
def test_a_passing_fault_of_the_token_endpoint_costs_a_retry(
    wcl: FakeWarcraftLogs, clock: FakeClock, fault: faults.Fault
) -> None:
    wcl.fail(fault, at="token")
    assert only_page(rankings(client(wcl, clock, limits=limits_for(fault)))).rows == ()
    assert len(wcl.requests("token")) == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        pytest.param(faults.Answer(status=500), Unreachable, id="500"),
        pytest.param(faults.Answer(status=523), Unreachable, id="523"),
        pytest.param(faults.Reset(), Unreachable, id="reset"),
        pytest.param(faults.Stall(), Unreachable, id="stalled"),
        pytest.param(faults.html(200), BadResponse, id="html 200"),
        pytest.param(faults.DataNull(), BadResponse, id="data null"),
        pytest.param(faults.CutShort(tell=False), BadResponse, id="truncated"),
        pytest.param(faults.too_many(), OutOfPoints, id="429"),
        pytest.param(faults.too_many("7"), OutOfPoints, id="429 with seconds"),
    ],
)
def test_a_fault_that_stays_ends_in_its_error_after_bounded_retries(
    wcl: FakeWarcraftLogs, clock: FakeClock, fault: faults.Fault, error: type[SourceError]
) -> None:
    wcl.fail(fault, times=20)
    with pytest.raises(error) as raised:
        rankings(client(wcl, clock, limits=limits_for(fault)))
    assert len(wcl.requests("api")) == (7 if error is OutOfPoints else 5)
    sentence = say(raised.value)
    assert sentence.startswith(("Warcraft Logs", "The answers of Warcraft Logs"))
    assert sentence.endswith(".")
    assert not raised.value.transient, "whoever called may not try again"


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


def test_redirects_are_not_followed(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    elsewhere = {"Location": wcl.api_url.replace("127.0.0.1", "localhost")}
    wcl.fail(faults.Answer(status=307, headers=elsewhere), times=9)
    with pytest.raises(BadResponse, match=r"http\.redirect"):
        rankings(client(wcl, clock))
    assert len(wcl.requests("api")) == 1


@pytest.mark.parametrize("status", [400, 404, 413, 422])
def test_other_refusals_are_not_repeated(
    wcl: FakeWarcraftLogs, clock: FakeClock, status: int
) -> None:
    wcl.fail(faults.Answer(status=status), times=9)
    with pytest.raises(BadResponse, match=str(status)):
        rankings(client(wcl, clock))
    assert len(wcl.requests("api")) == 1


def test_a_refused_document_is_not_repeated(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    wcl.fail(faults.DataNull(errors=("Max query complexity is 5000.",)), times=9)
    with pytest.raises(BadResponse, match="Max query complexity"):
        rankings(client(wcl, clock))
    assert len(wcl.requests("api")) == 1


# --- one page of several ------------------------------------------------------------------


def test_one_failing_alias_costs_that_page_only(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    wcl.other_rankings = lambda asked: [row(f"P{asked['encounter_id']}")]
    wcl.fail(faults.AliasError(alias="b1"))
    first, second, third = rankings(client(wcl, clock), request(3470), request(3445), request(3455))
    assert isinstance(first, RankingsPage)
    assert isinstance(third, RankingsPage)
    assert (first.rows[0].name, third.rows[0].name) == ("P3470", "P3455")
    assert isinstance(second, RankingsError)
    assert second.retry
    assert second.code == "wcl.says"
    assert second.fields == {"message": "Internal server error."}
    assert len(wcl.requests("api")) == 1


def test_an_error_inside_of_the_rankings_costs_that_page_only(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    wcl.rankings["Mage", "Arcane", 3445, 5] = {
        "error": "Invalid difficulty setting or size specified."
    }
    first, second = rankings(client(wcl, clock), request(3470), request(3445))
    assert isinstance(first, RankingsPage)
    assert isinstance(second, RankingsError)
    assert not second.retry
    assert second.code == "wcl.difficulty_refused"
    assert "Invalid difficulty setting" in second.fields["message"]


@pytest.mark.parametrize("difficulty", [0, 5])
def test_an_unknown_encounter_costs_that_page_only(
    wcl: FakeWarcraftLogs, clock: FakeClock, difficulty: int
) -> None:
    wcl.unknown_encounters.add(3445)
    wanted = [request(3445, difficulty=difficulty), request(3470, difficulty=difficulty)]
    first, second = rankings(client(wcl, clock), *wanted)
    assert isinstance(first, RankingsError)
    assert not first.retry
    assert isinstance(second, RankingsPage)


def test_null_rankings_may_be_asked_for_again(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    wcl.rankings["Mage", "Arcane", BOSS, 5] = None
    (failed,) = rankings(client(wcl, clock))
    assert isinstance(failed, RankingsError)
    assert failed.retry


# --- size ----------------------------------------------------------------------------------


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


# --- network ---------------------------------------------------------------------------------


def test_no_network_is_told_after_bounded_retries(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    asked = client(wcl, clock, token_url="http://127.0.0.1:1/oauth/token")
    with pytest.raises(Unreachable, match=r"http\.unreachable "):
        rankings(asked)
    assert asked.stats.requests == 5


def test_cancelling_ends_a_stalled_request_at_once(wcl: FakeWarcraftLogs) -> None:
    wcl.fail(faults.Stall(after_headers=True))

    async def talk() -> float:
        async with client(wcl) as asked:
            task = asyncio.create_task(asked.rankings(ARCANE, [request()]))
            await asyncio.to_thread(wcl.wait_for_requests, "api", 1)
            loop = asyncio.get_running_loop()
            begun = loop.time()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return loop.time() - begun

    assert asyncio.run(talk()) < 0.2


def test_cancelling_ends_a_wait_at_once(wcl: FakeWarcraftLogs) -> None:
    wcl.fail(faults.too_many("3000"))
    told = asyncio.Event()

    async def talk() -> float:
        async with client(wcl, on_wait=lambda _: told.set()) as asked:
            task = asyncio.create_task(asked.rankings(ARCANE, [request()]))
            await told.wait()
            loop = asyncio.get_running_loop()
            begun = loop.time()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return loop.time() - begun

    assert asyncio.run(talk()) < 0.2


def test_the_points_are_read_with_a_token(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    wcl.spent = 600.0
    points = ask(client(wcl, clock), lambda asked: asked.points())
    assert points.limit == 3600
    assert 2998 <= points.left <= 3000


@pytest.fixture
def certificate_of_nobody(tmp_path: Path) -> ssl.SSLContext:
    """A server's TLS context with a certificate that no authority signed."""
    pem = tmp_path / "server.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", str(pem), "-out", str(tmp_path / "cert.pem")],
        capture_output=True, check=False,
    )  # fmt: skip
    require(made.returncode == 0, "openssl makes no certificate on this machine")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", pem)
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
