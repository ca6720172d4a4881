"""The Raid night page, open on an evening whose builds are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.pages import context_with
from tests.ui.raid_night.opened import LIBRARY, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from att_desktop.ui.context import AppContext
    from att_desktop.ui.raid_night.page import RaidNightPage


@pytest.fixture
def context() -> AppContext:
    return context_with(LIBRARY, last_spec_id=250)


@pytest.fixture
def page(qtbot: QtBot, context: AppContext) -> Iterator[RaidNightPage]:
    page = shown(qtbot, context)
    yield page
    page.close()
