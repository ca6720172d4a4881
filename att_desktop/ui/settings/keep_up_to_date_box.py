"""The switch 'Keep my addon up to date', and why it may not be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QGroupBox, QVBoxLayout

from att_desktop.system.errors import AttError
from att_desktop.text import _, say
from att_desktop.ui.widgets.message import Message
from att_desktop.ui.widgets.plain_text import WrappedLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from att_desktop.ui.keep_up_to_date import KeepUpToDate


class KeepUpToDateBox(QGroupBox):
    """A check box with its sentence."""

    def __init__(self, keep: KeepUpToDate) -> None:
        super().__init__(_("Set and forget"))
        self._keep = keep
        self.check = QCheckBox(_("Keep my addon up &to date"))
        self.note = WrappedLabel(
            _(
                "The app starts with the system, waits in the tray and updates the addon once a "
                "day. When another build is the most played one for your specs, it tells you."
            )
        )
        self.check.setAccessibleDescription(self.note.text())
        self.message = Message(_("Keep my addon up to date"))
        self.message.hide()
        layout = QVBoxLayout(self)
        for widget in (self.check, self.note, self.message):
            layout.addWidget(widget)
        # clicked, not toggled: the app sets the state too.
        self.check.clicked.connect(self._on_clicked)
        keep.changed.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Show whether it is on, or why it cannot be."""
        hindrance = self._keep.hindrance
        is_on = self._keep.is_on
        self.check.setChecked(is_on)
        # What is on can be switched off everywhere.
        self.check.setEnabled(is_on or not hindrance)
        self.message.setVisible(bool(hindrance))
        if hindrance:
            self.message.say("info", hindrance)

    def showEvent(self, event: QShowEvent) -> None:
        """Trays and entries come and go while the window is open."""
        super().showEvent(event)
        self.show_state()

    def _on_clicked(self) -> None:
        try:
            self._keep.switch(on=self.check.isChecked())
        except AttError as error:
            self.show_state()
            self.message.show()
            self.message.say("warning", say(error), aloud=True)
