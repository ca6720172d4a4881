"""The line above the tree: which build it is, how many play it, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from att_desktop.text import _
from att_desktop.ui.results.texts import head_line, sample_text
from att_desktop.ui.widgets.plain_text import WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from att_desktop.ui.results.spec_results import BuildRef

_COPIED_MS: Final = 2500
_ROOM_FOR_PICTURE: Final = 640


class BuildHeader(QWidget):
    """Title, '17 of 160 · San'layn · Warcraft Logs · 3 h old', and what can be done with it.

    ``compare_wanted(a, b)``: ``b`` is None when the player wants to choose on the Compare page.
    """

    compare_wanted = Signal(object, object)

    def __init__(self, others: Callable[[], Sequence[BuildRef]], save_picture: QAction) -> None:
        """``others`` gives what the shown build can be compared with, when that is asked for.

        *Save picture* gives way to the title where both have no room; the tree has it, too.
        """
        super().__init__()
        self._build: BuildRef | None = None
        self._others = others
        self._title = WrappedLabel()
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        font.setBold(True)
        self._title.setFont(font)
        self._line = WrappedLabel()
        self._cluster = WrappedLabel(least_lines=2)
        self._cluster.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.copy_action = QAction(_("Copy code"), self)
        keys = QKeySequence("Ctrl+Shift+C")
        self.copy_action.setToolTip(
            _("Copy the import code, to paste it in the game ({key})").format(
                key=keys.toString(QKeySequence.SequenceFormat.NativeText)
            )
        )
        self.copy_action.setShortcut(keys)
        self.copy_action.triggered.connect(self.copy_code)
        self._copy = QPushButton(self.copy_action.text())
        self._copy.setToolTip(self.copy_action.toolTip())
        self._copy.clicked.connect(self.copy_action.trigger)
        # One width for both of its words: a button must not shrink under the mouse.
        hints = []
        for text in (_("Copied"), _("Copy code")):
            self._copy.setText(text)
            hints.append(self._copy.sizeHint().width())
        self._copy.setMinimumWidth(max(hints))
        self.copy_action.changed.connect(self._on_copy_action_changed)
        self.addAction(self.copy_action)
        self.compare_button = QPushButton(_("Compare with…"))
        self.compare_menu = QMenu(self.compare_button)
        self.compare_menu.aboutToShow.connect(self._on_menu)
        self.compare_button.setMenu(self.compare_menu)
        self.picture_button = QPushButton(save_picture.text())
        self.picture_button.clicked.connect(save_picture.trigger)
        self._build_layout()
        self.show_build(None)

    @property
    def text(self) -> str:
        """What is said below the title."""
        return self._line.text()

    @property
    def cluster_text(self) -> str:
        """What is said about builds close to this one."""
        return self._cluster.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.picture_button.setVisible(event.size().width() >= _ROOM_FOR_PICTURE)

    def show_build(self, build: BuildRef | None, *facts: str) -> None:
        """Show a build; None for nothing. ``facts`` are said behind its figures."""
        self._build = build
        self._title.setText(build.title if build else "")
        self.say_line(*facts)
        self._cluster.clear()
        self.setVisible(build is not None)
        self.copy_action.setEnabled(build is not None)

    def say_line(self, *facts: str) -> None:
        """The line below the title; said anew when time has passed."""
        said = (head_line(self._build), *facts) if self._build else ()
        self._line.setText(" · ".join(filter(None, said)))

    def show_cluster(self, sentence: str) -> None:
        """Say how many players are close to this build."""
        self._cluster.setText(sentence)

    def copy_code(self) -> None:
        """Put the import code on the clipboard, and say so for a moment."""
        if self._build is None:
            return
        QGuiApplication.clipboard().setText(self._build.code)
        self.copy_action.setText(_("Copied"))
        QTimer.singleShot(_COPIED_MS, self, lambda: self.copy_action.setText(_("Copy code")))

    def _on_copy_action_changed(self) -> None:
        self._copy.setText(self.copy_action.text())
        self._copy.setEnabled(self.copy_action.isEnabled())

    def _on_menu(self) -> None:
        self.compare_menu.clear()
        for other in self._others():
            if self._build is not None and other.selection != self._build.selection:
                players = sample_text(other)
                text = f"{other.title} ({players})" if players else other.title
                action = self.compare_menu.addAction(text.replace("&", "&&"))
                action.triggered.connect(
                    lambda _checked=False, b=other: self.compare_wanted.emit(self._build, b)
                )
        if not self.compare_menu.isEmpty():
            self.compare_menu.addSeparator()
        choose = self.compare_menu.addAction(_("Choose another build…"))
        choose.triggered.connect(lambda: self.compare_wanted.emit(self._build, None))

    def _build_layout(self) -> None:
        # Beside the title only: the sentences below need the whole width of a narrow page.
        first = QHBoxLayout()
        first.addWidget(self._title, 1)
        first.addWidget(self._copy)
        first.addWidget(self.compare_button)
        first.addWidget(self.picture_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(1)
        layout.addLayout(first)
        layout.addWidget(self._line)
        layout.addWidget(self._cluster)
