"""Python's garbage collector, kept in the GUI thread.

By default it runs in whichever thread makes the next object. There it may end a Qt object that a
closed dialog left behind in a cycle, and Qt's objects must not end outside their own thread.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_COLLECT_EVERY_MS: Final = 1000


class GarbageCollector(QObject):
    """Collects once a second as far as Python's own thresholds call for it, from this thread.

    gc.freeze() after the first collection: later ones skip what lives since the start (modules,
    the window), most of what they would visit while the window waits. One for the process;
    ``close`` gives the collector back to Python.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._settled = False
        self._timer = QTimer(self)
        self._timer.setInterval(_COLLECT_EVERY_MS)
        self._timer.timeout.connect(self.collect_due)
        self._timer.start()

    def collect_due(self) -> None:
        """Collect the oldest generation that is due, with all younger ones."""
        if not self._settled:
            self._settled = True
            gc.collect()
            gc.freeze()
            return
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return

    def close(self) -> None:
        """Collect what is left here, then let Python do it again."""
        self._timer.stop()
        gc.unfreeze()
        gc.collect()
        gc.enable()
