"""Text from outside, shown as what it is: names never become markup."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as TextQt  # the part of Qt's namespace that knows HTML
from PySide6.QtWidgets import QLabel, QWidget

__all__ = ["PlainLabel", "plain_tip"]


class PlainLabel(QLabel):
    """A label that shows its text as it is.

    Qt's own guesses whether a text is HTML: an encounter called '<img src=...>' would be a picture.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


def plain_tip(text: str) -> str:
    """``text`` as a tooltip, which has no format of its own: escaped where Qt would see HTML."""
    if not TextQt.mightBeRichText(text):
        return text
    return f"<span>{escape(text)}</span>".replace("\n", "<br>")
