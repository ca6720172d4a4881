"""Dark on Windows 10, whose own style has no dark colours: with the real platform plugin."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.portable import windows_only

SWITCHED = """
from PySide6.QtWidgets import QApplication
from att_desktop.ui.theme import apply_appearance, is_dark
app = QApplication([])
styles = [app.style().name()]
for appearance in ("dark", "light", "dark", "system"):
    apply_appearance(app, appearance)
    app.processEvents()
    styles.append(app.style().name())
    print(appearance, is_dark(app.palette()))
assert styles[0] == styles[2], styles
assert "windowsvista" not in (styles[1], styles[3]), styles
"""


@windows_only
def test_dark_is_dark_and_light_is_windows_own_again() -> None:
    environ = os.environ | {"QT_QPA_PLATFORM": "windows"}
    done = subprocess.run(
        [sys.executable, "-c", SWITCHED],
        env=environ,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.split("\n")
    assert said[:3] == ["dark True", "light False", "dark True"]
