"""The Raid night page, open on an evening whose builds are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from att_desktop.ui.game_folders import GameFolders
from att_desktop.ui.raid_night.installing import Installing
from att_desktop.ui.raid_night.page import RaidNightPage
from tests.ui.pages import show
from tests.ui.raid_night.evening_library import evening_library
from tests.ui.sample_library import ENCOUNTERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from att_desktop.ui.context import AppContext

LIBRARY = evening_library()
NAMES = [name for _id, name, _content, _zone in ENCOUNTERS]


def shown(
    qtbot: QtBot, context: AppContext, *, runs: Callable[[], bool] = lambda: False
) -> RaidNightPage:
    """``runs`` tells whether an update is running."""
    folders = GameFolders(context, list)
    return show(qtbot, RaidNightPage(context, Installing(context, folders, runs)))


def type_code(page: RaidNightPage, text: str) -> None:
    page.controls.code.setText(text)
    page.controls.code.textEdited.emit(text)
