"""The Raid night page as a player uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from att_desktop.game.import_codes import decode
from att_desktop.game.swaps import swaps
from att_desktop.ui.raid_night.models import ChosenModel, StopsModel
from att_desktop.ui.results.my_builds import own_builds_of
from att_desktop.update.library import Library
from att_desktop.wow.saved_variables import MyBuild
from tests.ui.pages import context_with, keep
from tests.ui.raid_night.evening_library import FLIPS, TREE, code_of, flipped
from tests.ui.raid_night.opened import LIBRARY, NAMES, shown, type_code
from tests.ui.sample_library import TREES, library_of, with_broken_code

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from att_desktop.ui.context import AppContext
    from att_desktop.ui.raid_night.page import RaidNightPage
    from att_desktop.ui.raid_night.rows_view import RowsView

FIRST, THIRD, SEVENTH = NAMES[0], NAMES[2], NAMES[6]


def cells(view: RowsView, group: int | None = None) -> list[list[str]]:
    """The texts of the columns that are seen; of one group, or of a flat list."""
    model = view.model()
    parent = QModelIndex() if group is None else model.index(group, 0)
    columns = [c for c in range(model.columnCount()) if not view.isColumnHidden(c)]
    return [
        [model.index(row, column, parent).data() or "" for column in columns]
        for row in range(model.rowCount(parent))
    ]


def groups(view: RowsView) -> list[str]:
    model = view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


# What it says


def test_the_fewest_builds_cover_every_boss_and_dungeon_in_order(page: RaidNightPage) -> None:
    assert page.summary.text() == "3 builds cover 12 bosses and dungeons."
    blood, other = (hero.name for hero in TREE.hero_trees)
    assert cells(page.chosen) == [
        ["1", FIRST, blood, ", ".join(NAMES[at] for at in (0, 1, 3, 4, 5, 8, 9, 11)), "Copy code"],
        ["2", THIRD, other, f"{THIRD}, {NAMES[7]}", "Copy code"],
        ["3", SEVENTH, blood, f"{SEVENTH}, {NAMES[10]}", "Copy code"],
    ]
    assert groups(page.stops) == ["Raid: Manaforge Omega", "Mythic+: Mythic+ Season 3"]
    listed = cells(page.stops, 0) + cells(page.stops, 1)
    assert [row[0] for row in listed] == NAMES
    assert [row[1] for row in listed] == list("112111321131")


def test_without_own_talents_it_says_how_to_make_them_known(page: RaidNightPage) -> None:
    assert page.line.text().startswith("Your talents are not known yet")
    assert page.stops.isColumnHidden(StopsModel.LOST)
    assert not page.controls.own_box.isEnabled()
    assert page.controls.code.isEnabled()


def test_own_talents_are_compared_with_each_encounter(page: RaidNightPage) -> None:
    type_code(page, code_of("0"))
    assert not page.line.isVisible()
    assert page.controls.own_box.currentText() == "Pasted code"
    # Of the builds within three swaps of '0' only '345' and '012345' are too far.
    assert page.summary.text() == (
        "3 builds cover 12 bosses and dungeons. Your talents cover 6 of them."
    )
    listed = {row[0]: row for row in cells(page.stops, 0) + cells(page.stops, 1)}
    for name, flips in zip(NAMES, FLIPS, strict=True):
        wanted = decode(code_of(flips), TREES).selection
        number, other_hero = swaps(TREE, flipped("0"), wanted)
        said = f"{number} swap{'' if number == 1 else 's'}" if number else "same"
        assert listed[name][2] == (f"{said}, other hero tree" if other_hero else said)
    lost, gained = listed[FIRST][3:5]
    assert listed[FIRST][2] == "1 swap"
    mine = {name_of(pick) for pick in flipped("0") - flipped("")}
    theirs = {name_of(pick) for pick in flipped("") - flipped("0")}
    assert ({lost}, {gained}) == (mine, theirs)


def name_of(pick: tuple[int, int, int]) -> str:
    return TREE.entries[pick[1]].name


def test_another_hero_tree_is_named_and_its_talents_are_not(page: RaidNightPage) -> None:
    type_code(page, code_of(""))
    row = next(row for row in cells(page.stops, 0) if row[0] == THIRD)
    here, there = TREE.hero_trees
    assert row[3].split(", ")[0] == f"Hero: {here.name}"
    assert row[4].split(", ")[0] == f"Hero: {there.name}"
    talents = {e.name for node in TREE.nodes.values() if node.section == "hero"
               for e in node.entries}  # fmt: skip
    assert talents.isdisjoint(row[3].split(", ")[1:] + row[4].split(", ")[1:])


def test_own_talents_that_are_the_best_are_chosen_as_such(page: RaidNightPage) -> None:
    type_code(page, code_of(""))
    assert cells(page.chosen)[0][:2] == ["1", "Pasted code"]
    assert "same" in cells(page.chosen)[0]
    assert page.outputs.install.text() == "&Install 2 builds"


def test_raid_or_dungeons_alone(page: RaidNightPage, qtbot: QtBot) -> None:
    box = page.controls.content_box
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert page.summary.text() == "3 builds cover 8 bosses."
    assert groups(page.stops) == ["Raid: Manaforge Omega"]
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert page.summary.text() == "2 builds cover 4 dungeons."
    type_code(page, code_of("34"))
    assert page.summary.text() == "2 builds cover 4 dungeons. Your talents cover 2 of them."


def test_a_code_that_cannot_be_read_takes_the_verdict_away(page: RaidNightPage) -> None:
    type_code(page, code_of("0"))
    type_code(page, "CoPAAAA")
    assert page.line.isVisible()
    assert "Your talents" not in page.summary.text()
    assert page.evening is not None
    assert page.evening.own is None
    type_code(page, "")
    assert page.summary.text().endswith("Your talents cover 6 of them.")


def test_a_code_of_another_spec_shows_that_spec(page: RaidNightPage, context: AppContext) -> None:
    library = library_of([1480])
    code = library.encounters[1480, 3129].best_build.talent_code
    type_code(page, code)
    assert page.controls.spec_picker.spec_id == 1480
    assert page.controls.code.text() == code
    assert context.settings.last_spec_id == 1480
    assert page.empty_text.text().startswith("There are no builds of Devourer")
    keep(context, Library(units={**LIBRARY.units, **library.units},
                          encounters={**LIBRARY.encounters, **library.encounters}))  # fmt: skip
    context._library = None
    page._renew()
    assert page.evening is not None
    assert page.evening.own is not None
    assert page.evening.own.code == code


def test_talents_of_the_player_s_characters_are_there(qtbot: QtBot, context: AppContext) -> None:
    page = shown(qtbot, context)
    own = own_builds_of(context)
    mine = [
        MyBuild(character=name, realm="R", spec_id=250, code=code_of(choices), time=1_700_000_000)
        for name, choices in (("Arthas", "0"), ("Bolvar", ""))
    ]
    qtbot.waitUntil(lambda: not own.busy)
    own._on_read(mine)
    box = page.controls.own_box
    assert [box.itemText(at) for at in range(box.count())] == [
        "Arthas's talents", "Bolvar's talents",
    ]  # fmt: skip
    assert page.summary.text().endswith("Your talents cover 6 of them.")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert page.summary.text().endswith("Your talents cover 8 of them.")
    own._on_read(mine[::-1])
    assert box.currentText() == "Bolvar's talents", "what was picked stays"


def test_codes_of_other_trees_are_counted_apart(qtbot: QtBot) -> None:
    page = shown(qtbot, context_with(with_broken_code(LIBRARY, 250, 3132), last_spec_id=250))
    assert page.summary.text() == (
        "3 builds cover 11 bosses and dungeons. "
        "1 has a code of other talent trees: update the builds."
    )
    row = next(row for row in cells(page.stops, 0) if row[0] == "Forgeweaver Araz")
    assert row == ["Forgeweaver Araz", "", "", ""]


# Nothing there


def test_without_builds_a_button_leads_to_the_update(qtbot: QtBot) -> None:
    page = shown(qtbot, context_with(None))
    assert page.empty_text.text() == "There are no builds yet: an update brings them."
    with qtbot.waitSignal(page.update_wanted):
        qtbot.mouseClick(page.empty_button, Qt.MouseButton.LeftButton)


def test_builds_that_arrive_are_shown(qtbot: QtBot) -> None:
    context = context_with(None, last_spec_id=250)
    page = shown(qtbot, context)
    keep(context, LIBRARY)
    with qtbot.waitSignal(context.library_changed):
        context.reload_library()
    assert page.summary.isVisible()
    assert page.summary.text() == "3 builds cover 12 bosses and dungeons."


# Copy


def test_each_row_has_a_button_that_copies_its_code(qtbot: QtBot, page: RaidNightPage) -> None:
    for view, index, code in (
        (page.chosen, page.chosen.model().index(1, ChosenModel.CODE), code_of(None)),
        (
            page.stops,
            page.stops.model().index(1, StopsModel.CODE, page.stops.model().index(0, 0)),
            code_of("012"),
        ),
    ):
        view.scrollTo(index)
        centre = view.visualRect(index).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=centre)
        assert QGuiApplication.clipboard().text() == code
        assert page.outputs.message.text().startswith("The code of ")
        QGuiApplication.clipboard().clear()
        beside = QPoint(view.visualRect(index).left() - 40, centre.y())
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=beside)
        assert QGuiApplication.clipboard().text() == ""


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_the_keyboard_copies_too(
    qtbot: QtBot, page: RaidNightPage, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    page.activateWindow()
    page.stops.setFocus()
    page.stops.setCurrentIndex(page.stops.model().index(0, 0))
    qtbot.keyClick(page.stops, Qt.Key.Key_Down)
    qtbot.keyClick(page.stops, Qt.Key.Key_Down)
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(page.stops, key, modifier)
    assert QGuiApplication.clipboard().text() == code_of("012")


def test_a_row_is_laid_over_the_own_talents(
    qtbot: QtBot, page: RaidNightPage, context: AppContext
) -> None:
    view = page.stops
    view.setCurrentIndex(view.model().index(1, 0, view.model().index(0, 0)))
    assert not view.compare_action.isEnabled()
    type_code(page, code_of("0"))
    page.activateWindow()
    view.setFocus()
    view.setCurrentIndex(view.model().index(1, 0, view.model().index(0, 0)))
    with qtbot.waitSignal(context.compare_requested) as asked:
        qtbot.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked.args is not None
    assert [build.code for build in asked.args] == [code_of("0"), code_of("012")]


def test_rows_are_as_high_as_their_words(qtbot: QtBot, page: RaidNightPage) -> None:
    type_code(page, code_of("012345"))
    page.stops.executeDelayedItemsLayout()
    parent = page.stops.model().index(0, 0)
    heights = [page.stops.rowHeight(page.stops.model().index(row, 0, parent)) for row in range(8)]
    line = page.fontMetrics().height()
    assert heights[0] > 2 * line, "six talents on either side do not fit into a line"
    assert heights[6] < 2.5 * line
    page.resize(700, 760)
    row = page.stops.model().index(0, 0, parent)
    qtbot.waitUntil(lambda: page.stops.rowHeight(row) > heights[0])
    assert page.stops.rowHeight(row) < 5 * line
    assert row.data(Qt.ItemDataRole.ToolTipRole).count(", ") >= 10, "what is cut is told"


# Keyboard and screen readers


def test_the_tab_key_goes_down_the_page(qtbot: QtBot, page: RaidNightPage) -> None:
    page.activateWindow()
    page.setFocus()
    controls = page.controls
    walked = []
    for _step in range(9):
        focus = QApplication.focusWidget()
        assert focus is not None
        walked.append(controls.spec_picker if focus is controls.spec_picker.lineEdit() else focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert [widget for widget in walked if widget.isEnabled()] == [
        controls.spec_picker, controls.code, controls.content_box, page.chosen, page.stops,
        page.outputs.install, page.outputs.picture_button, page.outputs.print_button,
        controls.spec_picker,
    ]  # fmt: skip


def test_everything_has_a_name(page: RaidNightPage) -> None:
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]
    assert nameless == []
