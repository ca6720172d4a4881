"""Time as the client sees it, in one place so that tests need not wait."""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

# A suspended computer is noticed this many seconds after it wakes up.
_LONGEST_SLEEP_S: Final = 15.0


def _now() -> datetime:
    return datetime.now(UTC)


def _monotonic() -> float:
    """Seconds that count while the computer is suspended, unlike time.monotonic on two systems.

    clock_gettime(2): CLOCK_BOOTTIME on Linux; on macOS CLOCK_MONOTONIC, where Python's monotonic
    is mach_absolute_time. On Windows Python's own counts.
    """
    if sys.platform == "win32":
        return time.monotonic()
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """``monotonic`` seconds, the time of day ``now`` (aware, UTC), and how to sleep."""

    monotonic: Callable[[], float] = _monotonic
    now: Callable[[], datetime] = _now
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    def wall_time_at(self, moment: float) -> datetime:
        """The wall clock's time at a monotonic moment, to the second."""
        ahead = timedelta(seconds=max(0.0, moment - self.monotonic()))
        return (self.now() + ahead).replace(microsecond=0)

    async def wait(self, seconds: float) -> None:
        """Sleep until so many seconds are over by the monotonic clock or by the time of day.

        asyncio's clock stands still while the computer is suspended, so the sleep is taken in
        short pieces.
        """
        end = self.monotonic() + seconds
        until = self.now() + timedelta(seconds=seconds)
        while (left := min(end - self.monotonic(), (until - self.now()).total_seconds())) > 0:
            await self.sleep(min(left, _LONGEST_SLEEP_S))
