"""What the update tells about itself while it runs.

The job calls ``report(event)`` from its own thread; the terminal prints it, the window shows it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from att_desktop.game.builds import ContentType

__all__ = [
    "DataWritten",
    "EncounterDone",
    "Event",
    "Finished",
    "Notice",
    "PointsChanged",
    "RunStarted",
    "Stopped",
    "Summary",
    "Unit",
    "UnitDone",
    "UnitStarted",
    "UnitState",
    "Waiting",
]

UnitState: TypeAlias = Literal["done", "up_to_date", "empty", "failed"]
Stopped: TypeAlias = Literal["", "points", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Unit:
    """One spec and content type: the piece of work that is fetched and saved as a whole."""

    spec_id: int
    content_type: ContentType


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStarted:
    """The plan stands. ``units`` are all units of this run, the up-to-date ones included."""

    units: tuple[Unit, ...]
    sample: bool
    raid_zone: str | None
    mplus_zone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitStarted:
    """A unit's request is on its way. ``index`` counts from 1 over the units to fetch."""

    unit: Unit
    index: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EncounterDone:
    """The sample of one encounter is counted; ``skipped`` are unusable rows by reason."""

    unit: Unit
    encounter_id: int
    encounter_name: str
    sample_size: int
    skipped: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDone:
    """A unit ended. ``reason`` is a sentence when it is empty or failed, ``code`` names it."""

    unit: Unit
    state: UnitState
    index: int
    total: int
    sample_size: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    reason: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsChanged:
    """Warcraft Logs' budget after a response. ``resets_at`` is aware, UTC."""

    left: float
    limit: float
    resets_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Nothing is sent until ``until`` (aware, UTC); then the update goes on by itself."""

    until: datetime
    reason: Literal["points", "asked"]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something the player should know; the update goes on."""

    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataWritten:
    """``TalentData.lua`` was rewritten."""

    path: str
    specs: int
    builds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The end of a run, in figures; ``points`` and ``bytes`` are what this run spent and received.

    ``bytes`` counts bodies as they travelled (compressed). ``stopped`` is why it ended early,
    ``failure`` why the first unit failed that did.
    """

    units: int = 0
    done: int = 0
    up_to_date: int = 0
    empty: int = 0
    failed: int = 0
    requests: int = 0
    points: float = 0.0
    bytes: int = 0
    seconds: float = 0.0
    output: str = ""
    stopped: Stopped = ""
    failure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The last event of a run that did not raise. ``sentence`` says what changed."""

    summary: Summary
    sentence: str


Event: TypeAlias = (
    RunStarted
    | UnitStarted
    | EncounterDone
    | UnitDone
    | PointsChanged
    | Waiting
    | Notice
    | DataWritten
    | Finished
)
