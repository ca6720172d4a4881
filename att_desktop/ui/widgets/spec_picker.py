"""Picks a spec: type what it is called, or choose from the list; own characters come first."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPen, QPixmap, QPixmapCache
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QToolTip

from att_desktop.game.specs import SPECS, Spec
from att_desktop.text import _
from att_desktop.text.names import class_name, spec_and_class
from att_desktop.text.spec_search import search_specs
from att_desktop.ui.theme import class_colour, readable
from att_desktop.ui.widgets.plain_text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QFocusEvent

    from att_desktop.ui.widgets.grouped_model import AnyIndex

SPEC_ROLE: Final = Qt.ItemDataRole.UserRole
_SIZE: Final = 20


class SpecModel(QAbstractListModel):
    """All specs below their classes; those of the player's own characters stand on top."""

    def __init__(self, palette: QPalette, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._mine: tuple[int, ...] = ()
        self._icons: dict[int, QIcon] = {}
        self._rows: list[Spec | str] = _grouped(())

    @property
    def mine(self) -> tuple[int, ...]:
        """The specs of the player's own characters."""
        return self._mine

    def set_mine(self, spec_ids: Sequence[int]) -> None:
        """Put these specs on top."""
        self._mine = tuple(spec_id for spec_id in dict.fromkeys(spec_ids) if spec_id in SPECS)
        self._show(_grouped(self._mine))

    def show_only(self, spec_ids: Sequence[int]) -> None:
        """Show these specs in this order, without classes."""
        self._show([SPECS[spec_id] for spec_id in spec_ids])

    def set_palette(self, palette: QPalette) -> None:
        """Take the colours that go with another palette."""
        self._palette = palette
        self._icons.clear()
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def row_of(self, spec_id: int) -> int:
        """The row of a spec, -1 when there is no such spec."""
        for row, spec in enumerate(self._rows):
            if isinstance(spec, Spec) and spec.spec_id == spec_id:
                return row
        return -1

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        spec = self._rows[index.row()]
        if isinstance(spec, str):
            return _class_data(spec, role)
        mine = spec.spec_id in self._mine
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return spec_and_class(spec.spec_id)
        if role == SPEC_ROLE:
            return spec.spec_id
        if role == Qt.ItemDataRole.DecorationRole:
            if spec.spec_id not in self._icons:
                self._icons[spec.spec_id] = spec_icon(spec, self._palette, mine=mine)
            return self._icons[spec.spec_id]
        if role == Qt.ItemDataRole.ForegroundRole:
            return _text_colour(spec, self._palette)
        if role == Qt.ItemDataRole.ToolTipRole and mine:
            return _("You play this")
        return None

    def _show(self, rows: list[Spec | str]) -> None:
        self.beginResetModel()
        self._icons.clear()
        self._rows = rows
        self.endResetModel()


def _grouped(mine: Sequence[int]) -> list[Spec | str]:
    """Own specs, then each class with the rest of its specs."""
    rows: list[Spec | str] = [SPECS[spec_id] for spec_id in mine]
    for english, specs in groupby(SPECS.values(), key=lambda spec: spec.class_name):
        rest = [spec for spec in specs if spec.spec_id not in mine]
        rows += [english, *rest] if rest else []
    return rows


def _class_data(english: str, role: int) -> Any:
    if role == Qt.ItemDataRole.DisplayRole:
        return class_name(english)
    if role == Qt.ItemDataRole.FontRole:
        font = QFont()
        font.setBold(True)
        return font
    return None


_CHARACTERS: Final = 18
"""'Restoration Shaman', among the longer names in English."""


class SpecPicker(QComboBox):
    """Type what the spec is called ('prot pal', 'boomkin') and press Enter, or choose it."""

    spec_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._specs = SpecModel(self.palette(), self)
        self._found = SpecModel(self.palette(), self)
        self._found.show_only([])
        self._entered = False
        self.setModel(self._specs)
        self._edit = QLineEdit()
        self.setLineEdit(self._edit)
        self._edit.setPlaceholderText(_("Class or spec"))
        self._edit.setAccessibleName(_("Class and spec"))
        self._edit.textEdited.connect(self._find)
        self._edit.returnPressed.connect(self._choose_typed)
        self._edit.editingFinished.connect(self.take_typed)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setIconSize(QSize(_SIZE, _SIZE))
        self.setMaxVisibleItems(20)
        # The longest name would take the room of what stands beside it; a tooltip has it all.
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_CHARACTERS)
        self.setAccessibleName(_("Class and spec"))
        self._on_text(self._edit.text())
        self._edit.textChanged.connect(self._on_text)
        completer = QCompleter(self._found, self)
        # What fits is found by ``search_specs``, not by the completer.
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        # Of the two overloads, the one that gives the index.
        completer.activated[QModelIndex].connect(self._complete)  # type: ignore[index]  # not in the stubs
        self.setCompleter(completer)
        for listed in (self.view(), completer.popup()):
            if listed is not None:
                listed.setAccessibleName(_("Classes and specs"))
        self.activated.connect(self._choose_row)

    @property
    def spec_id(self) -> int | None:
        """The spec that is picked."""
        found = self.itemData(self.currentIndex(), SPEC_ROLE)
        return found if isinstance(found, int) else None

    def set_mine(self, spec_ids: Sequence[int]) -> None:
        """Put these specs on top; what is picked stays, and what is being typed."""
        if tuple(spec_ids) == self._specs.mine:
            return
        picked = self.spec_id
        with self._typed_kept():
            self._specs.set_mine(spec_ids)
            self.setCurrentIndex(-1 if picked is None else self._specs.row_of(picked))

    def pick(self, spec_id: int) -> None:
        """Show a spec as picked, without telling of it; what is being typed stays."""
        with self._typed_kept():
            self.setCurrentIndex(self._specs.row_of(spec_id))
            self._edit.setCursorPosition(0)  # a long name shows its beginning

    def _on_text(self, text: str) -> None:
        """The whole name, too: a narrow field cuts it."""
        hint = _("Type a class or spec, or what players call it: prot pal, bm, boomkin")
        self.setToolTip(f"{text}\n{hint}".strip())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self._edit.isModified():
            # From the end to the beginning: what a narrow field shows is where the cursor is.
            self._edit.setSelection(len(self._edit.text()), -len(self._edit.text()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_found"):
            self._specs.set_palette(self.palette())
            self._found.set_palette(self.palette())

    @contextmanager
    def _typed_kept(self) -> Iterator[None]:
        """An update of the builds may come while a name is half typed."""
        typed = self._edit.text() if self._edit.isModified() else None
        yield
        if typed is not None:
            self._edit.setText(typed)
            self._edit.setModified(True)

    def _search(self) -> list[int]:
        return search_specs(self._edit.text(), self._specs.mine)

    def _find(self) -> None:
        self._found.show_only(self._search())

    def _choose_row(self, row: int) -> None:
        spec_id = self.itemData(row, SPEC_ROLE)
        if isinstance(spec_id, int):
            self.spec_chosen.emit(spec_id)

    def _complete(self, index: QModelIndex) -> None:
        spec_id = index.data(SPEC_ROLE)
        if isinstance(spec_id, int):
            self._choose(spec_id)

    def _choose_typed(self) -> None:
        """Enter takes the likeliest spec; a text that fits none stays to be mended."""
        found = self._search()
        if found:
            self._choose(found[0])
            return
        self._entered = True  # Qt says next that editing has finished; it has not
        self._edit.selectAll()
        place = self._edit.mapToGlobal(self._edit.rect().bottomLeft())
        text = _("No class or spec is called “{name}”.").format(name=self._edit.text())
        QToolTip.showText(place, plain_tip(text), self._edit)

    def take_typed(self) -> None:
        """Left with Tab or the mouse: the likeliest spec is taken, never half a name left.

        To be called where a button may be pressed without taking the focus, by its key or on macOS.
        """
        entered, self._entered = self._entered, False
        if entered or not self._edit.isModified():
            return
        found = self._search()
        if found and found[0] != self.spec_id:
            self._choose(found[0])
        self._edit.setText(self.itemText(self.currentIndex()))

    def _choose(self, spec_id: int) -> None:
        completer = self.completer()
        popup = completer.popup() if completer is not None else None
        if popup is not None:
            popup.hide()
        self.setCurrentIndex(self._specs.row_of(spec_id))
        self._edit.setText(self.itemText(self.currentIndex()))
        self.spec_chosen.emit(spec_id)


def spec_icon(spec: Spec, palette: QPalette, *, mine: bool = False) -> QIcon:
    """A sign of our own: the spec's letter in the class colour, its role as the outline.

    A shield for tanks, a circle for healers, a square for damage dealers; own characters have a
    dot.
    """
    icon = QIcon()
    on_highlight = palette.color(QPalette.ColorRole.HighlightedText)
    for ratio in (1.0, 2.0):
        icon.addPixmap(_spec_pixmap(spec, _text_colour(spec, palette), ratio, mine=mine))
        selected = _spec_pixmap(spec, on_highlight, ratio, mine=mine)
        # Lists ask for the one, lists that a style draws as menus for the other.
        for mode in (QIcon.Mode.Selected, QIcon.Mode.Active):
            icon.addPixmap(selected, mode=mode)
    return icon


def _text_colour(spec: Spec, palette: QPalette) -> QColor:
    """The class colour, readable on a field's ground and on that of its list, which differ."""
    colour = class_colour(spec.colour, palette).name()
    return QColor(readable(colour, palette.color(QPalette.ColorRole.Window).name()))


def _spec_pixmap(spec: Spec, colour: QColor, ratio: float, *, mine: bool) -> QPixmap:
    key = f"spec {spec.spec_id} {colour.name()} {ratio} {mine}"
    pixmap = QPixmap()
    if not QPixmapCache.find(key, pixmap):  # several pages have a picker
        pixmap = _painted(spec, colour, ratio, mine=mine)
        QPixmapCache.insert(key, pixmap)
    return pixmap


def _painted(spec: Spec, colour: QColor, ratio: float, *, mine: bool) -> QPixmap:
    pixmap = QPixmap(QSize(_SIZE, _SIZE) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill = QColor(colour)
    fill.setAlpha(45)
    painter.setPen(QPen(colour, 1.6))
    painter.setBrush(fill)
    box = QRectF(1.5, 1.5, _SIZE - 3, _SIZE - 3)
    if spec.role == "healer":
        painter.drawEllipse(box)
    elif spec.role == "tank":
        middle = box.center().x()
        corners = [
            box.topLeft(),
            box.topRight(),
            QPointF(box.right(), box.center().y() + 2),
            QPointF(middle, box.bottom() + 1),
            QPointF(box.left(), box.center().y() + 2),
        ]
        painter.drawPolygon(corners)
    else:
        painter.drawRoundedRect(box, 3, 3)
    font = painter.font()
    font.setPixelSize(11)
    font.setBold(True)
    painter.setFont(font)
    painter.drawText(box.adjusted(0, -1, 0, -1), Qt.AlignmentFlag.AlignCenter, spec.name[0])
    if mine:
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(_SIZE - 3.5, 3.5), 2, 2)
    painter.end()
    return pixmap
