"""What a window says: every text a player, or a screen reader, can come upon, and its letters."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGraphicsView,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROWS: Final = 60
_ROLES: Final = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


def shown_texts(root: QWidget) -> set[str]:
    """Each line of text of a widget and all that is seen in it, tooltips and names included."""
    widgets = [root, *(one for one in root.findChildren(QWidget) if one.isVisible())]
    texts = {text for widget in widgets for text in _texts(widget)}
    return {line for text in texts for line in _lines(text)}


def doubled_letters(root: QWidget) -> list[list[str]]:
    """Texts that are called by one letter: on a page with its menu bar, and in each menu."""
    texts = [action.text() for action in root.menuBar().actions()] if _has_menus(root) else []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible():
            continue
        match widget:
            case QTabBar():
                texts += [widget.tabText(number) for number in range(widget.count())]
            case QLabel() if widget.buddy() is None:
                pass
            case QLabel() | QAbstractButton():
                texts.append(widget.text())
            case QGroupBox():
                texts.append(widget.title())
    menus = [[action.text() for action in menu.actions()] for menu in root.findChildren(QMenu)]
    return [alike for group in (texts, *menus) for alike in _alike(group)]


def _has_menus(root: QWidget) -> bool:
    return isinstance(root, QMainWindow)


def _alike(texts: list[str]) -> list[list[str]]:
    letters = [QKeySequence.mnemonic(text).toString() for text in texts]
    twice = {letter for letter, count in Counter(letters).items() if letter and count > 1}
    return [
        [text for text, one in zip(texts, letters, strict=True) if one == letter]
        for letter in sorted(twice)
    ]


def _lines(text: str) -> Iterator[str]:
    plain = unescape(re.sub(r"<[^>]*>", "\n", text)) if "<" in text else text
    for line in plain.replace("&&", "\0").replace("&", "").replace("\0", "&").splitlines():
        if re.search(r"[^\W\d_]{2}", line):
            yield line.strip()


def _texts(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.statusTip(), widget.windowTitle())
    yield from (widget.accessibleName(), widget.accessibleDescription())
    for action in widget.actions():
        yield from _of_action(action)
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QGroupBox():
            yield widget.title()
        case QLineEdit():
            yield from (widget.text(), widget.placeholderText())
        case QComboBox():
            yield from _of_model(widget.model())
        case QAbstractItemView():
            yield from _of_model(widget.model())
        case QTabBar():
            for number in range(widget.count()):
                yield from (widget.tabText(number), widget.tabToolTip(number))
        case QTextEdit() | QPlainTextEdit():
            yield widget.toPlainText()
        case QGraphicsView() if widget.scene() is not None:
            yield from (item.toolTip() for item in widget.scene().items())


def _of_action(action: QAction) -> Iterator[str]:
    yield from (action.text(), action.toolTip(), action.statusTip())
    menu = action.menu()
    if isinstance(menu, QMenu):
        for inner in menu.actions():
            yield from _of_action(inner)


def _of_model(model: QAbstractItemModel | None, parent: QModelIndex | None = None) -> Iterator[str]:
    if model is None:
        return
    parent = parent or QModelIndex()
    # A list has one column, and hides the methods of a table.
    flat = isinstance(model, QAbstractListModel)
    for column in range(1 if flat else model.columnCount(parent)):
        for role in _ROLES:
            yield _text(model.headerData(column, Qt.Orientation.Horizontal, role))
        for row in range(min(_ROWS, model.rowCount(parent))):
            index = model.index(row, column, parent)
            yield from (_text(index.data(role)) for role in _ROLES)
            if column == 0 and not flat and model.rowCount(index):
                yield from _of_model(model, index)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
