"""The player's own talents, characters and specs on the Builds page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from att_desktop.config.settings import load_settings
from att_desktop.game.import_codes import decode, encode
from att_desktop.game.swaps import swaps
from att_desktop.sources.sample.random_builds import random_build
from att_desktop.ui.builds.page import BuildsPage
from att_desktop.ui.builds.rates_model import RatesModel
from att_desktop.ui.compare.page import ComparePage
from att_desktop.wow.saved_variables import MyBuild
from tests.ui.builds.opened import LIBRARY, choose
from tests.ui.pages import context_with
from tests.ui.sample_library import TREES

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from att_desktop.ui.context import AppContext


def test_the_own_talents_stand_beside_the_best(qtbot: QtBot, page: BuildsPage) -> None:
    choose(qtbot, page, "3131")
    assert "you" not in page.header.text
    assert page.rates.isColumnHidden(RatesModel.YOU)
    record = LIBRARY.encounters[250, 3131]
    code = record.all_builds[-1].talent_code
    mine = MyBuild(character="Mirou", realm="Ysondre", spec_id=250, code=code, time=1)
    page._own._on_read([mine])
    assert page.shown is not None
    own = decode(code, TREES).selection
    apart = swaps(TREES.tree(250), own, page.shown.selection)
    assert " · you: " in page.header.text
    assert f"{apart.number} swap" in page.header.text
    assert ("other hero tree" in page.header.text) is apart.other_hero
    assert not page.rates.isColumnHidden(RatesModel.YOU)
    assert "you:" not in "".join(page.panel.pictures.caption.lines), "a picture is for others"
    page.show_spec(105)
    assert "you:" not in page.header.text


def test_own_characters_come_first_and_choose_the_first_spec(qtbot: QtBot) -> None:
    context = context_with(LIBRARY)
    page = BuildsPage(context)
    qtbot.addWidget(page)
    own = page._own
    qtbot.waitUntil(lambda: not own.busy)
    own._on_read([MyBuild(character="Mirou", realm="Ysondre", spec_id=1480, code="x", time=1)])
    assert page.spec_id == 1480
    assert page.picker.itemText(0) == "Devourer Demon Hunter"


def test_own_talents_are_offered_to_compare_with(
    qtbot: QtBot, page: BuildsPage, context: AppContext
) -> None:
    tree = TREES.tree(250)
    code = encode(tree, random_build(tree, tree.hero_trees[1], {}))
    page._own._on_read([MyBuild(character="A&B", realm="Ysondre", spec_id=250, code=code, time=1)])
    page.header._on_menu()
    first = page.header.compare_menu.actions()[0]
    assert first.text() == "A&&B's talents"
    with qtbot.waitSignal(context.compare_requested) as asked:
        first.trigger()
    assert asked.args is not None
    compare = ComparePage(context)
    qtbot.addWidget(compare)
    compare.compare(*asked.args)
    offered = [compare.b.source.itemText(row).strip() for row in range(compare.b.source.count())]
    assert offered.count("A&B's talents") == 1
    assert compare.b.current is not None
    assert compare.b.current.code == code


def test_specs_that_the_player_named_come_first(qtbot: QtBot, page: BuildsPage) -> None:
    page._context.change_settings(own_specs=(66, 102))
    assert [page.picker.itemText(row) for row in range(2)] == [
        "Protection Paladin",
        "Balance Druid",
    ]
    assert load_settings(page._context.folders).settings.own_specs == (66, 102)
