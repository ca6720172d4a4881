"""The way to an API client of one's own at Warcraft Logs, in four steps with their buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from att_desktop.text import _
from att_desktop.ui.open_outside import open_link
from att_desktop.ui.widgets.plain_text import PlainLabel, WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Callable

_PAGE: Final = "https://www.warcraftlogs.com/api/clients/"
_REDIRECT_URL: Final = "http://localhost"
_CLIENT_NAME: Final = "Azeroth's Top Talent"
_COPIED_MS: Final = 2500


class ClientSteps(QWidget):
    """What an own client adds, then the steps; *Open page* and *Copy* spare the typing."""

    def __init__(self) -> None:
        super().__init__()
        self.open_button = self._button(
            _("&Open page"), _("Open the page"), lambda: open_link(_PAGE, self)
        )
        self.copy_name = self._copy_button(_("Copy the name"), _CLIENT_NAME)
        self.copy_url = self._copy_button(_("Copy the redirect URL"), _REDIRECT_URL)
        steps = (
            (_("Open your API clients at Warcraft Logs and sign in."), self.open_button),
            (
                _("Create a client. Any name will do, such as {name}.").format(name=_CLIENT_NAME),
                self.copy_name,
            ),
            (
                _("Redirect URL: {url}. Leave “Public Client” off.").format(url=_REDIRECT_URL),
                self.copy_url,
            ),
            (_("Copy the id and the secret of the client into the fields below."), None),
        )
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setColumnStretch(1, 1)
        gain = _(
            "A client of your own is free. It adds alternatives and pick rates for each boss and "
            "dungeon, and fresher builds."
        )
        layout.addWidget(WrappedLabel(gain), 0, 0, 1, 3)
        for number, (sentence, button) in enumerate(steps, start=1):
            # TRANSLATORS: the number of a step.
            label = PlainLabel(_("{number}.").format(number=number))
            layout.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            words = WrappedLabel(sentence)
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
            layout.addWidget(words, number, 1)
            if button is not None:
                layout.addWidget(button, number, 2, Qt.AlignmentFlag.AlignTop)

    def _button(self, text: str, name: str, on_click: Callable[[], object]) -> QPushButton:
        """Not autoDefault: Enter in a field saves."""
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setAccessibleName(name)
        button.clicked.connect(on_click)
        return button

    def _copy_button(self, name: str, copied: str) -> QPushButton:
        button = self._button(_("Copied"), name, lambda: _copy(button, copied))
        # One width for both of its words: a button must not shrink under the mouse.
        width = button.sizeHint().width()
        button.setText(_("Copy"))
        button.setMinimumWidth(max(width, button.sizeHint().width()))
        return button


def _copy(button: QPushButton, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    button.setText(_("Copied"))
    QTimer.singleShot(_COPIED_MS, button, lambda: button.setText(_("Copy")))
