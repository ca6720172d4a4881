"""One editor for each kind of setting; all speak in the setting's own values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from att_desktop.ui.settings.texts import choice_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from att_desktop.config.settings import SettingInfo
    from att_desktop.game.seasons import ListedZone

__all__ = ["Editor", "ZoneEditor", "editor_for"]

_CURRENT_ZONE: Final = "Current"
_ZONE_LETTERS: Final = 24


class Editor(QObject):
    """A widget and the value it shows. ``edited(value)`` follows the player's edits only."""

    edited = Signal(object)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.widget = widget

    def show_value(self, value: Any) -> None:
        """Show ``value`` without telling that it was edited."""
        self.widget.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self._show(value)
        self.widget.blockSignals(False)  # noqa: FBT003 - Qt's own signature

    def _show(self, value: Any) -> None:
        raise NotImplementedError


class _Choice(Editor):
    def __init__(self, info: SettingInfo) -> None:
        self._box = QComboBox()
        for choice in info.choices:
            self._box.addItem(choice_words(choice), choice)
        super().__init__(self._box)
        self._box.currentIndexChanged.connect(lambda _: self.edited.emit(self._box.currentData()))

    def _show(self, value: Any) -> None:
        self._box.setCurrentIndex(self._box.findData(value))


class _Number(Editor):
    def __init__(self, info: SettingInfo) -> None:
        self._box = QSpinBox()
        self._box.setRange(info.minimum or 0, info.maximum or 0)
        if info.unit:
            self._box.setSuffix(f" {info.unit}")
        if info.minimum == 0:
            self._box.setSpecialValueText("Off")
        super().__init__(self._box)
        self._box.valueChanged.connect(self.edited.emit)

    def _show(self, value: Any) -> None:
        self._box.setValue(value)


class ZoneEditor(Editor):
    """A zone by its name, as far as names are known, or by its number; None is the current one."""

    def __init__(self, info: SettingInfo) -> None:
        self._box = QComboBox()
        self._box.setEditable(True)
        self._box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._box.setMinimumContentsLength(_ZONE_LETTERS)
        self._most = info.maximum or 0
        self._value: int | None = None
        self._items: list[tuple[str, int | None]] = []
        super().__init__(self._box)
        self.offer(())
        self._box.activated.connect(lambda index: self._tell(self._items[index][1]))
        self._line.editingFinished.connect(self._read)

    @property
    def _line(self) -> QLineEdit:
        line = self._box.lineEdit()
        assert line is not None, "it is editable"  # noqa: S101
        return line

    def offer(self, zones: Sequence[ListedZone]) -> None:
        """Let the player choose from ``zones``."""
        items = [(_CURRENT_ZONE, None), *((zone.name, zone.zone_id) for zone in zones)]
        if items == self._items:
            return
        self._items = items
        self._box.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self._box.clear()
        self._box.addItems([name for name, _ in items])
        self._show(self._value)
        self._box.blockSignals(False)  # noqa: FBT003 - Qt's own signature

    def _read(self) -> None:
        """Take what was typed; what is neither a name nor a number was no wish."""
        text = self._line.text().strip()
        named = {name.casefold(): zone_id for name, zone_id in self._items} | {"": None}
        if text.casefold() in named:
            self._tell(named[text.casefold()])
        elif text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= self._most:
            self._tell(int(text[:9]))
        self._show(self._value)

    def _tell(self, value: int | None) -> None:
        if value != self._value:
            self._value = value
            self.edited.emit(value)

    def _show(self, value: Any) -> None:
        self._value = value
        numbers = [zone_id for _, zone_id in self._items]
        if value in numbers:
            self._box.setCurrentIndex(numbers.index(value))
        else:
            self._box.setEditText(str(value))


class _Flag(Editor):
    def __init__(self, info: SettingInfo) -> None:
        self._box = QCheckBox(info.title)
        super().__init__(self._box)
        self._box.toggled.connect(self.edited.emit)

    def _show(self, value: Any) -> None:
        self._box.setChecked(value)


class _WheelGuard(QObject):
    """A wheel over an editor scrolls the page: it must not change a setting in passing."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass the wheel on to the page unless the editor was clicked into."""
        if (
            event.type() == QEvent.Type.Wheel
            and isinstance(watched, QWidget)
            and not watched.hasFocus()
        ):
            event.ignore()
            return True
        return False


def editor_for(info: SettingInfo) -> Editor:
    """The editor of a setting; KeyError for 'folders', which has a dialog of its own."""
    editor: Editor = {"choice": _Choice, "number": _Number, "zone": ZoneEditor, "flag": _Flag}[
        info.kind
    ](info)
    widget = editor.widget
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if isinstance(widget, QSpinBox):
        # '1' on the way to '12' is not a wish.
        widget.setKeyboardTracking(False)
    widget.installEventFilter(_WheelGuard(widget))
    widget.setAccessibleName(info.title)
    widget.setAccessibleDescription(info.help)
    return editor
