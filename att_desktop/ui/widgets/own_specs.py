"""'Which specs do you play?': a field to type them in, and a list of those that were named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from att_desktop.game.specs import SPECS
from att_desktop.text import _
from att_desktop.text.names import spec_and_class
from att_desktop.ui.widgets.spec_picker import SPEC_ROLE, SpecPicker, spec_icon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QKeyEvent, QWheelEvent

_ROWS = 4


class OwnSpecs(QWidget):
    """Specs in the player's order; a check box takes one out again.

    ``edited`` follows the player's changes.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.picker = _Picker()
        self.picker.spec_chosen.connect(self._on_spec_chosen)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Specs that you play"))
        self.list.itemChanged.connect(self.edited)
        # As high when empty: the dialog does not jump when specs are found or typed.
        self.list.setFixedHeight(round(self.fontMetrics().height() * 1.5 * _ROWS))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.picker)
        layout.addWidget(self.list)
        self.setFocusProxy(self.picker)
        self._clear_picker()

    @property
    def spec_ids(self) -> tuple[int, ...]:
        """The specs that are checked."""
        return tuple(
            item.data(SPEC_ROLE)
            for item in self._items()
            if item.checkState() is Qt.CheckState.Checked
        )

    def suggest(self, spec_ids: Iterable[int]) -> None:
        """Add these, checked; those that are listed stay as the player left them."""
        for spec_id in spec_ids:
            if spec_id in SPECS and self._item(spec_id) is None:
                self._add(spec_id)

    def show_specs(self, spec_ids: Sequence[int]) -> None:
        """Show just these, unless they are those that are checked."""
        if tuple(spec_ids) != self.spec_ids:
            with QSignalBlocker(self.list):
                self.list.clear()
                self.suggest(spec_ids)

    def _on_spec_chosen(self, spec_id: int) -> None:
        item = self._item(spec_id)
        if item is None:
            item = self._add(spec_id)
            self.edited.emit()
        item.setCheckState(Qt.CheckState.Checked)
        self.list.scrollToItem(item)
        # After the completer, which writes what was chosen into the field.
        QTimer.singleShot(0, self, self._clear_picker)

    def _clear_picker(self) -> None:
        self.picker.setCurrentIndex(-1)
        self.picker.clearEditText()

    def _add(self, spec_id: int) -> QListWidgetItem:
        item = QListWidgetItem(spec_icon(SPECS[spec_id], self.palette()), spec_and_class(spec_id))
        item.setData(SPEC_ROLE, spec_id)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)
        self.list.addItem(item)
        return item

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _item(self, spec_id: int) -> QListWidgetItem | None:
        return next((item for item in self._items() if item.data(SPEC_ROLE) == spec_id), None)


class _Picker(SpecPicker):
    """Enter takes what is typed; with nothing typed it is the dialog's.

    The wheel scrolls what is around: it would add each spec that it passes.
    """

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not self.currentText().strip():
            event.ignore()
            return
        super().keyPressEvent(event)
        if is_enter:
            event.accept()
