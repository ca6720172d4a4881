"""The question before a running update is stopped with the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

from att_desktop.text import _

if TYPE_CHECKING:
    from att_desktop.ui.main_window import MainWindow


def agrees_to_stop(window: MainWindow) -> bool:
    """Ask whether to stop the update and quit."""
    window.raise_window()
    box = QMessageBox(
        QMessageBox.Icon.Question,
        _("An update is running"),
        _("Stop the update and quit? What is fetched is kept; the next update goes on from there."),
        parent=window,
    )
    stop = box.addButton(_("&Stop and quit"), QMessageBox.ButtonRole.AcceptRole)
    keep = box.addButton(_("&Keep running"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    box.exec()
    box.deleteLater()
    return box.clickedButton() is stop
