"""The points budget: known before asking, waited for, never a deadlock."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from att_desktop.sources.errors import OutOfPoints
from att_desktop.sources.warcraftlogs.points import Budget, PointsLeft, RateLimit, Wait
from att_desktop.sources.warcraftlogs.rankings_page import RankingsPage
from tests.sources.warcraftlogs import faults
from tests.sources.warcraftlogs.asking import ARCANE, ask, client, rankings, request
from tests.sources.warcraftlogs.rows import RAID_BOSSES

if TYPE_CHECKING:
    from att_desktop.sources.warcraftlogs.client import WarcraftLogs
    from tests.sources.warcraftlogs.clocks import FakeClock
    from tests.sources.warcraftlogs.server import FakeWarcraftLogs

UNIT = [request(encounter_id) for encounter_id in RAID_BOSSES]


def fetch_units(asked: WarcraftLogs, units: int, *, workers: int = 3) -> int:
    """Fetch so many units with several workers, as an update does. Returns the full ones."""

    async def talk() -> int:
        left = iter(range(units))
        full = 0

        async def work() -> None:
            nonlocal full
            for _ in left:
                pages = await asked.rankings(ARCANE, UNIT)
                full += all(isinstance(page, RankingsPage) for page in pages)

        async with asked, asyncio.TaskGroup() as group:
            for _ in range(workers):
                group.create_task(work())
        return full

    return asyncio.run(talk())


def test_the_points_are_read_with_a_token(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    wcl.spent = 600.0
    points = ask(client(wcl, clock), lambda asked: asked.points())
    assert points.limit == 3600
    assert 2998 <= points.left <= 3000


@pytest.mark.slow
@pytest.mark.parametrize("cost", [1.0, 2.0, 7.5, 15.0])
def test_it_waits_for_the_reset_without_ever_being_refused(
    wcl: FakeWarcraftLogs, clock: FakeClock, cost: float
) -> None:
    wcl.limit, wcl.cost_per_page = 600, cost
    waits: list[Wait] = []
    assert fetch_units(client(wcl, clock, on_wait=waits.append), 40) == 40
    assert wcl.refused == 0
    hours = int(40 * 9 * cost // 600)
    assert (len(waits) > 0) == (hours > 0)
    assert len({wait.until for wait in waits}) == len(waits), "each wait is told once"
    assert all(wait.reason == "points" for wait in waits)
    # Of each hour at most about one unit's worth of points is left unspent.
    assert clock.seconds - 1000.0 <= (hours * 600 / (600 - 1.5 * 9 * cost) + 1) * 3610


@pytest.mark.parametrize("resets_in", [1e9, 1e18, 1e300, float("inf")])
def test_points_never_reset_later_than_in_an_hour(clock: FakeClock, resets_in: float) -> None:
    budget = Budget(clock.clock)
    reading = RateLimit(limit=3600, spent=100.0, resets_in=resets_in)
    budget.close(budget.open(9), reading)
    left = budget.left()
    assert left is not None
    assert (left.resets_at - clock.clock.now()).total_seconds() == pytest.approx(3600, abs=1)


def test_the_cost_of_a_page_is_learned(clock: FakeClock) -> None:
    budget = Budget(clock.clock)
    spent = 100.0
    for _ in range(4):
        ask = budget.open(9)
        budget.close(ask, RateLimit(limit=3600, spent=spent, resets_in=1800))
        spent += 9 * 13.0
    assert budget.cost_per_page == pytest.approx(13.0)
    assert budget.spent_here == pytest.approx(4 * 9 * 13.0)


def test_overlapping_queries_do_not_make_a_page_look_dear(clock: FakeClock) -> None:
    """Three at a time, hour after hour: each hour has only a few readings to learn from."""
    budget = Budget(clock.clock)
    budget.close(budget.open(0), RateLimit(limit=3600, spent=0, resets_in=3600))
    for _ in range(4):
        spent = 0.0
        under_way = [budget.open(9) for _ in range(3)]
        for _ in range(4):
            budget.close(under_way.pop(0), RateLimit(limit=3600, spent=spent, resets_in=3000))
            under_way.append(budget.open(9))
            spent += 9 * 6.0
        for query in under_way:
            budget.close(query, RateLimit(limit=3600, spent=spent, resets_in=3000))
            spent += 9 * 6.0
        clock.seconds += 3600
    assert 4.5 < budget.cost_per_page < 9.0


def test_a_reading_is_from_before_its_own_query_is_billed(clock: FakeClock) -> None:
    budget = Budget(clock.clock)
    budget.close(budget.open(9), RateLimit(limit=100, spent=80, resets_in=1800))
    left = budget.left()
    assert left is not None
    assert left.left == pytest.approx(100 - 80 - 9 * 2.0)
    assert budget.decision(9) != "go"


def test_queries_under_way_are_taken_off(clock: FakeClock) -> None:
    budget = Budget(clock.clock)
    budget.close(budget.open(0), RateLimit(limit=40, spent=0, resets_in=1800))
    budget.open(9)
    assert budget.decision(9) == "go"
    budget.open(9)
    assert budget.decision(9) == "wait for answers"


def test_a_fresh_reading_is_taken_before_an_hour_is_given_away(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    """Pages are cheaper than thought: three units fit where one was feared to do."""
    wcl.limit, wcl.cost_per_page = 30, 1.0
    assert fetch_units(client(wcl, clock), 3, workers=1) == 3
    assert clock.slept == []
    assert "Points" in [seen.operation for seen in wcl.requests("api")]


def test_the_first_reading_is_waited_for_alone(clock: FakeClock) -> None:
    budget = Budget(clock.clock)
    assert budget.decision(9) == "go"
    ask = budget.open(9)
    assert budget.decision(9) == "wait for answers"
    budget.close(ask, None)
    assert budget.decision(9) == "go"


def test_a_late_reading_of_the_hour_before_changes_nothing(clock: FakeClock) -> None:
    budget = Budget(clock.clock)
    budget.close(budget.open(0), RateLimit(limit=100, spent=50, resets_in=10))
    slow = budget.open(9)
    clock.seconds += 20
    budget.close(budget.open(0), RateLimit(limit=100, spent=0, resets_in=3590))
    budget.close(slow, RateLimit(limit=100, spent=99, resets_in=0))
    left = budget.left()
    assert left is not None
    assert left.left > 70


def test_an_hour_that_ends_earlier_than_we_took_it_is_believed(clock: FakeClock) -> None:
    budget = Budget(clock.clock)
    for _ in range(3):
        budget.close(budget.open(0), RateLimit(limit=30, spent=0, resets_in=5))
        budget.close(budget.open(9), RateLimit(limit=30, spent=30, resets_in=5))
        wait = budget.decision(9)
        assert isinstance(wait, float)
        assert wait <= 8, "not the whole hour that was only supposed"
        clock.seconds += wait
        assert budget.decision(9) == "go"


def test_a_budget_below_one_unit_does_not_lock(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    wcl.limit, wcl.cost_per_page = 10, 2.0
    assert fetch_units(client(wcl, clock), 5) == 5
    assert clock.seconds >= 1000.0 + 4 * 3600


def test_points_spent_by_others_are_seen(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    wcl.limit, wcl.spent = 3600, 3590.0
    waits: list[Wait] = []
    assert fetch_units(client(wcl, clock, on_wait=waits.append), 2) == 2
    assert len(waits) == 1
    assert waits[0].until == clock.wall.replace(hour=13, minute=16, second=42)


def test_without_waiting_it_stops_and_tells_the_reset(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    wcl.limit = 30

    async def talk() -> None:
        async with client(wcl, clock, wait_for_points=False) as asked:
            for _ in range(9):
                await asked.rankings(ARCANE, UNIT)

    with pytest.raises(OutOfPoints) as raised:
        asyncio.run(talk())
    assert raised.value.resets_at == clock.wall.replace(hour=13, minute=16, second=42)
    assert clock.slept == []
    assert wcl.spent <= 30


@pytest.mark.parametrize("header", ["90", " 90 ", "Sun, 22 Nov 2026 12:18:10 GMT"])
def test_retry_after_holds_everything_as_long_as_asked(
    wcl: FakeWarcraftLogs, clock: FakeClock, header: str
) -> None:
    wcl.fail(faults.too_many(header))
    waits: list[Wait] = []
    rankings(client(wcl, clock, on_wait=waits.append))
    assert [(wait.reason, round(wait.seconds)) for wait in waits] == [("asked", 90)]
    assert clock.seconds >= 1090.0


def test_an_absurd_retry_after_is_cut_to_an_hour(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    wcl.fail(faults.too_many("99999999999"))
    rankings(client(wcl, clock))
    assert 3600 <= clock.seconds - 1000.0 < 3700


@pytest.mark.parametrize(("header", "stops"), [("20", False), ("1800", True)])
def test_without_waiting_only_a_short_retry_after_is_sat_out(
    wcl: FakeWarcraftLogs, clock: FakeClock, header: str, stops: bool
) -> None:
    wcl.fail(faults.too_many(header))
    if stops:
        with pytest.raises(OutOfPoints) as raised:
            rankings(client(wcl, clock, wait_for_points=False))
        assert raised.value.resets_at == clock.wall.replace(minute=46, second=40)
    else:
        rankings(client(wcl, clock, wait_for_points=False))
        assert len(wcl.requests("api")) == 2


def test_without_waiting_refusals_without_a_time_end_within_a_minute(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    wcl.spent = wcl.limit
    with pytest.raises(OutOfPoints):
        rankings(client(wcl, clock, wait_for_points=False))
    assert clock.seconds - 1000.0 <= 60
    assert wcl.refused > 1, "a burst would have been forgiven"


def test_a_429_with_the_points_used_up_waits_for_the_reset(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    """The hour was emptied by somebody else between our reading and our next question."""
    waits: list[Wait] = []

    async def talk() -> None:
        async with client(wcl, clock, on_wait=waits.append) as asked:
            wcl.limit, wcl.spent = 100, 90.0
            await asked.points()
            wcl.spent = 200.0
            await asked.rankings(ARCANE, UNIT[:4])

    asyncio.run(talk())
    assert waits
    assert clock.seconds >= 1000.0 + 3600


@pytest.mark.parametrize("cost", [1.0, 13.0])
def test_what_was_spent_is_told_about_right_though_queries_travel_together(
    wcl: FakeWarcraftLogs, clock: FakeClock, cost: float
) -> None:
    wcl.cost_per_page = cost
    asked = client(wcl, clock)
    fetch_units(asked, 8)
    assert asked.stats.points == pytest.approx(wcl.spent, abs=9 * cost)


def test_what_was_never_answered_is_not_called_spent(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    wcl.fail(
        faults.Answer(status=401), faults.too_many("1"), faults.Answer(status=500), faults.Reset()
    )
    asked = client(wcl, clock)
    rankings(asked, *UNIT)
    assert asked.stats.points == pytest.approx(9 * 2.0, abs=1)


def test_points_are_told_after_each_answer(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    told: list[PointsLeft] = []
    asked = client(wcl, clock, on_points=told.append)
    fetch_units(asked, 4, workers=1)
    assert [points.limit for points in told] == [3600] * 4
    assert [points.left for points in told] == sorted((p.left for p in told), reverse=True)
    assert told[-1].left == pytest.approx(3600 - 4 * 9, abs=1)
    assert asked.stats.points == pytest.approx(36, abs=1)
    assert asked.stats.requests == 5


def test_a_suspended_computer_does_not_wait_longer_than_the_hour(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    """The monotonic clock stands still meanwhile; the server's does not."""
    wcl.limit = 20

    def suspend(_: Wait) -> None:
        clock.suspended = 3000.0
        wcl._resets_at -= clock.suspended

    assert fetch_units(client(wcl, clock, on_wait=suspend), 3, workers=1) == 3
    assert 600 <= clock.seconds - 1000.0 <= 700
    assert wcl.refused == 0


def test_a_pause_after_a_429_is_over_by_the_time_of_day(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    wcl.fail(faults.too_many("3000"))

    def suspend(_: Wait) -> None:
        clock.suspended = 2900.0

    rankings(client(wcl, clock, on_wait=suspend))
    assert 100 <= clock.seconds - 1000.0 <= 130


def test_changes_of_the_wall_clock_move_no_wait(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    wcl.limit = 20
    fetch = client(
        wcl, clock, on_wait=lambda _: setattr(clock, "wall", clock.wall.replace(year=2031))
    )
    assert fetch_units(fetch, 3, workers=1) == 3
    assert clock.seconds >= 1000.0 + 3600
    assert [seen.operation for seen in wcl.requests("api")].count("Rankings") == 3
