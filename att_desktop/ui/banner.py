"""The line that says, on every page, that what is shown is sample data."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from att_desktop.ui.glyphs import state_pixmap

__all__ = ["SampleBanner"]


class SampleBanner(QFrame):
    """Stands above the page in sample mode."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sampleBanner")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.ToolTipBase)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        self._glyph = QLabel()
        text = QLabel(
            "Sample data: these builds are made up and go into a practice folder, "
            "not into your game."
        )
        text.setForegroundRole(QPalette.ColorRole.ToolTipText)
        text.setWordWrap(True)
        layout.addWidget(self._glyph)
        layout.addWidget(text, 1)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the glyph in the colours of a new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_glyph"):
            self._draw()

    def _draw(self) -> None:
        self._glyph.setPixmap(state_pixmap("info", self))
