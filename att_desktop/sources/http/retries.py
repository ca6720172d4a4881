"""Failures that pass by themselves, and how long they are given."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from random import Random

    from att_desktop.sources.warcraftlogs.errors import WarcraftLogsError

__all__ = ["Passing", "Patience", "persist", "seconds_of_retry_after"]

T = TypeVar("T")

# Points are given by the hour: nobody means a longer wait.
_LONGEST_RETRY_AFTER_S: Final = 3600.0


class Passing(Exception):
    """A failure that may pass. ``verdict`` is raised when it does not.

    ``slow_down`` marks a 429; ``retry_after`` are the seconds it asked for, if it did.
    """

    def __init__(
        self,
        verdict: WarcraftLogsError,
        *,
        slow_down: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(str(verdict))
        self.verdict = verdict
        self.slow_down = slow_down
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often and how long: exponential backoff with full jitter.

    ``slow_down_s`` is the first pause after a 429 without Retry-After. Those are given a few
    minutes in all: bursts are forgiven by the minute.
    """

    attempts: int = 5
    slow_down_attempts: int = 7
    first_s: float = 1.0
    slow_down_s: float = 5.0
    longest_s: float = 60.0

    def attempts_for(self, passing: Passing) -> int:
        """Attempts in all, when the last one failed like this."""
        return self.slow_down_attempts if passing.slow_down else self.attempts

    def pause(self, passing: Passing, failures: int, rng: Random) -> float:
        """Seconds to wait after so many failures in a row (from 1)."""
        if passing.retry_after is not None:
            return passing.retry_after
        first = self.slow_down_s if passing.slow_down else self.first_s
        longest = min(self.longest_s, first * 2.0 ** (failures - 1))
        # A 429 is never answered by asking again at once.
        return rng.uniform(longest / 2 if passing.slow_down else 0.0, longest)


async def persist(
    attempt: Callable[[], Awaitable[T]],
    *,
    patience: Patience,
    rng: Random,
    rest: Callable[[Passing, float], Awaitable[None]],
) -> T:
    """Call ``attempt`` until it succeeds, fails for good, or patience is at its end.

    ``rest`` spends the pause. Raises what ``attempt`` raises, and the verdict of the last Passing.
    """
    failures = 0
    while True:
        try:
            return await attempt()
        except Passing as passing:
            failures += 1
            if failures >= patience.attempts_for(passing):
                raise passing.verdict from passing
            await rest(passing, patience.pause(passing, failures, rng))


def seconds_of_retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds of a Retry-After header (RFC 9110: a number or an HTTP date), None if it is none.

    Never negative, never more than an hour.
    """
    if value is None:
        return None
    value = value.strip()
    try:
        seconds = float(value)
    except ValueError:
        try:
            when = parsedate_to_datetime(value)
        except (ValueError, OverflowError):
            return None
        if when.tzinfo is None:
            when = when.replace(tzinfo=UTC)
        seconds = (when - now).total_seconds()
    if math.isnan(seconds):
        return None
    return min(max(0.0, seconds), _LONGEST_RETRY_AFTER_S)
