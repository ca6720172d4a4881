"""The client of parses.gg against a loopback host: few requests, conditional, patient."""

from __future__ import annotations

import asyncio
import json
import time
from email.utils import formatdate
from typing import TYPE_CHECKING

import pytest

from att_desktop.game.seasons import shipped_season
from att_desktop.sources.http.cached import EtagCache
from att_desktop.sources.http.retries import RetryPolicy
from att_desktop.sources.parses.client import EXPORT_PATH, ParsesClient, ParsesStats
from att_desktop.sources.parses.export import COHORTS, TIERS, Export
from att_desktop.system.errors import AttError
from tests.own_codes import own_code
from tests.sources.parses.test_export import BLOOD, answer, row
from tests.sources.static_server import Answer, StaticServer
from tests.sources.warcraftlogs.clocks import FakeClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUICK = RetryPolicy(attempts=3, first_s=0.0, slow_down_s=7.0, longest_s=0.0)
BOSS = shipped_season("raid").encounters[0].encounter_id


@pytest.fixture
def server() -> Iterator[StaticServer]:
    with StaticServer() as server:
        for tier in TIERS:
            for cohort in COHORTS:
                path = f"{EXPORT_PATH}?tier={tier}&cohort={cohort}"
                server.files[path] = answer(row(BOSS, own_code(BLOOD, 1)), tier=tier, cohort=cohort)
        yield server


def ask(
    server: StaticServer, cache: Path, clock: FakeClock | None = None
) -> tuple[list[Export], ParsesStats]:
    async def run() -> tuple[list[Export], ParsesStats]:
        client = ParsesClient(
            server.url,
            EtagCache(cache),
            policy=QUICK,
            clock=(clock or FakeClock()).clock,
        )
        async with client:
            return await client.exports(TIERS), client.stats

    return asyncio.run(run())


def test_everything_takes_at_most_ten_requests(server: StaticServer, tmp_path: Path) -> None:
    exports, stats = ask(server, tmp_path)
    assert [(e.tier, e.cohort) for e in exports] == [(t, c) for t in TIERS for c in COHORTS]
    assert stats.requests == len(server.asked) <= 10
    agents = {headers["User-Agent"] for _, headers in server.asked}
    assert len(agents) == 1
    assert agents.pop().startswith("AzerothsTopTalent/")


def test_what_has_not_changed_is_not_sent_again(server: StaticServer, tmp_path: Path) -> None:
    first, _ = ask(server, tmp_path)
    again, stats = ask(server, tmp_path)
    assert again == first
    assert stats.unchanged == stats.requests == len(TIERS) * len(COHORTS)
    assert stats.bytes < 1000


def test_a_host_that_gives_dates_only_is_asked_by_date(
    server: StaticServer, tmp_path: Path
) -> None:
    server.with_etag = False
    server.modified = "Wed, 01 Jan 2020 12:00:00 GMT"
    first, _ = ask(server, tmp_path)
    again, stats = ask(server, tmp_path)
    assert again == first
    assert stats.unchanged == stats.requests == len(TIERS) * len(COHORTS)
    server.modified = "Wed, 01 Jan 2020 13:00:00 GMT"
    _, stats = ask(server, tmp_path)
    assert stats.unchanged == 0
    # Within its second a file can change again; and what is no date is none.
    for unsure in (formatdate(time.time() + 60, usegmt=True), "yesterday", "Wed, 01 Jan 2020"):
        server.modified = unsure
        ask(server, tmp_path / unsure)
        assert ask(server, tmp_path / unsure)[1].unchanged == 0


def test_a_host_without_etags_is_asked_plainly(server: StaticServer, tmp_path: Path) -> None:
    server.with_etag = False
    first, _ = ask(server, tmp_path)
    again, stats = ask(server, tmp_path)
    assert again == first
    assert stats.unchanged == 0


@pytest.mark.parametrize("etag", ['"\u00e9"', '"a\x7f"', '"' + "x" * 300 + '"'])
def test_an_etag_that_cannot_be_sent_back_is_none(
    server: StaticServer, tmp_path: Path, etag: str
) -> None:
    page = server.files[f"{EXPORT_PATH}?tier={TIERS[0]}&cohort={COHORTS[0]}"]
    server.script.append(Answer(body=page, headers={"ETag": etag}))
    first, _ = ask(server, tmp_path)
    again, stats = ask(server, tmp_path)
    assert again == first
    assert stats.unchanged == stats.requests - 1


@pytest.mark.parametrize("etag", ['"\u00e9"', "a\r\nX: y", ""])
def test_a_damaged_note_of_an_etag_costs_one_request(
    server: StaticServer, tmp_path: Path, etag: str
) -> None:
    first, _ = ask(server, tmp_path)
    path = next(tmp_path.glob("*.etag"))
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {"etag": etag}), "utf-8")
    for unchanged in (len(TIERS) * len(COHORTS) - 1, len(TIERS) * len(COHORTS)):
        again, stats = ask(server, tmp_path)
        assert again == first
        assert stats.unchanged == unchanged


def test_trouble_that_passes_is_sat_out(server: StaticServer, tmp_path: Path) -> None:
    clock = FakeClock()
    begun = clock.monotonic()
    page = server.files[f"{EXPORT_PATH}?tier={TIERS[0]}&cohort={COHORTS[0]}"]
    server.script.extend(
        [
            Answer(body=page, cut=20),
            Answer(status=429, headers={"Retry-After": "30"}),
        ]
    )
    exports, stats = ask(server, tmp_path, clock)
    assert len(exports) == len(TIERS) * len(COHORTS)
    assert clock.monotonic() - begun >= 30
    assert stats.requests == len(server.asked) == 10


def test_second_attempts_count_too(server: StaticServer, tmp_path: Path) -> None:
    server.script.extend([Answer(status=503)] * 3)
    with pytest.raises(AttError, match=r"http\.server_trouble"):
        ask(server, tmp_path)
    assert len(server.asked) <= 10


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([Answer(status=500)] * 9, "http.server_trouble"),
        ([Answer(status=404)], "parses.http_status"),
        ([Answer(body=b"<html>")] * 9, "http.web_page"),
        ([Answer(body=b'{"tier": "b10"')] * 9, "http.damaged"),
        ([Answer(body=b'{"builds": []}')], "parses.changed"),
        ([Answer(body=b"[]")], "parses.changed"),
        ([Answer(status=204)] * 9, "http.empty"),
        ([Answer(status=302, headers={"Location": "https://x.example/"})], "http.redirect"),
    ],
)
def test_trouble_that_stays_is_said(
    answers: list[Answer], code: str, server: StaticServer, tmp_path: Path
) -> None:
    server.script.extend(answers)
    with pytest.raises(AttError) as failed:
        ask(server, tmp_path)
    assert failed.value.code == code
    assert not any(tmp_path.iterdir())


def test_a_spoilt_cache_is_no_cache(server: StaticServer, tmp_path: Path) -> None:
    first, _ = ask(server, tmp_path)
    for path in tmp_path.glob("*.json"):
        path.write_bytes(b"{}")
    again, stats = ask(server, tmp_path)
    assert again == first
    assert stats.unchanged == 0
