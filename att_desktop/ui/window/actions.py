"""Every command of the window as one action: menus, buttons, tray and keys share it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from att_desktop.text import _

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QMainWindow


class Actions:
    """The commands; who answers them is connected by the controller."""

    def __init__(self, parent: QObject) -> None:
        self.update = QAction(parent)
        self.update.setShortcuts(_keys("Ctrl+U", QKeySequence.StandardKey.Refresh))
        self.show_idle()
        self.account = QAction(_("Warcraft Logs &account…"), parent)
        self.folder = QAction(_("&Game folder…"), parent)
        self.close = QAction(_("&Close window"), parent)
        self.close.setShortcuts(QKeySequence.StandardKey.Close)
        self.quit = QAction(_("&Quit"), parent)
        self.quit.setShortcuts(_keys("Ctrl+Q", QKeySequence.StandardKey.Quit))
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        self.first_run = QAction(_("&First steps…"), parent)
        self.first_run.setShortcuts(QKeySequence.StandardKey.HelpContents)
        self.logs = QAction(_("Open &log folder"), parent)
        self.about = QAction(_("&About Azeroth's Top Talent"), parent)
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.about_qt = QAction(_("About &Qt"), parent)
        self.about_qt.setMenuRole(QAction.MenuRole.AboutQtRole)

    def show_idle(self) -> None:
        """The update action starts one."""
        self.update.setText(_("&Update addon"))
        self.update.setStatusTip(_("Fetch what is out of date and write it into the game"))
        self.update.setToolTip(_("Fetch what is out of date and write it into the game"))
        self.update.setEnabled(True)

    def show_running(self) -> None:
        """The update action stops the one that is running."""
        self.update.setText(_("Ca&ncel update"))
        self.update.setStatusTip(_("Stop; what is fetched is kept"))
        self.update.setToolTip(_("Stop; what is fetched is kept"))

    def show_cancelling(self) -> None:
        """The running update was asked to stop."""
        self.update.setEnabled(False)


def fill_menus(window: QMainWindow, actions: Actions, pages: tuple[QAction, ...]) -> None:
    """The menu bar."""
    bar = window.menuBar()
    file_menu = bar.addMenu(_("&File"))
    file_menu.addActions([actions.update])
    file_menu.addSeparator()
    file_menu.addActions([actions.account, actions.folder])
    file_menu.addSeparator()
    file_menu.addActions([actions.close, actions.quit])
    view_menu = bar.addMenu(_("&View"))
    view_menu.addActions(list(pages))
    help_menu = bar.addMenu(_("&Help"))
    help_menu.addActions([actions.first_run, actions.logs])
    help_menu.addSeparator()
    help_menu.addActions([actions.about, actions.about_qt])


def _keys(ours: str, standard: QKeySequence.StandardKey) -> list[QKeySequence]:
    """Our keys and the platform's own. Each once: keys given twice are ambiguous to Qt and dead."""
    keys = [QKeySequence(ours)]
    keys += [key for key in QKeySequence.keyBindings(standard) if key not in keys]
    return keys
