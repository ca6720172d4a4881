"""The Compare page, open on a spec with results."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from att_desktop.ui.compare.page import ComparePage
from tests.ui.compare.compared import LIBRARY
from tests.ui.pages import context_with, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from att_desktop.ui.context import AppContext


@pytest.fixture
def context() -> AppContext:
    return context_with(LIBRARY, last_spec_id=250)


@pytest.fixture
def page(qtbot: QtBot, context: AppContext) -> Iterator[ComparePage]:
    page = show(qtbot, ComparePage(context))
    qtbot.waitUntil(lambda: not page._steps.busy)
    yield page
    page.close()
