"""The window's frame: pages, keys, closing, tray, schedule, geometry."""

from __future__ import annotations

import os
import sys
from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import keyring
import msgspec
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QMessageBox,
    QSystemTrayIcon,
    QTabWidget,
    QTextBrowser,
)

from att_desktop.app import App, make_application
from att_desktop.config.environment import Environment
from att_desktop.config.settings import load_settings, save_settings, settings_path
from att_desktop.game.changes import BuildChange
from att_desktop.system.folders import find_folders
from att_desktop.text import formats
from att_desktop.ui.open_outside import open_folder
from att_desktop.ui.page_ids import PageId
from att_desktop.ui.widgets.banner import Banner
from att_desktop.ui.window import window_controller
from att_desktop.ui.window.about import parts
from att_desktop.ui.window.schedule import Schedule
from att_desktop.update import events
from tests.keyrings import MemoryKeyring
from tests.ui.driven import SETTLED, ScriptedJob, opened
from tests.ui.pages import keep
from tests.ui.sample_library import library_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from att_desktop.ui.window.window_controller import WindowController

LONG_RUN = events.Notice(code="This takes long.")
STOPPED = events.Finished(
    summary=events.Summary(stopped="cancelled"), code="update.cancelled", fields={"count": 3}
)


def start_long_run(qtbot: QtBot, controller: WindowController) -> ScriptedJob:
    job = ScriptedJob([LONG_RUN], until_cancelled=True, last=[STOPPED])
    controller.updater.worker.start(job)
    qtbot.waitUntil(job.reported.is_set)
    return job


def labels_of(controller: WindowController) -> list[str]:
    return [label.text() for label in controller.window.findChildren(QLabel)]


def keys_of(action: QAction) -> list[str]:
    return [key.toString() for key in action.shortcuts() if not key.isEmpty()]


def answer_with(monkeypatch: pytest.MonkeyPatch, words: str) -> list[str]:
    """Press the button with ``words`` in every message box; returns what the boxes said."""
    said: list[str] = []

    def press(box: QMessageBox) -> int:
        said.append(box.text() + box.informativeText())
        button = next(b for b in box.buttons() if words in b.text())
        box.clickedButton = lambda: button  # type: ignore[method-assign]
        return 0

    monkeypatch.setattr(QMessageBox, "exec", press)
    return said


@pytest.mark.parametrize(
    ("key", "page_id"),
    [(Qt.Key.Key_1, PageId.UPDATE), (Qt.Key.Key_2, PageId.BUILDS),
     (Qt.Key.Key_3, PageId.COMPARE), (Qt.Key.Key_4, PageId.RAID_NIGHT),
     (Qt.Key.Key_5, PageId.SETTINGS)],
)  # fmt: skip
def test_each_page_has_its_key(qtbot: QtBot, key: Qt.Key, page_id: PageId) -> None:
    controller = opened(qtbot)
    other = PageId.SETTINGS if page_id is PageId.UPDATE else PageId.UPDATE
    controller.window.show_page(other)
    qtbot.waitActive(controller.window)
    qtbot.keyClick(controller.window, key, Qt.KeyboardModifier.ControlModifier)
    assert controller.window.page(page_id).isVisible()
    assert [a.isChecked() for a in controller.window.page_actions] == [
        one is page_id for one in PageId
    ]


@pytest.mark.parametrize("page_id", [PageId.BUILDS, PageId.COMPARE])
def test_an_empty_page_leads_to_the_update(qtbot: QtBot, page_id: PageId) -> None:
    controller = opened(qtbot)
    page: Any = controller.window.show_page(page_id)
    assert page.panel.update_button.isVisible()
    page.panel.update_button.click()
    assert controller.window.page(PageId.UPDATE).isVisible()


def test_what_is_shown_as_an_age_grows_everywhere_at_once(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller = opened(qtbot)
    keep(controller.context, library_of([250]))
    with qtbot.waitSignal(controller.context.library_changed):
        controller.context.reload_library()
    builds: Any = controller.window.show_page(PageId.BUILDS)
    compare: Any = controller.window.page(PageId.COMPARE)
    update: Any = controller.window.page(PageId.UPDATE)
    shown = [
        lambda: builds.header.text,
        lambda: compare.a.line.text(),
        lambda: compare.b.line.text(),
        lambda: update.data_card.message.sentence,
        lambda: controller.window.status._data.text(),
    ]
    assert all("3 h" in say() or "3 hours" in say() for say in shown)

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + timedelta(hours=2)

    monkeypatch.setattr(formats, "datetime", Later)
    controller.context.ages_grew.emit()
    assert all("5 h" in say() or "5 hours" in say() for say in shown)


def test_no_key_is_given_twice(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    # As desktops have it; Qt without a screen knows no key for 'quit'.
    desktop = {QKeySequence.StandardKey.Quit: "Ctrl+Q", QKeySequence.StandardKey.Refresh: "F5"}
    monkeypatch.setattr(
        QKeySequence, "keyBindings", lambda standard: [QKeySequence(desktop.get(standard, "F12"))]
    )
    controller = opened(qtbot)
    for page_id in PageId:
        controller.window.page(page_id)
    own = {*vars(controller.actions).values(), *controller.window.page_actions}
    of_pages = {
        action
        for page_id in PageId
        for action in controller.window.page(page_id).findChildren(QAction)
    } - own
    keys = [key for action in own for key in keys_of(action)]
    assert len(keys) == len(set(keys)), sorted(keys)
    assert {"Ctrl+Q", "Ctrl+U", "F1", "Ctrl+1"} <= set(keys)
    assert not set(keys) & {key for action in of_pages for key in keys_of(action)}


@pytest.mark.parametrize("page_id", PageId)
def test_no_letter_is_given_twice_on_a_page(qtbot: QtBot, page_id: PageId) -> None:
    controller = opened(qtbot)
    page = controller.window.show_page(page_id)
    texts = [action.text() for action in controller.window.menuBar().actions()]
    texts += [button.text() for button in page.findChildren(QAbstractButton)]
    texts += [label.text() for label in page.findChildren(QLabel) if label.buddy()]
    for tabs in page.findChildren(QTabWidget):
        texts += [tabs.tabText(number) for number in range(tabs.count())]
    letters = [QKeySequence.mnemonic(text).toString() for text in texts]
    twice = {letter: count for letter, count in Counter(letters).items() if letter and count > 1}
    assert not twice, [text for text, one in zip(texts, letters, strict=True) if one in twice]


def test_sample_data_are_said_to_be_sample_data_on_every_page(qtbot: QtBot) -> None:
    controller = opened(qtbot, sample=True)
    assert "sample data" in controller.window.windowTitle()
    for page_id in PageId:
        controller.window.show_page(page_id)
        (banner,) = controller.window.findChildren(Banner)
        assert banner.isVisible()
        assert banner.findChildren(QLabel)[-1].text().startswith("Sample data:")


def test_own_data_carry_no_banner(qtbot: QtBot) -> None:
    controller = opened(qtbot)
    texts = labels_of(controller)
    assert not any("ample data" in text for text in texts)


def test_another_host_in_place_of_warcraft_logs_is_shown(qtbot: QtBot) -> None:
    environment = Environment(api_url="https://elsewhere.example/api")
    controller = opened(qtbot, environment=environment)
    texts = labels_of(controller)
    assert any("replaced by elsewhere.example" in text for text in texts)
    assert not any("replaced by" in text for text in labels_of(opened(qtbot, sample=True)))


def test_everything_that_can_be_pressed_has_a_name(qtbot: QtBot) -> None:
    controller = opened(qtbot)
    for page_id in PageId:
        page = controller.window.show_page(page_id)
        for button in page.findChildren(QAbstractButton):
            if button.isVisible():
                assert button.text() or button.accessibleName(), button


def test_closing_while_an_update_runs_asks_and_waits(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller = opened(qtbot)
    said = answer_with(monkeypatch, "Stop")
    start_long_run(qtbot, controller)
    with qtbot.waitSignal(controller.finished):
        controller.window.close()
        assert controller.window.isVisible(), "the window stays until the update has stopped"
    assert "What is fetched is kept" in said[0]
    assert not controller.updater.running
    assert not controller.window.isVisible()


def test_stop_and_quit_quits_when_the_update_has_ended_meanwhile(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller = opened(qtbot)
    start_long_run(qtbot, controller)

    def answer_late(box: QMessageBox) -> int:
        controller.updater.worker.stop(5)
        stop = next(b for b in box.buttons() if "Stop" in b.text())
        box.clickedButton = lambda: stop  # type: ignore[method-assign]
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer_late)
    with qtbot.waitSignal(controller.finished):
        controller.window.close()
    assert not controller.window.isVisible()


@pytest.mark.parametrize("which", ["logs", "about link"])
def test_what_no_program_opens_is_said(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    controller = opened(qtbot)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    if which == "logs":
        controller.actions.logs.trigger()
        wanted = str(controller.context.folders.logs)
    else:
        controller.show_about().findChild(QTextBrowser).anchorClicked.emit(
            QUrl("https://x.example")
        )
        wanted = "https://x.example"
    boxes = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox)]
    assert [wanted in box.text() for box in boxes if box.isVisible()] == [True]
    for box in boxes:
        box.close()


def test_other_programs_get_the_libraries_of_the_system(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen: list[str | None] = []
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/frozen")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/system")
    monkeypatch.setattr(
        QDesktopServices,
        "openUrl",
        lambda _url: seen.append(os.environ.get("LD_LIBRARY_PATH")) or True,
    )
    widget = QLabel()
    qtbot.addWidget(widget)
    assert open_folder(tmp_path / "made", widget)
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG")
    assert open_folder(tmp_path / "made", widget)
    assert seen == ["/system", None]
    assert os.environ["LD_LIBRARY_PATH"] == "/frozen"


def test_keep_running_keeps_window_and_update(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller = opened(qtbot)
    answer_with(monkeypatch, "Keep")
    start_long_run(qtbot, controller)
    controller.quit()
    assert controller.window.isVisible()
    assert controller.updater.running
    assert not controller.updater.worker.cancelling
    with qtbot.waitSignal(controller.updater.ended):
        controller.updater.cancel()
    assert controller.window.isVisible(), "an update that ends later must not close the window"


def test_the_end_of_the_session_stops_without_asking(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    controller = opened(qtbot)
    said = answer_with(monkeypatch, "Keep")
    start_long_run(qtbot, controller)
    controller.shut_down()
    assert not controller.updater.running
    assert said == []


def test_geometry_and_page_are_remembered(qtbot: QtBot) -> None:
    controller = opened(qtbot)
    controller.window.resize(781, 566)
    controller.window.show_page(PageId.SETTINGS)
    controller.window.close()
    again = opened(qtbot, settings=load_settings(find_folders()).settings)
    assert (again.window.width(), again.window.height()) == (781, 566)
    assert again.window.page(PageId.SETTINGS).isVisible()


def test_broken_geometry_does_no_harm(qtbot: QtBot) -> None:
    settings = msgspec.structs.replace(
        SETTLED, window_geometry=b"\x00\xffnonsense", window_state=b"x", page="x"
    )
    controller = opened(qtbot, settings=settings)
    assert controller.window.width() > 700
    assert controller.window.page(PageId.UPDATE).isVisible()


def test_with_the_tray_closing_hides_and_a_lost_tray_closes(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = [True]
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: there[0])
    controller = opened(qtbot, settings=msgspec.structs.replace(SETTLED, tray=True))
    controller.window.close()
    assert not controller.window.isVisible()
    controller.tray.open_wanted.emit()
    assert controller.window.isVisible()
    there[0] = False
    with qtbot.waitSignal(controller.finished):
        controller.window.close()


def test_the_tray_is_not_used_unless_wanted(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    controller = opened(qtbot)
    with qtbot.waitSignal(controller.finished):
        controller.window.close()
    texts = [action.text() for action in controller.tray.menu.actions() if action.text()]
    assert texts == ["&Open", "&Update addon", "&Quit"]


def test_a_background_update_ends_with_a_notification(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: True)
    monkeypatch.setattr(
        QSystemTrayIcon, "showMessage", lambda _self, _t, text, *_: told.append(text)
    )
    controller = opened(qtbot)
    monkeypatch.setattr(controller.window, "isActiveWindow", lambda: False)
    finished = events.Finished(
        summary=events.Summary(done=2), code="update.done", fields={"count": 2}
    )
    with qtbot.waitSignal(controller.updater.ended):
        controller.updater.worker.start(ScriptedJob([finished]))
    assert told == ["2 units updated."]
    controller.context.change_settings(notifications=False)
    with qtbot.waitSignal(controller.updater.ended):
        controller.updater.worker.start(ScriptedJob([finished]))
    assert len(told) == 1


@pytest.mark.parametrize(
    ("tray", "own", "told"),
    [(True, True, "on Ula'tek for your Devourer: 3 swaps"), (True, False, ""), (False, True, "")],
)
def test_of_an_update_that_began_by_itself_only_own_news_are_told(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tray: bool, own: bool, told: str
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: True)
    monkeypatch.setattr(
        QSystemTrayIcon, "showMessage", lambda _self, _t, text, *_: said.append(text)
    )
    settings = msgspec.structs.replace(SETTLED, tray=tray, source="parses", own_specs=(1480,))
    controller = opened(qtbot, settings=settings)
    monkeypatch.setattr(controller.window, "isActiveWindow", lambda: False)
    change = BuildChange(
        spec_id=1480 if own else 62, content_type="raid", encounter_id=1,
        encounter_name="Ula'tek", swaps=3,
    )  # fmt: skip
    finished = events.Finished(summary=events.Summary(done=2), code="update.done")
    job = ScriptedJob([events.BuildsChanged(changes=(change,), total=1), finished])
    monkeypatch.setattr(controller.updater, "_make_job", lambda: job)
    # No test looks for the game on the machine it runs on.
    monkeypatch.setattr(window_controller, "own_builds_of", lambda _context: None)
    with qtbot.waitSignal(controller.updater.ended):
        controller.schedule.due.emit()
    assert told in "".join(said)
    assert len(said) == bool(told)
    with qtbot.waitSignal(controller.updater.ended):
        controller.updater.start()
    assert len(said) == bool(told) + 1, "the end of one that the player began is told"


def test_the_schedule_is_off_until_wanted_and_counts_from_the_last_update(qtbot: QtBot) -> None:
    controller = opened(qtbot)
    now = [1_000_000.0]
    schedule = Schedule(controller.context, lambda: now[0])
    due: list[float] = []
    schedule.due.connect(lambda: due.append(now[0]))
    now[0] += 48 * 3600
    schedule.check()
    assert due == []
    controller.context.change_settings(scheduled_update_hours=6)
    schedule.restart()
    now[0] += 6 * 3600 - 1
    schedule.check()
    assert due == []
    now[0] += 1
    schedule.check()
    schedule.check()
    assert due == [now[0]]
    # The clock was set back by a day: six hours later an update is due again.
    now[0] -= 24 * 3600
    schedule.check()
    now[0] += 6 * 3600
    schedule.check()
    assert len(due) == 2


def test_about_lists_the_sources_with_links(qtbot: QtBot) -> None:
    dialog = opened(qtbot).show_about()
    html = dialog.findChild(QTextBrowser).toHtml()
    for address in (
        "https://parses.gg",
        "https://www.warcraftlogs.com",
        "https://www.raidbots.com",
    ):
        assert f'href="{address}"' in html


def test_about_names_versions_and_licences(qtbot: QtBot) -> None:
    controller = opened(qtbot)
    dialog: Any = controller.show_about()
    text = dialog.findChild(QTextBrowser).toPlainText()
    assert "GNU General Public License" in text
    assert all(version and licence for _, _, version, licence in parts())
    copy = next(b for b in dialog.findChildren(QAbstractButton) if "versions" in b.text())
    copy.click()
    assert "PySide6-Essentials 6." in QApplication.clipboard().text()


@pytest.mark.parametrize("chosen", [True, False])
def test_the_choice_of_sample_data_holds_over_restarts(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, chosen: bool
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", MemoryKeyring)
    save_settings(msgspec.structs.replace(SETTLED, use_sample=chosen), find_folders())
    program = App(make_application(), find_folders(), Environment())
    program.start(sample=False)
    assert program.controller is not None
    assert program.controller.context.sample is chosen
    program.close()


def test_a_start_tells_that_the_settings_could_not_be_used(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", MemoryKeyring)
    path = settings_path(find_folders())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b'{"top_n": ')
    program = App(make_application(), find_folders(), Environment())
    program.start(sample=True)
    assert program.controller is not None
    told = program.controller.window.status.currentMessage()
    (kept,) = path.parent.glob("settings.broken-*.json")
    assert kept.name in told
    program.close()


def test_the_other_mode_takes_the_place_of_the_window(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", MemoryKeyring)
    program = App(make_application(), find_folders(), Environment())
    program.open_window(sample=True)
    first = program.controller
    assert first is not None
    qtbot.waitUntil(lambda: not first.account.busy)
    first.mode_wanted.emit(False, False)
    second = program.controller
    assert second is not None
    assert second is not first
    assert not second.context.sample
    assert second.window.isVisible()
    qtbot.waitUntil(lambda: not second.account.busy and not second.folders.searching)
    second.dispose()


def test_actions_have_standard_keys(qtbot: QtBot) -> None:
    controller = opened(qtbot)
    preferences = QKeySequence.keyBindings(QKeySequence.StandardKey.Preferences)
    settings_keys = controller.window.page_actions[-1].shortcuts()
    assert all(key in settings_keys for key in preferences)
