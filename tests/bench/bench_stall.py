"""How long the event loop stands still during an update: ``python -m tests.bench.bench_stall``.

The real window runs the real update of the sample source; a timer of 5 ms tells by its delays
how long nothing else could happen. Goal: never over 50 ms.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, QTimer

from att_desktop.app import create_shell, make_application
from att_desktop.credentials import KeyringStore
from tests.keyrings import MemoryKeyring

INTERVAL_MS = 5


class _Pulse(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000 - INTERVAL_MS)
        self._last = now


def main(page: str) -> None:
    app = make_application()
    with tempfile.TemporaryDirectory() as home:
        os.environ["ATT_HOME"] = home
        shell = create_shell(sample=True, store=KeyringStore(backend=MemoryKeyring(), environ={}))
        shell.open()
        shell.window.show_page("Update")
        shell.window.show_page(page)
        app.processEvents()
        begun = time.perf_counter()
        pulse = _Pulse()
        shell.updater.ended.connect(lambda *_: QTimer.singleShot(500, app.quit))
        shell.update_or_cancel()
        app.exec()
        seconds = time.perf_counter() - begun
        late = sorted(pulse.gaps)
        over = [gap for gap in late if gap > 50]
        print(
            f"{page} page, update of {seconds:.1f} s: event loop late by median "
            f"{statistics.median(late):.1f} ms, 99 % {late[int(len(late) * 0.99)]:.1f} ms, "
            f"worst {late[-1]:.1f} ms, {len(over)} times over 50 ms (goal: none)"
        )
        shell.dispose()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "Update")
