"""'Keep my addon up to date': start with the system, wait in the tray, update once a day."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from att_desktop.system.errors import AttError
from att_desktop.text import _

if TYPE_CHECKING:
    from att_desktop.system.autostart import Autostart
    from att_desktop.ui.context import AppContext

_DAILY: Final = 24
_log = logging.getLogger(__name__)


class KeepUpToDate(QObject):
    """One switch over three things: the entry in the system's start, the tray, the schedule.

    It is on while all three are. Without the tray the entry makes no sense and is removed.
    """

    changed = Signal()

    def __init__(self, context: AppContext, autostart: Autostart | None) -> None:
        super().__init__(context)
        self._context = context
        self._autostart = autostart
        context.settings_changed.connect(self._on_settings_changed)

    @property
    def hindrance(self) -> str:
        """Why it cannot be switched on here; empty when it can."""
        if self._context.sample:
            return _("Sample data is not kept up to date. Get real builds first.")
        if self._autostart is None:
            return _("In portable use (ATT_HOME) the app does not start with the system.")
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return _(
                "This desktop has no system tray, so the app has no place to wait in. While its "
                "window is open it updates by itself as set below."
            )
        return ""

    @property
    def is_on(self) -> bool:
        """Whether the app starts with the system, stays in the tray and updates by itself."""
        settings = self._context.settings
        waits = settings.tray and settings.scheduled_update_hours > 0
        return waits and self._autostart is not None and self._autostart.is_on()

    def switch(self, *, on: bool) -> None:
        """Switch all three on, or remove all of it again. Raises AttError, with nothing changed."""
        if self._autostart is None:
            return
        if on:
            self._autostart.switch_on()
            hours = self._context.settings.scheduled_update_hours or _DAILY
            self._context.change_settings(tray=True, scheduled_update_hours=hours)
        else:
            self._autostart.switch_off()
            self._context.change_settings(tray=False, scheduled_update_hours=0)
        self.changed.emit()

    def refresh_entry(self) -> None:
        """Let the entry start this app where an older copy of it has made it."""
        if self._autostart is None or not self._autostart.is_on():
            return
        try:
            self._autostart.switch_on()
        except AttError as error:
            _log.warning("%s", error)

    def _on_settings_changed(self) -> None:
        autostart = self._autostart
        if autostart is not None and not self._context.settings.tray and autostart.is_on():
            try:
                autostart.switch_off()
            except AttError as error:
                _log.warning("%s", error)
        self.changed.emit()
