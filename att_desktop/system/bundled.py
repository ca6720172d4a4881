"""Finds what comes with the app: the addon and the icon, wherever the app was started from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from att_desktop.system.errors import AttError

ADDON_TEMPLATE: Final = "addon_template/AzerothsTopTalent"


class BundledFileMissing(AttError):
    """A part of the app itself is not there."""


def is_frozen() -> bool:
    """True inside the double-click binary (PyInstaller)."""
    return bool(getattr(sys, "frozen", False)) and hasattr(sys, "_MEIPASS")


def bundled_path(relative: str) -> Path:
    """The path of a file or folder that comes with the app, such as ``resources/icon.svg``.

    Looks into the frozen binary, the installed package and the source checkout, in that order.
    Raises BundledFileMissing; ValueError when ``relative`` would lead out of the app.
    """
    if Path(relative).anchor or ".." in Path(relative).parts:
        raise ValueError(f"not a path inside the app: {relative}")
    for root in _roots():
        path = root / relative
        if path.exists():
            return path
    raise BundledFileMissing("system.part_missing", name=relative)


def _roots() -> list[Path]:
    package = Path(__file__).resolve().parents[1]
    frozen = [Path(getattr(sys, "_MEIPASS"))] if is_frozen() else []  # noqa: B009 - set by PyInstaller
    return [*frozen, package / "_bundled", package.parent]
