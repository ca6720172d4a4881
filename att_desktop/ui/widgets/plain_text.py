"""Text from outside, shown as what it is: names never become markup."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtGui import Qt as TextQt  # the part of Qt's namespace that knows HTML
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent


class PlainLabel(QLabel):
    """A label that shows its text as it is.

    Qt's own guesses whether a text is HTML: an encounter called '<img src=...>' would be a picture.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


class YieldingLabel(PlainLabel):
    """One line that is cut with '…' where there is no room for it; the tooltip has all of it."""

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * 8), hint.height())

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(plain_tip(text))

    def paintEvent(self, _event: QPaintEvent) -> None:
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        self.style().drawItemText(
            QPainter(self),
            room,
            int(self.alignment().value),
            self.palette(),
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )


class WrappedLabel(PlainLabel):
    """Wrapped text that is never cut: in a low window Qt would squeeze it to a line or two.

    A word that is wider than the label, a path say, is told by the tooltip. A text takes the room
    of ``least_lines``, so that what is below stays in place when one of fewer lines follows.
    """

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, least_lines: int = 1
    ) -> None:
        super().__init__(text, parent)
        self._least_lines = least_lines
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """As high as the text is at this width: Qt's own guesses a width."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.heightForWidth(self.width())) if self.isVisible() else hint

    def setText(self, text: str) -> None:
        super().setText(text)
        if self.isVisible():
            self._keep_whole()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keep_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_whole()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.isVisible():
            self._keep_whole()

    def _keep_whole(self) -> None:
        # QLabel's height for a width is never below its minimum: a label that once had many lines
        # would keep their height.
        self.setMinimumHeight(0)
        least = self._least_lines * self.fontMetrics().lineSpacing() if self.text() else 0
        self.setMinimumHeight(max(least, self.heightForWidth(self.width())))
        words = map(self.fontMetrics().horizontalAdvance, self.text().split())
        too_wide = max(words, default=0) > self.width()
        self.setToolTip(plain_tip(self.text()) if too_wide else "")


def plain_tip(text: str) -> str:
    """``text`` as a tooltip, which has no format of its own: escaped where Qt would see HTML."""
    if not TextQt.mightBeRichText(text):
        return text
    return f"<span>{escape(text)}</span>".replace("\n", "<br>")
