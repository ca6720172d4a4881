"""The one way to leave the GUI thread: ``run_task`` runs a function in Qt's thread pool.

For work that waits (keyring, network, disk); computing stays where it is, since threads of one
interpreter take turns and the window would stutter.
"""

from __future__ import annotations

import itertools
import logging
import queue
import threading
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot
from shiboken6 import isValid

from att_desktop.system.errors import UNEXPECTED, AttError

if TYPE_CHECKING:
    from collections.abc import Callable

# More threads than cores: tasks wait for disks and keyrings, and some may hang.
_MOST_THREADS: Final = 16

_log = logging.getLogger(__name__)
Result = TypeVar("Result")


class Task:
    """A function on its way. Belongs to the GUI thread."""

    def __init__(
        self, on_done: Callable[[Any], None], on_failed: Callable[[AttError], None]
    ) -> None:
        self._on_done = on_done
        self._on_failed = on_failed
        self.cancelled = threading.Event()
        self._running = True

    @property
    def running(self) -> bool:
        """True until a callback is due or the task is cancelled."""
        return self._running

    def cancel(self) -> None:
        """Drop the answer. A function that has not begun never runs; one that runs goes on."""
        self._running = False
        self.cancelled.set()

    def answer(self, outcome: Any) -> None:
        """Call back; for the pool."""
        if not self._running:
            return
        self._running = False
        failed = isinstance(outcome, AttError)
        callback = self._on_failed if failed else self._on_done
        if can_be_called(callback):
            callback(outcome)


def run_task(
    func: Callable[[], Result],
    on_done: Callable[[Result], None],
    on_failed: Callable[[AttError], None],
) -> Task:
    """Run ``func`` in a thread, then ``on_done(result)`` or ``on_failed(error)`` in this one.

    ``func`` must neither touch nor hold a Qt object: the last reference would be dropped, and the
    object end, in the thread. A callback that is a method of a Qt object which has ended meanwhile
    is not called. An exception that is no AttError is logged and comes as AttError(UNEXPECTED).
    """
    task = Task(on_done, on_failed)
    _pool().start(func, task)
    return task


def shut_down(timeout_s: float) -> bool:
    """Cancel every task and wait for those that run; False when one still runs after that.

    To be called before the QApplication ends: a thread that comes back into an interpreter that
    is ending aborts the process (PySide6 6.12 below Python 3.12).
    """
    return _Pool.the_one is None or _Pool.the_one.shut_down(timeout_s)


def can_be_called(callback: Callable[..., object]) -> bool:
    """False for a method of a Qt object that is gone: its dialog was closed meanwhile."""
    while isinstance(callback, partial):
        callback = callback.func
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


class _Pool(QObject):
    """The threads, and the tasks whose answer is awaited. One for the process."""

    the_one: _Pool | None = None
    # Sent by threads; a signal from another thread arrives queued.
    arrived = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._threads = QThreadPool()
        self._threads.setMaxThreadCount(_MOST_THREADS)
        self._outcomes: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
        self._awaited: dict[int, Task] = {}
        self._numbers = itertools.count()
        self.arrived.connect(self._deliver)

    def start(self, func: Callable[[], Any], task: Task) -> None:
        number = next(self._numbers)
        self._awaited[number] = task
        self._threads.start(partial(_work, number, func, task.cancelled, self._outcomes, self))

    def shut_down(self, timeout_s: float) -> bool:
        for task in self._awaited.values():
            task.cancel()
        self._awaited.clear()
        return self._threads.waitForDone(round(timeout_s * 1000))

    @Slot()
    def _deliver(self) -> None:
        while True:
            try:
                number, outcome = self._outcomes.get_nowait()
            except queue.Empty:
                return
            task = self._awaited.pop(number, None)
            if task is not None:
                task.answer(outcome)


def _pool() -> _Pool:
    if _Pool.the_one is None:
        _Pool.the_one = _Pool()
    return _Pool.the_one


def _work(
    number: int,
    func: Callable[[], Any],
    cancelled: threading.Event,
    outcomes: queue.SimpleQueue[tuple[int, Any]],
    pool: _Pool,
) -> None:
    """Runs in a thread of the pool; hands over the result or an AttError."""
    outcome: Any = None
    try:
        if not cancelled.is_set():
            outcome = func()
    except AttError as error:
        outcome = error
    except Exception:  # noqa: BLE001 - the last chance of this thread: logged and reported
        _log.exception("a task failed")
        outcome = AttError(UNEXPECTED)
    outcomes.put((number, outcome))
    pool.arrived.emit()
