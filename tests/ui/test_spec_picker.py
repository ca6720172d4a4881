"""The picker of the spec: own ones first, found by typing a part of the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from att_desktop.game.specs import SPECS
from att_desktop.ui.theme import contrast, dark_palette, light_palette
from att_desktop.ui.widgets.spec_picker import SPEC_ROLE, SpecModel, SpecPicker

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot


def test_specs_of_own_characters_come_first(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = SpecModel(light_palette())
    qtmodeltester.check(model)
    assert model.rowCount() == 40 + 13
    model.set_mine([105, 1480, 105, 999])
    rows = [model.index(row) for row in range(model.rowCount())]
    ids = [row.data(SPEC_ROLE) for row in rows]
    assert ids[:2] == [105, 1480]
    assert sorted(spec_id for spec_id in ids if spec_id) == sorted(SPECS)
    # Then class by class; a class's own line cannot be chosen.
    assert [row.data() for row in rows[2:7]] == [
        "Death Knight",
        "Blood Death Knight",
        "Frost Death Knight",
        "Unholy Death Knight",
        "Demon Hunter",
    ]
    assert not rows[2].flags() & Qt.ItemFlag.ItemIsSelectable


@pytest.mark.parametrize("dark", [False, True])
def test_class_colours_are_readable(qtbot: QtBot, dark: bool) -> None:
    palette = dark_palette() if dark else light_palette()
    model = SpecModel(palette)
    rows = [model.index(row) for row in range(model.rowCount())]
    specs = [row for row in rows if row.data(SPEC_ROLE)]  # the others are a class's own line
    assert len(specs) == len(SPECS)
    for row in specs:
        colour = row.data(Qt.ItemDataRole.ForegroundRole)
        for ground in (palette.ColorRole.Base, palette.ColorRole.Window):
            assert contrast(colour, palette.color(ground)) >= 4.5


@pytest.mark.parametrize(
    ("typed", "spec_id"),
    [
        ("devour", 1480),
        ("frost mage", 64),
        ("druid rest", 105),
        ("DISC", 256),
        ("prot pal", 66),
        ("boomkin", 102),
        ("dk", 250),
    ],
)
def test_typing_a_part_of_the_name_picks_the_spec(qtbot: QtBot, typed: str, spec_id: int) -> None:
    picker = SpecPicker()
    qtbot.addWidget(picker)
    picker.show()
    edit = picker.lineEdit()
    assert edit is not None
    edit.selectAll()
    qtbot.keyClicks(edit, typed)
    with qtbot.waitSignal(picker.spec_chosen) as chosen:
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert chosen.args == [spec_id]
    assert picker.spec_id == spec_id


@pytest.mark.parametrize(
    ("typed", "spec_id"),
    [("blood death knight", 250), ("devour", 1480), ("resto sh", 264), ("murloc", 62), ("", 62)],
)
def test_leaving_the_picker_never_leaves_half_a_name(
    qtbot: QtBot, typed: str, spec_id: int
) -> None:
    picker = SpecPicker()
    qtbot.addWidget(picker)
    picker.show()
    picker.pick(62)
    edit = picker.lineEdit()
    assert edit is not None
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_Delete)
    qtbot.keyClicks(edit, typed)
    picker.completer().popup().hide()
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    edit.clearFocus()
    edit.editingFinished.emit()
    assert picker.spec_id == spec_id
    assert picker.currentText() == SPECS[spec_id].full_name


def test_a_name_that_is_cut_shows_its_beginning(qtbot: QtBot) -> None:
    picker = SpecPicker()
    qtbot.addWidget(picker)
    picker.setFixedWidth(120)
    picker.show()
    qtbot.waitExposed(picker)
    picker.pick(1480)
    picker.setFocus()
    edit = picker.lineEdit()
    assert edit is not None
    qtbot.waitUntil(edit.hasFocus)
    assert edit.selectedText() == edit.text() == "Devourer Demon Hunter"
    assert edit.cursorPosition() == 0
    qtbot.keyClicks(edit, "bm")
    assert edit.text() == "bm"


def test_a_text_that_fits_no_spec_stays_to_be_mended(qtbot: QtBot) -> None:
    picker = SpecPicker()
    qtbot.addWidget(picker)
    picker.pick(62)
    edit = picker.lineEdit()
    assert edit is not None
    edit.selectAll()
    qtbot.keyClicks(edit, "murloc")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert picker.spec_id == 62
    assert edit.text() == "murloc"
    assert edit.selectedText() == "murloc"


def test_news_of_builds_never_take_away_what_is_being_typed(qtbot: QtBot) -> None:
    picker = SpecPicker()
    qtbot.addWidget(picker)
    picker.show()
    qtbot.waitExposed(picker)
    picker.pick(62)
    edit = picker.lineEdit()
    assert edit is not None
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "prot")
    picker.set_mine([73])
    picker.pick(250)
    assert edit.text() == "prot"
    qtbot.keyClicks(edit, " pal")
    with qtbot.waitSignal(picker.spec_chosen) as chosen:
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert chosen.args == [66]
    assert edit.text() == "Protection Paladin"
