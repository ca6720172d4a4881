"""``sync --events``: events to stdout; with ``--stdin`` credentials and the end from stdin."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import IO, TYPE_CHECKING, Final

from att_desktop.commands.usage import WrongUsage
from att_desktop.system.json_data import UnreadableJson, decode_json
from att_desktop.system.logs import hide_secret
from att_desktop.update.child_process import ChildInput
from att_desktop.update.events import encode_event

if TYPE_CHECKING:
    from collections.abc import Callable

    from att_desktop.update.events import Event

_LONGEST_LINE: Final = 10_000
_NICENESS: Final = 5


class EventWriter:
    """Writes each event as one line at once; when nobody reads any more, tells it once."""

    def __init__(self, on_closed: Callable[[], None]) -> None:
        """Write to stdout. Raises WrongUsage when there is none."""
        if sys.stdout is None:
            raise WrongUsage("usage.events_without_output")
        self._stream: Final[IO[bytes]] = sys.stdout.buffer
        self._on_closed = on_closed
        self._is_closed = False

    def __call__(self, event: Event) -> None:
        """Write ``event``; nothing once the reader has gone."""
        if self._is_closed:
            return
        try:
            self._stream.write(encode_event(event))
            self._stream.flush()
        except (OSError, ValueError):
            self._is_closed = True
            self._on_closed()

    def close(self) -> None:
        """Nothing is left open."""


def read_child_input(cancel: threading.Event) -> ChildInput:
    """The input line; ``cancel`` is set as soon as the other side closes stdin, or has died.

    The process takes the place of one that runs behind a window. Raises WrongUsage.
    """
    if hasattr(os, "nice"):  # on Windows the window starts it that way
        os.nice(_NICENESS)
    # Ctrl+C in a terminal reaches the whole group; what it means for the update, the window says.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.stdin is None:
        raise WrongUsage("usage.stdin_without_input")
    try:
        given = decode_json(sys.stdin.buffer.readline(_LONGEST_LINE), ChildInput)
    except UnreadableJson:
        # Not chained: the cause would contain what was read.
        raise WrongUsage("usage.stdin_without_input") from None
    if given.client_secret:
        hide_secret(given.client_secret)
    threading.Thread(target=_wait_for_the_end, args=(cancel,), daemon=True).start()
    return given


def _wait_for_the_end(cancel: threading.Event) -> None:
    # Past its line nothing is sent: this returns when the pipe is closed. Not by the buffered
    # reader, whose lock a daemon thread would hold when the interpreter ends.
    try:
        os.read(sys.stdin.fileno(), 1)
    finally:
        cancel.set()
