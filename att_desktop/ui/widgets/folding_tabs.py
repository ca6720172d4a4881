"""Tabs that fold to their titles, so that what stands above them gets the room."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabWidget, QToolButton, QWidget

from att_desktop.text import _

_NO_LIMIT: Final = 16777215  # QWIDGETSIZE_MAX, which PySide does not export


class FoldingTabs(QTabWidget):
    """The button in the corner folds; a click on a title, or its shortcut, unfolds.

    ``folded`` tells of a change. ``by_hand`` is True once the player has folded or unfolded.
    """

    folded = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by_hand = False
        self._is_folded = False
        self.fold_button = QToolButton()
        self.fold_button.setAutoRaise(True)
        self.fold_button.clicked.connect(lambda: self._by_hand(folded=not self._is_folded))
        self.setCornerWidget(self.fold_button, Qt.Corner.TopRightCorner)
        self.tabBarClicked.connect(lambda _index: self._by_hand(folded=False))
        self.currentChanged.connect(lambda _index: self.set_folded(folded=False))
        self._name_button()

    @property
    def is_folded(self) -> bool:
        """True while only the titles are seen."""
        return self._is_folded

    def set_folded(self, *, folded: bool) -> None:
        """Fold or unfold."""
        if folded == self._is_folded:
            return
        self._is_folded = folded
        current = self.currentWidget()
        if current is not None:
            current.setVisible(not folded)
        self.setMaximumHeight(self.tabBar().sizeHint().height() if folded else _NO_LIMIT)
        self._name_button()
        self.folded.emit(folded)

    def _by_hand(self, *, folded: bool) -> None:
        self.by_hand = True
        self.set_folded(folded=folded)

    def _name_button(self) -> None:
        self.fold_button.setArrowType(
            Qt.ArrowType.UpArrow if self._is_folded else Qt.ArrowType.DownArrow
        )
        text = _("Unfold the lists") if self._is_folded else _("Fold the lists")
        self.fold_button.setToolTip(text)
        self.fold_button.setAccessibleName(text)
