"""The log of the update: folded away, there to be copied when help is needed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from att_desktop.system.logs import without_secrets
from att_desktop.text import _

_LINES: Final = 5000
_ROWS_SHOWN: Final = 8
_LEAST_ROWS: Final = 3


class LogPanel(QWidget):
    """A fold with the last lines. Lines are collected while it is folded."""

    def __init__(self) -> None:
        super().__init__()
        self._fold = QToolButton()
        self._fold.setText(_("&Log"))
        self._fold.setCheckable(True)
        self._fold.setAutoRaise(True)
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.toggled.connect(self._on_fold)
        self._copy = QPushButton(_("Cop&y log"))
        self._copy.clicked.connect(self.copy)
        self._lines = QPlainTextEdit()
        self._lines.setReadOnly(True)
        self._lines.setMaximumBlockCount(_LINES)
        self._lines.setTabChangesFocus(True)
        self._lines.setAccessibleName(_("Log of the update"))
        self._lines.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        row = self._lines.fontMetrics().lineSpacing()
        # In a low window the cards above need the room more.
        self._lines.setMinimumHeight(row * _LEAST_ROWS)
        self._lines.setMaximumHeight(row * _ROWS_SHOWN)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._fold)
        head.addStretch(1)
        head.addWidget(self._copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self._lines)
        self._on_fold(open_=False)

    @property
    def fold(self) -> QToolButton:
        """The button that opens and closes the log."""
        return self._fold

    @property
    def copy_button(self) -> QPushButton:
        """The button that copies the whole log."""
        return self._copy

    @property
    def text(self) -> str:
        """All lines."""
        return self._lines.toPlainText()

    def add(self, sentences: list[str]) -> None:
        """Append lines with the time of day; one visit to the document for all of them."""
        if sentences:
            stamp = f"{datetime.now().astimezone():%H:%M:%S}"
            self._lines.appendPlainText("\n".join(f"{stamp}  {line}" for line in sentences))

    def copy(self) -> None:
        """Put all lines on the clipboard, fit to be shown to others."""
        QGuiApplication.clipboard().setText(without_secrets(self.text))

    def _on_fold(self, open_: bool) -> None:  # noqa: FBT001 - a slot of toggled(bool)
        self._fold.setArrowType(Qt.ArrowType.DownArrow if open_ else Qt.ArrowType.RightArrow)
        self._lines.setVisible(open_)
        self._copy.setVisible(open_)
