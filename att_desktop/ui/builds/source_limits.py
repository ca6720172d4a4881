"""What the source of a build cannot tell, in the place where it would be, and the way to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from att_desktop.text import _
from att_desktop.text.names import source_name
from att_desktop.ui.widgets.plain_text import WrappedLabel


class SourceLimits(QWidget):
    """One line and *Use my own account…*; ``account_wanted`` is that button."""

    account_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._label = WrappedLabel()
        self.button = QPushButton(_("Use my own account…"))
        self.button.clicked.connect(self.account_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self._label, 1)
        layout.addWidget(self.button)
        self.hide()

    @property
    def text(self) -> str:
        """The line."""
        return self._label.text()

    def show_source(self, source: str) -> None:
        """Name the source that tells the best build alone."""
        self._label.setText(
            _(
                "{source} tells the most played build only. Alternatives and pick rates come with "
                "your own Warcraft Logs client."
            ).format(source=source_name(source) or _("This source"))
        )
