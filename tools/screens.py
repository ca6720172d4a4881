"""The screens that pictures of the window are made for."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["SCREENS", "on_each_screen"]

SCREENS: Final = {
    "laptop": ("1", 1366, 768),
    "full-hd": ("1", 1920, 1080),
    "200-percent": ("2", 960, 540),
    "4k": ("1", 3840, 2160),
}
"""By name: Qt's scale factor, and the size of the window in Qt's own pixels."""


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
