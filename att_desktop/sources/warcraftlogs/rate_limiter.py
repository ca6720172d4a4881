"""Paces requests: a minimum interval, a number in flight, and pauses the server asks for."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final

from att_desktop.sources.warcraftlogs.points import Wait, WaitReason

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from att_desktop.sources.http.clock import Clock

# Requests start a touch further apart than asked, because networks bunch them.
_MARGIN: Final = 0.04
_LARGEST_MARGIN_S: Final = 0.02


class RateLimiter:
    """Paces all requests of one client, whatever they ask for."""

    def __init__(
        self, *, clock: Clock, interval_s: float, in_flight: int, on_wait: Callable[[Wait], None]
    ) -> None:
        self._clock = clock
        self._interval = interval_s + min(interval_s * _MARGIN, _LARGEST_MARGIN_S)
        self._slots = asyncio.Semaphore(in_flight)
        self._starting = asyncio.Lock()
        self._next_start = clock.monotonic()
        self._held_until = clock.monotonic()
        self._on_wait = on_wait

    @contextlib.asynccontextmanager
    async def acquire(self) -> AsyncIterator[Callable[[], None]]:
        """Wait for a turn, and hold one of the places until the answer is here.

        The function given is to be called when the request is on its way: the pace counts from
        there, so that one that was held up (by a connection to be made, by a busy computer) does
        not arrive together with the next.
        """
        async with self._slots:
            await self._starting.acquire()
            starting = True

            def sent() -> None:
                nonlocal starting
                if starting:
                    starting = False
                    self._next_start = self._clock.monotonic() + self._interval
                    self._starting.release()

            try:
                await self._until_open()
                yield sent
            finally:
                sent()

    async def _until_open(self) -> None:
        while True:
            start = max(self._next_start, self._held_until)
            await self._clock.wait(start - self._clock.monotonic())
            # The wait may be over by the time of day alone; only a longer pause goes on with it.
            if start == max(self._next_start, self._held_until):
                return

    def pause(self, seconds: float, reason: WaitReason) -> None:
        """Let nothing start for ``seconds``; what travels already goes on.

        A hold never shortens an earlier one, and is told only when it lengthens it.
        """
        until = self._clock.monotonic() + seconds
        longer = until > self._held_until + 1.0
        self._held_until = max(self._held_until, until)
        if longer:
            self._on_wait(
                Wait(until=self._clock.wall_time_at(until), seconds=seconds, reason=reason)
            )
