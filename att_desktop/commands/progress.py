"""An update as seen in a terminal: a bar where there is one, plain lines elsewhere."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TextIO
from unicodedata import category, east_asian_width

from att_desktop.commands.colour import coloured
from att_desktop.game.content_types import CONTENT_TYPES
from att_desktop.text import _, ngettext, say, say_fully
from att_desktop.text.builds import support_text, undecided_text
from att_desktop.text.changes import change_lines, more_text
from att_desktop.text.formats import clauses, duration, in_a_row, labelled, listed, number
from att_desktop.text.units import unit_name
from att_desktop.update import events

if TYPE_CHECKING:
    from collections.abc import Callable

    from att_desktop.commands.colour import Colour
    from att_desktop.game.results import Unit
    from att_desktop.update.events import Event

_MOST_CHANGES = 8
_STOPS = ".。"
_CLEAR_LINE = "\r\x1b[2K"


def printable(text: str) -> str:
    """Text that cannot steer the terminal: control characters become '?'.

    Spaces of all kinds stay: numbers have no-break ones in many languages.
    """
    return "".join(ch if ch.isprintable() or category(ch) == "Zs" else "?" for ch in text)


class LineProgress:
    """One line for each thing worth knowing."""

    def __init__(self, stream: TextIO | None) -> None:
        """Lines go to ``stream``; None where there is none, as with pythonw."""
        self._stream = stream
        self._written = ""

    def __call__(self, event: Event) -> None:
        """Print what the event says; the file that was written before the last sentence."""
        lines = _lines_of(event)
        if isinstance(event, events.DataWritten):
            self._written = event.path
        elif isinstance(event, events.Finished):
            lines.insert(0, self._written)
        for line in filter(None, lines):
            if self._stream is not None:
                encoding = self._stream.encoding or "utf-8"
                safe = printable(line).encode(encoding, "replace").decode(encoding)
                self._write(f"{coloured(safe, _colour_of(event), self._stream)}\n")

    def close(self) -> None:
        """Nothing is left open."""

    def _write(self, text: str) -> None:
        if self._stream is None:
            return
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:
            # The terminal was closed: the update goes on, or is told to stop by a signal.
            self._stream = None


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
                self._now = _unit(event.unit)
            case events.UnitDone() if event.index:
                self._ended += 1
            case events.PointsChanged():
                self._points = number(event.left)
            case events.DataWritten():
                self._written = event.path
        if _stays(event):
            self.close()
            super().__call__(event)
        if not isinstance(event, events.Finished):
            self._draw()

    def close(self) -> None:
        """Remove the bar."""
        self._write(_CLEAR_LINE)

    def _draw(self) -> None:
        if not self._total:
            return
        parts = [_("unit {index} of {total}").format(index=self._ended, total=self._total)]
        if self._ended:
            seconds = (self._clock() - self._begun) / self._ended * (self._total - self._ended)
            parts.append(_("about {duration} left").format(duration=duration(seconds)))
        if self._points:
            parts.append(_("{points} points left").format(points=self._points))
        text = f" {clauses(parts)}  {self._now}"
        columns = shutil.get_terminal_size().columns - 1
        # As wide whatever the text beside it says: a bar must not jump.
        width = max(10, min(30, columns // 3))
        filled = round(width * self._ended / self._total)
        bar = "#" * filled + "-" * (width - filled)
        self._write(_CLEAR_LINE + _fitting(f"[{bar}]{text}", columns))


def _fitting(text: str, cells: int) -> str:
    """As much of a text as there are cells for: wide letters take two (Unicode Annex 11)."""
    for end, letter in enumerate(text):
        cells -= 2 if east_asian_width(letter) in "WF" else 1
        if cells < 0:
            return text[:end]
    return text


def _stays(event: Event) -> bool:
    match event:
        case events.UnitDone():
            return event.state == "failed"
        case events.Notice() | events.Waiting() | events.Finished() | events.RunStarted():
            return True
        case events.EncounterFailed() | events.BuildsChanged():
            return True
    return False


def _lines_of(event: Event) -> list[str]:
    if isinstance(event, events.BuildsChanged):
        lines, more = change_lines(event.changes, event.own, total=event.total, most=_MOST_CHANGES)
        return [*lines, more_text(more)] if more else lines
    return [_line_of(event)]


def _colour_of(event: Event) -> Colour | None:
    match event:
        case events.UnitDone() if event.state == "failed":
            return "red"
        case events.EncounterFailed() | events.Waiting():
            return "yellow"
        case events.Finished():
            return "red" if event.summary.failed else "yellow" if event.summary.stopped else "green"
    return None


def _line_of(event: Event) -> str:
    match event:
        case events.RunStarted():
            return _run_started(event)
        case events.UnitDone() if event.index:
            return _unit_done(event)
        case events.EncounterFailed():
            return _("{unit}, {encounter}: {reason}").format(
                unit=_unit(event.unit),
                encounter=event.encounter_name,
                reason=say_fully(event.reason),
            )
        case events.Waiting():
            seconds = (event.until - datetime.now(UTC)).total_seconds()
            if seconds <= 0:
                return say(event)
            return _("{sentence} That is in {duration}.").format(
                sentence=say(event), duration=duration(seconds)
            )
        case events.Notice():
            return say(event)
        case events.Finished():
            return in_a_row(say(event), *map(say, event.advice))
    return ""


def _unit(unit: Unit) -> str:
    return unit_name(unit.spec_id, unit.content_type)


def _run_started(event: events.RunStarted) -> str:
    content = {unit.content_type for unit in event.units}
    zones = [event.zones[kind] for kind in CONTENT_TYPES if kind in content and kind in event.zones]
    count = len(event.units)
    units = ngettext("{count} unit", "{count} units", count).format(count=number(count))
    fields = {"units": units, "zones": listed(zones) or _("no current season")}
    if event.source == "sample":
        return _("Sample data (made up): {units} of {zones}.").format(**fields)
    return _("{units} of {zones}.").format(**fields)


def _unit_done(event: events.UnitDone) -> str:
    place = f"[{event.index}/{event.total}] {_unit(event.unit)}"
    if event.reason is not None:
        pattern = (
            _("{unit}: failed. {reason}") if event.state == "failed" else _("{unit}: {reason}")
        )
        return pattern.format(unit=place, reason=say_fully(event.reason))
    count, skipped = event.sample_size, sum(event.skipped.values())
    figures = ""
    parts = [ngettext("{count} ranking", "{count} rankings", count).format(count=number(count))]
    if event.count:
        figures = support_text(count=event.count, support=event.support, size=count, pooled=True)
        parts = [figures.rstrip(_STOPS)]
    if skipped:
        rows = ngettext("{count} row skipped", "{count} rows skipped", skipped)
        parts.append(rows.format(count=number(skipped)))
    line = labelled(place, clauses(parts))
    if not event.undecided:
        return line
    return in_a_row(line + figures[-1:], undecided_text(event.undecided).rstrip(_STOPS))
