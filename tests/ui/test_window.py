"""The window's frame: pages, keys, banners, geometry, About."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QScrollArea,
    QTabWidget,
    QTextBrowser,
    QWidget,
)

from att_desktop.config.environment import Environment
from att_desktop.config.settings import load_settings
from att_desktop.system.folders import find_folders
from att_desktop.text import formats
from att_desktop.ui.page_ids import PageId
from att_desktop.ui.widgets.banner import Banner
from att_desktop.ui.window.about import parts
from att_desktop.update import events
from att_desktop.update.library import Library
from tests.shared_data import ROOT
from tests.ui.driven import SETTLED, opened
from tests.ui.pages import keep
from tests.ui.sample_library import library_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from att_desktop.ui.window.window_controller import WindowController


def labels_of(controller: WindowController) -> list[str]:
    return [label.text() for label in controller.window.findChildren(QLabel)]


def keys_as_on_a_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt without a screen knows no keys for these."""
    keys = {
        QKeySequence.StandardKey.Quit: "Ctrl+Q",
        QKeySequence.StandardKey.Refresh: "F5",
        QKeySequence.StandardKey.Preferences: "Ctrl+,",
    }
    monkeypatch.setattr(
        QKeySequence, "keyBindings", lambda standard: [QKeySequence(keys.get(standard, "F12"))]
    )


def keys_of(action: QAction) -> list[str]:
    return [key.toString() for key in action.shortcuts() if not key.isEmpty()]


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


@pytest.mark.parametrize("page_id", [PageId.UPDATE, PageId.SETTINGS])
def test_tab_goes_to_everything_on_a_page(qtbot: QtBot, page_id: PageId) -> None:
    controller = opened(qtbot)
    page = controller.window.show_page(page_id)
    qtbot.waitActive(controller.window)
    wanted = {
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        and not isinstance(widget, QScrollArea)
    }
    reached = set()
    for _step in range(2 * len(wanted) + 10):
        focus = QApplication.focusWidget()
        assert focus is not None
        reached.add(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert len(wanted) > 3
    assert wanted <= reached


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


def test_the_status_bar_tells_where_the_data_is_from(qtbot: QtBot) -> None:
    library = library_of([250])
    # One result of another source; another of a source without a name.
    changed = {(250, 3131): "parses", (250, 3133): "sample"}
    encounters = {
        key: msgspec.structs.replace(record, source=changed.get(key, record.source))
        for key, record in library.encounters.items()
    }
    controller = opened(qtbot)
    source = controller.window.status._source
    assert not source.isVisible()
    keep(controller.context, Library(units=library.units, encounters=encounters))
    with qtbot.waitSignal(controller.context.library_changed):
        controller.context.reload_library()
    assert source.text() == "Warcraft Logs"
    assert source.toolTip() == "Warcraft Logs, parses.gg"
    assert source.isVisible()


def test_a_season_of_three_raids_takes_no_room_of_the_points(qtbot: QtBot) -> None:
    library = library_of([250])
    zone = "The Voidspire / The Dreamrift / March on Quel'Danas, of the season that is running now"
    encounters = {
        at: msgspec.structs.replace(record, zone=zone) for at, record in library.encounters.items()
    }
    controller = opened(qtbot)
    keep(controller.context, Library(units=library.units, encounters=encounters))
    with qtbot.waitSignal(controller.context.library_changed):
        controller.context.reload_library()
    bar = controller.window.status
    bar.show_points(events.PointsChanged(left=3599.0, limit=3600, resets_at=datetime.now(UTC)))
    controller.window.resize(controller.window.minimumSize())
    for field in (bar._source, bar._data, bar._season, bar._points):
        qtbot.waitUntil(lambda field=field: field.geometry().right() < bar.width())
        assert field.width() >= field.sizeHint().width() or field is bar._season
    assert bar._season.toolTip() == bar._season.text()
    assert zone in bar._season.text()


def test_no_key_is_given_twice(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    keys_as_on_a_desktop(monkeypatch)
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
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[\[<>=; ]", each)[0] for each in project["dependencies"]}
    assert {name.casefold() for name, *_ in parts()} == needed
    copy = next(b for b in dialog.findChildren(QAbstractButton) if "versions" in b.text())
    copy.click()
    assert "PySide6-Essentials 6." in QApplication.clipboard().text()


def test_actions_have_standard_keys(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    keys_as_on_a_desktop(monkeypatch)
    controller = opened(qtbot)
    assert keys_of(controller.window.page_actions[-1]) == ["Ctrl+5", "Ctrl+,"]
    assert keys_of(controller.actions.update) == ["Ctrl+U", "F5"]
    assert keys_of(controller.actions.quit) == ["Ctrl+Q"]
