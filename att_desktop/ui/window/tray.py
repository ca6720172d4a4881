"""The tray icon, if the player wants one, and what is told when nobody looks at the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from att_desktop.text import pgettext

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QIcon
    from PySide6.QtWidgets import QMainWindow

    from att_desktop.ui.context import AppContext

_MESSAGE_MS: Final = 10_000
# The desktop may start its tray after what starts with it.
_LOOK_MS: Final = 1_000
_LOOKS: Final = 60


class Tray(QObject):
    """Shows the icon as the settings say, and only where the desktop has a tray.

    Without the opt-in the icon appears for the time of a notification only: most desktops take
    notifications from a visible icon alone.
    """

    open_wanted = Signal()

    def __init__(
        self,
        context: AppContext,
        window: QMainWindow,
        icon: QIcon,
        actions: tuple[QAction, ...],
    ) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._menu = QMenu(window)
        show = self._menu.addAction(pgettext("tray", "&Open"))
        show.triggered.connect(self.open_wanted)
        self._menu.addSeparator()
        self._menu.addActions(list(actions))
        self._icon = QSystemTrayIcon(icon, self)
        self._icon.setToolTip(window.windowTitle())
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self.open_wanted)
        self._hide_later = QTimer(self)
        self._hide_later.setSingleShot(True)
        self._hide_later.setInterval(_MESSAGE_MS)
        self._hide_later.timeout.connect(self._follow_settings)
        self._looks_left = 0
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._on_look)
        context.settings_changed.connect(self._follow_settings)
        self._follow_settings()

    @property
    def menu(self) -> QMenu:
        """The icon's menu."""
        return self._menu

    def keeps_app(self) -> bool:
        """Whether closing the window leaves the app in the tray.

        Asked each time: a desktop may lose its tray, and a hidden window could never come back.
        """
        return self._context.settings.tray and self.available()

    @staticmethod
    def available() -> bool:
        """Whether the desktop has a tray now."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def wait_in_tray(self) -> None:
        """Begin without a window. Where no tray comes within a minute the window does, minimized:
        an app that cannot be seen could not be ended."""
        if self.keeps_app():
            return
        self._looks_left = _LOOKS if self._context.settings.tray else 0
        self._look.start()

    def _on_look(self) -> None:
        if self._window.isVisible():  # the player has opened it meanwhile
            self._look.stop()
        elif self.keeps_app():
            self._look.stop()
            self._follow_settings()
        elif self._looks_left <= 0:
            self._look.stop()
            self._window.showMinimized()
        self._looks_left -= 1

    def tell(self, sentence: str, *, good: bool) -> None:
        """Notify of the end of an update, unless the player is looking at the window."""
        if not self._context.settings.notifications or self._window.isActiveWindow():
            return
        QApplication.alert(self._window)
        if self.available() and QSystemTrayIcon.supportsMessages():
            self._icon.show()
            kinds = QSystemTrayIcon.MessageIcon
            kind = kinds.Information if good else kinds.Warning
            self._icon.showMessage(self._window.windowTitle(), sentence, kind, _MESSAGE_MS)
            self._hide_later.start()

    def hide(self) -> None:
        """Take the icon away: its window goes."""
        self._hide_later.stop()
        self._look.stop()
        self._icon.hide()

    def _follow_settings(self) -> None:
        if not self._hide_later.isActive():
            self._icon.setVisible(self.keeps_app())

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        ):
            self.open_wanted.emit()
