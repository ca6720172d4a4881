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

__all__ = ["RetryPolicy", "TransientError", "retry", "retry_after_seconds"]

T = TypeVar("T")

# Points are given by the hour: nobody means a longer wait.
_LONGEST_RETRY_AFTER_S: Final = 3600.0


class TransientError(Exception):
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
class RetryPolicy:
    """How often and how long: exponential backoff with full jitter.

    ``slow_down_s`` is the first pause after a 429 without Retry-After. Those are given a few
    minutes in all: bursts are forgiven by the minute.
    """

    attempts: int = 5
    slow_down_attempts: int = 7
    first_s: float = 1.0
    slow_down_s: float = 5.0
    longest_s: float = 60.0

    def attempts_for(self, passing: TransientError) -> int:
        """Attempts in all, when the last one failed like this."""
        return self.slow_down_attempts if passing.slow_down else self.attempts

    def pause(self, passing: TransientError, failures: int, rng: Random) -> float:
        """Seconds to wait after so many failures in a row (from 1)."""
        if passing.retry_after is not None:
            return passing.retry_after
        first = self.slow_down_s if passing.slow_down else self.first_s
        longest = min(self.longest_s, first * 2.0 ** (failures - 1))
        # A 429 is never answered by asking again at once.
        return rng.uniform(longest / 2 if passing.slow_down else 0.0, longest)


async def retry(
    attempt: Callable[[], Awaitable[T]],
    *,
    retry_policy: RetryPolicy,
    rng: Random,
    backoff: Callable[[TransientError, float], Awaitable[None]],
) -> T:
    """Call ``attempt`` until it succeeds, fails for good, or ``retry_policy`` is exhausted.

    ``backoff`` spends the pause. Raises what ``attempt`` raises, and the
    verdict of the last TransientError.
    """
    failures = 0
    while True:
        try:
            return await attempt()
        except TransientError as passing:
            failures += 1
            if failures >= retry_policy.attempts_for(passing):
                raise passing.verdict from passing
            await backoff(passing, retry_policy.pause(passing, failures, rng))


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
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
