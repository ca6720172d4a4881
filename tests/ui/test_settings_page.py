"""The Settings page: every setting there, applied and saved at once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QMessageBox,
    QSpinBox,
    QWidget,
)

from att_desktop.config.settings import Settings, known_settings, load_settings
from att_desktop.game.seasons import ListedZone, Season, Seasons
from att_desktop.sources.warcraftlogs.seasons import save_seasons
from att_desktop.system.errors import AttError
from att_desktop.system.folders import find_folders
from att_desktop.ui import context as context_module
from att_desktop.ui.page_ids import PageId
from att_desktop.ui.settings.page import SettingsPage
from att_desktop.ui.settings.texts import setting_help, setting_title
from att_desktop.ui.theme import is_dark
from tests.ui.driven import opened
from tests.ui.pages import keep
from tests.ui.sample_library import library_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from att_desktop.config.characters import CharacterName, OwnCharacter
    from att_desktop.ui.window.window_controller import WindowController


@pytest.fixture
def controller(qtbot: QtBot) -> WindowController:
    return opened(qtbot)


@pytest.fixture
def page(controller: WindowController) -> SettingsPage:
    page = controller.window.show_page(PageId.SETTINGS)
    assert isinstance(page, SettingsPage)
    return page


def nobody(_name: CharacterName) -> OwnCharacter:
    raise AttError("raiderio.unreadable")


def saved() -> Settings:
    return load_settings(find_folders()).settings


def test_every_setting_is_there_with_its_sentence_and_default(page: SettingsPage) -> None:
    texts = [label.text() for label in page.findChildren(QLabel)]
    for info in known_settings():
        note = [text for text in texts if text.startswith(f"{setting_help(info.name)} Default: ")]
        assert len(note) == 1, info.name
        if info.kind != "folders":
            assert page.editors[info.name].widget.accessibleName() == setting_title(info.name)
            assert page.editors[info.name].widget.accessibleDescription() == setting_help(info.name)
    assert any(text.endswith("Default: 50 players.") for text in texts)
    assert any(text.endswith("Default: the current one.") for text in texts)
    assert any(text.endswith("Default: off.") for text in texts)


def test_an_edit_holds_and_is_saved_at_once(
    qtbot: QtBot, page: SettingsPage, controller: WindowController
) -> None:
    difficulty: Any = page.editors["difficulty"].widget
    assert isinstance(difficulty, QComboBox)
    difficulty.setCurrentIndex(difficulty.findText("Heroic"))
    top_n: Any = page.editors["top_n"].widget
    assert isinstance(top_n, QSpinBox)
    top_n.setValue(25)
    icons: Any = page.editors["icon_download"].widget
    assert isinstance(icons, QCheckBox)
    icons.setChecked(True)
    assert controller.context.settings == saved()
    assert (saved().difficulty, saved().top_n) == ("heroic", 25)
    assert saved().icon_download


def test_a_zone_is_chosen_by_its_number(qtbot: QtBot, page: SettingsPage) -> None:
    zone: Any = page.editors["raid_zone_id"].widget
    assert zone.currentText() == "Current"
    for typed, number, shown in (
        ("44", 44, "44"),
        ("nonsense", 44, "44"),
        ("0", 44, "44"),
        ("9" * 5000, 44, "44"),
        ("current", None, "Current"),
        ("45", 45, "45"),
        ("", None, "Current"),
    ):
        zone.setFocus()
        zone.lineEdit().setText(typed)
        qtbot.keyClick(zone, Qt.Key.Key_Return)
        assert (saved().raid_zone_id, zone.currentText()) == (number, shown)


def test_zones_of_the_last_update_are_chosen_by_name(
    qtbot: QtBot, page: SettingsPage, controller: WindowController
) -> None:
    kept = Seasons(
        played=(
            Season(zone_id=50, name="The Abyss", content_type="raid", encounters=()),
            Season(zone_id=51, name="Season 2", content_type="mythicplus", encounters=()),
        ),
        listed=(
            ListedZone(zone_id=50, name="The Abyss", content_type="raid"),
            ListedZone(zone_id=48, name="The Voidspire", content_type="raid"),
            ListedZone(zone_id=51, name="Season 2", content_type="mythicplus"),
        ),
    )
    path = find_folders().cache / "seasons.json"
    save_seasons(path, kept, pins={}, now=datetime.now(UTC))
    controller.context.change_settings(raid_zone_id=48)
    with qtbot.waitSignal(controller.context.library_changed):
        controller.context.reload_library()
    zone: Any = page.editors["raid_zone_id"].widget
    names = [zone.itemText(index) for index in range(zone.count())]
    assert names == ["Current", "The Abyss", "The Voidspire"]
    assert zone.currentText() == "The Voidspire"
    zone.setCurrentIndex(1)
    zone.activated.emit(1)
    assert saved().raid_zone_id == 50


def test_numbers_are_taken_when_they_are_written_out(qtbot: QtBot, page: SettingsPage) -> None:
    top_n: Any = page.editors["top_n"].widget
    top_n.setFocus()
    top_n.selectAll()
    qtbot.keyClicks(top_n, "10")
    assert saved().top_n == 50, "a number that is still being written is not taken"
    qtbot.keyClick(top_n, Qt.Key.Key_Tab)
    assert saved().top_n == 10


def turn_wheel_on(widget: QWidget) -> None:
    wheel = QWheelEvent(
        QPointF(5, 5), widget.mapToGlobal(QPointF(5, 5)), QPoint(), QPoint(0, -240),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(widget, wheel)


def test_the_wheel_scrolls_the_page_and_changes_nothing(page: SettingsPage) -> None:
    difficulty = page.editors["difficulty"].widget
    page.editors["top_n"].widget.setFocus()
    turn_wheel_on(difficulty)
    assert saved().difficulty == "auto"


def test_changes_from_elsewhere_are_shown(page: SettingsPage, controller: WindowController) -> None:
    controller.context.change_settings(content="raid", freshness_hours=24)
    content: Any = page.editors["content"].widget
    hours: Any = page.editors["freshness_hours"].widget
    assert content.currentText() == "Raid only"
    assert hours.text() == "24 hours"


@pytest.mark.parametrize("name", ["feed_address", "top_n", "raid_zone_id"])
def test_news_leave_what_is_half_typed(
    qtbot: QtBot, page: SettingsPage, controller: WindowController, name: str
) -> None:
    editor: Any = page.editors[name].widget
    editor.setFocus()
    editor.selectAll() if hasattr(editor, "selectAll") else editor.lineEdit().selectAll()
    qtbot.keyClicks(editor, "12")
    controller.context.library_changed.emit()
    controller.context.change_settings(content="raid")
    field = editor.lineEdit() if hasattr(editor, "lineEdit") else editor
    assert field.text().startswith("12")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert str(getattr(saved(), name)) == "12"
    default = getattr(Settings(), name)
    controller.context.change_settings(**{name: default})
    assert "12" not in field.text()


def test_defaults_come_back_but_the_game_stays(
    qtbot: QtBot, page: SettingsPage, controller: WindowController
) -> None:
    controller.context.change_settings(
        top_n=99, tray=True, game_folders=("/games/wow",), own_specs=(66,), page="compare"
    )
    for number, answer in enumerate(("Cancel", "Restore")):
        page.defaults_button.click()
        box = next(box for box in page.findChildren(QMessageBox) if box.isVisible())
        assert saved().top_n == 99, "it asks first"
        button = next(one for one in box.buttons() if one.text().replace("&", "") == answer)
        button.click()
        qtbot.waitUntil(lambda: not page.findChildren(QMessageBox))
        assert saved().top_n == (99, 50)[number]
    assert not saved().tray
    assert saved().game_folders == ("/games/wow",)
    assert saved().own_specs == (66,)
    assert saved().page == "compare"


def test_own_specs_are_changed_here_too(
    qtbot: QtBot, page: SettingsPage, controller: WindowController
) -> None:
    controller.context.change_settings(own_specs=(250, 66))
    own: Any = page.editors["own_specs"].widget
    assert own.spec_ids == (250, 66)
    qtbot.keyClicks(own.picker, "boomkin")
    qtbot.keyClick(own.picker, Qt.Key.Key_Return)
    assert saved().own_specs == (250, 66, 102)
    own.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert saved().own_specs == (66, 102)
    assert own.list.count() == 3, "what was taken out by mistake is checked again"
    own.picker.setFocus()
    turn_wheel_on(own.picker)
    assert own.list.count() == 3, "the wheel scrolls the page"


def test_light_and_dark_are_applied_at_once(
    qtbot: QtBot, page: SettingsPage, controller: WindowController
) -> None:
    theme: Any = page.editors["theme"].widget
    theme.setCurrentIndex(theme.findText("Dark"))
    qtbot.waitUntil(lambda: is_dark(controller.window.palette()))
    theme.setCurrentIndex(theme.findText("Light"))
    qtbot.waitUntil(lambda: not is_dark(controller.window.palette()))
    theme.setCurrentIndex(theme.findText("As the system"))


def test_settings_that_cannot_be_saved_hold_and_are_told(
    page: SettingsPage, controller: WindowController, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(context_module, "save_settings", refuse)
    controller.context.change_settings(top_n=12)
    assert controller.context.settings.top_n == 12
    assert "No space left" in controller.window.status.currentMessage()


@pytest.mark.parametrize("fails", [False, True])
def test_talent_trees_are_fetched_beside_the_window(
    qtbot: QtBot, controller: WindowController, fails: bool
) -> None:
    def refresh() -> str:
        if fails:
            raise AttError("Raidbots cannot be reached. The trees that are here stay in use.")
        return "New talent trees are here."

    page = SettingsPage(
        controller.context, controller.folders, refresh, nobody, controller.keep_up_to_date
    )
    qtbot.addWidget(page)
    before = controller.context.trees
    page.trees_button.click()
    assert not page.trees_button.isEnabled()
    qtbot.waitUntil(page.trees_button.isEnabled)
    assert page.trees_message.state == ("warning" if fails else "ok")
    assert (controller.context.trees is before) == fails


def test_the_numbers_of_raid_and_season_have_names(
    qtbot: QtBot, page: SettingsPage, controller: WindowController
) -> None:
    assert not [label for label in page.findChildren(QLabel) if "at hand" in label.text()]
    keep(controller.context, library_of([250]))
    with qtbot.waitSignal(controller.context.library_changed):
        controller.context.reload_library()
    texts = [label.text() for label in page.findChildren(QLabel) if "at hand" in label.text()]
    assert [text.split("at hand are ")[1] for text in texts] == [
        "of Manaforge Omega, number 44.",
        "of Mythic+ Season 3, number 45.",
    ]
