"""The Compare page as a player uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from att_desktop.game.comparison import compare
from att_desktop.game.import_codes import decode, encode
from att_desktop.game.swaps import swaps
from att_desktop.sources.sample.random_builds import random_build
from att_desktop.text.comparisons import difference_lines
from att_desktop.ui.compare.difference_model import NODE_ROLE
from att_desktop.ui.compare.page import ComparePage
from att_desktop.ui.results.spec_results import SpecResults
from att_desktop.ui.tree.node_state import Mark
from att_desktop.ui.tree.scene import TreeScene
from att_desktop.update.library import Library
from tests.ui.compare.compared import BLOOD, LIBRARY, best
from tests.ui.pages import context_with, keep
from tests.ui.sample_library import TREES, library_of, renamed_trees

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from att_desktop.ui.context import AppContext


def marks(page: ComparePage) -> dict[int, Mark]:
    shown = {Mark.ONLY_A, Mark.ONLY_B, Mark.RANK, Mark.CHOICE}
    return {
        node_id: item.state.mark
        for node_id, item in page.panel.scene.nodes.items()
        if item.state.mark in shown
    }


def test_two_builds_are_laid_over_each_other(page: ComparePage) -> None:
    a, b = best(250, "3129"), best(250, "3131")
    page.compare(a, b)
    expected = compare(BLOOD, a.selection, b.selection)
    found = marks(page)
    assert [n for n, m in found.items() if m is Mark.ONLY_A] != []
    assert {n for n, m in found.items() if m is Mark.ONLY_A} == {
        one.node.node_id for one in expected.only_a
    }
    assert {n for n, m in found.items() if m is Mark.ONLY_B} == {
        one.node.node_id for one in expected.only_b
    }
    assert expected.hero_differs
    number = expected.swaps.number
    assert page.differences.summary.text() == f"{number} swaps apart, other hero tree."
    assert page.differences.model.rowCount() == len(difference_lines(expected))


def test_swapping_changes_the_sides(qtbot: QtBot, page: ComparePage) -> None:
    a, b = best(250, "3129"), best(250, "3131")
    page.compare(a, b)
    before = marks(page)
    qtbot.mouseClick(page.swap_button, Qt.MouseButton.LeftButton)
    other = {Mark.ONLY_A: Mark.ONLY_B, Mark.ONLY_B: Mark.ONLY_A}
    assert marks(page) == {n: other.get(m, m) for n, m in before.items()}
    assert page.a.current == b
    assert page.b.current == a


def test_with_what_is_left_open_another_build_is_taken(page: ComparePage) -> None:
    a = best(250, "3129")
    page.compare(a, None)
    assert page.a.current == a
    assert page.b.current is not None
    assert page.b.current.selection != a.selection


def test_a_build_of_another_spec_changes_the_spec(page: ComparePage) -> None:
    devourer = best(1480, "3129")
    page.compare(devourer, best(250, "3129"))
    assert page.spec_picker.spec_id == 1480
    assert page.a.current == devourer
    assert page.b.current is not None
    assert page.b.current.spec_id == 1480


def test_picking_an_encounter_and_one_of_its_builds(qtbot: QtBot, page: ComparePage) -> None:
    page.compare(best(250, "3129"), best(250, "raid"))
    row = page.b.source.findText("Loom'ithar", Qt.MatchFlag.MatchContains)
    page.b.source.setCurrentIndex(row)
    page.b.source.activated.emit(row)
    assert page.b.current == best(250, "3131")
    assert page.b.variant.count() == min(20, len(LIBRARY.encounters[250, 3131].all_builds))
    page.b.variant.setCurrentIndex(1)
    page.b.variant.activated.emit(1)
    chosen = page.b.current
    assert chosen is not None
    assert chosen.code == LIBRARY.encounters[250, 3131].all_builds[1].talent_code
    assert page.comparison is not None
    assert page.comparison.swaps == swaps(BLOOD, best(250, "3129").selection, chosen.selection)


def test_group_titles_cannot_be_picked(page: ComparePage) -> None:
    model = page.a.source.model()
    titles = [
        row
        for row in range(model.rowCount())
        if not model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsSelectable
    ]
    assert [page.a.source.itemText(row) for row in titles] == ["General", "Raid", "Mythic+"]


def test_a_spec_chosen_elsewhere_is_shown_when_the_page_is(
    page: ComparePage, context: AppContext
) -> None:
    page.hide()
    context.change_settings(last_spec_id=1480)
    page.show()
    assert page.spec_picker.spec_id == 1480
    assert page.a.current == best(1480, "raid")
    page.compare(best(250, "3131"), best(250, "raid"))
    page.hide()
    page.show()
    assert page.a.current == best(250, "3131")


def test_a_spec_chosen_here_is_remembered(
    qtbot: QtBot, page: ComparePage, context: AppContext
) -> None:
    page.spec_picker.setFocus()
    qtbot.keyClicks(page.spec_picker.lineEdit(), "devourer")
    qtbot.keyClick(page.spec_picker.lineEdit(), Qt.Key.Key_Return)
    assert context.settings.last_spec_id == 1480


def test_copying_codes_and_text(qtbot: QtBot, page: ComparePage) -> None:
    a, b = best(250, "3129"), best(250, "3131")
    page.compare(a, b)
    qtbot.mouseClick(page.differences.copy_b, Qt.MouseButton.LeftButton)
    assert decode(QGuiApplication.clipboard().text(), TREES).selection == b.selection
    qtbot.mouseClick(page.differences.copy_a, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == a.code
    qtbot.mouseClick(page.differences.copy_text, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Blood Death Knight\nA: Plexus Sentinel")
    for line in difference_lines(compare(BLOOD, a.selection, b.selection)):
        assert f"- {line}\n" in text
    assert a.code in text
    assert b.code in text


def test_saving_the_picture(
    qtbot: QtBot, page: ComparePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "both"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    qtbot.mouseClick(page.differences.save, Qt.MouseButton.LeftButton)
    saved = path.with_suffix(".png")
    assert not QImage(str(saved)).isNull()
    assert page.differences.told.text() == "Saved as both.png."


def test_a_picture_that_cannot_be_saved_is_told(page: ComparePage, tmp_path: Path) -> None:
    assert not page.panel.pictures.save(tmp_path / "no such folder" / "x.png")
    assert "could not be saved" in page.differences.told.text()


def test_choosing_a_difference_leads_to_its_node(page: ComparePage) -> None:
    page.compare(best(250, "3129"), best(250, "3131"))
    index = page.differences.model.index(1, 0)
    page.differences.list.setCurrentIndex(index)
    assert page.panel.scene.current == index.data(NODE_ROLE)
    page.tabs.setCurrentWidget(page.linked)
    assert {view.scene().current for view in page.linked.views} == {index.data(NODE_ROLE)}


def test_two_trees_zoom_together_and_show_their_own_side(page: ComparePage) -> None:
    a, b = best(250, "3129"), best(250, "3131")
    page.compare(a, b)
    page.tabs.setCurrentWidget(page.linked)
    first, second = page.linked.views
    first.zoom_by(2.0)
    assert second.zoom == pytest.approx(first.zoom)
    for view, build in ((first, a), (second, b)):
        scene = view.scene()
        assert isinstance(scene, TreeScene)
        lit = {n for n, item in scene.nodes.items() if item.state.lit and not item.node.free}
        selection_nodes = {BLOOD.hero_trees[0].selection_node_id}
        assert lit == {n for n, _, _ in build.selection} - selection_nodes


def test_two_trees_are_drawn_once_they_are_in_sight(page: ComparePage) -> None:
    scenes = [view.scene() for view in page.linked.views]
    page.compare(best(250, "3129"), best(250, "3131"))
    assert not any(scene.items() for scene in scenes)
    page.tabs.setCurrentWidget(page.linked)
    assert all(scene.items() for scene in scenes)
    page._pick(None, None)
    assert not any(scene.items() for scene in scenes)


def test_clicking_the_matrix_compares(qtbot: QtBot, page: ComparePage) -> None:
    page.tabs.setCurrentWidget(page.matrix)
    index = page.matrix_model.index(2, 3)
    at = page.matrix.visualRect(index).center()
    qtbot.mouseClick(page.matrix.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert page.tabs.currentWidget() is page.panel
    assert page.a.current == best(250, "3129")
    assert page.b.current == best(250, "3131")


def test_nothing_to_compare_tells_the_next_step(qtbot: QtBot) -> None:
    page = ComparePage(context_with(None))
    qtbot.addWidget(page)
    assert "no builds to compare yet" in page.panel._message.text()
    with qtbot.waitSignal(page.panel.update_wanted):
        page.panel.update_button.click()
    assert not page.differences.copy_a.isEnabled()
    assert not page.differences.save.isEnabled()
    assert [page.tabs.isTabEnabled(number) for number in range(3)] == [True, False, False]
    for side, hero in zip((page.a, page.b), BLOOD.hero_trees, strict=True):
        QGuiApplication.clipboard().setText(encode(BLOOD, random_build(BLOOD, hero, {})))
        side.code.paste()
    assert [page.tabs.isTabEnabled(number) for number in range(3)] == [True, True, False]


def test_results_that_cannot_be_read_are_told_of(qtbot: QtBot) -> None:
    context = context_with(LIBRARY)
    context.checkpoints[0].write_text("{ broken")
    page = ComparePage(context)
    qtbot.addWidget(page)
    assert page.panel._message.text().startswith("The saved results are damaged.")


def test_new_results_keep_the_choice(qtbot: QtBot, page: ComparePage, context: AppContext) -> None:
    page.compare(best(250, "3129"), best(250, "3131"))
    keep(context, library_of([250]))
    with qtbot.waitSignal(context.library_changed):
        context.reload_library()
    assert page.a.current is not None
    assert page.b.current is not None
    assert (page.a.current.result_key, page.b.current.result_key) == ("3129", "3131")


def test_a_choice_that_is_gone_gives_way_to_what_is_there(
    qtbot: QtBot, page: ComparePage, context: AppContext
) -> None:
    page.compare(best(250, "3129"), best(250, "3131"))
    for gone, left in (({3131}, ("3129", "raid")), ({3129, 3131}, ("mythicplus", "raid"))):
        encounters = {at: one for at, one in LIBRARY.encounters.items() if at[1] not in gone}
        keep(context, Library(units=LIBRARY.units, encounters=encounters))
        with qtbot.waitSignal(context.library_changed):
            context.reload_library()
        for side, key in zip((page.a, page.b), left, strict=True):
            assert side.current is not None
            assert side.current.result_key == key
            assert side.source.currentText().strip() == side.current.title
    keep(context, Library(units={}, encounters={}))
    with qtbot.waitSignal(context.library_changed):
        context.reload_library()
    assert page.comparison is None
    assert "no builds to compare yet" in page.panel._message.text()


def test_newer_trees_are_compared_on(qtbot: QtBot) -> None:
    versions = [TREES, renamed_trees(250)]
    context = context_with(LIBRARY, load_trees=lambda: versions.pop(0), last_spec_id=250)
    page = ComparePage(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    page._paste(page.a, encode(BLOOD, random_build(BLOOD, BLOOD.hero_trees[0], {})))
    context.renew_trees()
    assert page.panel.state is not None
    assert page.panel.state.tree is context.trees.tree(250)
    assert {item.node.entries[0].name for item in page.panel.scene.nodes.values()} == {"Renamed"}
    offered = [page.a.source.itemText(row).strip() for row in range(page.a.source.count())]
    assert "Pasted code" in offered


def test_a_rare_build_is_shown_as_picked(page: ComparePage) -> None:
    results = SpecResults(LIBRARY, TREES, 250)
    raid = results.result("raid")
    assert raid is not None
    rare = results.build_ref(raid, len(raid.record.all_builds))
    assert rare is not None
    page.compare(rare, best(250, "3129"))
    assert page.a.variant.currentData() == rare
    assert page.a.variant.count() == 21
    page.a.pick(best(250, "raid"))
    assert page.a.variant.currentIndex() == 0
    assert page.a.variant.count() == 20
