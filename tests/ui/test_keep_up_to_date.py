"""'Keep my addon up to date': one switch, and what it makes goes again with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from att_desktop.system.autostart import DesktopEntry
from att_desktop.ui.game_folders import GameFolders
from att_desktop.ui.page_ids import PageId
from att_desktop.ui.settings.keep_up_to_date_box import KeepUpToDateBox
from att_desktop.ui.window import tray as tray_module
from tests.ui.driven import SETTLED, open_controller
from tests.ui.sample_library import library_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from att_desktop.ui.window.window_controller import WindowController
    from att_desktop.update.library import Library


@pytest.fixture
def entry(tmp_path: Path) -> DesktopEntry:
    return DesktopEntry(tmp_path / "autostart" / "app.desktop", ["att-desktop", "--tray"])


@pytest.fixture
def has_tray(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    there = [True]
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: there[0])
    return there


def opened(qtbot: QtBot, entry: DesktopEntry | None, **settings: Any) -> WindowController:
    controller = open_controller(
        settings=msgspec.structs.replace(SETTLED, source="parses", **settings), autostart=entry
    )
    qtbot.addWidget(controller.window)
    return controller


def box_of(controller: WindowController) -> KeepUpToDateBox:
    page: Any = controller.window.show_page(PageId.SETTINGS)
    box = page.keep_up_to_date
    assert isinstance(box, KeepUpToDateBox)
    return box


def test_one_click_makes_it_and_another_one_removes_it(
    qtbot: QtBot, entry: DesktopEntry, has_tray: list[bool]
) -> None:
    controller = opened(qtbot, entry)
    controller.open()
    box = box_of(controller)
    assert not box.check.isChecked()
    box.check.click()
    settings = controller.context.settings
    assert (settings.tray, settings.scheduled_update_hours) == (True, 24)
    assert entry.is_on()
    assert box.check.isChecked()
    assert controller.tray.keeps_app()
    box.check.click()
    settings = controller.context.settings
    assert (settings.tray, settings.scheduled_update_hours) == (False, 0)
    assert not entry.path.exists()
    assert not box.check.isChecked()


def test_an_interval_that_was_set_stays(
    qtbot: QtBot, entry: DesktopEntry, has_tray: list[bool]
) -> None:
    controller = opened(qtbot, entry, scheduled_update_hours=6)
    controller.keep_up_to_date.switch(on=True)
    assert controller.context.settings.scheduled_update_hours == 6


@pytest.mark.parametrize("change", [{"tray": False}, {"scheduled_update_hours": 0}])
def test_without_one_of_its_parts_it_is_off(
    qtbot: QtBot, entry: DesktopEntry, has_tray: list[bool], change: dict[str, Any]
) -> None:
    controller = opened(qtbot, entry)
    controller.keep_up_to_date.switch(on=True)
    box = box_of(controller)
    controller.context.change_settings(**change)
    assert not box.check.isChecked()
    # Without the tray the app would start with the system and stand in the way.
    assert entry.is_on() is (change != {"tray": False})


def test_where_there_is_no_tray_it_says_so(
    qtbot: QtBot, entry: DesktopEntry, has_tray: list[bool]
) -> None:
    has_tray[0] = False
    controller = opened(qtbot, entry)
    controller.open()
    box = box_of(controller)
    assert not box.check.isEnabled()
    assert "no system tray" in box.message.sentence
    assert box.message.isVisible()
    has_tray[0] = True
    controller.window.show_page(PageId.UPDATE)
    box = box_of(controller)
    assert box.check.isEnabled()
    assert not box.message.isVisible()


def test_portable_use_leaves_nothing_outside(qtbot: QtBot, has_tray: list[bool]) -> None:
    box = box_of(opened(qtbot, None))
    assert not box.check.isEnabled()
    assert "portable use" in box.message.sentence


def test_a_refusal_is_said_and_nothing_is_half_on(
    qtbot: QtBot, entry: DesktopEntry, has_tray: list[bool]
) -> None:
    entry.path.parent.write_bytes(b"")
    controller = opened(qtbot, entry)
    controller.open()
    box = box_of(controller)
    box.check.click()
    assert not box.check.isChecked()
    assert "does not let the app change what starts with it" in box.message.sentence
    assert not controller.context.settings.tray


def test_a_newer_copy_of_the_app_takes_the_entry_over(
    qtbot: QtBot, entry: DesktopEntry, has_tray: list[bool]
) -> None:
    DesktopEntry(entry.path, ["/old/att-desktop", "--tray"]).switch_on()
    opened(qtbot, entry, tray=True, scheduled_update_hours=24).open()
    assert "/old" not in entry.path.read_text()


def test_the_system_starts_it_into_the_tray(
    qtbot: QtBot, entry: DesktopEntry, has_tray: list[bool]
) -> None:
    controller = opened(qtbot, entry, tray=True)
    controller.open(in_tray=True)
    assert not controller.window.isVisible()
    controller.tray.open_wanted.emit()
    assert controller.window.isVisible()
    controller.window.close()
    assert not controller.window.isVisible()


def test_it_can_be_quit_before_its_window_was_ever_shown(
    qtbot: QtBot, entry: DesktopEntry, has_tray: list[bool]
) -> None:
    controller = opened(qtbot, entry, tray=True)
    controller.open(in_tray=True)
    with qtbot.waitSignal(controller.finished):
        controller.quit()


def test_a_tray_that_comes_late_is_waited_for(
    qtbot: QtBot, entry: DesktopEntry, has_tray: list[bool]
) -> None:
    has_tray[0] = False
    controller = opened(qtbot, entry, tray=True)
    controller.open(in_tray=True)
    controller.tray._on_look()
    assert not controller.window.isVisible()
    has_tray[0] = True
    controller.tray._on_look()
    assert controller.tray._icon.isVisible()
    assert not controller.tray._look.isActive()


@pytest.mark.parametrize("wanted", [True, False])
def test_without_a_tray_the_window_comes_after_all(
    qtbot: QtBot, entry: DesktopEntry, has_tray: list[bool], wanted: bool
) -> None:
    has_tray[0] = False
    controller = opened(qtbot, entry, tray=wanted)
    controller.open(in_tray=True)
    for _look in range(tray_module._LOOKS + 1 if wanted else 1):
        assert not controller.window.isVisible()
        controller.tray._on_look()
    assert controller.window.isVisible()
    assert controller.window.isMinimized()


def test_the_first_steps_are_never_hidden(
    qtbot: QtBot, entry: DesktopEntry, has_tray: list[bool]
) -> None:
    controller = opened(qtbot, entry, tray=True, first_run_done=False)
    controller.open(in_tray=True)
    assert controller.window.isVisible()


def test_results_of_yesterday_are_due_soon_after_the_start(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller = opened(qtbot, None, scheduled_update_hours=24)
    library = library_of([250])
    newest = library.newest
    assert newest is not None
    shown: list[Library] = [library]
    monkeypatch.setattr(controller.context, "library", lambda: shown[0])
    schedule = controller.schedule
    due: list[float] = []
    schedule.due.disconnect()
    schedule.due.connect(lambda: due.append(now[0]))
    now = [newest.timestamp() + 23 * 3600]
    monkeypatch.setattr(schedule, "_clock", lambda: now[0])
    schedule.check()
    assert due == []
    now[0] += 3600
    schedule.check()
    schedule.check()
    assert len(due) == 1, "once, whatever comes of it"
    schedule.restart(good=False)
    now[0] += 3599
    schedule.check()
    assert len(due) == 1
    now[0] += 1
    schedule.check()
    assert len(due) == 2, "what failed is tried again in an hour"
    schedule.restart(good=True)
    now[0] += 24 * 3600 - 1
    schedule.check()
    assert len(due) == 2


def test_an_update_of_its_own_waits_until_the_game_is_found(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller = opened(qtbot, None)
    started: list[bool] = []
    monkeypatch.setattr(controller.updater, "start", lambda: started.append(True))
    monkeypatch.setattr(GameFolders, "searching", property(lambda _self: not found))
    found: list[bool] = []
    controller.schedule.due.emit()
    assert started == []
    found.append(True)
    controller.folders.changed.emit()
    assert started == [True]


@pytest.mark.parametrize("player_first", [True, False])
def test_an_update_that_the_player_wants_is_not_joined_by_one_of_its_own(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, player_first: bool
) -> None:
    controller = opened(qtbot, None)
    started: list[bool] = []
    monkeypatch.setattr(controller.updater, "start", lambda: started.append(True))
    monkeypatch.setattr(GameFolders, "searching", property(lambda _self: not found))
    found: list[bool] = []
    both = [controller.actions.update.trigger, controller.schedule.due.emit]
    for begin in both if player_first else reversed(both):
        begin()
    assert started == []
    found.append(True)
    controller.folders.changed.emit()
    assert started == [True]
    assert not controller._is_scheduled, "its end is told"
