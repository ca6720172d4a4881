"""The seasons of today are kept for an hour: which file is used, and which is not."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from att_desktop.game.seasons import Seasons, shipped_season, shipped_seasons
from att_desktop.sources.warcraftlogs.seasons import (
    cached_seasons,
    load_seasons,
    save_seasons,
    seasons_without_client,
)
from tests.sources.warcraftlogs.asking import ask, client
from tests.sources.warcraftlogs.rows import RAID_BOSSES, zone

if TYPE_CHECKING:
    from pathlib import Path

    from att_desktop.game.content_types import ContentType
    from att_desktop.game.seasons import Season
    from tests.sources.warcraftlogs.clocks import FakeClock
    from tests.sources.warcraftlogs.server import FakeWarcraftLogs

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def cached(
    wcl: FakeWarcraftLogs,
    clock: FakeClock,
    path: Path,
    *,
    raid: int | None = None,
    fresh: bool = False,
    now: datetime = NOW,
) -> Seasons:
    pins: dict[ContentType, int] = {"raid": raid} if raid else {}
    return ask(
        client(wcl, clock),
        lambda asked: cached_seasons(path, asked, pins=pins, fresh=fresh, now=now),
    )


def test_seasons_are_kept_for_an_hour(
    wcl: FakeWarcraftLogs, clock: FakeClock, tmp_path: Path
) -> None:
    path = tmp_path / "new folder" / "seasons.json"
    first = cached(wcl, clock, path)
    assert cached(wcl, clock, path, now=NOW + timedelta(minutes=59)) == first
    assert len(wcl.requests()) == 3
    assert cached(wcl, clock, path, now=NOW + timedelta(minutes=61)) == first
    assert len(wcl.requests()) == 6


@pytest.mark.parametrize(
    "changed",
    [{"raid": 46}, {"fresh": True}, {"now": NOW - timedelta(hours=1)}],
    ids=["pinned", "fresh", "clock set back"],
)
def test_the_cache_is_not_believed(
    wcl: FakeWarcraftLogs, clock: FakeClock, tmp_path: Path, changed: dict[str, Any]
) -> None:
    path = tmp_path / "seasons.json"
    cached(wcl, clock, path)
    before = len(wcl.requests("api"))
    cached(wcl, clock, path, **changed)
    assert len(wcl.requests("api")) > before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"version": 1}',
        b"null",
        b'{"version": "x"}',
        b'{"x":' + b"[" * 20_000 + b"]" * 20_000 + b"}",
    ],
    ids=lambda content: repr(content[:16]),
)
def test_a_broken_cache_file_is_written_anew(
    wcl: FakeWarcraftLogs, clock: FakeClock, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "seasons.json"
    path.write_bytes(content)
    found = cached(wcl, clock, path)
    assert load_seasons(path, pins={}, now=NOW) == found


def test_a_cache_of_another_version_is_not_read(
    wcl: FakeWarcraftLogs, clock: FakeClock, tmp_path: Path
) -> None:
    path = tmp_path / "seasons.json"
    cached(wcl, clock, path)
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"version": 99}), "utf-8")
    assert load_seasons(path, pins={}, now=NOW) is None


def test_half_a_finding_is_not_kept(
    wcl: FakeWarcraftLogs, clock: FakeClock, tmp_path: Path
) -> None:
    raids_only = [zone(53, "Raid", RAID_BOSSES)]
    wcl.expansions = [{"id": 7, "name": "Midnight", "zones": raids_only}]
    path = tmp_path / "seasons.json"
    assert cached(wcl, clock, path).of("mythicplus") is None
    assert not path.exists()


def test_a_cache_that_cannot_be_written_costs_nothing(
    wcl: FakeWarcraftLogs, clock: FakeClock, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert cached(wcl, clock, blocked / "seasons.json").of("raid") is not None


def told(path: Path, *, raid: int, mplus: int = 55, pinned: int | None = None) -> list[Season]:
    """What Warcraft Logs told a day ago: the seasons of these zones, one of them chosen."""
    seasons = [
        msgspec.structs.replace(shipped_season("raid"), zone_id=raid),
        msgspec.structs.replace(shipped_season("mythicplus"), zone_id=mplus),
    ]
    pins: dict[ContentType, int] = {"raid": pinned} if pinned else {}
    kept = Seasons(played=tuple(seasons))
    save_seasons(path, kept, pins=pins, now=NOW - timedelta(days=1))
    return seasons


def test_a_source_without_seasons_uses_those_that_were_told_last(tmp_path: Path) -> None:
    path = tmp_path / "seasons.json"
    shipped = shipped_seasons()
    assert seasons_without_client(path, {}, NOW) == shipped
    for raid in (46, 53, 60):
        seasons = told(path, raid=raid)
        assert list(seasons_without_client(path, {}, NOW).played) == seasons
    # A newer season still is one, months after there was a client.
    assert list(seasons_without_client(path, {}, NOW + timedelta(days=200)).played) == seasons


def test_a_season_of_long_ago_gives_way_to_that_of_the_app(tmp_path: Path) -> None:
    path = tmp_path / "seasons.json"
    _, keys = told(path, raid=46, mplus=60)
    found = seasons_without_client(path, {}, NOW + timedelta(days=200))
    assert found.played == (shipped_season("raid"), keys)


def test_a_season_that_was_chosen_counts_while_it_is_chosen(tmp_path: Path) -> None:
    path = tmp_path / "seasons.json"
    seasons = told(path, raid=46, pinned=46)
    for now in (NOW, NOW + timedelta(days=200)):
        assert list(seasons_without_client(path, {"raid": 46}, now).played) == seasons
        assert seasons_without_client(path, {}, now) == shipped_seasons()
