"""Work in small steps between which the window goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Incremental(QObject):
    """Runs one generator, a step for each turn of the event loop. A new one ends the former."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Iterator[None] | None = None
        self._done: Callable[[], None] = _nothing
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)

    @property
    def busy(self) -> bool:
        """True while there is work left."""
        return self._work is not None

    def run(self, work: Iterator[None], done: Callable[[], None]) -> None:
        """Start ``work``; ``done`` is called when it has come to its end, not when replaced."""
        self._work, self._done = work, done
        self._timer.start()

    def _step(self) -> None:
        work = self._work
        if work is None:
            self._timer.stop()
            return
        try:
            next(work)
        except StopIteration:
            self._timer.stop()
            self._work = None
            self._done()


def _nothing() -> None:
    """Before the first run."""
