"""The Builds page as a player uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import QFileDialog

from att_desktop.config.settings import load_settings
from att_desktop.game.import_codes import decode
from tests.ui.builds.opened import LIBRARY, choose, drawn_selection
from tests.ui.sample_library import TREES

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from att_desktop.ui.builds.page import BuildsPage
    from att_desktop.ui.context import AppContext
    from att_desktop.ui.tree.node_state import TreeState


@pytest.mark.parametrize("prepared", [False, True])
def test_a_click_draws_the_tree_once(
    qtbot: QtBot, page: BuildsPage, monkeypatch: pytest.MonkeyPatch, prepared: bool
) -> None:
    if prepared:
        choose(qtbot, page, "3131")
        choose(qtbot, page, "3130")
    drawn: list[TreeState] = []
    draw = page.panel.scene.show_state

    def count(look: TreeState) -> None:
        drawn.append(look)
        draw(look)

    monkeypatch.setattr(page.panel.scene, "show_state", count)
    choose(qtbot, page, "3131")
    qtbot.waitUntil(lambda: not page._steps.busy)
    assert [look.sample for look in drawn] == [LIBRARY.encounters[250, 3131].sample_size]


def test_the_last_spec_is_shown_with_its_general_build(page: BuildsPage) -> None:
    assert page.spec_id == 250
    assert page.shown is not None
    assert page.shown.code == LIBRARY.unit(250, "raid").best_build.talent_code
    heroes = {hero.selection_node_id for hero in TREES.tree(250).hero_trees}
    assert drawn_selection(page) == {n for n, _, _ in page.shown.selection} - heroes


def test_clicking_an_encounter_draws_its_best_build(qtbot: QtBot, page: BuildsPage) -> None:
    choose(qtbot, page, "3131")
    record = LIBRARY.encounters[250, 3131]
    assert page.shown is not None
    assert page.shown.code == record.best_build.talent_code
    assert page.header.text.startswith(
        f"{record.best_build.count} of 50 · {record.best_build.hero_tree} · Warcraft Logs · 3 h old"
    )
    sentence = page.header.cluster_text
    assert " of 50 play this or within 3 swaps; " in sentence
    assert f"; {record.best_build.count} play exactly this" in sentence


def test_the_head_line_saves_the_picture_where_it_has_room(
    qtbot: QtBot, page: BuildsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tree.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    qtbot.mouseClick(page.header.picture_button, Qt.MouseButton.LeftButton)
    assert not QImage(str(path)).isNull()
    page.resize(760, 520)
    qtbot.waitUntil(lambda: not page.header.picture_button.isVisible())
    page.resize(1200, 760)
    qtbot.waitUntil(page.header.picture_button.isVisible)


def test_copy_code_puts_the_code_on_the_clipboard(qtbot: QtBot, page: BuildsPage) -> None:
    choose(qtbot, page, "3134")
    page.header.copy_action.trigger()
    text = QGuiApplication.clipboard().text()
    assert page.shown is not None
    assert decode(text, TREES).selection == page.shown.selection
    assert text == LIBRARY.encounters[250, 3134].best_build.talent_code
    assert page.header.copy_action.text() == "Copied"


def test_an_alternative_is_drawn_and_can_be_copied(qtbot: QtBot, page: BuildsPage) -> None:
    choose(qtbot, page, "3131")
    model = page.alternatives_model
    codes = [build.talent_code for build in LIBRARY.encounters[250, 3131].all_builds]
    for group, row, column in ((0, 1, 0), (1, 1, 1), (1, 0, 3)):
        # Whichever cell is clicked, it is the build of the line, by its place among all.
        page.alternatives.setCurrentIndex(model.index(row, column, model.index(group, 0)))
        assert page.shown is not None
        number = codes.index(page.shown.code) + 1
        assert page.shown.title == ("Loom'ithar" + f", build {number}" * (number > 1))
        page.header.copy_code()
        assert QGuiApplication.clipboard().text() == page.shown.code


def test_a_build_of_the_hero_tree_that_fewer_play_is_said_to_be_one(page: BuildsPage) -> None:
    model = page.alternatives_model
    most, fewer = model.index(0, 0), model.index(1, 0)
    share = most.siblingAtColumn(1).data().split("(")[1].rstrip(")")
    page.alternatives.setCurrentIndex(model.index(0, 0, fewer))
    assert page.header.cluster_text.endswith(f" {share} play {most.data()}.")
    page.alternatives.setCurrentIndex(model.index(0, 0, most))
    assert "% play" not in page.header.cluster_text


def test_another_spec_is_remembered(qtbot: QtBot, page: BuildsPage, context: AppContext) -> None:
    edit = page.picker.lineEdit()
    assert edit is not None
    edit.selectAll()
    qtbot.keyClicks(edit, "devourer")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert page.spec_id == 1480
    assert context.settings.last_spec_id == 1480
    saved = load_settings(context.folders).settings
    assert saved.last_spec_id == 1480


def test_pick_rates_appear_as_colour_and_as_a_list(qtbot: QtBot, page: BuildsPage) -> None:
    page.panel.rates_action.trigger()
    assert page.panel.scene.style_.pick_rates
    rates = [item.state.share for item in page.panel.scene.nodes.values() if not item.node.free]
    assert all(rate is not None for rate in rates)
    proxy = page.rates.model()
    groups = [proxy.index(row, 0) for row in range(proxy.rowCount())]
    assert sum(map(proxy.rowCount, groups)) > 60
    assert [page.rates.isExpanded(group) for group in groups] == [True, True, False]
    page.rates.setCurrentIndex(proxy.index(3, 0, groups[0]))
    assert page.panel.scene.current is not None


def test_what_turns_a_talent_follows_and_unfolded_groups_stay_so(
    qtbot: QtBot, page: BuildsPage
) -> None:
    qtbot.waitUntil(lambda: not page._steps.busy)
    proxy = page.rates.model()

    def turned() -> list[str]:
        groups = [proxy.index(row, 0) for row in range(proxy.rowCount())]
        return [
            proxy.index(row, 5, group).data()
            for group in groups
            for row in range(proxy.rowCount(group))
        ]

    qtbot.waitUntil(lambda: any(turned()))
    assert any(text.startswith("taken at ") for text in turned())
    page.rates.collapse(proxy.index(0, 0))
    page.rates.expand(proxy.index(2, 0))
    page.encounters.setCurrentIndex(
        page.encounters.model().index(1, 0, page.encounters.model().index(1, 0))
    )
    qtbot.waitUntil(lambda: page._key == "3131" and not page._steps.busy)
    folds = [page.rates.isExpanded(proxy.index(row, 0)) for row in range(3)]
    assert folds == [False, True, True]


def test_the_toggle_and_the_list_have_names_of_their_own(page: BuildsPage) -> None:
    tabs = [page._lists.tabText(at).replace("&", "") for at in range(page._lists.count())]
    assert tabs == ["Alternatives", "Core and flex"]
    assert page.panel.rates_action.text() == "Shares"


def test_compare_with_hands_both_builds_on(
    qtbot: QtBot, page: BuildsPage, context: AppContext
) -> None:
    page.header._on_menu()
    actions = page.header.compare_menu.actions()
    assert actions[-1].text() == "Choose another build…"
    with qtbot.waitSignal(context.compare_requested) as asked:
        actions[0].trigger()
    assert asked.args is not None
    assert asked.args[0] == page.shown
    assert asked.args[1].selection != page.shown.selection
    with qtbot.waitSignal(context.compare_requested) as open_:
        actions[-1].trigger()
    assert open_.args == [page.shown, None]


def test_finding_narrows_the_list(qtbot: QtBot, page: BuildsPage) -> None:
    page.activateWindow()
    qtbot.keySequence(page.encounters, QKeySequence(QKeySequence.StandardKey.Find))
    assert page.search.hasFocus()
    qtbot.keyClicks(page.search, "halls")
    proxy = page.encounters.model()
    assert proxy.rowCount() == 1
    assert proxy.index(0, 0, proxy.index(0, 0)).data() == "Halls of Atonement"
    page.search.clear()
    assert page.encounters.currentIndex().data() == "All raid bosses"
    groups = range(proxy.rowCount())
    root = page.encounters.rootIndex()
    assert [page.encounters.isFirstColumnSpanned(row, root) for row in groups] == [True] * 3
    qtbot.keyClicks(page.search, "halls")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.shown is not None
    assert page.shown.title == "Halls of Atonement"


def test_a_search_that_finds_nothing_says_so(qtbot: QtBot, page: BuildsPage) -> None:
    shown = page.shown
    qtbot.keyClicks(page.search, "hallowfall")
    assert page.nothing_found.isVisible()
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.shown == shown
    page.search.clear()
    assert not page.nothing_found.isVisible()


def test_a_spec_chosen_elsewhere_is_shown_when_the_page_is(
    page: BuildsPage, context: AppContext
) -> None:
    page.hide()
    context.change_settings(last_spec_id=1480)
    assert page.spec_id == 250
    page.show()
    assert page.spec_id == 1480


def test_an_alternative_is_marked_with_what_it_changes(qtbot: QtBot, page: BuildsPage) -> None:
    model = page.alternatives.model()
    best = page.shown
    assert page.panel.state is not None
    assert page.panel.state.view == "one"
    page.alternatives.setCurrentIndex(model.index(1, 0, model.index(0, 0)))
    assert page.shown != best
    assert page.panel.state.view == "changes"
    strong = {n for n, look in page.panel.state.nodes.items() if look.emphasis == "strong"}
    assert strong
    page.alternatives.setCurrentIndex(model.index(0, 0, model.index(0, 0)))
    assert page.panel.state.view == "one"
