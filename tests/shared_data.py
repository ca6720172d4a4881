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
    """The path of shared test data; skips the test on a machine that has none of them.

    Where the folder is, or ``ATT_SHARED_DATA`` says it is, a part that lacks is required.
    """
    named = os.environ.get("ATT_SHARED_DATA")
    root = Path(named) if named else ROOT.parent / "shared" / "data"
    if not named and not root.is_dir():
        pytest.skip(f"shared test data '{relative}' are not on this machine")
    path = root / relative
    require(path.exists(), f"shared test data '{relative}' is not on this machine")
    return path
