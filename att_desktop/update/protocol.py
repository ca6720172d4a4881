"""What travels between the window and its update: an order one way, messages the other.

Both ends are this app, of one version, and the pipes are nobody else's: pickled objects say it
with the types that both already know. Closing the pipe of the order means 'stop'.
"""

from __future__ import annotations

import pickle
import threading
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

    from att_desktop.config.client_credentials import ClientCredentials
    from att_desktop.config.environment import Environment
    from att_desktop.config.settings import Settings
    from att_desktop.system.folders import Folders
    from att_desktop.update.events import Event, Summary

__all__ = ["Ended", "Failed", "Logged", "Message", "Order", "Ready", "Sender", "receive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An update as the window wants it. ``addons`` are the AddOns folders to write to.

    ``credentials`` are None for the sample source. They go through the pipe, never through the
    environment or the command line, where other programs could read them.
    """

    folders: Folders
    sample: bool
    environment: Environment
    settings: Settings
    addons: tuple[Path, ...]
    credentials: ClientCredentials | None


@dataclass(frozen=True, slots=True)
class Ready:
    """The order has arrived; from here on the update stops by itself when it is told to."""


@dataclass(frozen=True, slots=True)
class Logged:
    """A line for the window's log, and the lines that belong below it; without secrets."""

    name: str
    level: int
    line: str
    below: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The update came to its end, early or not."""

    summary: Summary


@dataclass(frozen=True, slots=True)
class Failed:
    """The update could not go on; why, as a sentence for the player."""

    sentence: str


Message: TypeAlias = "Ready | Logged | Ended | Failed | Event"


class Sender:
    """Writes messages, from any thread."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()
        self._nobody_reads = False

    def __call__(self, message: Message) -> None:
        """Send ``message`` at once; nothing when the window has gone."""
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        with self._lock:
            if self._nobody_reads:
                return
            try:
                self._pipe.write(data)
                self._pipe.flush()
            except OSError:
                self._nobody_reads = True


def receive(pipe: IO[bytes]) -> Order | Message | None:
    """The next object of a buffered pipe; None when the other side has gone."""
    try:
        return pickle.load(pipe)  # type: ignore[no-any-return]  # noqa: S301 - our own pipe
    except (EOFError, pickle.UnpicklingError, OSError):
        return None
