"""Updates that start by themselves while the app runs; off unless the player wants them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from att_desktop.ui.context import AppContext

__all__ = ["Schedule"]

_CHECK_EVERY_MS: Final = 60_000
_HOUR_S: Final = 3600


class Schedule(QObject):
    """Emits ``due`` when the last update, or the start of the app, is long enough ago.

    It looks at the clock once a minute: a computer that slept is not late by its sleep.
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
        timer = QTimer(self)
        timer.timeout.connect(self.check)
        timer.start(_CHECK_EVERY_MS)

    def restart(self) -> None:
        """An update has just ended: count from now."""
        self._last = self._clock()

    def check(self) -> None:
        """Emit ``due`` if it is time; the next check waits a whole interval again."""
        hours = self._context.settings.scheduled_update_hours
        now = self._clock()
        # A clock that was set back must not put the next update off forever.
        self._last = min(self._last, now)
        if hours and now - self._last >= hours * _HOUR_S:
            self._last = now
            self.due.emit()
