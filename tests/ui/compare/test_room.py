"""How the Compare page shares its room out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionFrame

from att_desktop.text.language import use_language
from att_desktop.ui.compare.page import ComparePage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from att_desktop.ui.context import AppContext


@pytest.mark.parametrize(("size", "beside"), [(QSize(1400, 500), True), (QSize(560, 600), False)])
def test_two_trees_stand_side_by_side_but_in_a_narrow_window(
    qtbot: QtBot, page: ComparePage, size: QSize, beside: bool
) -> None:
    page.linked.setParent(None)
    page.linked.resize(size)
    page.linked.show()
    qtbot.addWidget(page.linked)
    assert (page.linked.orientation() is Qt.Orientation.Horizontal) == beside


def test_in_a_small_window_nothing_beside_the_tree_is_cut(qtbot: QtBot, page: ComparePage) -> None:
    """What a screen of 1920 x 1080 at 200 % leaves to the page."""
    page.resize(868, 470)
    QApplication.processEvents()
    view = page.differences.list
    margins = 2 * (view.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1)
    flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
    heights = set()
    for row in range(page.differences.model.rowCount()):
        for column in (0, 2):
            index = page.differences.model.index(row, column)
            box = view.visualRect(index)
            room = QRect(0, 0, box.width() - margins, 1000)
            wanted = view.fontMetrics().boundingRect(room, flags, index.data())
            assert wanted.height() <= box.height(), index.data()
            assert wanted.width() <= room.width(), index.data()
            heights.add(wanted.height())
    assert len(heights) > 1, "some name goes on in a second line"


def test_the_field_for_a_code_shows_all_that_it_asks_for(qtbot: QtBot, context: AppContext) -> None:
    """In the room that a screen of 1920 x 1080 at 200 % leaves to the page, in German."""
    use_language("de")
    page = ComparePage(context)
    use_language("en")
    qtbot.addWidget(page)
    page.resize(854, 470)
    page.show()
    qtbot.waitExposed(page)
    field = page.a.code
    assert field.placeholderText() == "oder Konfigurationscode einfügen"
    frame = QStyleOptionFrame()
    field.initStyleOption(frame)
    room = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, frame, field)
    # QLineEdit keeps two pixels free on either side, and what letters reach to the left.
    assert field.fontMetrics().horizontalAdvance(field.placeholderText()) <= room.width() - 6
