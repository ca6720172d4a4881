"""Import codes that are pasted into the Compare page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from att_desktop.game.import_codes import encode
from att_desktop.sources.sample.random_builds import random_build
from att_desktop.ui.results.build_options import paste
from tests.ui.compare.compared import BLOOD, best
from tests.ui.pages import keep
from tests.ui.sample_library import TREES, library_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from att_desktop.ui.compare.page import ComparePage
    from att_desktop.ui.context import AppContext


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


def test_news_of_builds_leave_a_code_that_was_refused_to_be_mended(
    page: ComparePage,
) -> None:
    picked = page.a.current
    QGuiApplication.clipboard().setText("CIcBAAAA no code")
    page.a.code.paste()
    said = page.a.line.text()
    for tell in (page._show_own, page._read_library):
        tell()
        assert page.a.line.text() == said
        assert page.a.current is None
        assert page.comparison is None
        assert page.b.current is not None
    page.a.code.selectAll()
    page.a.code.del_()
    page.a.code.textEdited.emit("")
    assert page.a.current == picked
    assert page.comparison is not None


def test_a_code_of_a_spec_without_builds_waits_for_them(
    qtbot: QtBot, page: ComparePage, context: AppContext
) -> None:
    mage = TREES.tree(62)
    code = encode(mage, random_build(mage, mage.hero_trees[0], {}))
    QGuiApplication.clipboard().setText(code)
    page.b.code.paste()
    assert page.comparison is None
    keep(context, library_of([62]))
    with qtbot.waitSignal(context.library_changed):
        context.reload_library()
    assert page.b.current is not None
    assert page.b.current.code == code
    assert page.b.code.text() == code
    assert page.a.current is not None
    assert page.comparison is not None


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


def test_a_code_that_is_none_is_explained(qtbot: QtBot, page: ComparePage) -> None:
    page.b.code.setText("hello there!")
    page.b.code.textEdited.emit("hello there!")
    assert "no import code" in page.b.line.text()


def test_characters_to_spare_are_told_and_no_hindrance(page: ComparePage) -> None:
    build = random_build(BLOOD, BLOOD.hero_trees[0], {})
    pasted = f"{encode(BLOOD, build)}AAA"
    page.a.code.setText(pasted)
    page.a.code.textEdited.emit(pasted)
    assert page.a.current is not None
    assert page.a.current.selection == build
    assert "spare characters at its end: 3." in page.a.line.text()
    assert "cannot be shown" in paste(f"{encode(BLOOD, build)}AAB", TREES).problem
