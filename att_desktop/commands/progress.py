"""An update as seen in a terminal: a bar where there is one, plain lines elsewhere."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TextIO

from att_desktop.game.specs import SPECS
from att_desktop.update import events

if TYPE_CHECKING:
    from collections.abc import Callable

    from att_desktop.update.events import Event, Unit

__all__ = ["BarProgress", "LineProgress", "printable", "unit_words"]

_CONTENT = {"raid": "raid", "mythicplus": "Mythic+"}
_CLEAR_LINE = "\r\x1b[2K"


def unit_words(unit: Unit) -> str:
    """'Frost Mage, raid'."""
    return f"{SPECS[unit.spec_id].full_name}, {_CONTENT[unit.content_type]}"


def printable(text: str) -> str:
    """Text that can not steer the terminal: control characters become '?'."""
    return "".join(ch if ch.isprintable() else "?" for ch in text)


class LineProgress:
    """One line for each thing worth knowing."""

    def __init__(self, stream: TextIO) -> None:
        """Lines go to ``stream``."""
        self._stream = stream

    def __call__(self, event: Event) -> None:
        """Print what the event says, if anything."""
        line = _line_of(event)
        if line:
            self._print(line)

    def close(self) -> None:
        """Nothing is left open."""

    def _print(self, line: str) -> None:
        encoding = self._stream.encoding or "utf-8"
        safe = printable(line).encode(encoding, "replace").decode(encoding)
        print(safe, file=self._stream, flush=True)


class BarProgress(LineProgress):
    """A bar on the last line; what is worth keeping scrolls above it."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        """``stream`` is a terminal."""
        super().__init__(stream)
        self._clock = clock
        self._begun = clock()
        self._total = 0
        self._ended = 0
        self._points = ""
        self._now = ""

    def __call__(self, event: Event) -> None:
        """Print the lines that stay and draw the bar again."""
        match event:
            case events.UnitStarted():
                self._total = event.total
                self._now = unit_words(event.unit)
            case events.UnitDone() if event.index:
                self._ended += 1
            case events.PointsChanged():
                self._points = f", {event.left:.0f} points left"
            case events.Notice() | events.Waiting() | events.Finished() | events.RunStarted():
                self.close()
                super().__call__(event)
                if isinstance(event, events.Finished):
                    return
        if isinstance(event, events.UnitDone) and event.state == "failed":
            self.close()
            super().__call__(event)
        self._draw()

    def close(self) -> None:
        """Remove the bar."""
        self._stream.write(_CLEAR_LINE)
        self._stream.flush()

    def _draw(self) -> None:
        if not self._total:
            return
        left = ""
        if self._ended:
            seconds = (self._clock() - self._begun) / self._ended * (self._total - self._ended)
            left = f", about {_duration(seconds)} left"
        text = f" unit {self._ended} of {self._total}{left}{self._points}  {self._now}"
        columns = shutil.get_terminal_size().columns - 1
        width = max(10, min(30, columns - len(text)))
        filled = round(width * self._ended / self._total)
        bar = "#" * filled + "-" * (width - filled)
        self._stream.write(f"{_CLEAR_LINE}[{bar}]{text}"[: columns + len(_CLEAR_LINE)])
        self._stream.flush()


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _line_of(event: Event) -> str:
    match event:
        case events.RunStarted():
            content = {unit.content_type for unit in event.units}
            seasons = {"raid": event.raid_zone, "mythicplus": event.mplus_zone}
            zones = " and ".join(zone for kind, zone in seasons.items() if zone and kind in content)
            source = "Sample data (made up): " if event.sample else ""
            units = _counted(len(event.units), "unit")
            return f"{source}{units} of {zones or 'no current season'}."
        case events.UnitDone() if event.index:
            place = f"[{event.index}/{event.total}] {unit_words(event.unit)}: "
            if event.state == "done":
                skipped = sum(event.skipped.values())
                return f"{place}{_counted(event.sample_size, 'player')}" + (
                    f", {_counted(skipped, 'row')} skipped" if skipped else ""
                )
            return f"{place}{event.state}. {event.reason}"
        case events.Waiting():
            at = event.until.astimezone().strftime("%H:%M")
            seconds = (event.until - datetime.now(UTC)).total_seconds()
            wait = f", in {_duration(seconds)}" if seconds > 0 else ""
            return f"{event.sentence.removesuffix('.')} at {at}{wait}."
        case events.Notice() | events.Finished():
            return event.sentence
    return ""
