"""What is cut on a page, whatever fonts the machine has."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTabBar,
    QTableView,
    QToolButton,
    QTreeView,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from pytestqt.qtbot import QtBot

_SENTENCE: Final = "Builds come from Warcraft Logs, with an API client of your own."
_ROWS: Final = 40
_WIDTH: Final = 380
"""Pixels for the sentence: as in Segoe UI at 9 points and 96 dots by inch."""


def even_font() -> QFont:
    """The machine's own font, at the size at which it is as wide as a usual desktop font."""
    font = QFont(QApplication.font())
    sizes = [size / 4 for size in range(20, 80)]
    width = {}
    for size in sizes:
        font.setPointSizeF(size)
        width[size] = QFontMetrics(font).horizontalAdvance(_SENTENCE)
    font.setPointSizeF(min(sizes, key=lambda size: abs(width[size] - _WIDTH)))
    return font


def cut_texts(root: QWidget) -> list[str]:
    """Each text that is neither whole nor told by a tooltip, with its widget's class."""
    return [
        f"{type(widget).__name__} {text!r} ({reason})"
        for widget in [root, *root.findChildren(QWidget)]
        if widget.isVisible()
        for text, reason in _cut(widget)
    ]


def settled(qtbot: QtBot, window: QWidget) -> None:
    """Layouts take some rounds of the event loop."""
    with contextlib.suppress(qtbot.TimeoutError):
        qtbot.waitUntil(lambda: not cut_texts(window), timeout=10_000)


def _cut(widget: QWidget) -> Iterator[tuple[str, str]]:
    match widget:
        case QLabel():
            yield from _cut_label(widget)
        case QToolButton() if widget.objectName() == "qt_toolbar_ext_button":
            pass
        case QAbstractButton() if widget.text():
            yield from _too_small(widget, widget.text())
        case QComboBox():
            field = widget.width() - 2 * widget.fontMetrics().height()
            yield from _too_wide(widget, widget.currentText(), field)
        case QLineEdit() if not widget.text():
            yield from _too_wide(widget, widget.placeholderText(), widget.width() - 8)
        case QGroupBox():
            yield from _too_wide(widget, widget.title(), widget.width() - 8)
        case QTabBar() if not widget.usesScrollButtons():
            for index in range(widget.count()):
                room = widget.tabRect(index).width()
                yield from _too_wide(widget, widget.tabText(index), room)
        case QHeaderView() if widget.orientation() is Qt.Orientation.Horizontal:
            yield from _cut_header(widget)
        case QTreeView() | QTableView() if widget.model() is not None:
            yield from _cut_cells(widget)
    if not _in_sight(widget):
        yield getattr(widget, "text", lambda: "")(), "out of its parent's sight"


def _cut_label(label: QLabel) -> Iterator[tuple[str, str]]:
    text = label.text()
    if not text or not label.pixmap().isNull():
        return
    if label.wordWrap():
        wanted = label.heightForWidth(label.width())
        if label.height() < wanted:
            yield text, f"{label.height()} of {wanted} pixels high"
        longest = max(text.split(), key=len)
        if label.textFormat() is Qt.TextFormat.PlainText:
            yield from _too_wide(label, longest, label.width())
    elif label.width() < label.sizeHint().width() and text not in label.toolTip():
        yield text, f"{label.width()} of {label.sizeHint().width()} pixels wide"


def _too_small(widget: QWidget, text: str) -> Iterator[tuple[str, str]]:
    size, hint = widget.size(), widget.sizeHint()
    if size.width() < hint.width() or size.height() < hint.height():
        yield text, f"{size.width()} x {size.height()} of {hint.width()} x {hint.height()}"


def _too_wide(widget: QWidget, text: str, room: int) -> Iterator[tuple[str, str]]:
    wanted = widget.fontMetrics().horizontalAdvance(text.replace("&", ""))
    if wanted > room and text not in widget.toolTip():
        yield text, f"{room} of {wanted} pixels wide"


def _cut_header(header: QHeaderView) -> Iterator[tuple[str, str]]:
    model = header.model()
    for section in range(header.count()):
        if header.isSectionHidden(section):
            continue
        text = model.headerData(section, Qt.Orientation.Horizontal)
        tip = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        wanted = header.sectionSizeFromContents(section).width()
        if isinstance(text, str) and wanted > header.sectionSize(section) and not tip:
            yield text, f"column of {header.sectionSize(section)} pixels, {wanted} wanted"


def _cut_cells(view: QTreeView | QTableView) -> Iterator[tuple[str, str]]:
    """Cells of the rows in sight that are cut and say the whole nowhere else."""
    index = view.indexAt(QPoint(1, 1))
    for _row in range(_ROWS):
        if not index.isValid():
            return
        for column in range(view.model().columnCount(index.parent())):
            yield from _cut_cell(view, index.siblingAtColumn(column))
        below = view.visualRect(index).bottomLeft() + QPoint(1, view.visualRect(index).height())
        index = view.indexAt(below)


def _cut_cell(
    view: QTreeView | QTableView, index: QModelIndex | QPersistentModelIndex
) -> Iterator[tuple[str, str]]:
    rect, text = view.visualRect(index), index.data()
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    if rect.isEmpty() or not isinstance(text, str) or tip:
        return
    wanted = view.fontMetrics().horizontalAdvance(text)
    if view.wordWrap():
        words = view.fontMetrics().boundingRect(rect, Qt.TextFlag.TextWordWrap, text)
        if words.height() <= rect.height():
            wanted = words.width()
    if wanted > rect.width():
        yield text, f"cell of {rect.width()} pixels, {wanted} wanted"


def _in_sight(widget: QWidget) -> bool:
    """What is in a scroll area can be scrolled to; everything else must lie in its parent."""
    parent = widget.parentWidget()
    if widget.isWindow() or parent is None:
        return True
    if isinstance(parent.parentWidget(), QScrollArea | QAbstractScrollArea):
        return True
    if not isinstance(widget, QLabel | QAbstractButton | QComboBox | QLineEdit):
        return True
    place = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
    return place.isEmpty() or parent.rect().contains(place)
