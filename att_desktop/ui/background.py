"""Short work that may block (keyring, network, disk) done beside the GUI thread.

Threads are daemons on purpose: a keyring that waits for an unlock prompt must not keep the app
from closing.
"""

from __future__ import annotations

import itertools
import logging
import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from att_desktop.system.errors import UNEXPECTED, AttError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Background", "can_be_called"]

_TAKE_MS: Final = 15

_log = logging.getLogger(__name__)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What came of the work with a number: a result, or a sentence."""

    number: int
    result: Any = None
    problem: str | None = None


_Outcomes: TypeAlias = "queue.SimpleQueue[_Outcome]"


class Background(QObject):
    """Runs functions in threads and calls back in the GUI thread.

    The threads know the work and a queue, no Qt object: one that a thread held last would end in
    that thread. A timer here looks into the queue while something is awaited. Belongs to the
    object that asked: when its parent is gone, or who is to be called back, results are dropped.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._outcomes: _Outcomes = queue.SimpleQueue()
        self._awaited: dict[int, tuple[Callable[[Any], None], Callable[[str], None]]] = {}
        self._numbers = itertools.count()
        self._timer = QTimer(self)
        self._timer.setInterval(_TAKE_MS)
        self._timer.timeout.connect(self._take)

    @property
    def busy(self) -> bool:
        """True while a function is running or its result is on its way."""
        return bool(self._awaited)

    def run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[str], None],
    ) -> None:
        """Run ``work`` in a thread, then ``done`` with its result or ``failed`` with a sentence.

        ``work`` must neither touch nor hold anything of the window.
        """
        number = next(self._numbers)
        self._awaited[number] = (done, failed)
        threading.Thread(
            target=_run, args=(number, work, self._outcomes), name="att-background", daemon=True
        ).start()
        self._timer.start()

    def _take(self) -> None:
        while True:
            try:
                outcome = self._outcomes.get_nowait()
            except queue.Empty:
                return
            done, failed = self._awaited.pop(outcome.number)
            if not self._awaited:
                self._timer.stop()
            if outcome.problem is not None:
                if can_be_called(failed):
                    failed(outcome.problem)
            elif can_be_called(done):
                done(outcome.result)


def can_be_called(callback: Callable[..., object]) -> bool:
    """False for a method of a Qt object that is gone: its dialog was closed meanwhile."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


def _run(number: int, work: Callable[[], Any], outcomes: _Outcomes) -> None:
    try:
        outcome = _Outcome(number=number, result=work())
    except AttError as error:
        outcome = _Outcome(number=number, problem=str(error))
    except Exception:  # noqa: BLE001 - the thread's outer edge: logged, told, nothing hidden
        _log.exception("background work failed")
        outcome = _Outcome(number=number, problem=UNEXPECTED)
    outcomes.put(outcome)
