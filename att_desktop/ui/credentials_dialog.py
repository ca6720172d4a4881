"""The dialog for the Warcraft Logs credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout

from att_desktop.text import _
from att_desktop.ui.credentials_form import CredentialsForm

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from att_desktop.ui.account import Account


class CredentialsDialog(QDialog):
    """Enter, test, keep, unlock or remove credentials. Accepted once they are kept."""

    def __init__(self, account: Account, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Warcraft Logs account"))
        self._account = account
        self.form = CredentialsForm(account)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        # Enter in a field must save, never leave.
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        self.save_button = self._button(_("&Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save_button.setDefault(True)
        self.remove_button = self._button(
            _("&Remove stored credentials"), QDialogButtonBox.ButtonRole.DestructiveRole
        )
        self.unlock_button = self._button(
            _("&Unlock the keyring…"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.save_button.clicked.connect(self._on_save)
        self.remove_button.clicked.connect(self._on_remove)
        self.unlock_button.clicked.connect(self._on_unlock)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.form, 1)
        layout.addWidget(self.buttons)
        self.form.changed.connect(self._show_possible)
        account.changed.connect(self._show_possible)
        self._show_possible()
        self.form.client_id.setFocus()

    def _button(self, text: str, role: QDialogButtonBox.ButtonRole) -> QPushButton:
        button: QPushButton = self.buttons.addButton(text, role)
        button.setAutoDefault(False)
        return button

    def _show_possible(self) -> None:
        """Only what can be done now."""
        state = self._account.state
        kind = state.kind if state else ""
        asking = self.form.asking
        self.save_button.setEnabled(not asking and not self.form.is_empty)
        self.remove_button.setVisible(kind in ("stored", "session"))
        self.remove_button.setEnabled(not asking)
        self.unlock_button.setVisible(kind == "locked")
        self.unlock_button.setEnabled(not asking)

    def _on_save(self) -> None:
        self.form.save(self._on_kept)

    def _on_kept(self) -> None:
        if self.isVisible():
            self.accept()

    def _on_remove(self) -> None:
        self.form.ask(_("Removing the credentials…"))
        self._account.clear(self.form.answered, self.form.fail)

    def _on_unlock(self) -> None:
        self.form.ask(_("Waiting for the keyring…"))
        self._account.unlock(self.form.answered, self.form.fail)
