"""Every test lives in its own home, offscreen, and never sees the player's settings."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """``ATT_HOME`` in the test's own folder; nothing of the caller's environment leaks in."""
    kept = {"ATT_REQUIRE_ALL", "ATT_SHARED_DATA"}
    for name in set(os.environ) - kept:
        if name.startswith(("WCL_", "ATT_")):
            monkeypatch.delenv(name)
    home = tmp_path / "att-home"
    monkeypatch.setenv("ATT_HOME", str(home))
    return home
