"""The first steps, from the first start to the first update."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keyring.errors
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWizard

from att_desktop.config.environment import Environment
from att_desktop.config.settings import Settings, load_settings
from att_desktop.system.folders import find_folders
from att_desktop.ui.credentials_dialog import CredentialsDialog
from att_desktop.ui.first_run.assistant import FirstRunAssistant, Step
from att_desktop.ui.page_ids import PageId
from tests.keyrings import FailingKeyring, MemoryKeyring
from tests.sources.warcraftlogs.server import FakeWarcraftLogs
from tests.ui.driven import SETTLED, open_controller
from tests.wow.game_folders import make_game, make_retail

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from att_desktop.ui.window.window_controller import WindowController

NEW = Settings(icon_download=False)
SECRET = "the-secret-of-a-player"


def opened(qtbot: QtBot, **given: Any) -> WindowController:
    controller = open_controller(**given)
    qtbot.addWidget(controller.window)
    controller.open()
    qtbot.waitUntil(lambda: not controller.account.busy and not controller.folders.searching)
    return controller


def assistant_of(controller: WindowController) -> FirstRunAssistant | None:
    found = controller.window.findChildren(FirstRunAssistant)
    return next((each for each in found if each.isVisible()), None)


def saved() -> Settings:
    return load_settings(find_folders()).settings


def test_it_opens_once_and_can_be_skipped(qtbot: QtBot) -> None:
    controller = opened(qtbot, settings=NEW)
    assistant = assistant_of(controller)
    assert assistant is not None
    assistant.button(QWizard.WizardButton.CancelButton).click()
    assert saved().first_run_done
    again = opened(qtbot, settings=saved())
    assert assistant_of(again) is None
    again.actions.first_run.trigger()
    assert assistant_of(again) is not None


def test_all_steps_lead_to_the_first_update(qtbot: QtBot, tmp_path: Path) -> None:
    game = make_retail(tmp_path / "Games" / "World of Warcraft")
    ring = MemoryKeyring()
    with FakeWarcraftLogs() as wcl:
        wcl.client = ("my-id", SECRET)
        environment = Environment(
            token_url=wcl.token_url, api_url=wcl.api_url, request_interval_ms=0
        )
        controller = opened(
            qtbot, settings=NEW, keyring=ring, environment=environment, games=[game]
        )
        assistant = assistant_of(controller)
        assert assistant is not None
        assistant.next()
        assert [place.flavour for place in assistant.folder.chooser.checked()] == ["Retail"]
        assistant.next()
        qtbot.keyClicks(assistant.account.form.client_id, "my-id")
        qtbot.keyClicks(assistant.account.form.secret, SECRET)
        assistant.next()
        # Kept first, then on.
        qtbot.waitUntil(lambda: assistant.currentId() == Step.CONTENT)
        assert SECRET in str(ring.entries)
        content: Any = assistant.content.editors["content"].widget
        content.setCurrentIndex(content.findText("Mythic+ only"))
        assistant.next()
        assert assistant.finish.start.isChecked()
        with qtbot.waitSignal(controller.updater.ended, timeout=60_000):
            assistant.accept()
        assert wcl.invalid == []
        assert {seen.operation for seen in wcl.requests("api")}
    assert saved().content == "mythicplus"
    page: Any = controller.window.page(PageId.UPDATE)
    assert page.model.rowCount() == 40


def test_a_wrong_secret_is_told_by_the_live_test(qtbot: QtBot) -> None:
    with FakeWarcraftLogs() as wcl:
        environment = Environment(token_url=wcl.token_url, api_url=wcl.api_url)
        controller = opened(qtbot, settings=NEW, environment=environment)
        assistant = assistant_of(controller)
        assert assistant is not None
        form = assistant.account.form
        qtbot.keyClicks(form.client_id, "my-id")
        qtbot.keyClicks(form.secret, SECRET)
        form.test_button.click()
        qtbot.waitUntil(lambda: not form.asking)
        assert form.message.state == "error"
        assert SECRET not in form.message.sentence


@pytest.mark.parametrize(
    ("client_id", "secret", "words"),
    [("", "x", "client id is empty"), ("x", "", "client secret is empty"),
     ("a b", "x", "has a space"), ("x", "х" * 9, "does not look like")],
)  # fmt: skip
def test_what_can_not_be_right_is_told_before_asking(
    qtbot: QtBot, client_id: str, secret: str, words: str
) -> None:
    controller = opened(qtbot, settings=NEW)
    assistant = assistant_of(controller)
    assert assistant is not None
    assistant.next()
    assistant.next()
    form = assistant.account.form
    form.client_id.setText(client_id)
    form.secret.setText(secret)
    assistant.next()
    assert assistant.currentId() == Step.ACCOUNT
    assert words in form.message.sentence


def test_sample_data_skip_folder_and_account(qtbot: QtBot) -> None:
    controller = opened(qtbot, settings=NEW)
    assistant = assistant_of(controller)
    assert assistant is not None
    assistant.welcome.try_out.setChecked(True)
    assistant.next()
    assert assistant.currentId() == Step.CONTENT
    assistant.next()
    with qtbot.waitSignal(controller.mode_wanted) as wanted:
        assistant.accept()
    assert wanted.args == [True, True]


def test_without_account_or_game_no_update_is_promised(qtbot: QtBot) -> None:
    controller = opened(qtbot, settings=NEW)
    assistant = assistant_of(controller)
    assert assistant is not None
    for _ in range(4):
        assistant.next()
    assert assistant.currentId() == Step.FINISH
    assert not assistant.finish.start.isEnabled()
    assert not assistant.wants_update
    assistant.accept()
    assert not controller.updater.running


def test_without_a_keyring_credentials_hold_for_this_run(qtbot: QtBot) -> None:
    broken = FailingKeyring(lambda: keyring.errors.NoKeyringError("none"))
    controller = opened(qtbot, keyring=broken)
    controller.show_account()
    dialog = visible_dialog(controller)
    assert dialog.form.for_this_run.isChecked()
    assert not dialog.form.for_this_run.isEnabled()
    qtbot.keyClicks(dialog.form.client_id, "my-id")
    qtbot.keyClicks(dialog.form.secret, SECRET)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.form.secret, Qt.Key.Key_Return)
    assert controller.account.state is not None
    assert controller.account.state.kind == "session"
    page: Any = controller.window.page(PageId.UPDATE)
    assert page.source_card.message.state == "ok"


def test_a_locked_keyring_can_be_unlocked_from_the_dialog(qtbot: QtBot) -> None:
    ring = FailingKeyring(lambda: keyring.errors.KeyringLocked("locked"))
    controller = opened(qtbot, keyring=ring)
    assert controller.account.state is not None
    assert controller.account.state.kind == "locked"
    controller.show_account()
    dialog = visible_dialog(controller)
    assert dialog.unlock_button.isVisible()
    dialog.unlock_button.click()
    qtbot.waitUntil(lambda: not dialog.form.asking)
    assert dialog.form.message.state == "error"
    ring.make_error = None
    dialog.unlock_button.click()
    qtbot.waitUntil(lambda: not dialog.form.asking)
    # Unlocked, and nothing in it yet.
    assert "no Warcraft Logs credentials" in dialog.form.message.sentence


def test_stored_credentials_can_be_removed(qtbot: QtBot) -> None:
    ring = MemoryKeyring()
    controller = opened(qtbot, keyring=ring)
    controller.show_account()
    dialog = visible_dialog(controller)
    assert not dialog.remove_button.isVisible()
    qtbot.keyClicks(dialog.form.client_id, "my-id")
    qtbot.keyClicks(dialog.form.secret, SECRET)
    with qtbot.waitSignal(dialog.accepted):
        dialog.save_button.click()
    controller.show_account()
    dialog = visible_dialog(controller)
    assert dialog.form.is_empty, "what is stored is never shown"
    dialog.remove_button.click()
    qtbot.waitUntil(lambda: not dialog.form.asking)
    assert ring.entries == {}
    assert not dialog.remove_button.isVisible()


def test_the_secret_is_hidden_until_asked_for(qtbot: QtBot) -> None:
    controller = opened(qtbot)
    controller.show_account()
    form = visible_dialog(controller).form
    assert form.secret.echoMode() is form.secret.EchoMode.Password


def test_several_games_are_chosen_from(qtbot: QtBot, tmp_path: Path) -> None:
    game = make_game(
        tmp_path / "World of Warcraft",
        retail=("wow", "12.1.0.69404"), xptr=("wowxptr", "12.1.5.70000"),
        classic_era=("wow_classic_era", "1.15.8.63829"),
    )  # fmt: skip
    controller = opened(qtbot, settings=SETTLED, games=[game])
    page: Any = controller.window.page(PageId.UPDATE)
    assert "2 game folders were found" in page.game_card.message.sentence
    dialog: Any = controller.show_folders()
    model = dialog.chooser.model
    rows = [model.item(row) for row in range(model.rowCount())]
    assert [item.isCheckable() for item in rows] == [True, True, False]
    for item in rows[:2]:
        item.setCheckState(Qt.CheckState.Checked)
    dialog.accept()
    qtbot.waitUntil(lambda: len(controller.folders.chosen) == 2)
    assert page.game_card.message.sentence.startswith("2 folders: Retail 12.1.0, ")
    assert len(saved().game_folders) == 2


def test_a_folder_that_is_no_game_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    controller = opened(qtbot)
    dialog: Any = controller.show_folders()
    dialog.chooser.pick(tmp_path)
    qtbot.waitUntil(lambda: dialog.chooser.message.state == "warning")
    assert "not a folder of the game" in dialog.chooser.message.sentence
    assert dialog.chooser.checked() == []


def visible_dialog(controller: WindowController) -> CredentialsDialog:
    dialogs = controller.window.findChildren(QDialog)
    return next(d for d in dialogs if isinstance(d, CredentialsDialog) and d.isVisible())
