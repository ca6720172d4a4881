"""What changed since the last data, on the Update page: a few lines and the way to all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from att_desktop.game.changes import own_first
from att_desktop.text import _
from att_desktop.text.changes import change_lines, more_text
from att_desktop.ui.widgets.plain_text import WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from att_desktop.update.events import BuildsChanged

_MOST_LINES: Final = 5


class ChangesPanel(QWidget):
    """Hidden until there is something to say. ``builds_wanted`` asks for the Builds page."""

    builds_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.label = WrappedLabel()
        self.label.setAccessibleName(_("What changed since the last data"))
        self.more_button = QPushButton()
        self.more_button.setToolTip(_("Show the builds"))
        self.more_button.clicked.connect(self.builds_wanted)
        row = QHBoxLayout()
        row.addWidget(self.more_button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.label)
        layout.addLayout(row)
        self.hide()

    def show_changes(self, event: BuildsChanged | None, own: Sequence[int]) -> None:
        """Show what an update told; the specs in ``own`` first. None hides everything."""
        self.setVisible(event is not None)
        if event is None:
            return
        changes = own_first(event.changes, own)
        lines, more = change_lines(changes, own, total=event.total, most=_MOST_LINES)
        self.label.setText("\n".join(lines))
        self.more_button.setVisible(more > 0)
        self.more_button.setText(more_text(more))
