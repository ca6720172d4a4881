"""One editor for each kind of setting; all speak in the setting's own values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QComboBox, QSpinBox, QWidget

from att_desktop.ui.settings.words import choice_words

if TYPE_CHECKING:
    from att_desktop.settings import SettingInfo

__all__ = ["Editor", "editor_for"]

_ZONE_FLOOR: Final = 0


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


class _Zone(Editor):
    """A number of Warcraft Logs; the lowest value stands for 'the current one'."""

    def __init__(self, info: SettingInfo) -> None:
        self._box = QSpinBox()
        self._box.setRange(_ZONE_FLOOR, info.maximum or 0)
        self._box.setSpecialValueText("Current")
        self._box.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        super().__init__(self._box)
        self._box.valueChanged.connect(self._tell)

    def _tell(self, number: int) -> None:
        self.edited.emit(None if number == _ZONE_FLOOR else number)

    def _show(self, value: Any) -> None:
        self._box.setValue(_ZONE_FLOOR if value is None else value)


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
    editor: Editor = {"choice": _Choice, "number": _Number, "zone": _Zone, "flag": _Flag}[
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
