"""Time as the client sees it, in one place so that tests need not wait."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

__all__ = ["Clock"]


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """``monotonic`` seconds decide when to go on: no change of the wall clock moves them.

    ``now`` (aware, UTC) only tells the player when that will be.
    """

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = _now
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    def wall_time_at(self, moment: float) -> datetime:
        """The wall clock's time at a monotonic moment, to the second."""
        ahead = timedelta(seconds=max(0.0, moment - self.monotonic()))
        return (self.now() + ahead).replace(microsecond=0)
