"""Figures of builds in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from att_desktop.game.confidence import COMMON, interval
from att_desktop.game.swaps import NEAR
from att_desktop.text.formats import number, percent
from att_desktop.text.language import _, ngettext, pgettext

if TYPE_CHECKING:
    from att_desktop.game.swaps import Swaps


def support_text(*, count: int, support: int | None, size: int, pooled: bool) -> str:
    """'17 of 50 play this or within 3 swaps; 4 play exactly this (3 to 19%).'

    A sample that pools encounters (``pooled``) counts rankings, not players. ``support`` is None
    where it was not counted.
    """
    low, high = interval(count, size)
    fields = {
        "support": number(support or 0),
        "size": number(size),
        "swaps": NEAR,
        "count": number(count),
        "low": number(100 * low),
        "high": percent(100 * high),
    }
    text = _pattern(count, known=support is not None, pooled=pooled).format(**fields)
    if support is not None and support < COMMON:
        # TRANSLATORS: too few players have this build or one like it; figures follow.
        return _("No common build: {figures}").format(figures=text)
    return text


def _pattern(count: int, *, known: bool, pooled: bool) -> str:
    if pooled and known:
        return ngettext(
            "{support} of {size} rankings have this or within {swaps} swaps; {count} has exactly "
            "this ({low} to {high}).",
            "{support} of {size} rankings have this or within {swaps} swaps; {count} have exactly "
            "this ({low} to {high}).",
            count,
        )
    if pooled:
        return ngettext(
            "{count} of {size} rankings has exactly this ({low} to {high}).",
            "{count} of {size} rankings have exactly this ({low} to {high}).",
            count,
        )
    if known:
        return ngettext(
            "{support} of {size} play this or within {swaps} swaps; {count} plays exactly this "
            "({low} to {high}).",
            "{support} of {size} play this or within {swaps} swaps; {count} play exactly this "
            "({low} to {high}).",
            count,
        )
    return ngettext(
        "{count} of {size} plays exactly this ({low} to {high}).",
        "{count} of {size} play exactly this ({low} to {high}).",
        count,
    )


def undecided_text(others: int) -> str:
    """That counts do not tell the most popular build from so many others; '' for none."""
    if not others:
        return ""
    return ngettext(
        "By count it cannot be told from {count} other build; it is the nearest to all of them.",
        "By count it cannot be told from {count} other builds; it is the nearest to all of them.",
        others,
    ).format(count=number(others))


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


def swaps_sign(swaps: Swaps) -> str:
    """``swaps_text`` where only a number has room: '=', '4', '4*' with another hero tree."""
    return "=" if swaps.is_equal else f"{swaps.number}{'*' * swaps.other_hero}"
