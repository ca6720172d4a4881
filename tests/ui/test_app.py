"""Starting the app: sample data or own ones, and settings that could not be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import keyring
import msgspec
import pytest

from att_desktop.app import App, make_application
from att_desktop.config.environment import Environment
from att_desktop.config.settings import save_settings, settings_path
from att_desktop.system.folders import find_folders
from tests.keyrings import MemoryKeyring
from tests.ui.driven import SETTLED

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


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
