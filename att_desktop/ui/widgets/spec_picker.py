"""Picks a spec: type any part of its name, or choose from the list; own characters come first."""

from __future__ import annotations

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
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

from att_desktop.game.specs import SPECS, Spec
from att_desktop.ui.theme import class_colour, readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QFocusEvent

    from att_desktop.ui.widgets.grouped_model import AnyIndex

__all__ = ["SPEC_ROLE", "SpecModel", "SpecPicker", "spec_icon"]

SPEC_ROLE: Final = Qt.ItemDataRole.UserRole
_SIZE: Final = 20


class SpecModel(QAbstractListModel):
    """All specs by class; the specs of the player's own characters stand on top with a star."""

    def __init__(self, palette: QPalette, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._mine: tuple[int, ...] = ()
        self._specs: list[Spec] = list(SPECS.values())
        self._icons: dict[int, QIcon] = {}

    def set_mine(self, spec_ids: Sequence[int]) -> None:
        """Put these specs on top."""
        self.beginResetModel()
        self._icons.clear()
        self._mine = tuple(spec_id for spec_id in dict.fromkeys(spec_ids) if spec_id in SPECS)
        rest = [spec for spec in SPECS.values() if spec.spec_id not in self._mine]
        self._specs = [SPECS[spec_id] for spec_id in self._mine] + rest
        self.endResetModel()

    def set_palette(self, palette: QPalette) -> None:
        """Take the colours that go with another palette."""
        self._palette = palette
        self._icons.clear()
        if self._specs:
            self.dataChanged.emit(self.index(0), self.index(len(self._specs) - 1))

    def row_of(self, spec_id: int) -> int:
        """The row of a spec, -1 when there is no such spec."""
        for row, spec in enumerate(self._specs):
            if spec.spec_id == spec_id:
                return row
        return -1

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._specs)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        spec = self._specs[index.row()]
        mine = spec.spec_id in self._mine
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return spec.full_name
        if role == SPEC_ROLE:
            return spec.spec_id
        if role == Qt.ItemDataRole.DecorationRole:
            if spec.spec_id not in self._icons:
                self._icons[spec.spec_id] = spec_icon(spec, self._palette, mine=mine)
            return self._icons[spec.spec_id]
        if role == Qt.ItemDataRole.ForegroundRole:
            return _text_colour(spec, self._palette)
        if role == Qt.ItemDataRole.ToolTipRole and mine:
            return "One of your characters plays this"
        return None


class SpecPicker(QComboBox):
    """Type any part of a spec's name and press Enter, or choose from the list."""

    spec_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._specs = SpecModel(self.palette(), self)
        self.setModel(self._specs)
        self._edit = QLineEdit()
        self.setLineEdit(self._edit)
        self._edit.setPlaceholderText("Class or spec")
        self._edit.setAccessibleName("Class and spec")
        self._edit.returnPressed.connect(self._choose_typed)
        self._edit.editingFinished.connect(self._leave)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setIconSize(QSize(_SIZE, _SIZE))
        self.setMaxVisibleItems(20)
        self.setAccessibleName("Class and spec")
        self.setToolTip("Type a part of a class or spec")
        completer = QCompleter(self._specs, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        # Of the two overloads, the one that gives the index; the stubs know no overloads.
        completer.activated[QModelIndex].connect(self._complete)  # type: ignore[index]
        self.setCompleter(completer)
        for listed in (self.view(), completer.popup()):
            if listed is not None:
                listed.setAccessibleName("Classes and specs")
        self.activated.connect(self._choose_row)

    @property
    def spec_id(self) -> int | None:
        """The spec that is picked."""
        found = self.itemData(self.currentIndex(), SPEC_ROLE)
        return found if isinstance(found, int) else None

    def set_mine(self, spec_ids: Sequence[int]) -> None:
        """Put these specs on top; what is picked stays."""
        picked = self.spec_id
        self._specs.set_mine(spec_ids)
        if picked is not None:
            self.setCurrentIndex(self._specs.row_of(picked))

    def pick(self, spec_id: int) -> None:
        """Show a spec as picked, without telling of it."""
        self.setCurrentIndex(self._specs.row_of(spec_id))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._edit.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_specs"):
            self._specs.set_palette(self.palette())

    def _choose_row(self, row: int) -> None:
        spec_id = self.itemData(row, SPEC_ROLE)
        if isinstance(spec_id, int):
            self.spec_chosen.emit(spec_id)

    def _complete(self, index: QModelIndex) -> None:
        spec_id = index.data(SPEC_ROLE)
        if isinstance(spec_id, int):
            self.pick(spec_id)
            self.spec_chosen.emit(spec_id)

    def _choose_typed(self) -> None:
        """Enter takes the spec whose name has all the typed words, the first one of several."""
        self._choose_of(self._typed_rows()[:1])

    def _leave(self) -> None:
        """Left with Tab or the mouse: what is written is what is shown, never half a name."""
        if self._edit.text() != self.itemText(self.currentIndex()):
            rows = self._typed_rows()
            self._choose_of(rows if len(rows) == 1 else [])

    def _choose_of(self, rows: Sequence[int]) -> None:
        for row in rows:
            self.setCurrentIndex(row)
            self._choose_row(row)
        self._edit.setText(self.itemText(self.currentIndex()))

    def _typed_rows(self) -> list[int]:
        words = self._edit.text().casefold().split()
        names = [self.itemText(row).casefold() for row in range(self.count())]
        return [
            row for row, name in enumerate(names) if words and all(word in name for word in words)
        ]


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
