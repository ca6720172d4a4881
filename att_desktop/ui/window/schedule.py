"""Updates that start by themselves while the app runs; off unless the player wants them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from att_desktop.ui.context import AppContext

_CHECK_EVERY_MS: Final = 60_000
_HOUR_S: Final = 3600


class Schedule(QObject):
    """Emits ``due`` when the last update is long enough ago: by the age of the results at the start
    of the app, which may run for some hours of a day only. Without results nothing is due before
    the app has run so long.

    It compares with the clock once a minute: a timer of hours would stand still while the
    computer is suspended.
    """

    due = Signal()

    def __init__(
        self,
        context: AppContext,
        clock: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._clock = clock
        self._last = clock()
        self._has_updated = False
        timer = QTimer(self)
        timer.timeout.connect(self.check)
        timer.start(_CHECK_EVERY_MS)

    def restart(self, *, good: bool = True) -> None:
        """An update has just ended: count from now. One that failed is tried again in an hour."""
        self._has_updated = True
        self._last = self._clock()
        if not good:
            whole = self._context.settings.scheduled_update_hours * _HOUR_S
            self._last -= max(0, whole - _HOUR_S)

    def check(self) -> None:
        """Emit ``due`` if it is time; the next check waits a whole interval again."""
        hours = self._context.settings.scheduled_update_hours
        now = self._clock()
        # The clock may have been set back: the last update is then taken to be now.
        self._last = min(self._last, now)
        if hours and now - self._last_update() >= hours * _HOUR_S:
            self._has_updated = True
            self._last = now
            self.due.emit()

    def _last_update(self) -> float:
        newest = None if self._has_updated else self._context.library().newest
        return min(self._last, newest.timestamp()) if newest is not None else self._last
