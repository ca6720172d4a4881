"""Below the lists: mark the builds for the addon, print, picture, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QImage
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from att_desktop.text import _, ngettext
from att_desktop.text.formats import number
from att_desktop.ui.raid_night.sheet import evening_document, evening_image
from att_desktop.ui.widgets.picture_actions import PictureActions
from att_desktop.ui.widgets.plain_text import WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from att_desktop.game.results import MarkedBuild
    from att_desktop.ui.results.raid_night import Evening


class Outputs(QWidget):
    """``install`` and ``remove`` are the page's to answer; ``told`` is a sentence to show."""

    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._evening: Evening | None = None
        self.install = QPushButton()
        self.install.setToolTip(
            # TRANSLATORS: 'For raid night' as the addon has it (BUILDS_RAID_NIGHT).
            _("The addon lists these builds first, below 'For raid night'; your own stay as is")
        )
        self.remove = QPushButton(_("&Remove from the addon"))
        self.remove.setToolTip(_("Take the builds of this spec off the addon's list"))
        self.print_button = QPushButton(_("&Print…"))
        self.print_button.clicked.connect(self._on_print)
        self.pictures = PictureActions(self._image, self, name="raid-night.png")
        self.pictures.told.connect(self.told)
        self.picture_button = QToolButton()
        self.picture_button.setText(_("Picture"))
        self.picture_button.setToolTip(_("Copy or save a picture of the evening"))
        self.picture_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.picture_button.addActions([self.pictures.copy_action, self.pictures.save_action])
        self.message = WrappedLabel()
        buttons = QHBoxLayout()
        buttons.addWidget(self.install)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        buttons.addWidget(self.picture_button)
        buttons.addWidget(self.print_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(buttons)
        layout.addWidget(self.message)
        self.show_marked(wanted=(), marked=())

    def show_evening(self, evening: Evening | None) -> None:
        """What to print and draw."""
        if evening != self._evening:
            self.message.clear()
        self._evening = evening
        for button in (self.print_button, self.picture_button):
            button.setEnabled(evening is not None)

    def show_marked(self, *, wanted: Sequence[MarkedBuild], marked: Sequence[MarkedBuild]) -> None:
        """``wanted`` are the builds that are shown, ``marked`` those the addon lists already."""
        same = tuple(wanted) == tuple(marked)
        if wanted and same:
            self.install.setText(_("Installed"))
        else:
            count = len(wanted)
            self.install.setText(
                ngettext("&Install {count} build", "&Install {count} builds", count).format(
                    count=number(count)
                )
                if count
                else _("&Install")
            )
        self.install.setEnabled(bool(wanted) and not same)
        self.remove.setVisible(bool(marked))

    def say(self, sentence: str) -> None:
        """Show what came of a command; screen readers read it at once."""
        self.message.setText(sentence)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.message, sentence))

    def _image(self) -> QImage:
        return evening_image(self._evening) if self._evening else QImage()

    def _on_print(self) -> None:
        # Imported only here: few print, and the library asks the system for its printers.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        if self._evening is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(_("Raid night"))
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            evening_document(self._evening).print_(printer)
