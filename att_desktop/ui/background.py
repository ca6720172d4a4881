"""Short work that may block (keyring, network, disk) done beside the GUI thread.

Threads are daemons on purpose: a keyring that waits for an unlock prompt must not keep the app
from closing.
"""

from __future__ import annotations

import logging
import threading
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from att_desktop.errors import AttError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["UNEXPECTED", "Background"]

UNEXPECTED = "Something in the app went wrong. The log has the details; please try again."

_log = logging.getLogger(__name__)
Result = TypeVar("Result")


class Background(QObject):
    """Runs functions in threads and calls back in the GUI thread.

    Belongs to the object that asked: when its parent is gone, late results are dropped.
    """

    _finished = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._running = 0
        self._finished.connect(self._deliver)

    @property
    def busy(self) -> bool:
        """True while a function is running or its result is on its way."""
        return self._running > 0

    def run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[str], None],
    ) -> None:
        """Run ``work`` in a thread, then ``done`` with its result or ``failed`` with a sentence.

        ``work`` must not touch anything of the window.
        """
        self._running += 1
        threading.Thread(
            target=self._work, args=(work, done, failed), name="att-background", daemon=True
        ).start()

    def _work(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[str], None],
    ) -> None:
        delivery: Callable[[], None]
        try:
            delivery = partial(done, work())
        except AttError as error:
            delivery = partial(failed, str(error))
        except Exception:  # noqa: BLE001 - the thread's outer edge: logged, told, nothing hidden
            _log.exception("background work failed")
            delivery = partial(failed, UNEXPECTED)
        try:
            self._finished.emit(delivery)
        except RuntimeError:
            # The window was closed meanwhile: nobody is left to be told.
            _log.debug("result of background work came after the window was closed")

    def _deliver(self, delivery: Callable[[], None]) -> None:
        self._running -= 1
        delivery()
