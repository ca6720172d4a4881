"""A glyph and a sentence: how the window tells a state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from att_desktop.ui.widgets.glyphs import state_pixmap
from att_desktop.ui.widgets.plain_text import PlainLabel, WrappedLabel

if TYPE_CHECKING:
    from att_desktop.ui.widgets.glyphs import State


class Message(QWidget):
    """Shows one state in a glyph and a sentence; both wrap and can be selected and copied."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._state: State | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._glyph = PlainLabel()
        self._glyph.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._text = WrappedLabel()
        self._text.setAccessibleName(name)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._glyph)
        layout.addWidget(self._text, 1)

    @property
    def state(self) -> State | None:
        """The state that is shown, None when nothing is."""
        return self._state

    @property
    def sentence(self) -> str:
        """The sentence that is shown."""
        return self._text.text()

    def say(self, state: State, sentence: str, *, aloud: bool = False) -> None:
        """Show ``sentence``; ``aloud`` has screen readers read it at once."""
        changed = state != self._state
        self._state = state
        if changed:
            self._draw()
        if self._text.text() != sentence:
            self._text.setText(sentence)
            if aloud:
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._text, sentence))

    def clear(self) -> None:
        """Show nothing."""
        self._state = None
        self._glyph.clear()
        self._text.clear()

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the glyph in the colours of a new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_text"):
            self._draw()

    def _draw(self) -> None:
        if self._state is not None:
            self._glyph.setPixmap(state_pixmap(self._state, self))
