"""What the server does wrong, and what the player is told of it."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from att_desktop.sources.errors import BadResponse, OutOfPoints, SourceError, Unreachable
from att_desktop.sources.http.transfer import Limits
from att_desktop.sources.warcraftlogs.rankings_page import RankingsError, RankingsPage
from att_desktop.text import say
from tests.sources.warcraftlogs import faults
from tests.sources.warcraftlogs.asking import BOSS, client, only_page, rankings, request
from tests.sources.warcraftlogs.rows import row

if TYPE_CHECKING:
    from tests.sources.warcraftlogs.clocks import FakeClock
    from tests.sources.warcraftlogs.server import FakeWarcraftLogs

QUICK = Limits(connect_s=5.0, read_s=1.5, total_s=3.0)


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


# --- network ---------------------------------------------------------------------------------
