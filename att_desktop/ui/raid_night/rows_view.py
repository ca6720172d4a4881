"""A list whose rows are as high as their words, with a button in each that copies a code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QTreeView,
)

from att_desktop.text import _
from att_desktop.ui.raid_night.models import BUILD_ROLE
from att_desktop.ui.widgets.wrapping_delegate import WrappingDelegate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QResizeEvent

    from att_desktop.ui.widgets.grouped_model import AnyIndex

_MOST_LINES: Final = 4
"""Longer words are cut at the end of these lines; the tooltip has them all."""
_LEAST_SHARED: Final = 56
_MOST_FITTED: Final = 0.2
"""A column that fits its words takes at most that part of the width; the words then wrap."""


class RowsView(QTreeView):
    """``shares`` are the columns that share the spare width, by how; the others fit their words.

    ``copy_wanted`` tells a row's build: by its button, by Enter or Ctrl+C, or by the menu.
    ``compare_wanted`` asks to lay it over the player's talents, where ``compare_action`` is
    enabled.
    """

    copy_wanted = Signal(object)
    compare_wanted = Signal(object)

    def __init__(
        self,
        model: QAbstractItemModel,
        name: str,
        *,
        shares: Mapping[int, float],
        code_column: int,
    ) -> None:
        super().__init__()
        self._shares = shares
        self._arranged = 0  # the width of the rows that was shared last
        self._code_column = code_column
        self.setModel(model)
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setAlternatingRowColors(True)
        self.setAllColumnsShowFocus(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(0)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setItemDelegate(WrappingDelegate(self, most_lines=_MOST_LINES, air=2))
        self.setItemDelegateForColumn(code_column, _CodeDelegate(self))
        self.copy_action = QAction(_("Copy code"), self)
        self.copy_action.setShortcuts(
            [
                QKeySequence(QKeySequence.StandardKey.Copy),
                QKeySequence("Ctrl+Shift+C"),
                QKeySequence("Return"),
                QKeySequence("Enter"),
            ]
        )
        self.copy_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.copy_action.triggered.connect(lambda: self._copy(self.currentIndex()))
        self.compare_action = QAction(_("Compare with your talents"), self)
        self.compare_action.setShortcut(QKeySequence("Ctrl+Return"))
        self.compare_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.compare_action.triggered.connect(self._compare)
        self.addActions([self.copy_action, self.compare_action])
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        model.modelReset.connect(self._on_reset)

    def _on_reset(self) -> None:
        """Open every group, its title over the whole width; rows that come anew forget both."""
        model = self.model()
        groups = [row for row in range(model.rowCount()) if model.rowCount(model.index(row, 0))]
        for row in groups:
            self.expand(model.index(row, 0))
        for row in groups:  # last: this lays the rows out at once
            self.setFirstColumnSpanned(row, QModelIndex(), True)  # noqa: FBT003 - Qt's signature
        self.arrange()

    def arrange(self) -> None:
        """Share the width anew, and let the rows be as high as they must."""
        header = self.header()
        shown = [column for column in range(header.count()) if not header.isSectionHidden(column)]
        fitted = {
            column: max(self.sizeHintForColumn(column), header.sectionSizeHint(column))
            for column in shown
            if column not in self._shares
        }
        # Not before: asking for hints lays the rows out, and the scroll bar may come or go.
        self._arranged = spare = self.viewport().width()
        for column, words in fitted.items():
            most = max(round(self._arranged * _MOST_FITTED), header.sectionSizeHint(column))
            width = words if column == self._code_column else min(words, most)
            header.resizeSection(column, width)
            spare -= width
        sharing = [column for column in shown if column in self._shares]
        whole = sum(self._shares[column] for column in sharing)
        for column in sharing:
            part = int(spare * self._shares[column] / whole)
            header.resizeSection(column, max(_LEAST_SHARED, part))
        self.scheduleDelayedItemsLayout()

    def rows_height(self) -> int:
        """What all rows take, with the header and the frame."""
        self.executeDelayedItemsLayout()
        model = self.model()
        height = self.header().sizeHint().height() + 2 * self.frameWidth()
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            height += self.rowHeight(index)
            for below in range(model.rowCount(index)):
                height += self.rowHeight(model.index(below, 0, index))
        return height

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != self._arranged:
            self.arrange()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        if (
            event.button() == Qt.MouseButton.LeftButton
            and index.column() == self._code_column
            and _button_place(self.visualRect(index), self.fontMetrics()).contains(point)
        ):
            self._copy(index)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        restyled = event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange)
        if restyled and hasattr(self, "copy_action"):
            self.arrange()

    def _compare(self) -> None:
        build = self.currentIndex().data(BUILD_ROLE)
        if build is not None:
            self.compare_wanted.emit(build)

    def _copy(self, index: AnyIndex) -> None:
        build = index.data(BUILD_ROLE)
        if build is not None:
            self.copy_wanted.emit(build)


class _CodeDelegate(QStyledItemDelegate):
    """Draws a push button where a row has a build."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        view: Any = option.widget
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        style = view.style() if view is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, view)
        if index.data(BUILD_ROLE) is None or not text:
            return
        button = _button_of(option, text)
        button.state = QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_Raised
        style.drawControl(QStyle.ControlElement.CE_PushButton, button, painter, view)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        text = index.data()
        if index.data(BUILD_ROLE) is None or not text:
            return super().sizeHint(option, index)
        view: Any = option.widget
        style = view.style() if view is not None else QApplication.style()
        metrics = option.fontMetrics
        words = QSize(metrics.horizontalAdvance(text) + 8, metrics.height())
        kind = QStyle.ContentsType.CT_PushButton
        size: QSize = style.sizeFromContents(kind, _button_of(option, text), words, view)
        return size + QSize(6, 4)


def _button_of(option: QStyleOptionViewItem, text: str) -> QStyleOptionButton:
    """The button in its cell, as high as a line also in a row of several."""
    button = QStyleOptionButton()
    button.palette, button.fontMetrics, button.direction = (
        option.palette,
        option.fontMetrics,
        option.direction,
    )
    button.text = text
    button.rect = _button_place(option.rect, option.fontMetrics)
    return button


def _button_place(cell: QRect, metrics: QFontMetrics) -> QRect:
    place = cell.adjusted(3, 0, -3, 0)
    place.setHeight(min(cell.height() - 4, metrics.height() + 14))
    place.moveCenter(cell.center())
    return place
