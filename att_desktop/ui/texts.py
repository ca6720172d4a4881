"""Times and counts as the window says them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from att_desktop.game.specs import SPECS

if TYPE_CHECKING:
    from att_desktop.update.events import Unit

__all__ = ["CONTENT_NAMES", "age", "clock", "count", "duration", "points", "unit_name"]

CONTENT_NAMES: Final = {"raid": "Raid", "mythicplus": "Mythic+"}

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR


def age(then: datetime, now: datetime | None = None) -> str:
    """How long ago an aware time is: 'just now', '5 minutes ago', '3 days ago'."""
    seconds = ((now or datetime.now(UTC)) - then).total_seconds()
    if seconds < 1.5 * _MINUTE:
        return "just now"
    if seconds < 1.5 * _HOUR:
        return f"{round(seconds / _MINUTE)} minutes ago"
    if seconds < 1.5 * _DAY:
        return f"{round(seconds / _HOUR)} hours ago"
    return f"{round(seconds / _DAY)} days ago"


def duration(seconds: float) -> str:
    """A span of time, rounded to what matters: '8 s', '1 min 20 s', '12 min', '2 h 5 min'."""
    whole = max(0, round(seconds))
    if whole < _MINUTE:
        return f"{whole} s"
    minutes, rest = divmod(whole, _MINUTE)
    if whole < 10 * _MINUTE:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    if whole < _HOUR:
        return f"{round(whole / _MINUTE)} min"
    hours, minutes = divmod(round(whole / _MINUTE), 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def clock(when: datetime, now: datetime | None = None) -> str:
    """An aware time on the player's clock: '14:32', with the day when it is not today."""
    local = when.astimezone()
    today = (now or datetime.now(UTC)).astimezone().date()
    if local.date() == today:
        return f"{local:%H:%M}"
    if local.date() == today + timedelta(days=1):
        return f"{local:%H:%M} tomorrow"
    return f"{local:%H:%M on %d %B}"


def count(number: int, one: str, many: str | None = None) -> str:
    """'1 build', '1,204 builds', 'no builds'."""
    plural = many or f"{one}s"
    if number == 0:
        return f"no {plural}"
    return f"{number:,} {one if number == 1 else plural}"


def points(left: float) -> str:
    """Warcraft Logs' budget in whole points, rounded down so as not to promise too much."""
    return count(int(left), "point")


def unit_name(unit: Unit) -> str:
    """'Frost Mage, Mythic+'."""
    spec = SPECS.get(unit.spec_id)
    name = spec.full_name if spec else f"Spec {unit.spec_id}"
    return f"{name}, {CONTENT_NAMES[unit.content_type]}"
