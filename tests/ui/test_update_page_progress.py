"""What the Update page knows of a run, and the table of its units."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from att_desktop.game.results import Unit
from att_desktop.game.specs import CLASS_COLOURS
from att_desktop.text.formats import age, duration
from att_desktop.ui.theme import READABLE, class_colour, contrast, dark_palette, light_palette
from att_desktop.ui.update.progress import RunProgress
from att_desktop.ui.update.unit_model import Column, UnitModel, UnitProxy
from att_desktop.update import events

if TYPE_CHECKING:
    from PySide6.QtGui import QPalette
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

SPECS = (62, 250, 577, 105, 71)
UNITS = tuple(Unit(spec_id=spec, content_type="raid") for spec in SPECS)
INCOMPLETE = events.Reason("unit.incomplete", {"encounters": ["Gallywix"]})
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def started(units: tuple[Unit, ...] = UNITS) -> events.RunStarted:
    return events.RunStarted(units=units, source="warcraftlogs", zones={"raid": "Raid"})


def done(index: int, state: events.UnitState = "done", **more: object) -> events.UnitDone:
    return events.UnitDone(
        unit=UNITS[index - 1], state=state, index=index, total=len(UNITS), **more
    )


def begun(index: int) -> events.UnitStarted:
    return events.UnitStarted(unit=UNITS[index - 1], index=index, total=len(UNITS))


def test_expected_time_comes_from_the_units_so_far() -> None:
    run = RunProgress(began_at=0.0)
    run.take(started(), 0.0)
    for index in (1, 2, 3):
        run.take(begun(index), 10.0 * index)
        assert run.seconds_left(10.0 * index) is None
        run.take(done(index), 10.0 * index + 10)
    # Three units in 30 seconds, two are left.
    assert run.seconds_left(40.0) == pytest.approx(20.0)
    assert run.line(40.0) == "3 specs are ready. 2 specs to go, about half a minute."


def test_waiting_is_added_as_it_is_and_not_taken_for_slowness() -> None:
    run = RunProgress(began_at=0.0)
    run.take(started(), 0.0)
    for index in (1, 2, 3):
        run.take(begun(index), 10.0 * index - 10)
        run.take(done(index), 10.0 * index)
    wait = events.Waiting(until=datetime.now(UTC) + timedelta(minutes=10), reason="points")
    run.take(wait, 30.0)
    assert run.seconds_left(230.0) == pytest.approx(20 + 600, abs=2)
    assert "asks us to wait 10 min" in run.wait_line()
    run.take(done(4), 630.0)
    assert run.wait_line() == ""
    # Ten seconds of work for each unit still, though ten minutes have passed.
    assert run.seconds_left(630.0) == pytest.approx(7.5)


def test_units_that_are_up_to_date_are_not_fetched_ones() -> None:
    run = RunProgress(began_at=0.0)
    run.take(started(), 0.0)
    run.take(events.UnitDone(unit=UNITS[0], state="up_to_date", index=0, total=0), 0.1)
    run.take(events.UnitStarted(unit=UNITS[1], index=1, total=4), 0.2)
    assert (run.fetched, run.index, run.total) == (0, 1, 4)
    assert run.counts()["up_to_date"] == 1


def test_what_was_not_finished_is_said_to_be_stopped() -> None:
    run = RunProgress(began_at=0.0)
    for event in (started(), begun(1), done(1, skipped={"row.no_talents": 2}), begun(2)):
        run.take(event, 1.0)
    stopped = run.stop()
    assert [row.unit for row in stopped] == list(UNITS[1:])
    assert run.outcome() == "1 updated, 2 rows not used"


def test_problems_stand_on_top_then_what_is_running(
    qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    run = RunProgress(began_at=0.0)
    model, proxy = UnitModel(), UnitProxy()
    proxy.setSourceModel(model)
    qtmodeltester.check(proxy)
    run.take(started(), 0.0)
    model.reset(run.rows)
    proxy.sort(Column.STATE)
    batch: list[events.Event] = [
        begun(1), begun(2), begun(3), begun(4),
        done(1), done(3, "failed", reason=INCOMPLETE),
        done(4, "empty", reason=events.Reason("unit.no_rankings")),
    ]  # fmt: skip
    changed = [row for event in batch if (row := run.take(event, 1.0))]
    model.changed(changed)
    shown = [
        (proxy.index(row, Column.SPEC).data(), proxy.index(row, Column.STATE).data())
        for row in range(proxy.rowCount())
    ]
    assert shown == [
        ("Havoc Demon Hunter", "Failed: Not complete: Gallywix."),
        ("Restoration Druid", "No rankings: Warcraft Logs has no rankings for this spec yet."),
        ("Blood Death Knight", "Fetching"),
        ("Arcane Mage", "Done"),
        ("Arms Warrior", "Queued"),
    ]


def test_all_units_in_any_order_end_up_in_the_order_of_the_plan(qtbot: QtBot) -> None:
    run = RunProgress(began_at=0.0)
    model, proxy = UnitModel(), UnitProxy()
    proxy.setSourceModel(model)
    run.take(started(), 0.0)
    model.reset(run.rows)
    proxy.sort(Column.STATE)
    for batch in ((begun(2), begun(4), done(4)), (begun(1), done(2)), (begun(5), begun(3))):
        model.changed(row for event in batch if (row := run.take(event, 1.0)))
    model.changed(row for index in (5, 1, 3) if (row := run.take(done(index), 2.0)))
    names = [proxy.index(row, Column.SPEC).data() for row in range(proxy.rowCount())]
    assert names == [
        "Arcane Mage", "Blood Death Knight", "Havoc Demon Hunter", "Restoration Druid",
        "Arms Warrior",
    ]  # fmt: skip


def test_skipped_rows_are_told_with_their_reasons(qtbot: QtBot) -> None:
    run = RunProgress(began_at=0.0)
    run.take(started(), 0.0)
    row = run.take(done(1, skipped={"row.no_talents": 1, "row.other_talents": 12}), 1.0)
    model = UnitModel()
    model.reset(run.rows)
    index = model.index(0, Column.SKIPPED)
    assert row is not None
    assert index.data() == "13 (other talent tree, …)"
    tooltip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert tooltip == "12 × other talent tree\n1 × no talents"


@pytest.mark.parametrize("name", sorted(CLASS_COLOURS))
@pytest.mark.parametrize("palette", [light_palette, dark_palette])
def test_class_colours_can_be_read(qtbot: QtBot, name: str, palette: type[QPalette]) -> None:
    colours = palette()
    shade = class_colour(CLASS_COLOURS[name], colours)
    assert contrast(shade, colours.base().color()) >= READABLE


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (59.4, "59 s"), (60, "1 min"), (80, "1 min 20 s"), (725, "12 min"),
     (3599, "60 min"), (3600, "1 h"), (7500, "2 h 5 min"), (-3, "0 s")],
)  # fmt: skip
def test_durations_in_words(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("ago", "words"),
    [(timedelta(seconds=20), "just now"), (timedelta(minutes=5), "5 minutes ago"),
     (timedelta(hours=3), "3 hours ago"), (timedelta(days=3), "3 days ago"),
     (timedelta(seconds=-30), "just now")],
)  # fmt: skip
def test_ages_in_words(ago: timedelta, words: str) -> None:
    assert age(NOW - ago, NOW) == words
