"""Running an update's coroutine until it is done or the player cancels."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import threading
    from collections.abc import Coroutine

_POLL_S: Final = 0.05


async def run_until_cancelled(
    work: Coroutine[object, object, None], cancel: threading.Event
) -> bool:
    """Run ``work``; setting ``cancel`` from any thread ends it. Returns whether it was cancelled.

    Raises what ``work`` raises.
    """
    task = asyncio.create_task(work)
    try:
        while not task.done() and not cancel.is_set():
            await asyncio.wait({task}, timeout=_POLL_S)
        task.cancel()  # nothing, when it is done
        await task
    except asyncio.CancelledError:
        if not cancel.is_set():
            raise
        return True
    return False
