"""How long the event loop stands still during an update: ``python -m tests.bench.bench_stall``.

The real window runs the real update of the sample source; a timer of 5 ms tells by its delays
how long nothing else could happen. Goal: never over 50 ms.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, QTimer

from att_desktop.app import create_controller, make_application
from att_desktop.config.credentials import KeyringStore
from att_desktop.ui.garbage_collection import GarbageCollector
from att_desktop.ui.page_ids import PageId
from tests.keyrings import MemoryKeyring

INTERVAL_MS = 5
LIMIT_MS = 50


class _Pulse(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self.own_gaps: list[float] = []
        self._queued = _waited_for_a_core_ms()
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        queued = _waited_for_a_core_ms()
        gap = (now - self._last) * 1000 - INTERVAL_MS
        self.gaps.append(gap)
        self.own_gaps.append(gap - (queued - self._queued))
        self._last, self._queued = now, queued


def main(page: PageId) -> None:
    app = make_application()
    with tempfile.TemporaryDirectory() as home:
        os.environ["ATT_HOME"] = home
        collector = GarbageCollector()  # as in the app
        controller = create_controller(
            sample=True, store=KeyringStore(backend=MemoryKeyring(), environ={})
        )
        controller.open()
        controller.window.show_page(PageId.UPDATE)
        controller.window.show_page(page)
        app.processEvents()
        collector.collect_due()
        begun = time.perf_counter()
        pulse = _Pulse()
        controller.updater.ended.connect(lambda *_: QTimer.singleShot(500, app.quit))
        controller.update_or_cancel()
        app.exec()
        seconds = time.perf_counter() - begun
        print(f"{page} page, update of {seconds:.1f} s; the event loop was late by")
        print(f"  in all:                          {_in_words(pulse.gaps)}")
        print(f"  less the wait for a free core:   {_in_words(pulse.own_gaps)} (goal: none)")
        controller.dispose()
        collector.close()


def _in_words(gaps: list[float]) -> str:
    late = sorted(gaps)
    over = sum(gap > LIMIT_MS for gap in late)
    return (
        f"median {statistics.median(late):.1f} ms, 99 % {late[int(len(late) * 0.99)]:.1f} ms, "
        f"worst {late[-1]:.1f} ms, {over} of {len(late)} times over {LIMIT_MS} ms"
    )


def _waited_for_a_core_ms() -> float:
    """How long this thread was ready to run and other programs had the cores; 0 off Linux."""
    try:
        stat = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        return int(stat.read_text().split()[1]) / 1e6
    except OSError:
        return 0.0


if __name__ == "__main__":
    main(PageId(sys.argv[1]) if len(sys.argv) > 1 else PageId.UPDATE)
