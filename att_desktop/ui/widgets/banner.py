"""A line above every page for what must not be overlooked: sample data, another host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout

from att_desktop.ui.widgets.glyphs import state_pixmap
from att_desktop.ui.widgets.plain_text import PlainLabel, WrappedLabel

if TYPE_CHECKING:
    from att_desktop.ui.widgets.glyphs import State


class Banner(QFrame):
    """Stands above every page."""

    def __init__(self, state: State, sentence: str) -> None:
        super().__init__()
        self._state: State = state
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.ToolTipBase)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        self._glyph = PlainLabel()
        text = WrappedLabel(sentence)
        policy = text.sizePolicy()
        policy.setHeightForWidth(True)  # else a wide banner asks for the height of a narrow one
        text.setSizePolicy(policy)
        text.setForegroundRole(QPalette.ColorRole.ToolTipText)
        layout.addWidget(self._glyph)
        layout.addWidget(text, 1)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the glyph in the colours of a new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_glyph"):
            self._draw()

    def _draw(self) -> None:
        self._glyph.setPixmap(state_pixmap(self._state, self))
