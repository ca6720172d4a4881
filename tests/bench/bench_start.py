"""From the start of the process to the first paint: ``python -m tests.bench.bench_start``.

Each run is a process of its own in a fresh home, with the window in sample mode and no display.
Goal: under 1 s. With ``ATT_FROZEN`` naming the packaged binary its smoke test is measured too:
all trees, the addon, the keyring, TLS and then the shown window, so more than its first paint.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 5
CHILD = """
import time
from PySide6.QtCore import QEvent, QObject
from att_desktop.app import Program, make_application
from att_desktop.environment import Environment
from att_desktop.folders import find_folders

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.isWidgetType() and watched.isWindow():
            print(time.time(), flush=True)
            app.quit()
        return False

app = make_application()
watch = Watch()
app.installEventFilter(watch)
program = Program(app, find_folders(), Environment())
program.open_window(sample=True)
app.exec()
"""


def packaged(binary: str) -> None:
    """The packaged binary up to its shown window and the end of the process."""
    times = []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as home:
            begun = time.time()
            subprocess.run(
                [binary, "--smoke-test"],
                env={"HOME": home, "PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"},
                capture_output=True,
                check=True,
            )
            times.append(time.time() - begun)
    print(
        f"packaged, whole smoke test: median {statistics.median(times):.2f} s, "
        f"best {min(times):.2f} s, worst {max(times):.2f} s"
    )


def main() -> None:
    times = []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as home:
            environment = {
                **os.environ,
                "ATT_HOME": home,
                "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
                "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            }
            begun = time.time()
            child = subprocess.run(
                [sys.executable, "-c", CHILD],
                env=environment,
                cwd=Path(__file__).resolve().parents[2],
                capture_output=True,
                text=True,
                check=True,
            )
            times.append(float(child.stdout.split()[0]) - begun)
    print(
        f"start to first paint: median {statistics.median(times):.2f} s, "
        f"best {min(times):.2f} s, worst {max(times):.2f} s (goal under 1 s)"
    )
    if binary := os.environ.get("ATT_FROZEN"):
        packaged(binary)


if __name__ == "__main__":
    main()
