"""One editor for each kind of setting; all speak in the setting's own values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from att_desktop.text import pgettext
from att_desktop.text.language import available_languages
from att_desktop.ui.settings.texts import (
    choice_text,
    counted,
    language_text,
    setting_help,
    setting_title,
    value_text,
)
from att_desktop.ui.widgets.own_specs import OwnSpecs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from att_desktop.config.settings import SettingInfo
    from att_desktop.game.seasons import ListedZone

_ZONE_CHARACTERS: Final = 24
_NOTHING_YET: Final = object()


class Editor(QObject):
    """A widget and the value it shows. ``edited(value)`` follows the player's edits only."""

    edited = Signal(object)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.widget = widget
        self._last: Any = _NOTHING_YET

    def show_value(self, value: Any) -> None:
        """Show ``value`` without telling that it was edited; what is half typed stays if it is
        the same as before: other settings change, and builds arrive, while the player types."""
        if value == self._last:
            return
        self._last = value
        self.widget.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self._show(value)
        self.widget.blockSignals(False)  # noqa: FBT003 - Qt's own signature

    def _show(self, value: Any) -> None:
        raise NotImplementedError


class _Choice(Editor):
    def __init__(self, info: SettingInfo) -> None:
        self._box = QComboBox()
        for choice in info.choices:
            self._box.addItem(choice_text(info.name, choice), choice)
        super().__init__(self._box)
        self._box.currentIndexChanged.connect(self._on_chosen)

    def _on_chosen(self) -> None:
        self.edited.emit(self._box.currentData())

    def _show(self, value: Any) -> None:
        self._box.setCurrentIndex(self._box.findData(value))


class _Language(_Choice):
    """Languages by their own names; one that was set elsewhere is offered too."""

    def __init__(self, info: SettingInfo) -> None:
        super().__init__(info)
        for code in ("", *available_languages()):
            self._box.addItem(language_text(code), code)

    def _show(self, value: Any) -> None:
        if self._box.findData(value) < 0:
            self._box.addItem(language_text(value), value)
        super()._show(value)


class _Number(Editor):
    def __init__(self, info: SettingInfo) -> None:
        self._box = QSpinBox()
        self._unit = info.unit
        self._box.setRange(info.minimum or 0, info.maximum or 0)
        if info.minimum == 0:
            self._box.setSpecialValueText(pgettext("setting", "Off"))
        super().__init__(self._box)
        self._box.valueChanged.connect(self._on_changed)

    def _on_changed(self, value: int) -> None:
        self._show_unit(value)
        self.edited.emit(value)

    def _show(self, value: Any) -> None:
        self._box.setValue(value)
        self._show_unit(value)

    def _show_unit(self, value: int) -> None:
        if self._unit:
            self._box.setSuffix(counted("", self._unit, value))


class ZoneEditor(Editor):
    """A zone by its name, as far as names are known, or by its number; None is the current one."""

    def __init__(self, info: SettingInfo) -> None:
        self._box = QComboBox()
        self._box.setEditable(True)
        self._box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._box.setMinimumContentsLength(_ZONE_CHARACTERS)
        self._most = info.maximum or 0
        self._value: int | None = None
        self._items: list[tuple[str, int | None]] = []
        super().__init__(self._box)
        self.offer(())
        self._box.activated.connect(lambda index: self._set_value(self._items[index][1]))
        self._line.editingFinished.connect(self._on_typed)

    @property
    def _line(self) -> QLineEdit:
        line = self._box.lineEdit()
        assert line is not None, "it is editable"  # noqa: S101
        return line

    def offer(self, zones: Sequence[ListedZone]) -> None:
        """Let the player choose from ``zones``."""
        items = [
            (pgettext("zone", "Current"), None),
            *((zone.name, zone.zone_id) for zone in zones),
        ]
        if items == self._items:
            return
        self._items = items
        self._box.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self._box.clear()
        self._box.addItems([name for name, _zone_id in items])
        self._show(self._value)
        self._box.blockSignals(False)  # noqa: FBT003 - Qt's own signature

    def _on_typed(self) -> None:
        """Take what was typed, if it is a name or a number."""
        text = self._line.text().strip()
        named = {name.casefold(): zone_id for name, zone_id in self._items} | {"": None}
        if text.casefold() in named:
            self._set_value(named[text.casefold()])
        elif text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= self._most:
            self._set_value(int(text[:9]))
        self._show(self._value)

    def _set_value(self, value: int | None) -> None:
        if value != self._value:
            self._value = value
            self.edited.emit(value)

    def _show(self, value: Any) -> None:
        self._value = value
        numbers = [zone_id for _name, zone_id in self._items]
        if value in numbers:
            self._box.setCurrentIndex(numbers.index(value))
        else:
            self._box.setEditText(str(value))


class _Flag(Editor):
    def __init__(self, info: SettingInfo) -> None:
        self._box = QCheckBox(setting_title(info.name))
        super().__init__(self._box)
        self._box.toggled.connect(self.edited.emit)

    def _show(self, value: Any) -> None:
        self._box.setChecked(value)


class _Text(Editor):
    def __init__(self, info: SettingInfo) -> None:
        self._line = QLineEdit()
        self._line.setPlaceholderText(value_text(info.name, info.kind, ""))
        self._line.setClearButtonEnabled(True)
        super().__init__(self._line)
        self._shown = ""
        self._line.editingFinished.connect(self._on_edited)

    def _on_edited(self) -> None:
        text = self._line.text().strip()
        if text != self._shown:
            self._shown = text
            self.edited.emit(text)

    def _show(self, value: Any) -> None:
        self._shown = str(value)
        self._line.setText(self._shown)


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


class _Specs(Editor):
    def __init__(self, _info: SettingInfo) -> None:
        self._specs = OwnSpecs()
        super().__init__(self._specs)
        self._specs.edited.connect(lambda: self.edited.emit(self._specs.spec_ids))

    def _show(self, value: Any) -> None:
        self._specs.show_specs(value)


_EDITORS: Final[dict[str, type[_Choice | _Number | ZoneEditor | _Flag | _Text | _Specs]]] = {
    "choice": _Choice,
    "language": _Language,
    "number": _Number,
    "zone": ZoneEditor,
    "flag": _Flag,
    "text": _Text,
    "specs": _Specs,
}


def editor_for(info: SettingInfo) -> Editor:
    """The editor of a setting; KeyError for 'folders', which has a dialog of its own."""
    editor: Editor = _EDITORS[info.kind](info)
    widget = editor.widget
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if isinstance(widget, QSpinBox):
        # Not while typing: '1' is not yet '12'.
        widget.setKeyboardTracking(False)
    widget.installEventFilter(_WheelGuard(widget))
    widget.setAccessibleName(setting_title(info.name))
    widget.setAccessibleDescription(setting_help(info.name))
    return editor
