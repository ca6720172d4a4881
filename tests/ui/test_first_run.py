"""The first steps, from the first start to the first update."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keyring.errors
import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel

from att_desktop.config.environment import Environment
from att_desktop.config.settings import Settings, load_settings
from att_desktop.system.folders import find_folders
from att_desktop.ui import client_steps
from att_desktop.ui.credentials_dialog import CredentialsDialog
from att_desktop.ui.first_run.dialog import FirstStart
from att_desktop.ui.page_ids import PageId
from tests.keyrings import FailingKeyring, MemoryKeyring
from tests.sources.static_server import StaticServer
from tests.sources.warcraftlogs.server import FakeWarcraftLogs
from tests.ui.driven import SETTLED, ScriptedJob, open_controller
from tests.update.test_parses_update import serve
from tests.wow.game_folders import make_game, make_retail

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from att_desktop.ui.window.window_controller import WindowController

NEW = Settings(icon_download=False)
SECRET = "the-secret-of-a-player"


def opened(qtbot: QtBot, **given: Any) -> WindowController:
    controller = open_controller(**given)
    qtbot.addWidget(controller.window, before_close_func=lambda _: controller.shut_down())
    controller.open()
    qtbot.waitUntil(lambda: not controller.account.busy and not controller.folders.searching)
    return controller


def first_steps_of(controller: WindowController) -> FirstStart | None:
    found = controller.window.findChildren(FirstStart)
    return next((each for each in found if each.isVisible()), None)


def first_steps(controller: WindowController) -> FirstStart:
    found = first_steps_of(controller)
    assert found is not None
    return found


def saved() -> Settings:
    return load_settings(find_folders()).settings


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> Iterator[StaticServer]:
    """parses.gg on loopback, and no keyring, as on a bare machine."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    with StaticServer() as server:
        serve(server)
        yield server


def test_it_opens_once_and_can_be_skipped(qtbot: QtBot) -> None:
    controller = opened(qtbot, settings=NEW)
    first_steps(controller).skip_button.click()
    assert saved().first_run_done
    assert not controller.updater.running
    again = opened(qtbot, settings=saved())
    assert first_steps_of(again) is None
    again.actions.first_run.trigger()
    assert first_steps_of(again) is not None


def test_one_click_from_the_first_start_to_the_first_tree(
    qtbot: QtBot, parses: StaticServer
) -> None:
    """No game, no keyring, no account: *Get builds*, and the own spec's tree is drawn."""
    controller = opened(
        qtbot,
        settings=NEW,
        keyring=FailingKeyring(lambda: keyring.errors.NoKeyringError("none")),
        environment=Environment(parses_url=parses.url, request_interval_ms=0),
    )
    dialog = first_steps(controller)
    assert "needs no account" in dialog.source.text()
    assert "No World of Warcraft folder was found" in dialog.game.sentence
    qtbot.waitUntil(lambda: dialog.specs.picker.hasFocus())
    qtbot.keyClicks(dialog.specs.picker, "prot pal")
    qtbot.keyClick(dialog.specs.picker, Qt.Key.Key_Return)
    assert dialog.isVisible(), "the first Enter takes the spec"
    assert dialog.specs.spec_ids == (66,)
    qtbot.waitUntil(lambda: not dialog.specs.picker.currentText())
    with qtbot.waitSignal(controller.updater.ended, timeout=60_000) as ended:
        qtbot.keyClick(dialog.specs.picker, Qt.Key.Key_Return)
        assert not dialog.isVisible(), "the second Enter is Get builds"
        qtbot.waitUntil(lambda: controller.window.shown_page is PageId.BUILDS, timeout=30_000)
        page: Any = controller.window.page(PageId.BUILDS)
        qtbot.waitUntil(lambda: page.panel.state is not None, timeout=30_000)
    assert page.spec_id == 66
    assert ended.args is not None
    assert ended.args[1], ended.args[0]
    assert "They go into the game once its folder is chosen." in ended.args[0]
    assert saved().own_specs == (66,)
    assert len(parses.asked) <= 10
    assert not list(find_folders().cache.rglob("TalentData.lua"))


@pytest.mark.slow
def test_own_specs_are_fetched_first(qtbot: QtBot, parses: StaticServer) -> None:
    controller = opened(
        qtbot,
        settings=NEW,
        environment=Environment(parses_url=parses.url, request_interval_ms=0),
    )
    dialog = first_steps(controller)
    dialog.specs.suggest([270, 103])
    with qtbot.waitSignal(controller.updater.ended, timeout=60_000):
        dialog.builds_button.click()
    page: Any = controller.window.page(PageId.UPDATE)
    assert [row.unit.spec_id for row in page.progress.rows[:6]] == [270, 270, 103, 103, 250, 250]


def test_specs_of_the_games_characters_are_suggested(qtbot: QtBot, tmp_path: Path) -> None:
    game = make_retail(tmp_path / "World of Warcraft") / "_retail_"
    noted = game / "WTF/Account/ACC/SavedVariables/AzerothsTopTalent.lua"
    noted.parent.mkdir(parents=True)
    noted.write_text(
        'AzerothsTopTalentCharDB = { ["talents"] = '
        '{ [250] = { ["code"] = "C", ["name"] = "Me" } } }'
    )
    settings = msgspec.structs.replace(NEW, game_folders=(str(game),))
    dialog = first_steps(opened(qtbot, settings=settings))
    qtbot.waitUntil(lambda: dialog.specs.spec_ids == (250,))
    dialog.specs.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.specs.spec_ids == ()


def test_a_spec_that_is_typed_counts_without_enter(qtbot: QtBot) -> None:
    controller = opened(qtbot, settings=NEW)
    controller.updater._make_job = lambda: ScriptedJob(events=[])
    dialog = first_steps(controller)
    qtbot.keyClicks(dialog.specs.picker.lineEdit(), "prot pal")
    with qtbot.waitSignal(controller.updater.ended):
        dialog.builds_button.click()  # as by its key, and on macOS: the focus stays
    assert controller.context.settings.own_specs == (66,)


@pytest.mark.slow
def test_an_own_client_is_entered_and_asked(qtbot: QtBot, tmp_path: Path) -> None:
    game = make_retail(tmp_path / "Games" / "World of Warcraft")
    ring = MemoryKeyring()
    with FakeWarcraftLogs() as wcl:
        wcl.client = ("my-id", SECRET)
        environment = Environment(
            token_url=wcl.token_url, api_url=wcl.api_url, request_interval_ms=0
        )
        settings = msgspec.structs.replace(NEW, content="mythicplus")
        controller = opened(
            qtbot, settings=settings, keyring=ring, environment=environment, games=[game]
        )
        first_steps(controller).account_button.click()
        dialog = visible_dialog(controller)
        qtbot.keyClicks(dialog.form.client_id, "my-id")
        qtbot.keyClicks(dialog.form.secret, SECRET)
        with qtbot.waitSignal(controller.updater.ended, timeout=60_000):
            dialog.save_button.click()
        assert SECRET in str(ring.entries)
        assert wcl.invalid == []
        assert {seen.operation for seen in wcl.requests("api")}
    page: Any = controller.window.page(PageId.UPDATE)
    assert page.model.rowCount() == 40


def test_a_wrong_secret_is_told_by_the_live_test(qtbot: QtBot) -> None:
    with FakeWarcraftLogs() as wcl:
        environment = Environment(token_url=wcl.token_url, api_url=wcl.api_url)
        controller = opened(qtbot, environment=environment)
        controller.show_account()
        form = visible_dialog(controller).form
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
def test_what_cannot_be_right_is_told_before_asking(
    qtbot: QtBot, client_id: str, secret: str, words: str
) -> None:
    controller = opened(qtbot)
    controller.show_account()
    dialog = visible_dialog(controller)
    dialog.form.client_id.setText(client_id)
    dialog.form.secret.setText(secret)
    dialog.form.save(lambda: None)
    assert words in dialog.form.message.sentence


def test_sample_data_are_one_click_and_stay_chosen(qtbot: QtBot) -> None:
    controller = opened(qtbot, settings=NEW)
    with qtbot.waitSignal(controller.mode_wanted) as wanted:
        first_steps(controller).sample_button.click()
    assert wanted.args == [True, True]
    assert saved().use_sample
    sample = opened(qtbot, settings=saved(), sample=True)
    sample.show_first_run()
    with qtbot.waitSignal(sample.mode_wanted) as wanted:
        first_steps(sample).builds_button.click()
    assert wanted.args == [False, True]
    assert not saved().use_sample


def test_the_way_to_an_own_client_has_four_steps_with_buttons(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_pages: list[str] = []
    monkeypatch.setattr(
        client_steps, "open_link", lambda address, _parent: opened_pages.append(address)
    )
    controller = opened(qtbot)
    controller.show_account()
    steps = visible_dialog(controller).form.steps
    said = [label.text() for label in steps.findChildren(QLabel)]
    assert [text for text in said if text in ("1.", "2.", "3.", "4.")] == ["1.", "2.", "3.", "4."]
    assert any("alternatives and pick rates" in text for text in said)
    steps.open_button.click()
    assert opened_pages == ["https://www.warcraftlogs.com/api/clients/"]
    steps.copy_url.click()
    assert QGuiApplication.clipboard().text() == "http://localhost"
    assert steps.copy_url.text() == "Copied"
    steps.copy_name.click()
    assert QGuiApplication.clipboard().text() == "Azeroth's Top Talent"


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
    # Green is for what was seen to work: nothing was fetched with it yet.
    assert page.source_card.message.state == "info"


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
    assert not dialog.ok_button.isEnabled(), "the same question would come again"
    for item in rows[:2]:
        item.setCheckState(Qt.CheckState.Checked)
    assert dialog.ok_button.isEnabled()
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
    assert dialog.ok_button.isEnabled(), "builds can be fetched without a game"


def visible_dialog(controller: WindowController) -> CredentialsDialog:
    dialogs = controller.window.findChildren(QDialog)
    return next(d for d in dialogs if isinstance(d, CredentialsDialog) and d.isVisible())
