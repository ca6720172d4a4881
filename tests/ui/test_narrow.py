"""Where the words of a language are long and the window is the least: what gives way to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionComboBox

from att_desktop.ui.language import apply_language
from att_desktop.ui.raid_night.controls import Controls
from att_desktop.ui.update.unit_model import Column, UnitModel, UnitProxy, state_texts
from att_desktop.ui.update.unit_view import UnitView
from att_desktop.ui.widgets.text_sizes import letter_width
from tests.ui.driven import opened
from tests.ui.layout import even_font

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QComboBox
    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def _russian(qapp: QApplication) -> Iterator[None]:
    before = qapp.font()
    qapp.setFont(even_font())
    apply_language(qapp, "ru")
    yield
    qapp.setFont(before)


def room(box: QComboBox) -> int:
    """Pixels for the text of a box."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    field = QStyle.SubControl.SC_ComboBoxEditField
    return box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, box).width()


@pytest.mark.parametrize(("width", "rows"), [(590, 2), (1230, 1)])
def test_the_boxes_above_the_raid_night_show_their_texts(
    qtbot: QtBot, width: int, rows: int
) -> None:
    controls = Controls(opened(qtbot).context)
    qtbot.addWidget(controls)
    controls.resize(width, controls.sizeHint().height())
    controls.show()
    qtbot.waitExposed(controls)
    box = controls.content_box

    def below() -> bool:
        return controls.code.y() > controls.spec_picker.geometry().bottom()

    qtbot.waitUntil(lambda: below() == (rows == 2))
    assert room(box) >= box.fontMetrics().horizontalAdvance(box.currentText())


def test_the_state_of_a_unit_is_wider_than_its_words(qtbot: QtBot) -> None:
    proxy = UnitProxy()
    proxy.setSourceModel(UnitModel(proxy))
    view = UnitView(proxy)
    qtbot.addWidget(view)
    view.resize(590, 300)
    view.show()
    widest = max(map(view.fontMetrics().horizontalAdvance, state_texts()))
    assert view.columnWidth(Column.STATE) > widest
    assert not view.horizontalScrollBar().maximum()


def test_a_letter_is_as_wide_as_one_in_fonts_of_wide_letters_too() -> None:
    """Of Noto Sans CJK the average is the width of a Han character."""

    class Wide(QFontMetrics):
        def averageCharWidth(self) -> int:
            return self.horizontalAdvance("00")

    font = QApplication.font()
    assert letter_width(QFontMetrics(font)) == QFontMetrics(font).averageCharWidth()
    assert letter_width(Wide(font)) == QFontMetrics(font).horizontalAdvance("0")
