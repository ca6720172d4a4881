"""In a language half as long again nothing is cut, in the least window and in a small laptop's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QSize

from att_desktop.text.language import PSEUDO
from att_desktop.ui.language import apply_language
from att_desktop.ui.page_ids import PageId
from att_desktop.update import events
from tests.ui.driven import ScriptedJob, open_controller
from tests.ui.layout import cut_texts, even_font, settled
from tests.ui.pages import keep
from tests.ui.sample_library import library_of
from tests.wow.game_folders import make_retail

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QDialog
    from pytestqt.qtbot import QtBot

    from att_desktop.ui.window.window_controller import WindowController

pytestmark = pytest.mark.slow

LAPTOP = QSize(1366, 768)
LIBRARY = library_of([250])
UNIT = events.Unit(spec_id=251, content_type="raid")


@pytest.fixture(params=["en", PSEUDO])
def controller(
    request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> Iterator[WindowController]:
    before = qapp.font()
    qapp.setFont(even_font())
    apply_language(qapp, request.param)
    game = make_retail(tmp_path / "a folder with a name" / "that goes on" / "World of Warcraft")
    controller = open_controller(games=[game])
    # An update that runs would ask before its window closes.
    qtbot.addWidget(
        controller.window, before_close_func=lambda _: controller.updater.worker.stop(5)
    )
    keep(controller.context, LIBRARY)
    controller.context.change_settings(last_spec_id=250)
    controller.open()
    with qtbot.waitSignal(controller.context.library_changed):
        controller.context.reload_library()
    qtbot.waitUntil(lambda: not controller.account.busy and not controller.folders.searching)
    yield controller
    qapp.setFont(before)


@pytest.mark.parametrize("size", [LAPTOP, QSize(0, 0)], ids=["laptop", "least"])
@pytest.mark.parametrize("page_id", PageId)
def test_no_text_of_a_page_is_cut(
    qtbot: QtBot, controller: WindowController, page_id: PageId, size: QSize
) -> None:
    window = controller.window
    size = size.expandedTo(window.minimumSize())
    window.resize(size)
    page: Any = window.show_page(page_id)
    if page_id is PageId.UPDATE:
        page.log.fold.setChecked(True)
        job = ScriptedJob(
            [
                events.RunStarted(units=(UNIT,), source="warcraftlogs", zones={"raid": "R"}),
                events.UnitStarted(unit=UNIT, index=1, total=1),
            ],
            until_cancelled=True,
        )
        controller.updater.worker.start(job)
        qtbot.waitUntil(job.reported.is_set)
    if page_id in (PageId.BUILDS, PageId.COMPARE):
        qtbot.waitUntil(lambda: page.panel.state is not None)
    qtbot.waitUntil(lambda: window.size() == size)
    settled(qtbot, window)
    assert cut_texts(window) == []


def test_no_text_of_a_dialog_is_cut(qtbot: QtBot, controller: WindowController) -> None:
    cut: list[str] = []
    for show in (
        controller.show_account,
        controller.show_folders,
        controller.show_about,
        controller.show_first_run,
    ):
        dialog: QDialog = show()
        qtbot.waitExposed(dialog)
        settled(qtbot, dialog)
        cut += cut_texts(dialog)
        dialog.reject()
    assert cut == []
