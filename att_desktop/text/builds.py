"""Figures of builds in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from att_desktop.text.language import ngettext, pgettext

if TYPE_CHECKING:
    from att_desktop.game.swaps import Swaps

__all__ = ["swaps_text"]


def swaps_text(swaps: Swaps | None) -> str:
    """'same', '1 swap', '4 swaps, other hero tree'; '' when there is nothing to compare with."""
    if swaps is None:
        return ""
    if swaps.is_equal:
        return pgettext("builds", "same")
    count = swaps.number
    if swaps.other_hero:
        return ngettext(
            "{count} swap, other hero tree", "{count} swaps, other hero tree", count
        ).format(count=count)
    return ngettext("{count} swap", "{count} swaps", count).format(count=count)
