"""A line of the results: before, now, the ratio, and the goal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """``reached`` is None where there is no goal."""

    what: str
    before: str
    now: str
    ratio: str
    goal: str
    reached: bool | None

    @classmethod
    def times(cls, what: str, before: float, now: float, factor: float, goal: float | None) -> Self:
        """``factor`` times better than before; ``goal`` is the least that it should be."""
        return cls(
            what=what,
            before=_figure(before),
            now=_figure(now),
            ratio=f"{factor:.1f} x",
            goal="" if goal is None else f"at least {goal:g} x",
            reached=None if goal is None else factor >= goal,
        )

    @classmethod
    def less(cls, what: str, before: float, now: float, goal: float | None) -> Self:
        """Less is better."""
        return cls.times(what, before, now, before / now, goal)

    @classmethod
    def limit(cls, what: str, now: float, most: float) -> Self:
        """``now`` should be at most ``most``."""
        return cls(
            what=what, before="", now=_figure(now), ratio="", goal=f"at most {most:g}",
            reached=now <= most,
        )  # fmt: skip

    @classmethod
    def plain(cls, what: str, now: float) -> Self:
        """A figure without a goal."""
        return cls(what=what, before="", now=_figure(now), ratio="", goal="", reached=None)

    @property
    def line(self) -> str:
        """The row of a Markdown table."""
        mark = {True: "yes", False: "**no**", None: ""}[self.reached]
        return f"| {self.what} | {self.before} | {self.now} | {self.ratio} | {self.goal} | {mark} |"


def _figure(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"
