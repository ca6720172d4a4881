"""One line of log for each event worth one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from att_desktop.text import say, say_fully
from att_desktop.ui.texts import count, unit_name
from att_desktop.update import events

if TYPE_CHECKING:
    from att_desktop.update.events import Event

__all__ = ["log_line"]


def log_line(event: Event) -> str:
    """The line; empty for events that only move the bar."""
    match event:
        case events.RunStarted():
            seasons = " and ".join(event.zones.values())
            source = "Sample data" if event.source == "sample" else "Warcraft Logs"
            return f"{source}: {count(len(event.units), 'unit')}, {seasons or 'no season'}."
        case events.UnitDone():
            return _unit_done(event)
        case events.Waiting():
            return say(event)
        case events.EncounterFailed():
            unit = unit_name(event.unit)
            return f"{unit}, {event.encounter_name}: {say_fully(event.reason)}"
        case events.Notice():
            return say(event)
        case events.DataWritten():
            return f"Wrote {event.path}: {count(event.builds, 'build')}."
        case events.Finished():
            total = event.summary
            return (
                f"{count(total.requests, 'request')}, {total.points:g} points, "
                f"{total.bytes / 1e6:.1f} MB, {total.seconds:.0f} s."
            )
        case _:
            return ""


def _unit_done(event: events.UnitDone) -> str:
    name = unit_name(event.unit)
    if event.state == "up_to_date":
        return ""
    if event.state == "done":
        line = f"{name}: {count(event.sample_size, 'player')}"
        if event.skipped:
            reasons = ", ".join(f"{number} × {why}" for why, number in event.skipped.items())
            line += f"; rows not used: {reasons}"
        return f"{line}."
    return f"{name}: {say_fully(event.reason)}" if event.reason else name
