"""The fields for a Warcraft Logs API client and the way to one, with a live test."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from att_desktop.config.credentials import CredentialsNotUsable, checked
from att_desktop.text import _, say
from att_desktop.ui.client_steps import ClientSteps
from att_desktop.ui.widgets.message import Message
from att_desktop.ui.widgets.text_sizes import letter_width

if TYPE_CHECKING:
    from collections.abc import Callable

    from att_desktop.config.client_credentials import ClientCredentials
    from att_desktop.system.errors import AttError
    from att_desktop.ui.account import Account

_CHARACTERS: Final = 52


class CredentialsForm(QWidget):
    """Client id and secret, 'for this run only', and Test. ``changed`` follows each edit."""

    changed = Signal()

    def __init__(self, account: Account) -> None:
        super().__init__()
        self._account = account
        self._asking = False
        self.steps = ClientSteps()
        self.client_id = self._field(_("Client id"))
        self.secret = self._field(_("Client secret"))
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        show = QCheckBox(_("Sho&w the secret"))
        show.toggled.connect(self._on_show_secret)
        self.for_this_run = QCheckBox(_("&Keep for this run only, not in the keyring"))
        self.test_button = QPushButton(_("&Test"))
        self.test_button.setAutoDefault(False)
        self.test_button.setToolTip(_("Ask Warcraft Logs for a token and the points left"))
        self.test_button.clicked.connect(self.test)
        self.message = Message(_("Result"))
        form = QFormLayout()
        form.addRow(_("Client &id"), self.client_id)
        form.addRow(_("Client s&ecret"), self.secret)
        form.addRow("", show)
        form.addRow("", self.for_this_run)
        testing = QHBoxLayout()
        testing.addWidget(self.test_button, 0, Qt.AlignmentFlag.AlignTop)
        testing.addWidget(self.message, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.steps)
        layout.addLayout(form)
        layout.addLayout(testing)
        layout.addStretch(1)
        account.changed.connect(self._show_state)
        self._show_state()

    @property
    def is_empty(self) -> bool:
        """True when nothing was typed."""
        return not self.client_id.text().strip() and not self.secret.text().strip()

    def credentials(self) -> ClientCredentials:
        """What was typed. Raises CredentialsNotUsable with a sentence."""
        return checked(self.client_id.text(), self.secret.text())

    def test(self) -> None:
        """Try what was typed, or what is stored when nothing was."""
        try:
            typed = None if self.is_empty and self._has_stored else self.credentials()
        except CredentialsNotUsable as error:
            self.message.say("warning", say(error), aloud=True)
            return
        self.ask(_("Asking Warcraft Logs…"))
        self._account.test(typed, self._on_tested, self.fail)

    def save(self, kept: Callable[[], None]) -> None:
        """Keep what was typed, then call ``kept``; a sentence in the form when that fails."""
        try:
            typed = self.credentials()
        except CredentialsNotUsable as error:
            self.message.say("warning", say(error), aloud=True)
            return
        self.ask(_("Keeping the credentials…"))
        saved = partial(self._on_saved, kept)
        self._account.save(typed, saved, self.fail, for_this_run=self.for_this_run.isChecked())

    def _on_saved(self, kept: Callable[[], None]) -> None:
        self.client_id.clear()
        self.secret.clear()
        self.answered()
        kept()

    def fail(self, error: AttError) -> None:
        """Tell what did not work."""
        self._end_asking()
        self.message.say("error", say(error), aloud=True)

    @property
    def _has_stored(self) -> bool:
        state = self._account.state
        return state is not None and state.usable

    def _on_tested(self, sentence: str) -> None:
        self._end_asking()
        self.message.say("ok", sentence, aloud=True)

    def ask(self, sentence: str) -> None:
        """Say what is being waited for, until ``answered`` or ``fail``."""
        self._asking = True
        self.message.say("clock", sentence)
        self.test_button.setEnabled(False)
        self.changed.emit()

    def answered(self) -> None:
        """The waiting is over: say where the credentials are now."""
        self._end_asking()
        self._show_state()

    def _end_asking(self) -> None:
        self._asking = False
        self.test_button.setEnabled(True)
        self.changed.emit()

    @property
    def asking(self) -> bool:
        """True while Warcraft Logs or the keyring is being asked."""
        return self._asking

    def _show_state(self) -> None:
        state = self._account.state
        if state is None:
            self.message.say("clock", _("Asking the keyring…"))
            return
        no_keyring = state.kind == "no_keyring"
        from_environment = state.kind == "environment"
        if no_keyring:
            self.for_this_run.setChecked(True)
        self.for_this_run.setEnabled(not no_keyring and not from_environment)
        for field in (self.client_id, self.secret):
            field.setEnabled(not from_environment)
        if not self._asking:
            self.message.say("ok" if state.usable else "info", say(state))
        self.changed.emit()

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setMinimumWidth(letter_width(field.fontMetrics()) * _CHARACTERS)
        field.textEdited.connect(self.changed)
        return field

    def _on_show_secret(self, shown: bool) -> None:  # noqa: FBT001 - a slot of toggled(bool)
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.secret.setEchoMode(mode)
