"""How the Builds page shares its room out between tree and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QStyle

from att_desktop.text.language import use_language
from att_desktop.ui.builds.list_view import SHORT_ROLE
from att_desktop.ui.builds.page import BuildsPage
from att_desktop.ui.tree.layout import lay_out
from att_desktop.ui.tree.node_outline import radius_of
from att_desktop.ui.tree.text_scale import text_scale
from att_desktop.ui.widgets.side_panels import TreeAboveLists
from tests.ui.builds.opened import LIBRARY
from tests.ui.pages import context_with, keep
from tests.ui.sample_library import TREES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)


@pytest.mark.parametrize("size", [(890, 560), (1090, 720), (1810, 1000)])
def test_the_tree_has_most_of_the_page_and_readable_ranks(
    page: BuildsPage, size: tuple[int, int]
) -> None:
    """What is left of windows of 1000 x 640, 1200 x 800 and 1920 x 1080."""
    page.show_spec(105)  # the widest tree
    page.resize(*size)
    zoom = page.panel.view.zoom
    font = page.panel.scene.style_.fonts.badge.pixelSize()
    assert page.panel.view.width() > page.encounters.width()
    assert font * zoom * text_scale(zoom) >= 6


# What a window of 1366 x 768 leaves to the page below its menu, banner and status bar.
LAPTOP = (1274, 698)


def test_on_a_laptop_every_specs_nodes_have_28_pixels(qtbot: QtBot, page: BuildsPage) -> None:
    page.resize(*LAPTOP)
    QApplication.processEvents()
    view = page.panel.view.viewport()
    for spec_id in TREES.spec_ids:
        tree = TREES.tree(spec_id)
        left, top, right, bottom = lay_out(tree, tree.hero_trees[:1]).bounds
        scale = min(view.width() / (right - left), view.height() / (bottom - top))
        assert 2 * radius_of("square") * scale >= 28, spec_id


def test_in_a_narrow_list_no_words_are_cut(qtbot: QtBot, page: BuildsPage) -> None:
    """Names go on in a second line; swaps are numbers alone, '7*' with another hero tree."""
    page.resize(*LAPTOP)
    QApplication.processEvents()
    view, texts = page.encounters, []
    margins = 2 * (view.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1)
    for spec_id in (105, 250, 1480):
        page.show_spec(spec_id)
        qtbot.wait(0)
        for index in _rows_of(view.model()):
            for column in (0, 3):
                cell = index.siblingAtColumn(column)
                box = view.visualRect(cell)
                room = QRect(0, 0, box.width() - margins, 1000)
                text = cell.data(SHORT_ROLE if column == 3 else Qt.ItemDataRole.DisplayRole)
                wanted = view.fontMetrics().boundingRect(room, WRAPPED, text)
                assert wanted.height() <= box.height(), text
                assert wanted.width() <= room.width(), text
                texts.append(text)
    assert view.yields
    assert any(text.endswith("*") for text in texts)
    assert view.isColumnHidden(1)


@pytest.mark.parametrize("spec_id", [105, 1480])
def test_a_list_that_is_as_wide_as_its_words_wraps_none(
    qtbot: QtBot, page: BuildsPage, spec_id: int
) -> None:
    page.resize(1828, 1010)
    page.show_spec(spec_id)
    qtbot.waitUntil(lambda: not page._steps.busy)
    QApplication.processEvents()
    view = page.encounters
    assert not view.isColumnHidden(1)
    heights = {view.visualRect(index).height() for index in _rows_of(view.model())}
    assert len(heights) == 1


def test_names_of_talents_and_builds_come_before_what_is_said_of_them(
    qtbot: QtBot, page: BuildsPage
) -> None:
    page.resize(868, 470)  # what a screen of 1920 x 1080 at 200 % leaves to the page
    page._lists.set_folded(folded=False)
    for number, view in enumerate((page.alternatives, page.rates)):
        page._lists.setCurrentIndex(number)
        for spec_id in (250, 1480):
            page.show_spec(spec_id)
            qtbot.waitUntil(lambda: not page._steps.busy)
            assert view.model().rowCount() > 0
            QApplication.processEvents()
            assert view.columnWidth(0) >= min(view.sizeHintForColumn(0), 170)  # 20 letters
            assert view.header().length() == view.viewport().width()


@pytest.mark.parametrize("language", ["de", "es"])
def test_the_narrowest_list_needs_no_horizontal_scroll_bar(qtbot: QtBot, language: str) -> None:
    """What a screen of 1920 x 1080 at 200 % leaves to the page, with words longer than English."""
    use_language(language)
    try:
        page = BuildsPage(context_with(LIBRARY, last_spec_id=250))
    finally:
        use_language("en")
    qtbot.addWidget(page)
    font = page.font()
    font.setPointSizeF(font.pointSizeF() * 1.1)
    page.setFont(font)
    page.resize(854, 470)
    page.show()
    qtbot.waitExposed(page)
    qtbot.waitUntil(lambda: bool(page.header.cluster_text))
    QApplication.processEvents()
    assert page.encounters.verticalScrollBar().isVisible()
    assert not page.encounters.horizontalScrollBar().isVisible()


def test_lists_that_come_into_an_open_window_are_shared_out_alike(qtbot: QtBot) -> None:
    """The first builds come after the window has its size: nothing is resized any more."""
    context = context_with(None, last_spec_id=250)
    page = BuildsPage(context)
    qtbot.addWidget(page)
    page.resize(*LAPTOP)
    page.show()
    qtbot.waitExposed(page)
    QApplication.processEvents()
    keep(context, LIBRARY)
    context.reload_library()
    qtbot.waitUntil(lambda: bool(page.header.cluster_text))
    QApplication.processEvents()
    view = page.encounters
    assert view.yields
    proxy: Any = view.model()
    groups = [proxy.index(row, 0) for row in range(proxy.rowCount())]
    assert len({view.visualRect(group).height() for group in groups}) == 1, "titles are one line"


def _rows_of(model: Any) -> Iterator[Any]:
    for group in range(model.rowCount()):
        parent = model.index(group, 0)
        yield from (model.index(row, 0, parent) for row in range(model.rowCount(parent)))


def test_the_lists_fold_where_the_tree_would_be_too_small(qtbot: QtBot, page: BuildsPage) -> None:
    page.resize(*LAPTOP)
    QApplication.processEvents()
    assert page._lists.is_folded
    before = page.panel.view.height()
    qtbot.mouseClick(page._lists.fold_button, Qt.MouseButton.LeftButton)
    assert not page._lists.is_folded
    assert page.alternatives.isVisible()
    QApplication.processEvents()
    assert page.panel.view.height() < before
    page.resize(LAPTOP[0] - 10, LAPTOP[1])
    assert not page._lists.is_folded  # the player's choice stays
    qtbot.mouseClick(page._lists.fold_button, Qt.MouseButton.LeftButton)
    tabs = page._lists.tabBar()
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
    assert page.rates.isVisible()


def test_with_room_the_tree_has_two_thirds_of_the_height(qtbot: QtBot, page: BuildsPage) -> None:
    page.resize(1828, 1010)
    QApplication.processEvents()
    assert not page._lists.is_folded
    share = page.panel.height() / (page.panel.height() + page._lists.height())
    assert 0.62 < share < 0.7


def test_the_height_that_was_dragged_is_there_again_after_folding(page: BuildsPage) -> None:
    page.resize(1828, 1010)
    QApplication.processEvents()
    splitter = page._lists.parentWidget()
    assert isinstance(splitter, TreeAboveLists)
    splitter.moveSplitter(splitter.height() // 2, 1)
    dragged = splitter.sizes()
    for _time in range(2):
        page._lists.fold_button.click()
        QApplication.processEvents()
    assert not page._lists.is_folded
    assert splitter.sizes() == dragged
