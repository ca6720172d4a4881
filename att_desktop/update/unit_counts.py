"""Counts how units end and reports it: what updates from any source share."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from att_desktop.game.confidence import undecided
from att_desktop.game.specs import SPECS
from att_desktop.update import events
from att_desktop.update.events import Summary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from att_desktop.game.content_types import ContentType
    from att_desktop.game.results import Unit, UnitRecord
    from att_desktop.update.events import Event, Reason, SourceName, Stopped, UnitState
    from att_desktop.update.target import Target

_log = logging.getLogger(__name__)


class UnitCounts:
    """Units by state; ``total`` is the number of units to fetch, known once the plan stands."""

    def __init__(self, report: Callable[[Event], None], source: SourceName) -> None:
        self._report = report
        self._source = source
        self._counts: dict[UnitState, int] = {"done": 0, "up_to_date": 0, "empty": 0, "failed": 0}
        self._first_failure: Reason | None = None
        self._of_other_talents = 0
        self._units = 0
        self.total = 0

    def start(self, units: Sequence[Unit], zones: dict[ContentType, str]) -> None:
        """The plan stands: all units of the run, and the seasons by their names."""
        self._units = len(units)
        self._report(events.RunStarted(units=tuple(units), source=self._source, zones=zones))

    def done(
        self,
        unit: Unit,
        state: UnitState,
        reason: Reason | None = None,
        *,
        index: int = 0,
        size: int = 0,
        skipped: dict[str, int] | None = None,
        general: UnitRecord | None = None,
    ) -> None:
        """A unit ended. ``index`` counts from 1 over the units to fetch, 0 is none of them.

        ``general`` is what was counted of it.
        """
        best = general.best_build if general else None
        self._counts[state] += 1
        self._of_other_talents += reason is not None and reason.code == "unit.other_talents"
        if state == "failed" and self._first_failure is None:
            self._first_failure = reason
        name = SPECS[unit.spec_id].full_name
        _log.info("%s %s: %s %s", name, unit.content_type, state, reason or "")
        self._report(
            events.UnitDone(
                unit=unit,
                state=state,
                index=index,
                total=self.total,
                sample_size=size,
                count=best.count if best else 0,
                support=best.support if best else None,
                undecided=undecided(b.count for b in general.all_builds) if general else 0,
                skipped=skipped or {},
                reason=reason,
            )
        )

    def summary(
        self,
        *,
        requests: int,
        bytes_: int,
        seconds: float,
        target: Target,
        points: float = 0.0,
        stopped: Stopped = "",
    ) -> Summary:
        """The figures so far."""
        return Summary(
            units=self._units,
            done=self._counts["done"],
            up_to_date=self._counts["up_to_date"],
            empty=self._counts["empty"],
            failed=self._counts["failed"],
            requests=requests,
            points=round(points, 2),
            bytes=bytes_,
            seconds=round(seconds, 2),
            output=str(target.path or ""),
            stopped=stopped,
            error=self._first_failure,
            source=self._source,
        )

    def finish(self, summary: Summary, target: Target) -> None:
        """The last event of a run that came to its end."""
        code, count = self._outcome(summary)
        self._report(
            events.Finished(
                summary=summary, code=code, fields={"count": count}, advice=tuple(target.advice)
            )
        )

    def _outcome(self, summary: Summary) -> tuple[str, int]:
        """The code of what the run came to, and the units that it speaks of."""
        if summary.stopped == "cancelled":
            return "update.cancelled", summary.done
        if summary.stopped == "points":
            return "update.out_of_points", summary.done
        if self._of_other_talents * 2 > summary.empty + summary.failed > 0:
            return "update.other_talents", 0
        if summary.failed:
            return "update.some_failed", summary.failed
        if summary.done:
            return "update.done", summary.done
        if summary.up_to_date or not summary.empty:
            return "update.up_to_date", summary.up_to_date
        return "update.nothing_yet", 0
