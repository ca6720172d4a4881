"""The window speaks the language of the system, or the one that is chosen, at once."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import keyring
import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QAction, QFontInfo
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QGroupBox, QLabel, QSpinBox

from att_desktop.app import App, make_application
from att_desktop.config.environment import Environment
from att_desktop.config.settings import load_settings
from att_desktop.system.folders import find_folders
from att_desktop.text.language import PSEUDO, available_languages, current_language
from att_desktop.ui import context, language
from att_desktop.ui.language import apply_language
from att_desktop.ui.page_ids import PageId
from tests.keyrings import MemoryKeyring
from tests.ui.driven import ScriptedJob

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from att_desktop.ui.window.window_controller import WindowController


@pytest.fixture
def program(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> App:
    monkeypatch.setattr(keyring, "get_keyring", MemoryKeyring)
    return App(make_application(), find_folders(), Environment())


def settled(qtbot: QtBot, program: App) -> WindowController:
    controller = program.controller
    assert controller is not None
    qtbot.waitUntil(lambda: not controller.account.busy and not controller.folders.searching)
    return controller


def titles(controller: WindowController) -> list[str]:
    return [action.text() for action in controller.window.page_actions]


def test_another_language_is_applied_at_once_on_the_same_page(qtbot: QtBot, program: App) -> None:
    program.open_window(sample=True)
    first = settled(qtbot, program)
    first.window.show_page(PageId.SETTINGS)
    assert titles(first)[0] == "Update"
    first.context.change_settings(language=PSEUDO)
    qtbot.waitUntil(lambda: program.controller is not first)
    second = settled(qtbot, program)
    assert all(title.startswith("[") for title in titles(second))
    assert second.window.page(PageId.SETTINGS).isVisible()
    assert load_settings(find_folders()).settings.language == PSEUDO
    second.context.change_settings(language="en")
    qtbot.waitUntil(lambda: program.controller is not second)
    assert titles(settled(qtbot, program))[0] == "Update"
    program.close()


def test_a_language_that_the_disk_refuses_holds_until_the_end(
    qtbot: QtBot, program: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    program.open_window(sample=True)
    first = settled(qtbot, program)
    monkeypatch.setattr(context, "save_settings", full)
    first.context.change_settings(language=PSEUDO)
    qtbot.waitUntil(lambda: program.controller is not first)
    assert titles(settled(qtbot, program))[0].startswith("[")
    assert load_settings(find_folders()).settings.language == ""
    program.close()


def test_a_running_update_is_not_ended_by_another_language(qtbot: QtBot, program: App) -> None:
    program.open_window(sample=True)
    first = settled(qtbot, program)
    job = ScriptedJob([], until_cancelled=True)
    first.updater.worker.start(job)
    qtbot.waitUntil(job.reported.is_set)
    first.context.change_settings(language=PSEUDO)
    assert "when the update has ended" in first.window.status.currentMessage()
    assert program.controller is first
    first.updater.cancel()
    qtbot.waitUntil(lambda: program.controller is not first)
    assert titles(settled(qtbot, program))[0].startswith("[")
    program.close()


def test_credentials_of_this_run_survive_a_new_window(qtbot: QtBot, program: App) -> None:
    program.open_window(sample=False)
    first = settled(qtbot, program)
    first.account._store._session = "kept"
    first.context.change_settings(language="en")
    qtbot.waitUntil(lambda: program.controller is not first)
    assert settled(qtbot, program).account._store._session == "kept"
    program.close()


@pytest.mark.parametrize(
    ("environment", "wanted", "code"),
    [
        ({"LC_ALL": "de_AT.UTF-8"}, "", "de"),
        ({"LC_ALL": "C"}, "de", "de"),
        ({"LC_ALL": "C.UTF-8", "LANGUAGE": "de"}, "", "en"),
        ({"LC_ALL": "xx_YY", "LANGUAGE": "xx:de"}, "", "de"),
        ({"LC_ALL": "de_DE"}, "nonsense", "en"),
    ],
)
def test_texts_qt_buttons_and_numbers_speak_the_same_language(
    qtbot: QtBot,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    wanted: str,
    code: str,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert apply_language(qapp, wanted) == code == current_language()
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(buttons)
    text = buttons.buttons()[0].text().replace("&", "")
    assert text == ("Abbrechen" if code == "de" else "Cancel")
    assert QLocale().language() == QLocale(code).language()
    own = QLocale.system()
    if own.language() == QLocale(code).language():  # then with the numbers of LC_NUMERIC
        assert QLocale().toString(0.5) == own.toString(0.5)
    else:
        assert QLocale().toString(0.5) == ("0,5" if code == "de" else "0.5")


@pytest.mark.parametrize("code", [code for code in available_languages() if code != "en"])
def test_buttons_of_qt_are_translated(qtbot: QtBot, qapp: QApplication, code: str) -> None:
    assert apply_language(qapp, code) == code
    buttons = QDialogButtonBox(
        QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Save
    )
    qtbot.addWidget(buttons)
    texts = {button.text().replace("&", "") for button in buttons.buttons()}
    assert len(texts - {"Cancel", "Save"}) == 2


def test_keys_are_called_as_on_the_keyboards_of_the_language(qtbot: QtBot, program: App) -> None:
    program.open_window(sample=True)
    first = settled(qtbot, program)
    first.context.change_settings(language="de")
    qtbot.waitUntil(lambda: program.controller is not first)
    window = settled(qtbot, program).window
    window.show_page(PageId.BUILDS)
    tips = {action.toolTip() for action in window.findChildren(QAction)}
    assert any("(Strg+1)" in tip for tip in tips)
    assert any("(Strg+Umschalt+C)" in tip for tip in tips)
    assert not [tip for tip in tips if "Ctrl" in tip or "Shift" in tip]


def test_fonts_are_those_of_the_language(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """fontconfig's language while the first font is matched; other programs do not get it."""
    seen: list[str | None] = []

    class FontInfo(QFontInfo):
        def family(self) -> str:
            seen.append(os.environ.get("FC_LANG"))
            return super().family()

    monkeypatch.delenv("FC_LANG", raising=False)
    monkeypatch.setattr(language, "QFontInfo", FontInfo)
    for code in ("zh_TW", "ko", PSEUDO):
        apply_language(qapp, code)
        assert "FC_LANG" not in os.environ
    assert seen == ["zh-tw", "ko"]
    monkeypatch.setenv("FC_LANG", "ja")
    apply_language(qapp, "zh_CN")
    assert os.environ["FC_LANG"] == "ja"


@pytest.mark.parametrize(("code", "shown"), [("en", "50 players"), ("ko", "50명")])
def test_a_number_and_its_unit_are_spaced_as_the_language_does(
    qtbot: QtBot, program: App, code: str, shown: str
) -> None:
    program.open_window(sample=True)
    first = settled(qtbot, program)
    first.context.change_settings(language=code, top_n=50)
    if code != "en":
        qtbot.waitUntil(lambda: program.controller is not first)
    page = settled(qtbot, program).window.page(PageId.SETTINGS)
    assert shown in {box.text() for box in page.findChildren(QSpinBox)}


def test_every_text_of_the_settings_is_marked(qtbot: QtBot, program: App) -> None:
    """In the pseudo-language each text is in brackets; what is not was never marked."""
    program.open_window(sample=True)
    first = settled(qtbot, program)
    first.context.change_settings(language=PSEUDO)
    qtbot.waitUntil(lambda: program.controller is not first)
    window = settled(qtbot, program).window
    page = window.show_page(PageId.SETTINGS)
    texts = [box.title() for box in page.findChildren(QGroupBox)]
    texts += [label.text() for label in page.findChildren(QLabel)]
    bare = [text for text in texts if text and not text.startswith("[")]
    assert bare == []
    program.close()
