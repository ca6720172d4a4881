"""Figures of builds as the window says them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from att_desktop.ui.builds.results import BuildRef

__all__ = ["apart_text", "head_line", "short_age"]

_HOUR: Final = 3600
_DAY: Final = 24 * _HOUR


def short_age(then: datetime, now: datetime | None = None) -> str:
    """'12 min', '3 h', '5 d': how old something is, for a narrow column."""
    seconds = max(0.0, ((now or datetime.now(UTC)) - then).total_seconds())
    if seconds < _HOUR:
        return f"{int(seconds // 60)} min" if seconds >= 60 else "<1 min"
    if seconds < 2 * _DAY:
        return f"{int(seconds // _HOUR)} h"
    return f"{int(seconds // _DAY)} d"


def apart_text(apart: int | None) -> str:
    """'same', '1 talent', '4 talents', or '' when there is nothing to compare with."""
    if apart is None:
        return ""
    if apart == 0:
        return "same"
    return "1 talent" if apart == 1 else f"{apart} talents"


def head_line(build: BuildRef, now: datetime | None = None) -> str:
    """'17 of 160 · San'layn · 3 h old'."""
    parts = [build.of_sample, build.hero_tree or "no hero tree"]
    if build.fetched_at is not None:
        parts.append(f"{short_age(build.fetched_at, now)} old")
    return " · ".join(part for part in parts if part)
