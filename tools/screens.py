"""The screens that pictures of the window are made for, and when one can be taken."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QApplication

from att_desktop.ui.widgets.incremental import Incremental

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from att_desktop.ui.window.window_controller import WindowController

SCREENS: Final = {
    "laptop": ("1", 1366, 768),
    "full-hd": ("1", 1920, 1080),
    "200-percent": ("2", 960, 540),
    "4k": ("1", 3840, 2160),
}
"""By name: Qt's scale factor, and the size of the window in Qt's own pixels."""

_SHOWN: Final = 0.4  # seconds; progress is shown four times a second, layouts take some rounds
_LONGEST: Final = 60.0


def folder_for_pictures(arguments: Sequence[str], usage: str | None) -> Path:
    """The first argument; without one, and for options, the usage is told instead."""
    if not arguments or arguments[0].startswith("-"):
        sys.exit(usage)
    return Path(arguments[0])


def settle(controller: WindowController, ready: Callable[[], bool] = lambda: True) -> None:
    """Let the window go on until it is ``ready``, has nothing to do, and has shown that.

    Raises TimeoutError: a picture of a page that is not ready shows what no player looks at.
    """
    now = time.monotonic()
    longest, shown = now + _LONGEST, now + _SHOWN
    while time.monotonic() < shown:
        QApplication.processEvents()
        time.sleep(0.005)
        if _busy(controller) or not ready():
            shown = time.monotonic() + _SHOWN
        if time.monotonic() > longest:
            raise TimeoutError("the window does not come to rest")


def _busy(controller: WindowController) -> bool:
    """Whether something is looked for, read, or worked out in steps."""
    reading = controller.context._reading
    return (
        controller.account.busy
        or controller.folders.searching
        or (reading is not None and reading.running)
        or any(work.busy for work in controller.window.findChildren(Incremental))
    )


def on_each_screen(module: str, folder: Path) -> None:
    """Run ``python -m MODULE FOLDER SCREEN`` for each, as Qt reads the factor when it starts.

    Each has a home of its own, which is gone afterwards.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for screen, (factor, *_size) in SCREENS.items():
        with tempfile.TemporaryDirectory() as home:
            environment = {**os.environ, "ATT_HOME": home, "QT_SCALE_FACTOR": factor}
            command = [sys.executable, "-m", module, str(folder), screen]
            subprocess.run(command, env=environment, check=True)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")
