"""Counts how units end and reports it: what updates from any source share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from att_desktop.update import events
from att_desktop.update.events import Summary

if TYPE_CHECKING:
    from collections.abc import Callable

    from att_desktop.game.results import Unit
    from att_desktop.update.events import Event, Reason, SourceName, UnitState
    from att_desktop.update.target import Target

__all__ = ["UnitCounts"]


class UnitCounts:
    """Units by state; ``total`` is the number of units to fetch, known once the plan stands."""

    def __init__(self, report: Callable[[Event], None], source: SourceName) -> None:
        self._report = report
        self._source = source
        self._counts: dict[UnitState, int] = {"done": 0, "up_to_date": 0, "empty": 0, "failed": 0}
        self._first_failure: Reason | None = None
        self.total = 0

    def done(
        self,
        unit: Unit,
        state: UnitState,
        reason: Reason | None = None,
        *,
        index: int = 0,
        size: int = 0,
        skipped: dict[str, int] | None = None,
    ) -> None:
        """A unit ended."""
        self._counts[state] += 1
        if state == "failed" and self._first_failure is None:
            self._first_failure = reason
        self._report(
            events.UnitDone(
                unit=unit,
                state=state,
                index=index,
                total=self.total,
                sample_size=size,
                skipped=skipped or {},
                reason=reason,
            )
        )

    def summary(
        self, *, requests: int, bytes_: int, seconds: float, target: Target, cancelled: bool = False
    ) -> Summary:
        """The figures so far."""
        return Summary(
            units=sum(self._counts.values()),
            done=self._counts["done"],
            up_to_date=self._counts["up_to_date"],
            empty=self._counts["empty"],
            failed=self._counts["failed"],
            requests=requests,
            bytes=bytes_,
            seconds=round(seconds, 2),
            output=str(target.path or ""),
            stopped="cancelled" if cancelled else "",
            error=self._first_failure,
            source=self._source,
        )

    def finish(self, summary: Summary, target: Target) -> None:
        """The last event of a run that came to its end."""
        code, count = _outcome(summary)
        self._report(
            events.Finished(
                summary=summary, code=code, fields={"count": count}, advice=tuple(target.advice)
            )
        )


def _outcome(summary: Summary) -> tuple[str, int]:
    if summary.stopped:
        return "update.cancelled", summary.done
    if summary.failed:
        return "update.some_failed", summary.failed
    if summary.done:
        return "update.done", summary.done
    return ("update.up_to_date", 0) if summary.up_to_date else ("update.nothing_yet", 0)
