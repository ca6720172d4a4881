"""Finds the real responses and codes that are too large, or not ours, to be kept here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def require(condition: bool, reason: str) -> None:
    """Skip with ``reason`` where a bare machine lacks a part; fail where all must be there."""
    if condition:
        return
    if os.environ.get("ATT_REQUIRE_ALL") == "1":
        pytest.fail(f"required here: {reason}")
    pytest.skip(reason)


def shared_data(relative: str = "") -> Path:
    """The path of shared test data; skips the test when it is not on this machine."""
    root = Path(os.environ.get("ATT_SHARED_DATA", ROOT.parent / "shared" / "data"))
    path = root / relative
    require(path.exists(), f"shared test data '{relative}' is not on this machine")
    return path
