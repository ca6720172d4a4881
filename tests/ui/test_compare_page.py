"""The Compare page as a player uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QStyle, QStyleOptionFrame

from att_desktop.game.comparison import compare
from att_desktop.game.import_codes import decode, encode
from att_desktop.game.swaps import swaps
from att_desktop.sources.sample.random_builds import random_build
from att_desktop.text.comparisons import difference_lines
from att_desktop.text.language import use_language
from att_desktop.ui.compare.difference_model import NODE_ROLE
from att_desktop.ui.compare.page import ComparePage
from att_desktop.ui.results.build_options import own_refs, paste, variants
from att_desktop.ui.results.my_builds import OwnBuilds, own_builds_of
from att_desktop.ui.results.spec_results import SpecResults
from att_desktop.ui.tree.node_state import Mark
from att_desktop.ui.tree.scene import TreeScene
from att_desktop.wow.saved_variables import MyBuild
from tests.ui.compared import BLOOD, LIBRARY, best
from tests.ui.pages import context_with, keep
from tests.ui.sample_library import TREES, library_of, renamed_trees

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from att_desktop.ui.context import AppContext


@pytest.fixture
def context() -> AppContext:
    return context_with(LIBRARY, last_spec_id=250)


@pytest.fixture
def page(qtbot: QtBot, context: AppContext) -> Iterator[ComparePage]:
    page = ComparePage(context)
    qtbot.addWidget(page)
    page.resize(1200, 760)
    page.show()
    qtbot.waitExposed(page)
    qtbot.waitUntil(lambda: not page._steps.busy)
    yield page
    page.close()


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


def test_a_pasted_code_is_compared(qtbot: QtBot, page: ComparePage) -> None:
    selection = random_build(BLOOD, BLOOD.hero_trees[0], {})
    qtbot.keyClicks(page.b.code, encode(BLOOD, selection))
    assert page.b.current is not None
    assert page.b.current.selection == selection
    assert page.b.current.title == "Pasted code"
    # It stays to be picked again.
    assert page.a.source.findText("Pasted code", Qt.MatchFlag.MatchContains) > 0


def test_a_pasted_code_of_another_spec_changes_the_spec(qtbot: QtBot, page: ComparePage) -> None:
    mage = TREES.tree(62)
    code = encode(mage, random_build(mage, mage.hero_trees[0], {}))
    page.a.code.setText(code)
    page.a.code.textEdited.emit(code)
    assert page.spec_picker.spec_id == 62
    assert page.a.current is not None
    # There are no builds of this spec: nothing to compare with yet.
    assert page.b.current is None
    assert "Choose a build" in page.panel._message.text()


def test_a_code_stands_in_its_field_while_its_build_is_picked(page: ComparePage) -> None:
    code = encode(BLOOD, random_build(BLOOD, BLOOD.hero_trees[0], {}))
    QGuiApplication.clipboard().setText(code)
    page.a.code.paste()
    assert page.a.code.text() == code
    page.swap()
    assert page.a.code.text() == ""
    assert page.b.current is not None
    assert page.b.current.code == code
    page.a.code.setText("CIcB")  # half typed when something else is picked
    page.compare(best(250, "3129"), best(250, "3131"))
    assert page.a.code.text() == "CIcB"


def test_a_bad_code_takes_the_old_verdict_away_until_it_is_mended(page: ComparePage) -> None:
    before, picked = page.differences.summary.text(), page.a.current
    assert "apart" in before
    QGuiApplication.clipboard().setText("CIcBAAAA no code")
    page.a.code.paste()
    assert page.a.current is None
    assert page.comparison is None
    assert page.differences.summary.text() == ""
    assert page.panel.state is None
    assert page.a.line.text()
    page.a.code.selectAll()
    page.a.code.del_()
    page.a.code.textEdited.emit("")
    assert page.a.current == picked
    assert page.differences.summary.text() == before


def test_pasted_codes_are_told_apart_and_kept_once(page: ComparePage) -> None:
    codes = [encode(BLOOD, random_build(BLOOD, hero, {})) for hero in BLOOD.hero_trees]
    for side, code in ((page.a, codes[0]), (page.b, codes[1]), (page.b, codes[0])):
        side.code.clear()
        QGuiApplication.clipboard().setText(code)
        side.code.paste()
    assert page.a.current is not None
    assert page.a.current.title == "Pasted code"
    assert page.b.current == page.a.current
    offered = [page.a.source.itemText(row).strip() for row in range(page.a.source.count())]
    assert offered[-2:] == ["Pasted code", "Pasted code 2"]


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


def test_a_code_that_is_none_is_explained(qtbot: QtBot, page: ComparePage) -> None:
    page.b.code.setText("hello there!")
    page.b.code.textEdited.emit("hello there!")
    assert "no import code" in page.b.line.text()


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


@pytest.mark.parametrize(("size", "beside"), [(QSize(1400, 500), True), (QSize(560, 600), False)])
def test_two_trees_stand_side_by_side_but_in_a_narrow_window(
    qtbot: QtBot, page: ComparePage, size: QSize, beside: bool
) -> None:
    page.linked.setParent(None)
    page.linked.resize(size)
    page.linked.show()
    qtbot.addWidget(page.linked)
    assert (page.linked.orientation() is Qt.Orientation.Horizontal) == beside


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


def test_what_is_picked_stays_what_it_was_when_own_talents_change(
    qtbot: QtBot, page: ComparePage
) -> None:
    results = SpecResults(LIBRARY, TREES, 250)
    alternative = variants(results, results.result("3131"))[2][1]
    codes = [encode(BLOOD, random_build(BLOOD, hero, {})) for hero in BLOOD.hero_trees]
    for code in codes:
        page._own._on_read(
            [MyBuild(character="Mirou", realm="Ysondre", spec_id=250, code=code, time=1)]
        )
        if code == codes[0]:
            page.compare(alternative, own_refs(page._own.builds, TREES, 250)[0])
    assert page.a.current == alternative
    assert page.b.current is not None
    assert (page.b.current.title, page.b.current.code) == ("Mirou's talents", codes[1])


def test_own_talents_are_read_again_when_the_page_is_shown(
    qtbot: QtBot, context: AppContext
) -> None:
    reads: list[Sequence[Path]] = []

    def read(folders: Sequence[Path]) -> list[MyBuild]:
        reads.append(folders)
        return []

    own = OwnBuilds(context, read)
    page = ComparePage(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: len(reads) == 1 and not own.busy)
    page.hide()
    page.show()
    qtbot.waitUntil(lambda: len(reads) == 2 and not own.busy)


def test_characters_with_other_talents_than_the_app_are_told(
    qtbot: QtBot, context: AppContext
) -> None:
    code = encode(BLOOD, random_build(BLOOD, BLOOD.hero_trees[0], {}))
    hashed = f"{code[:4]}E{code[5:]}"
    own = OwnBuilds(context, lambda _: [])
    mine = {"realm": "Ysondre", "spec_id": 250, "time": 1}
    with qtbot.assertNotEmitted(context.told):
        own._on_read([MyBuild(character="Mirou", code=code, **mine)])
    with qtbot.waitSignal(context.told) as told:
        own._on_read([MyBuild(character="Mirou", code=hashed, **mine)])
    assert "other talents than the app for Mirou." in told.args[0]
    assert own_refs(own.builds, TREES, 250) == []


def test_the_spec_of_an_own_character_comes_first(qtbot: QtBot) -> None:
    context = context_with(LIBRARY)
    own = own_builds_of(context)
    qtbot.waitUntil(lambda: not own.busy)
    tree = TREES.tree(1480)
    code = encode(tree, random_build(tree, tree.hero_trees[0], {}))
    page = ComparePage(context)
    qtbot.addWidget(page)
    assert page.spec_picker.spec_id == 250
    own._on_read([MyBuild(character="Mirou", realm="Ysondre", spec_id=1480, code=code, time=1)])
    assert page.spec_picker.spec_id == 1480
    offered = [page.a.source.itemText(row).strip() for row in range(page.a.source.count())]
    assert offered[-1] == "Mirou's talents"
    later = ComparePage(context)
    qtbot.addWidget(later)
    assert later.spec_picker.spec_id == 1480


def test_characters_to_spare_are_told_and_no_hindrance(page: ComparePage) -> None:
    build = random_build(BLOOD, BLOOD.hero_trees[0], {})
    pasted = f"{encode(BLOOD, build)}AAA"
    page.a.code.setText(pasted)
    page.a.code.textEdited.emit(pasted)
    assert page.a.current is not None
    assert page.a.current.selection == build
    assert "spare characters at its end: 3." in page.a.line.text()
    assert "cannot be shown" in paste(f"{encode(BLOOD, build)}AAB", TREES).problem


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
