"""From the start of the process to the first paint: ``python -m tests.bench.bench_start``.

Each run is a process of its own in a fresh home, with the window in sample mode and no display.
Goal: at most 0.7 s. The packaged binary, which ``ATT_FROZEN`` names or which lies in ``dist``, is
measured by its smoke test, up to the line that tells of the painted window: all trees, the addon,
the keyring and TLS come before it, so that is more than its first paint.
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
ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import time
from PySide6.QtCore import QEvent, QObject
from att_desktop.app import App, make_application
from att_desktop.config.environment import Environment
from att_desktop.system.folders import find_folders

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.isWidgetType() and watched.isWindow():
            print(time.time(), flush=True)
            app.quit()
        return False

app = make_application()
watch = Watch()
app.installEventFilter(watch)
program = App(app, find_folders(), Environment())
program.open_window(sample=True)
app.exec()
"""


def from_source() -> float:
    """Seconds from the start of the process to the first paint of the window."""
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
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        return float(child.stdout.split()[0]) - begun


def packaged(binary: str) -> float:
    """Seconds from the start of the packaged binary to its painted window, and a little more."""
    with tempfile.TemporaryDirectory() as home:
        begun = time.time()
        with subprocess.Popen(
            [binary, "--smoke-test"],
            env={"HOME": home, "PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            text=True,
        ) as child:
            assert child.stdout is not None
            lines = iter(child.stdout)
            next(line for line in lines if line.startswith("ok window:"))
            took = time.time() - begun
            assert all(line.startswith("ok ") for line in lines)
        assert child.returncode == 0
        return took


def in_words(what: str, times: list[float]) -> str:
    return (
        f"{what}: median {statistics.median(times):.2f} s, "
        f"best {min(times):.2f} s, worst {max(times):.2f} s (goal 0.7 s)"
    )


def main() -> None:
    print(in_words("start to first paint", [from_source() for _ in range(RUNS)]))
    in_dist = ROOT / "dist" / "att-desktop" / "att-desktop"
    binary = os.environ.get("ATT_FROZEN") or (str(in_dist) if in_dist.is_file() else "")
    if binary:
        print(in_words("packaged, to its window", [packaged(binary) for _ in range(RUNS)]))


if __name__ == "__main__":
    main()
