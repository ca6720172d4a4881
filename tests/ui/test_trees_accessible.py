"""Builds and Compare without a mouse and without eyes: names for all, and a way on with Tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabBar, QTabWidget, QWidget

from att_desktop.ui.builds.page import BuildsPage
from att_desktop.ui.compare.page import ComparePage
from tests.ui.pages import context_with, show
from tests.ui.sample_library import library_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

LIBRARY = library_of([250])
MOST = 60


@pytest.fixture(params=[BuildsPage, ComparePage])
def page(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[BuildsPage | ComparePage]:
    page: BuildsPage | ComparePage = request.param(context_with(LIBRARY, last_spec_id=250))
    show(qtbot, page)
    page.activateWindow()
    qtbot.waitUntil(lambda: not page._steps.busy)
    page.panel.list_action.setChecked(True)
    yield page
    page.close()


def name_of(widget: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found else ""


def reachable(page: QWidget) -> list[QWidget]:
    """What can have the keyboard or be pressed now, by itself and not for another."""
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusProxy() is None
        and (
            widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
            or (isinstance(widget, QAbstractButton) and widget.isEnabled())
        )
    ]


def looks(page: QWidget) -> Iterator[None]:
    """Each tab of the page in turn."""
    for tabs in page.findChildren(QTabWidget):
        for number in range(tabs.count()):
            tabs.setCurrentIndex(number)
            QApplication.processEvents()
            yield


def test_everything_has_a_name(page: BuildsPage | ComparePage) -> None:
    for _ in looks(page):
        found = reachable(page)
        assert len(found) > 8
        # Qt's own corner of a table selects all of it and is switched off here.
        nameless = [
            widget
            for widget in found
            if not name_of(widget) and widget.objectName() != "qt_tableview_cornerbutton"
        ]
        assert not nameless


def test_tab_comes_to_everything_and_back(qtbot: QtBot, page: BuildsPage | ComparePage) -> None:
    for _ in looks(page):
        wanted = {
            widget
            for widget in reachable(page)
            if widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        }
        page.setFocus()
        start = QApplication.focusWidget()
        walked = [start]
        while len(walked) < MOST:
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            if QApplication.focusWidget() is start:
                break
            walked.append(QApplication.focusWidget())
        assert len(walked) == len(set(walked)), [name_of(widget) for widget in walked]
        assert set(walked) == wanted


@pytest.mark.slow
@pytest.mark.parametrize("size", [(650, 440), (890, 560), (1810, 1000)])
def test_nothing_lies_over_anything_else(
    page: BuildsPage | ComparePage, size: tuple[int, int]
) -> None:
    """At the least size of the window, too, and with the list beside the tree."""
    for _ in looks(page):
        page.resize(*size)
        QApplication.processEvents()
        # As in the window: a page that needs more room than it has is scrolled.
        wanted = QSize(*size).expandedTo(page.minimumSizeHint())
        page.resize(wanted)
        QApplication.processEvents()
        assert page.size() == wanted
        shown = [widget for widget in reachable(page) if not isinstance(widget, QTabBar)]
        places = [QRect(widget.mapTo(page, QPoint(0, 0)), widget.size()) for widget in shown]
        for number, (widget, place) in enumerate(zip(shown, places, strict=True)):
            assert page.rect().contains(place), name_of(widget)
            for other, where in zip(shown[number + 1 :], places[number + 1 :], strict=True):
                if not (widget.isAncestorOf(other) or other.isAncestorOf(widget)):
                    assert not place.intersects(where), (name_of(widget), name_of(other))
