"""A card on top of the Update page: a state glyph, one sentence, one action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGroupBox, QPushButton, QVBoxLayout

from att_desktop.text.formats import labelled
from att_desktop.ui.widgets.message import Message

if TYPE_CHECKING:
    from att_desktop.ui.card_texts import CardText


class Card(QGroupBox):
    """One card. ``acted`` is its button."""

    acted = Signal()

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._message = Message(title)
        self._button = QPushButton()
        self._button.clicked.connect(self.acted)
        layout = QVBoxLayout(self)
        layout.addWidget(self._message, 1)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def button(self) -> QPushButton:
        """The action."""
        return self._button

    @property
    def message(self) -> Message:
        """Glyph and sentence."""
        return self._message

    def show_text(self, text: CardText) -> None:
        """Show a state."""
        self._message.say(text.state, text.sentence)
        self._button.setText(text.action)
        self._button.setAccessibleDescription(labelled(self.title(), text.sentence))
