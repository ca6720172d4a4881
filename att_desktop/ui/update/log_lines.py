"""One line of log for each event worth one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from att_desktop.text import _, ngettext, say, say_fully
from att_desktop.text.formats import duration, listed, number, size
from att_desktop.text.units import skip_lines, unit_name
from att_desktop.update import events

if TYPE_CHECKING:
    from att_desktop.game.results import Unit
    from att_desktop.update.events import Event


def log_line(event: Event) -> str:
    """The line; empty for events that only move the bar."""
    match event:
        case events.RunStarted():
            return _run_started(event)
        case events.UnitDone():
            return _unit_done(event)
        case events.Waiting():
            return say(event)
        case events.EncounterFailed():
            return _("{unit}, {encounter}: {reason}").format(
                unit=_name(event.unit),
                encounter=event.encounter_name,
                reason=say_fully(event.reason),
            )
        case events.Notice():
            return say(event)
        case events.DataWritten():
            return ngettext(
                "Wrote {path}: {count} build.", "Wrote {path}: {count} builds.", event.builds
            ).format(path=event.path, count=number(event.builds))
        case events.BuildsChanged() if event.total:
            return ngettext(
                "{count} most played build is another one than before.",
                "{count} most played builds are others than before.",
                event.total,
            ).format(count=number(event.total))
        case events.Finished():
            total = event.summary
            return ngettext(
                "{count} request, {points} points, {size}, {duration}.",
                "{count} requests, {points} points, {size}, {duration}.",
                total.requests,
            ).format(
                count=number(total.requests),
                points=number(total.points),
                size=size(total.bytes),
                duration=duration(total.seconds),
            )
    return ""


def _run_started(event: events.RunStarted) -> str:
    count = len(event.units)
    fields = {
        "count": number(count),
        "zones": listed(event.zones.values()) or _("no current season"),
    }
    if event.source == "sample":
        sentence = ngettext(
            "Sample data: {count} unit of {zones}.", "Sample data: {count} units of {zones}.", count
        )
    else:
        sentence = ngettext("{count} unit of {zones}.", "{count} units of {zones}.", count)
    return sentence.format(**fields)


def _unit_done(event: events.UnitDone) -> str:
    name = _name(event.unit)
    if event.state == "up_to_date":
        return ""
    if event.state == "done":
        count = event.sample_size
        if not event.skipped:
            return ngettext("{unit}: {count} ranking.", "{unit}: {count} rankings.", count).format(
                unit=name, count=number(count)
            )
        return ngettext(
            "{unit}: {count} ranking; rows not used: {reasons}.",
            "{unit}: {count} rankings; rows not used: {reasons}.",
            count,
        ).format(unit=name, count=number(count), reasons=listed(skip_lines(event.skipped)))
    if event.reason is None:
        return name
    return _("{unit}: {reason}").format(unit=name, reason=say_fully(event.reason))


def _name(unit: Unit) -> str:
    return unit_name(unit.spec_id, unit.content_type)
