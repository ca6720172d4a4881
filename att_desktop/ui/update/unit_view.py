"""The table of units: class colours and state glyphs in the colours of the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from att_desktop.game.content_types import CONTENT_TYPES
from att_desktop.game.specs import SPECS
from att_desktop.text import _
from att_desktop.text.names import content_name, spec_and_class
from att_desktop.ui.theme import class_colour
from att_desktop.ui.update.unit_model import COLOUR_ROLE, GLYPH_ROLE, Column, state_texts
from att_desktop.ui.widgets.glyphs import state_icon
from att_desktop.ui.widgets.text_sizes import letter_width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QIcon, QResizeEvent

    from att_desktop.ui.update.unit_model import UnitProxy
    from att_desktop.ui.widgets.glyphs import State


class UnitView(QTableView):
    """Read-only, sortable, walked with the arrow keys."""

    def __init__(self, proxy: UnitProxy) -> None:
        super().__init__()
        self.setModel(proxy)
        self.setItemDelegate(_UnitDelegate(self))
        self.setAccessibleName(_("Units of the update"))
        self.setAccessibleDescription(_("One row for each specialization and kind of content"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSortingEnabled(True)
        self.sortByColumn(Column.STATE, Qt.SortOrder.AscendingOrder)
        self.verticalHeader().hide()
        row = round(self.fontMetrics().height() * 1.5)
        self.verticalHeader().setDefaultSectionSize(row)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._size_columns()

    def sizeHint(self) -> QSize:
        """Room for a dozen rows."""
        return QSize(720, self.verticalHeader().defaultSectionSize() * 12)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words of the state come first: reasons of skipped rows, then names give way."""
        header = self.horizontalHeader()
        others = sum(map(header.sectionSize, (Column.CONTENT, Column.SAMPLE)))
        spare = event.size().width() - others - self._least_state
        least = header.sectionSizeHint(Column.SKIPPED)
        spec = max(self._most_spec // 2, min(spare - least, self._most_spec))
        header.resizeSection(Column.SPEC, spec)
        header.resizeSection(Column.SKIPPED, max(least, min(spare - spec, self._most_skipped)))
        super().resizeEvent(event)

    def _size_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        letter = letter_width(self.fontMetrics())
        icon = self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        self._least_state = self._widest(state_texts()) + icon + letter
        self._most_skipped = letter * 36
        self._most_spec = self._widest(map(spec_and_class, SPECS))
        for column, width in (
            (Column.SPEC, self._most_spec),
            (Column.CONTENT, self._widest(map(content_name, CONTENT_TYPES))),
            (Column.SAMPLE, letter * 12),
        ):
            header.resizeSection(column, max(width, header.sectionSizeHint(column)))
        header.setSectionResizeMode(Column.STATE, QHeaderView.ResizeMode.Stretch)

    def _widest(self, names: Iterable[str]) -> int:
        """The width of a column of these names, in the language in use."""
        metrics = self.fontMetrics()
        return max(map(metrics.horizontalAdvance, names)) + 2 * letter_width(metrics)


class _UnitDelegate(QStyledItemDelegate):
    """Paints colours at the last moment, when the palette is known."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self._icons: dict[State, QIcon] = {}
        self._icons_of = 0

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Add class colour and state icon to what the model gives."""
        super().initStyleOption(option, index)
        column = index.column()
        if column == Column.SPEC and (colour := index.data(COLOUR_ROLE)) is not None:
            shade = class_colour(colour, self._view.palette())
            for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
                option.palette.setColor(group, QPalette.ColorRole.Text, shade)
        elif column == Column.STATE and (glyph := index.data(GLYPH_ROLE)) is not None:
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.icon = self._icon(glyph)

    def _icon(self, glyph: State) -> QIcon:
        palette = self._view.palette()
        if palette.cacheKey() != self._icons_of:
            # The colours of an old palette are forgotten.
            self._icons_of = palette.cacheKey()
            self._icons.clear()
        icon = self._icons.get(glyph)
        if icon is None:
            icon = self._icons[glyph] = state_icon(glyph, palette)
        return icon
