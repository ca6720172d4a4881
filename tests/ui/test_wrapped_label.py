"""A wrapped label is as high as its text: no line of it cut, none left blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QHBoxLayout, QWidget

from att_desktop.ui.widgets.plain_text import WrappedLabel
from tests.ui.layout import settled

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

SENTENCE = "The update goes on by itself when Warcraft Logs gives new points, within the hour."
NARROW, WIDE = 160, 900


@pytest.fixture
def label(qtbot: QtBot) -> WrappedLabel:
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    label = WrappedLabel(SENTENCE)
    row.addWidget(label)
    window.resize(NARROW, 40)
    window.show()
    settled(qtbot, window)
    return label


def test_in_a_wider_window_it_is_lower_again(qtbot: QtBot, label: WrappedLabel) -> None:
    line = label.fontMetrics().height()
    window = label.window()
    assert label.height() > 2 * line
    window.resize(WIDE, 40)
    settled(qtbot, window)
    assert label.minimumHeight() < 2 * line
    window.resize(NARROW, 40)
    settled(qtbot, window)
    assert label.height() > 2 * line


def test_with_a_shorter_sentence_it_is_lower_again(label: WrappedLabel) -> None:
    label.setText("Done.")
    assert label.minimumHeight() < 2 * label.fontMetrics().height()


def test_room_for_a_second_line_is_kept(qtbot: QtBot) -> None:
    label = WrappedLabel("One line.", least_lines=2)
    qtbot.addWidget(label)
    label.resize(WIDE, 10)
    label.show()
    assert label.minimumHeight() == 2 * label.fontMetrics().lineSpacing()
    label.setText("")
    assert label.minimumHeight() < 2 * label.fontMetrics().lineSpacing()
