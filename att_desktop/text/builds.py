"""Figures of builds in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from att_desktop.game.swaps import Swaps

__all__ = ["swaps_text"]


def swaps_text(swaps: Swaps | None) -> str:
    """'same', '1 swap', '4 swaps, other hero tree'; '' when there is nothing to compare with."""
    if swaps is None:
        return ""
    if swaps.is_equal:
        return "same"
    number = "1 swap" if swaps.number == 1 else f"{swaps.number} swaps"
    return f"{number}, other hero tree" if swaps.other_hero else number
