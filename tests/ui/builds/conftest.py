"""The Builds page, open on a spec with results."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from att_desktop.ui.builds.page import BuildsPage
from tests.ui.builds.opened import LIBRARY
from tests.ui.pages import context_with, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from att_desktop.ui.context import AppContext


@pytest.fixture
def context() -> AppContext:
    return context_with(LIBRARY, last_spec_id=250)


@pytest.fixture
def page(qtbot: QtBot, context: AppContext) -> Iterator[BuildsPage]:
    page = show(qtbot, BuildsPage(context))
    qtbot.waitUntil(lambda: bool(page.header.cluster_text))
    yield page
    page.close()
