"""A clock that tests move: sleeping takes no time and is written down."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from att_desktop.sources.http.clock import Clock


@dataclass
class FakeClock:
    """``seconds`` is the monotonic time; the wall clock runs along and may be set apart.

    While it sleeps the next time the computer is suspended for ``suspended`` seconds, which the
    monotonic clock does not count.
    """

    seconds: float = 1000.0
    wall: datetime = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)
    suspended: float = 0.0

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return self.wall + timedelta(seconds=self.seconds)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.wall += timedelta(seconds=self.suspended)
        self.suspended = 0.0
        until = self.seconds + seconds
        await asyncio.sleep(0)
        self.seconds = max(self.seconds, until)

    @property
    def clock(self) -> Clock:
        return Clock(monotonic=self.monotonic, now=self.now, sleep=self.sleep)
