"""On a machine that lacks Qt's system libraries, everything else is tested all the same."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.shared_data import ROOT

if TYPE_CHECKING:
    from pathlib import Path

_PLUGIN = """
import sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name == "PySide6.QtWidgets":
            raise ImportError("libEGL.so.1: cannot open shared object file")

sys.meta_path.insert(0, NoQt())
"""


@pytest.mark.slow
def test_what_needs_qt_is_skipped_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "no_qt.py").write_text(_PLUGIN)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    environment.pop("ATT_REQUIRE_ALL", None)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no_qt", "-n", "0", "-q", "--collect-only"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Qt cannot be loaded here" in done.stdout
    assert "tests/game/" in done.stdout
    assert "tests/ui/" not in done.stdout
