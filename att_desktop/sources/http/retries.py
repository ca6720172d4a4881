"""Retries of transient errors, by stamina."""

from __future__ import annotations

import logging
import math
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final, TypeVar

import stamina
from stamina.instrumentation import set_on_retry_hooks

from att_desktop.sources.errors import OutOfPoints, SourceError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from stamina.instrumentation import RetryDetails

T = TypeVar("T")

_log = logging.getLogger(__name__)

# Points are reset each hour, so a longer Retry-After is not waited for.
_LONGEST_RETRY_AFTER_S: Final = 3600.0


def _log_attempt(details: RetryDetails) -> None:
    _log.info("attempt %d failed: %s", details.retry_num, details.caused_by)


# stamina's default hook logs a warning without the reason.
set_on_retry_hooks([_log_attempt])


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How often and how long: exponential backoff with jitter, seconds.

    ``slow_down_attempts`` and ``slow_down_s`` (the first pause) are for HTTP 429 without
    Retry-After: a few minutes in all, because bursts are forgiven by the minute.
    """

    attempts: int = 5
    slow_down_attempts: int = 7
    first_s: float = 1.0
    slow_down_s: float = 5.0
    longest_s: float = 60.0

    def pause_after_429(self, error: OutOfPoints, refusals: int) -> float:
        """Seconds after so many refusals (from 1)."""
        if error.retry_after is not None:
            return error.retry_after
        return float(min(self.longest_s, self.slow_down_s * 2.0 ** (refusals - 1)))


async def retry(
    attempt: Callable[[], Awaitable[T]],
    *,
    policy: RetryPolicy,
    on_429: Callable[[OutOfPoints, float], None],
) -> T:
    """Call ``attempt`` until it succeeds, fails for good, or ``policy`` is exhausted.

    ``on_429`` gets the pause that a refusal asks for and holds back all requests so long, not only
    this one; it may raise OutOfPoints instead. Raises what ``attempt`` raised last, no longer
    marked as transient.
    """
    failures: Counter[bool] = Counter()

    def backoff(error: Exception) -> bool | float:
        if not isinstance(error, SourceError) or not error.transient:
            return False
        refused = isinstance(error, OutOfPoints)
        failures[refused] += 1
        if sum(failures.values()) >= (policy.slow_down_attempts if refused else policy.attempts):
            return False
        if isinstance(error, OutOfPoints):
            on_429(error, policy.pause_after_429(error, failures[refused]))
            return 0.0
        return True

    try:
        async for each in stamina.retry_context(
            on=backoff,
            attempts=None,
            timeout=None,
            wait_initial=policy.first_s,
            wait_max=policy.longest_s,
            wait_jitter=policy.first_s,
        ):
            with each:
                return await attempt()
    except SourceError as error:
        error.transient = False
        raise
    raise AssertionError("stamina ends with a result or an error")


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
