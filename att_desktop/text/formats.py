"""Numbers, times and sizes as a player's language writes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from att_desktop.text.language import N_, _, current_language, ngettext, pgettext

if TYPE_CHECKING:
    from collections.abc import Iterable

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR

# CLDR: decimal sign, thousands separator (narrow no-break space in fr, no-break space in ru).
_MARKS: Final = {
    "de": (",", "."),
    "fr": (",", "\u202f"),
    "es": (",", "."),
    "it": (",", "."),
    "pt_BR": (",", "."),
    "ru": (",", "\u00a0"),
}
# CLDR: a no-break space stands before the percent sign in these.
_SPACED_PERCENT: Final = frozenset({"de", "fr", "es", "ru"})

_WEEKDAYS: Final = (
    N_("since Monday"),
    N_("since Tuesday"),
    N_("since Wednesday"),
    N_("since Thursday"),
    N_("since Friday"),
    N_("since Saturday"),
    N_("since Sunday"),
)
"""In the order of ``date.weekday()``."""

# Their full stop and comma have the width of a letter, and no space after them.
_UNSPACED: Final = frozenset({"zh_CN", "zh_TW"})

# What follows a label: a no-break space before the colon in French, a wide colon in Chinese.
_COLONS: Final = {"fr": "\u00a0: ", "zh_CN": "：", "zh_TW": "："}
_SEMICOLONS: Final = {"fr": "\u00a0; ", "zh_CN": "；", "zh_TW": "；"}

_ABOUT_TEN_SECONDS: Final = 12
_ABOUT_HALF_A_MINUTE: Final = 45


def number(value: float, places: int = 0) -> str:
    """'1,204' or '10.5' with the marks of the language in use."""
    decimal, thousands = _MARKS.get(current_language(), (".", ","))
    text = f"{value:,.{places}f}"
    return text.translate({ord(","): thousands, ord("."): decimal})


def percent(value: float, places: int = 0) -> str:
    """A share of 100 as '10.6%' or '10,6 %'."""
    space = "\u00a0" if current_language() in _SPACED_PERCENT else ""
    return f"{number(value, places)}{space}%"


def share(part: float) -> str:
    """A share of 1.0 as '72%'; never '100%' or '0%' for one that is only close to it."""
    return percent(whole_percent(part))


def whole_percent(part: float) -> int:
    """A share of 1.0 in whole hundredths; 0 and 100 only for none and all."""
    rounded = round(part * 100)
    if rounded == 100 and part < 1:
        rounded = 99
    if rounded == 0 and part > 0:
        rounded = 1
    return rounded


def in_a_row(*sentences: str) -> str:
    """Whole sentences one after another; an empty one is left out."""
    space = "" if current_language() in _UNSPACED else " "
    return space.join(filter(None, sentences))


def listed(items: Iterable[str]) -> str:
    """'one, two, three': names or figures beside each other, as the language divides them."""
    return ("、" if current_language() in _UNSPACED else ", ").join(items)


def clauses(items: Iterable[str]) -> str:
    """'one, two, three': parts of a sentence; Chinese has another comma for them than for names."""
    return ("，" if current_language() in _UNSPACED else ", ").join(items)


def divided(items: Iterable[str]) -> str:
    """'one; two; three': parts that may have commas of their own."""
    return _SEMICOLONS.get(current_language(), "; ").join(items)


def labelled(label: str, text: str) -> str:
    """'Label: text', with the colon of the language."""
    return f"{label}{_COLONS.get(current_language(), ': ')}{text}"


def sentence(words: str) -> str:
    """A phrase as a sentence, with a capital and the full stop of the language."""
    stop = "。" if current_language() in _UNSPACED else "."
    return f"{words[:1].upper()}{words[1:]}{stop}"


def points(left: float) -> str:
    """Warcraft Logs' budget in whole points, rounded down so as not to promise too much."""
    count = int(left)
    return ngettext("{count} point", "{count} points", count).format(count=number(count))


def size(count: float) -> str:
    """Bytes as '12 kB' or '3.4 MB' (powers of ten, as file managers show them)."""
    if count < 1000:
        return _("{number} bytes").format(number=number(count))
    if count < 1_000_000:
        return _("{number} kB").format(number=number(count / 1000))
    if count < 1_000_000_000:
        return _("{number} MB").format(number=number(count / 1_000_000, 1))
    return _("{number} GB").format(number=number(count / 1_000_000_000, 1))


def age(then: datetime, now: datetime | None = None) -> str:
    """How long ago an aware time is: 'just now', '5 minutes ago', '3 days ago'."""
    seconds = ((now or datetime.now(UTC)) - then).total_seconds()
    if seconds < 1.5 * _MINUTE:
        return _("just now")
    if seconds < 1.5 * _HOUR:
        count = round(seconds / _MINUTE)
        return ngettext("{count} minute ago", "{count} minutes ago", count).format(count=count)
    if seconds < 1.5 * _DAY:
        count = round(seconds / _HOUR)
        return ngettext("{count} hour ago", "{count} hours ago", count).format(count=count)
    count = round(seconds / _DAY)
    return ngettext("{count} day ago", "{count} days ago", count).format(count=count)


def short_age(then: datetime, now: datetime | None = None) -> str:
    """'12 min', '3 h', '5 d': how old something is, for a narrow column."""
    seconds = max(0.0, ((now or datetime.now(UTC)) - then).total_seconds())
    if seconds < _MINUTE:
        return _("<1 min")
    if seconds < _HOUR:
        return _("{minutes} min").format(minutes=int(seconds // _MINUTE))
    if seconds < 2 * _DAY:
        return _("{hours} h").format(hours=int(seconds // _HOUR))
    # TRANSLATORS: an age in days, as short as can be.
    return _("{days} d").format(days=int(seconds // _DAY))


def duration(seconds: float) -> str:
    """A span of time, rounded to what matters: '8 s', '1 min 20 s', '12 min', '2 h 5 min'."""
    whole = max(0, round(seconds))
    if whole < _MINUTE:
        return _("{seconds} s").format(seconds=whole)
    minutes, rest = divmod(whole, _MINUTE)
    if whole < 10 * _MINUTE and rest:
        return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)
    if whole < _HOUR:
        return _("{minutes} min").format(minutes=round(whole / _MINUTE))
    hours, minutes = divmod(round(whole / _MINUTE), 60)
    if not minutes:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)


def rough_duration(seconds: float) -> str:
    """'half a minute', after 'about': as a person would say it."""
    if seconds < _ABOUT_TEN_SECONDS:
        return _("ten seconds")
    if seconds < _ABOUT_HALF_A_MINUTE:
        return _("half a minute")
    minutes = max(1, round(seconds / 60))
    return ngettext("a minute", "{count} minutes", minutes).format(count=number(minutes))


def _local(when: datetime) -> datetime:
    """On the player's clock; as it is where that has no such time (year 1, Windows before 1970)."""
    try:
        return when.astimezone()
    except (OverflowError, OSError, ValueError):
        return when


def clock(when: datetime, now: datetime | None = None) -> str:
    """An aware time on the player's clock: '14:32', with the day when it is not today."""
    local = _local(when)
    today = (now or datetime.now(UTC)).astimezone().date()
    time = f"{local:%H:%M}"
    if local.date() == today:
        return time
    if local.date() == today + timedelta(days=1):
        return _("{time} tomorrow").format(time=time)
    return _("{time} on {date}").format(time=time, date=date(local))


def date(when: datetime) -> str:
    """The day of an aware time, in the order of the language: '2026-11-29' or '29.11.2026'."""
    local = _local(when)
    # TRANSLATORS: a date in numbers, in the order of your language: day.month.year in German.
    pattern = pgettext("date", "{year}-{month}-{day}")
    return pattern.format(year=local.year, month=f"{local:%m}", day=f"{local:%d}")


def since(then: datetime, now: datetime | None = None) -> str:
    """'since today', 'since Tuesday', 'since 2026-11-12': by the player's own days."""
    day = _local(then).date()
    days = ((now or datetime.now(UTC)).astimezone().date() - day).days
    if days <= 0:
        return _("since today")
    if days == 1:
        return _("since yesterday")
    if days < len(_WEEKDAYS):
        return _(_WEEKDAYS[day.weekday()])
    # TRANSLATORS: {date} is a date in numbers.
    return _("since {date}").format(date=date(then))
