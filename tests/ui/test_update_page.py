"""The Update page, driven in the real window."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from att_desktop.config.credentials import KeyringStore
from att_desktop.config.environment import Environment
from att_desktop.game.changes import BuildChange
from att_desktop.game.content_types import CONTENT_TYPES
from att_desktop.game.results import Unit
from att_desktop.system.errors import AttError
from att_desktop.ui.page_ids import PageId
from att_desktop.ui.update import page as update_page
from att_desktop.ui.update.unit_model import Column
from att_desktop.update import events
from tests.keyrings import MemoryKeyring
from tests.sources.warcraftlogs.server import FakeWarcraftLogs
from tests.ui.driven import SETTLED, ScriptedJob, opened
from tests.wow.game_folders import ERA, make_game, make_retail

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from att_desktop.ui.window.window_controller import WindowController

ARCANE = Unit(spec_id=62, content_type="raid")
SECRET = "s3cr3t-of-the-player"


def page_of(controller: WindowController) -> Any:
    return controller.window.page(PageId.UPDATE)


def run(qtbot: QtBot, controller: WindowController, job: ScriptedJob) -> None:
    with qtbot.waitSignal(controller.updater.ended, timeout=10_000):
        controller.updater.worker.start(job)


def test_the_cards_say_what_is_lacking(qtbot: QtBot) -> None:
    page = page_of(opened(qtbot))
    assert "No Warcraft Logs credentials are stored yet." in page.source_card.message.sentence
    assert page.source_card.button.text() == "Enter credentials…"
    assert "No World of Warcraft folder was found" in page.game_card.message.sentence
    assert page.data_card.message.sentence == "No builds yet. An update fetches them."


@pytest.mark.slow
def test_update_asks_for_what_is_lacking_then_goes_on(qtbot: QtBot, tmp_path: Path) -> None:
    """Credentials tested and kept, folders chosen of those that were found, fetched."""
    games = [make_retail(tmp_path / name / "World of Warcraft") for name in ("one", "two")]
    keyring = MemoryKeyring()
    with FakeWarcraftLogs() as wcl:
        wcl.client = ("the-id", SECRET)
        environment = Environment(
            token_url=wcl.token_url, api_url=wcl.api_url, request_interval_ms=0
        )
        settings = msgspec.structs.replace(SETTLED, content="raid")
        controller = opened(
            qtbot, keyring=keyring, environment=environment, settings=settings, games=games
        )
        page = page_of(controller)
        qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
        dialog: Any = _dialog(controller, "Warcraft Logs account")
        qtbot.keyClicks(dialog.form.client_id, " the-id ")
        qtbot.keyClicks(dialog.form.secret, SECRET)
        dialog.form.test_button.click()
        qtbot.waitUntil(lambda: not dialog.form.asking)
        assert dialog.form.message.sentence.startswith("It works: 3,")
        dialog.save_button.click()
        folder_dialog: Any = _wait_for_dialog(qtbot, controller, "Game folder")
        assert SECRET in str(keyring.entries)
        folder_dialog.chooser.pick(games[0] / "_retail_" / "Interface")
        qtbot.waitUntil(lambda: len(folder_dialog.chooser.checked()) == 1)
        with qtbot.waitSignal(controller.updater.ended, timeout=60_000):
            folder_dialog.accept()
        assert wcl.invalid == []
    # This server has no rankings: every unit is told to be empty, and none is lost.
    assert page.model.rowCount() == 40
    states = {page.model.index(row, Column.STATE).data() for row in range(40)}
    assert all(state.startswith("No rankings: ") for state in states)
    assert SECRET not in page.log.text


@pytest.mark.slow
def test_without_a_game_builds_are_fetched_and_it_is_said(qtbot: QtBot) -> None:
    with FakeWarcraftLogs() as wcl:
        wcl.client = ("the-id", SECRET)
        environment = Environment(
            token_url=wcl.token_url, api_url=wcl.api_url, request_interval_ms=0
        )
        store = KeyringStore(environ={"WCL_CLIENT_ID": "the-id", "WCL_CLIENT_SECRET": SECRET})
        settings = msgspec.structs.replace(SETTLED, content="raid")
        controller = opened(qtbot, store=store, environment=environment, settings=settings)
        page = page_of(controller)
        with qtbot.waitSignal(controller.updater.ended, timeout=60_000):
            qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert "They go into the game once its folder is chosen." in page.message.sentence
    assert page.game_card.message.state == "warning"


def started_by(
    qtbot: QtBot, controller: WindowController, press: Callable[[], None]
) -> ScriptedJob:
    """The update that ``press`` starts; it has ended."""
    job = ScriptedJob(events=[])
    controller.updater._make_job = lambda: job
    with qtbot.waitSignal(controller.updater.ended):
        press()
    return job


def test_with_a_classic_game_alone_builds_are_fetched(qtbot: QtBot, tmp_path: Path) -> None:
    game = make_game(tmp_path / "World of Warcraft", classic_era=("wow_classic_era", ERA))
    controller = opened(
        qtbot, settings=msgspec.structs.replace(SETTLED, source="parses"), games=[game]
    )
    page = page_of(controller)
    assert "No World of Warcraft folder was found" in page.game_card.message.sentence
    assert started_by(qtbot, controller, page.button.click).reported.is_set()
    assert _dialog(controller, "Game folder") is None


def test_a_folder_that_cannot_be_written_is_asked_about_once(qtbot: QtBot, tmp_path: Path) -> None:
    game = make_retail(tmp_path / "World of Warcraft")
    addons = game / "_retail_" / "Interface" / "AddOns"
    addons.rmdir()
    addons.write_bytes(b"no folder")
    controller = opened(
        qtbot, settings=msgspec.structs.replace(SETTLED, source="parses"), games=[game]
    )
    page_of(controller).button.click()
    dialog = _wait_for_dialog(qtbot, controller, "Game folder")
    assert dialog.chooser.message.state == "warning"
    assert started_by(qtbot, controller, dialog.accept).reported.is_set()
    assert _dialog(controller, "Game folder") is None


def test_where_no_folder_is_listed_what_was_chosen_stays(qtbot: QtBot, tmp_path: Path) -> None:
    away = str(tmp_path / "a disk that is not there" / "_retail_")
    controller = opened(qtbot, settings=msgspec.structs.replace(SETTLED, game_folders=(away,)))
    dialog: Any = controller.show_folders()
    dialog.accept()
    assert controller.context.settings.game_folders == (away,)


def _dialog(controller: WindowController, title: str) -> Any:
    from PySide6.QtWidgets import QDialog

    found = [d for d in controller.window.findChildren(QDialog) if d.windowTitle() == title]
    return found[-1] if found and found[-1].isVisible() else None


def _wait_for_dialog(qtbot: QtBot, controller: WindowController, title: str) -> Any:
    qtbot.waitUntil(lambda: _dialog(controller, title) is not None)
    return _dialog(controller, title)


@pytest.mark.slow
def test_sample_update_fills_the_library_and_says_what_to_do(qtbot: QtBot) -> None:
    settings = msgspec.structs.replace(SETTLED, content="raid", top_n=10)
    controller = opened(qtbot, sample=True, settings=settings)
    page = page_of(controller)
    with qtbot.waitSignal(controller.updater.ended, timeout=120_000):
        qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
        assert page.button.text() == "Ca&ncel update"
    assert page.message.sentence.startswith("40 specs have new builds.")
    assert "game" in page.message.sentence
    assert page.message.state == "ok"
    assert page.button.text() == "&Update addon"
    qtbot.waitUntil(lambda: len(controller.context.library().units) == 40)
    assert page.data_card.message.state == "ok"
    sandbox = controller.context.folders.sample_game
    written = sandbox / "_retail_" / "Interface" / "AddOns" / "AzerothsTopTalent"
    assert (written / "TalentData.lua").stat().st_size > 10_000
    assert "points left" in controller.window.status.findChildren(QLabel)[-1].text()


def test_waiting_shows_the_countdown_and_when_it_goes_on(qtbot: QtBot) -> None:
    controller = opened(qtbot)
    page = page_of(controller)
    until = datetime.now(UTC) + timedelta(minutes=12)
    waiting = events.Waiting(until=until, reason="points")
    job = ScriptedJob(
        [events.RunStarted(units=(ARCANE,), source="warcraftlogs", zones={"raid": "R"}), waiting],
        until_cancelled=True,
    )
    controller.updater.worker.start(job)
    qtbot.waitUntil(lambda: page.message.state == "clock")
    clock = f"{until.astimezone():%H:%M}"
    assert page.message.sentence.startswith("Warcraft Logs asks us to wait 12 min")
    assert clock in page.message.sentence
    with qtbot.waitSignal(controller.updater.ended):
        page.button.click()
        assert not page.button.isEnabled()
    assert page.button.isEnabled()
    assert page.model.index(0, Column.STATE).data() == "Not fetched"


def test_a_failed_update_says_why(qtbot: QtBot) -> None:
    controller = opened(qtbot)
    page = page_of(controller)
    sentence = "Warcraft Logs does not know this client id. Enter it again."
    run(qtbot, controller, ScriptedJob([], error=AttError(sentence)))
    assert (page.message.state, page.message.sentence) == ("error", sentence)
    assert sentence in page.log.text


def test_a_defect_in_the_update_is_logged_and_told(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    controller = opened(qtbot)
    with caplog.at_level(logging.ERROR):
        run(qtbot, controller, ScriptedJob([], error=ZeroDivisionError("surprise")))
    assert "surprise" in caplog.text
    assert "The log has the details" in page_of(controller).message.sentence
    assert not controller.updater.running


def test_the_log_unfolds_and_is_copied(qtbot: QtBot) -> None:
    controller = opened(qtbot)
    page = page_of(controller)
    run(
        qtbot,
        controller,
        ScriptedJob([events.Notice(code="The old results were of another raid.")]),
    )
    assert not page.log.isVisible()
    page.details_button.click()
    assert not page.log.copy_button.isVisible()
    page.log.fold.click()
    assert page.log.copy_button.isVisible()
    page.log.copy_button.click()
    assert "The old results were of another raid." in QGuiApplication.clipboard().text()


@pytest.mark.slow
def test_ten_thousand_events_do_not_hold_the_window(qtbot: QtBot) -> None:
    """A flood comes in batches: the event loop turns between them."""
    controller = opened(qtbot)
    flood = [
        events.RunStarted(units=(ARCANE,), source="warcraftlogs", zones={"raid": "R"}),
        *(
            events.EncounterDone(
                unit=ARCANE, encounter_id=at, encounter_name="X", sample_size=1, skipped={}
            )
            for at in range(10_000)
        ),
    ]
    batches: list[int] = []
    controller.updater.worker.events.connect(lambda batch: batches.append(len(batch)))
    run(qtbot, controller, ScriptedJob(flood))
    assert sum(batches) == 10_001
    assert max(batches) <= 200
    assert page_of(controller).model.index(0, Column.SAMPLE).data() == "10,000"


def test_the_table_lets_the_keyboard_go_on(qtbot: QtBot) -> None:
    controller = opened(qtbot)
    page = page_of(controller)
    run(
        qtbot,
        controller,
        ScriptedJob(
            [events.RunStarted(units=(ARCANE,), source="warcraftlogs", zones={"raid": "R"})]
        ),
    )
    assert not page.table.isVisible(), "a detail until it is unfolded"
    page.details_button.click()
    assert page.log.isVisible()
    page.table.setFocus()
    qtbot.waitUntil(page.table.hasFocus)
    qtbot.keyClick(page.table, Qt.Key.Key_Tab)
    assert page.log.fold.hasFocus()
    qtbot.keyClick(page.log.fold, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert page.table.hasFocus()


def test_an_update_speaks_of_specs_and_ends_with_what_to_do_next(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders: list[Path] = []
    monkeypatch.setattr(update_page, "open_folder", lambda path, _parent: folders.append(path))
    settings = msgspec.structs.replace(SETTLED, own_specs=(1480, 250))
    controller = opened(qtbot, settings=settings)
    page = page_of(controller)
    assert not page.builds_button.isVisible()
    units = [Unit(spec_id=spec_id, content_type="raid") for spec_id in (1480, 250, 62, 64)]
    ended = [
        events.UnitDone(unit=unit, state="done", index=index, total=4, sample_size=50)
        for index, unit in enumerate(units[:2], start=1)
    ]
    started = events.RunStarted(units=tuple(units), source="parses", zones={"raid": "R"})
    job = ScriptedJob([started, *ended], until_cancelled=True)
    controller.updater.worker.start(job)
    said = "Devourer and Blood are ready. 2 specs to go."
    qtbot.waitUntil(lambda: page.line.text() == said)
    assert not page.table.isVisible()
    controller.updater.worker.stop(5)
    written = events.DataWritten(path=str(tmp_path / "TalentData.lua"), specs=2, builds=4)
    run(qtbot, controller, ScriptedJob([started, *ended, written]))
    assert page.line.text() == "Devourer and Blood are ready."
    page.folder_button.click()
    assert folders == [tmp_path]
    page.builds_button.click()
    assert controller.window.shown_page is PageId.BUILDS


def changes_of(spec_id: int, count: int) -> tuple[BuildChange, ...]:
    return tuple(
        BuildChange(
            spec_id=spec_id, content_type="raid", encounter_id=at, encounter_name=f"Boss {at}",
            swaps=3,
        )
        for at in range(1, count + 1)
    )  # fmt: skip


def test_after_an_update_it_is_said_what_changed(qtbot: QtBot) -> None:
    controller = opened(qtbot, settings=msgspec.structs.replace(SETTLED, own_specs=(1480,)))
    page = page_of(controller)
    done = events.UnitDone(unit=ARCANE, state="done", index=1, total=1, sample_size=50)
    started = events.RunStarted(units=(ARCANE,), source="parses", zones={"raid": "R"})
    changes = (*changes_of(62, 15), *changes_of(1480, 2))
    changed = events.BuildsChanged(changes=changes, total=17)
    run(qtbot, controller, ScriptedJob([started, done, changed]))
    lines = page.changes.label.text().splitlines()
    assert lines[0] == "New most played build on Boss 1 for your Devourer: 3 swaps."
    assert lines[2] == "New most played build on Boss 1 for Arcane Mage: 3 swaps."
    assert len(lines) == 5
    assert page.changes.more_button.text() == "and 12 more"
    page.changes.more_button.click()
    assert controller.window.shown_page is PageId.BUILDS
    builds: Any = controller.window.page(PageId.BUILDS)
    assert builds.spec_id == 1480, "an own spec with a new build is shown"
    controller.window.show_page(PageId.UPDATE)
    run(qtbot, controller, ScriptedJob([started, done]))
    assert not page.changes.isVisible()


def test_a_failed_unit_unfolds_the_details(qtbot: QtBot) -> None:
    controller = opened(qtbot)
    page = page_of(controller)
    failed = events.UnitDone(unit=ARCANE, state="failed", index=1, total=1)
    started = events.RunStarted(units=(ARCANE,), source="parses", zones={"raid": "R"})
    run(qtbot, controller, ScriptedJob([started, failed]))
    assert page.table.isVisible()
    assert page.line.text() == ""
    assert not page.builds_button.isVisible()


def test_an_update_that_was_stopped_says_how_many_specs_are_kept(qtbot: QtBot) -> None:
    controller = opened(qtbot)
    page = page_of(controller)
    units = [Unit(spec_id=62, content_type=content) for content in CONTENT_TYPES]
    ended = [
        events.UnitDone(unit=unit, state="done", index=index, total=80, sample_size=50)
        for index, unit in enumerate(units, start=1)
    ]
    started = events.RunStarted(units=tuple(units), source="parses", zones={"raid": "R"})
    summary = events.Summary(units=80, done=2, stopped="cancelled")
    stopped = events.Finished(summary=summary, code="update.cancelled", fields={"count": 2})
    run(qtbot, controller, ScriptedJob([started, *ended, stopped]))
    said = "Stopped. 1 spec is kept; the next update goes on from there."
    assert (page.message.state, page.message.sentence) == ("warning", said)
