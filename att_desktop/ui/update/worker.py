"""Runs the update beside the window and hands its events over in batches."""

from __future__ import annotations

import logging
import queue
import threading
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from att_desktop.system.errors import UNEXPECTED, AttError
from att_desktop.system.program_files import ProgramReplaced, program_was_replaced
from att_desktop.text import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from att_desktop.update.events import Event, Summary

_DRAIN_EVERY_MS: Final = 60
# One batch must not hold the event loop; what is left comes with the next tick.
_BATCH: Final = 200

_log = logging.getLogger(__name__)


class Job(Protocol):
    """The update itself; knows nothing of threads or windows."""

    def run(self, report: Callable[[Event], None], cancel: threading.Event) -> Summary:
        """Run to the end, or stop soon after ``cancel`` is set. Raises AttError."""


class UpdateWorker(QObject):
    """One update at a time.

    The thread only fills a queue: no Qt object is touched outside the GUI thread, and a flood of
    events costs the event loop one short visit every ``_DRAIN_EVERY_MS``. Cancel is a
    ``threading.Event``: a queued call would only be heard after the run.
    """

    started = Signal()
    events = Signal(list)
    failed = Signal(str)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: queue.SimpleQueue[Event | _Failed | _Ended] = queue.SimpleQueue()
        self._cancel = threading.Event()
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_DRAIN_EVERY_MS)
        self._timer.timeout.connect(self._drain)

    @property
    def running(self) -> bool:
        """From ``start`` until everything of the run has been handed over."""
        return self._thread is not None

    @property
    def cancelling(self) -> bool:
        """True once a running update was asked to stop."""
        return self.running and self._cancel.is_set()

    def start(self, job: Job) -> None:
        """Start ``job``. Raises RuntimeError when one is running."""
        if self.running:
            raise RuntimeError("an update is running already")
        self._cancel.clear()
        self._thread = threading.Thread(target=self._run, args=(job,), name="att-update")
        self._thread.start()
        self._timer.start()
        self.started.emit()

    def cancel(self) -> None:
        """Ask the update to stop; ``ended`` follows when it has."""
        self._cancel.set()

    def stop(self, timeout_s: float) -> bool:
        """Cancel and wait; True when the run is over and its last events are handed over."""
        thread = self._thread
        if thread is None:
            return True
        self.cancel()
        thread.join(timeout_s)
        if thread.is_alive():
            return False
        while self.running:
            self._drain()
        return True

    def _run(self, job: Job) -> None:
        try:
            job.run(self._queue.put, self._cancel)
        except AttError as error:
            self._queue.put(_Failed(say(error)))
        except Exception:  # noqa: BLE001 - the last chance of this thread: logged and reported
            _log.exception("the update ended unexpectedly")
            self._queue.put(_Failed(say(_unexpected())))
        finally:
            self._queue.put(_Ended())

    def _drain(self) -> None:
        batch: list[Event] = []
        ending: list[_Failed | _Ended] = []
        while len(batch) < _BATCH and not (ending and isinstance(ending[-1], _Ended)):
            try:
                item = self._queue.get_nowait()
            except queue.Empty:
                break
            if isinstance(item, _Failed | _Ended):
                ending.append(item)
            else:
                batch.append(item)
        if batch:
            self.events.emit(batch)
        for item in ending:
            if isinstance(item, _Failed):
                self.failed.emit(item.sentence)
            else:
                self._finish()

    def _finish(self) -> None:
        self._timer.stop()
        if self._thread is not None:
            self._thread.join()
        self._thread = None
        self.ended.emit()


def _unexpected() -> AttError:
    return ProgramReplaced() if program_was_replaced() else AttError(UNEXPECTED)


class _Failed:
    def __init__(self, sentence: str) -> None:
        self.sentence = sentence


class _Ended:
    pass
