"""The Builds page as results come, change, or cannot be shown."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from att_desktop.text import formats, say
from att_desktop.ui.builds.page import BuildsPage
from att_desktop.update.library import Library
from tests.ui.builds.opened import LIBRARY, choose, drawn_selection
from tests.ui.pages import context_with, keep, show
from tests.ui.sample_library import (
    TREES,
    library_of,
    played,
    renamed_trees,
    with_broken_code,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from pytestqt.qtbot import QtBot

    from att_desktop.ui.context import AppContext


def test_without_any_data_the_next_step_is_told(qtbot: QtBot) -> None:
    page = BuildsPage(context_with(None))
    qtbot.addWidget(page)
    assert "no builds yet" in page.panel._message.text()
    with qtbot.waitSignal(page.panel.update_wanted):
        page.panel.update_button.click()
    assert page.shown is None
    assert not page.header.copy_action.isEnabled()


def test_results_that_cannot_be_read_are_told_of(qtbot: QtBot) -> None:
    context = context_with(LIBRARY)
    context.checkpoints[0].write_bytes(b"{ not json")
    page = BuildsPage(context)
    qtbot.addWidget(page)
    problem = context.library().problem
    assert problem
    assert page.panel._message.text().startswith(say(problem))
    assert "no builds yet" in page.panel._message.text()


def test_a_spec_without_data_says_so(qtbot: QtBot) -> None:
    page = BuildsPage(context_with(LIBRARY, last_spec_id=62))
    qtbot.addWidget(page)
    assert "Arcane Mage" in page.panel._message.text()
    assert page.panel.update_button.isVisibleTo(page)
    page.show_spec(250)
    assert not page.panel.update_button.isVisible()


def test_a_code_of_another_game_is_explained(qtbot: QtBot) -> None:
    page = BuildsPage(context_with(with_broken_code(LIBRARY, 250, 3129), last_spec_id=250))
    qtbot.addWidget(page)
    page.show_spec(250, "3129")
    assert "does not fit" in page.panel._message.text()
    page.show_spec(250, "3131")
    assert page.shown is not None


def test_new_results_are_shown_and_the_encounter_stays(
    qtbot: QtBot, page: BuildsPage, context: AppContext
) -> None:
    choose(qtbot, page, "3131")
    fresh = library_of([250], fetched=None)
    keep(context, fresh)
    with qtbot.waitSignal(context.library_changed):
        context.reload_library()
    assert page.shown is not None
    assert page.shown.result_key == "3131"


def test_new_results_leave_the_alternative_that_is_looked_at(
    qtbot: QtBot, page: BuildsPage, context: AppContext
) -> None:
    group = page.alternatives_model.index(0, 0)
    page.alternatives.setCurrentIndex(page.alternatives_model.index(2, 0, group))
    looked_at = page.shown
    assert looked_at is not None
    assert looked_at.number > 0
    encounters = {at: one for at, one in LIBRARY.encounters.items() if at != (250, 3129)}
    for units in (LIBRARY.units, {}):
        keep(context, Library(units=units, encounters=encounters))
        with qtbot.waitSignal(context.library_changed):
            context.reload_library()
        qtbot.waitUntil(lambda: not page._steps.busy)
        if units:
            assert page.shown == looked_at
            assert page.panel.state is not None
            assert page.panel.state.view == "changes"
    assert page.shown is not None
    assert page.shown.result_key != looked_at.result_key, "its result is gone"


def test_since_when_follows_the_days(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC)

    class Later(datetime):
        days = 0

        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return (now + timedelta(days=cls.days)).astimezone(tz)

    monkeypatch.setattr(formats, "datetime", Later)
    context = context_with(None, last_spec_id=250)
    context._library = played(library_of([250], fetched=now), 3131, since=now, former=3)
    page = show(qtbot, BuildsPage(context))
    page.show_spec(250, "3131")
    assert page.header.text.endswith("<1 min old · most played since today")
    Later.days = 1
    context.ages_grew.emit()
    assert page.header.text.endswith("24 h old · most played since yesterday")


def test_the_first_update_fills_an_empty_page(qtbot: QtBot) -> None:
    context = context_with(None)
    page = BuildsPage(context)
    qtbot.addWidget(page)
    keep(context, LIBRARY)
    with qtbot.waitSignal(context.library_changed):
        context.reload_library()
    page.show()
    qtbot.waitExposed(page)
    assert page.shown is not None
    assert page.shown.spec_id == 250
    qtbot.waitUntil(lambda: page.panel.state is not None)


def test_newer_trees_are_drawn_at_once(qtbot: QtBot) -> None:
    versions = [TREES, renamed_trees(250)]
    context = context_with(LIBRARY, load_trees=lambda: versions.pop(0), last_spec_id=250)
    page = BuildsPage(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    context.renew_trees()
    nodes = page.panel.scene.nodes
    qtbot.waitUntil(
        lambda: (
            {item.node.entries[0].name for item in page.panel.scene.nodes.values()} == {"Renamed"}
        )
    )
    assert nodes is not page.panel.scene.nodes


def test_a_page_out_of_sight_waits_until_it_is_seen(qtbot: QtBot, context: AppContext) -> None:
    page = BuildsPage(context)
    qtbot.addWidget(page)
    shown = page.shown
    keep(context, library_of([250], fetched=None))
    with qtbot.waitSignal(context.library_changed):
        context.reload_library()
    assert page.shown is shown
    page.show()
    qtbot.waitExposed(page)
    assert page.shown is not shown


def test_an_empty_library_is_no_library(qtbot: QtBot) -> None:
    page = BuildsPage(context_with(Library()))
    qtbot.addWidget(page)
    assert page.shown is None


def best_builds_only() -> Library:
    """What parses.gg tells: one build of each, without support."""

    def bare(record: Any) -> Any:
        best = msgspec.structs.replace(record.best_build, support=None)
        return msgspec.structs.replace(
            record,
            best_build=best, all_builds=[best], others=[], source="parses", cohort="top10",
        )  # fmt: skip

    return changed(bare)


def changed(change: Callable[[Any], Any]) -> Library:
    return dataclasses.replace(
        LIBRARY,
        units={unit: change(record) for unit, record in LIBRARY.units.items()},
        encounters={key: change(record) for key, record in LIBRARY.encounters.items()},
    )


def test_what_a_source_cannot_tell_is_said_in_its_place(qtbot: QtBot) -> None:
    page = show(qtbot, BuildsPage(context_with(best_builds_only(), last_spec_id=250)))
    qtbot.waitUntil(lambda: page.panel.state is not None)
    assert drawn_selection(page)
    assert page.limits.isVisible()
    assert page.limits.text.startswith("parses.gg tells the most played build only.")
    assert not page._lists.isVisible()
    assert page.header.cluster_text == "", "no share is claimed that nobody counted"
    with qtbot.waitSignal(page.account_wanted):
        page.limits.button.click()


def test_a_whole_sample_has_its_lists(page: BuildsPage) -> None:
    assert not page.limits.isVisible()
    assert page._lists.isVisible()
