"""What an update tells about itself while it runs.

The job calls ``report(event)`` from its own thread. ``sync --events`` writes each event as one
JSON object a line, which the window reads; the terminal's progress reads the same events. Codes
with fields stand for sentences: ``text.say`` makes those.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec

from att_desktop.game.changes import BuildChange
from att_desktop.game.content_types import ContentType
from att_desktop.game.results import Unit
from att_desktop.system.json_data import UnreadableJson

if TYPE_CHECKING:
    from att_desktop.system.errors import AttError

UnitState: TypeAlias = Literal["done", "up_to_date", "empty", "failed"]
Stopped: TypeAlias = Literal["", "points", "cancelled"]
SourceName: TypeAlias = Literal["warcraftlogs", "parses", "feed", "sample"]
Fields: TypeAlias = dict[str, str | int | float | list[str] | dict[str, int] | None]
"""As ``system.errors.Field``."""


class Reason(msgspec.Struct, frozen=True):
    """Why something is as it is; ``text.say_fully`` says it and its cause."""

    code: str
    fields: Fields = {}
    cause: Reason | None = None


def reason_of(error: AttError) -> Reason:
    """The code and fields of an error."""
    return Reason(error.code, error.fields)


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """A run in figures; ``points`` and ``bytes`` are what this run spent and received.

    ``bytes`` counts bodies as they travelled (compressed). ``stopped`` is why it ended early,
    ``error`` why it could not go on, or why the first unit failed that did.
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
    error: Reason | None = None
    source: SourceName = "warcraftlogs"


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


class _Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="event", tag=_snake):
    """On a line ``event`` names the class: 'unit_done' for UnitDone."""


class Program(_Event, frozen=True, kw_only=True):
    """The first line of a process: who speaks, before anything was begun."""

    version: str


class RunStarted(_Event, frozen=True, kw_only=True):
    """The plan stands. ``units`` are all units of this run, the up-to-date ones included.

    ``zones`` are the raid tier and Mythic+ season by their names; a content type without one has
    no current season.
    """

    units: tuple[Unit, ...]
    source: SourceName
    zones: dict[ContentType, str]


class UnitStarted(_Event, frozen=True, kw_only=True):
    """A unit's request is on its way. ``index`` counts from 1 over the units to fetch."""

    unit: Unit
    index: int
    total: int


class EncounterDone(_Event, frozen=True, kw_only=True):
    """The sample of one encounter is counted; ``skipped`` are unusable rows by reason."""

    unit: Unit
    encounter_id: int
    encounter_name: str
    sample_size: int
    skipped: dict[str, int] = {}


class EncounterFailed(_Event, frozen=True, kw_only=True):
    """One encounter could not be fetched; its unit is not complete without it."""

    unit: Unit
    encounter_id: int
    encounter_name: str
    reason: Reason


class UnitDone(_Event, frozen=True, kw_only=True):
    """A unit ended; ``reason`` says why when it is empty or failed.

    ``count`` and ``support`` are those of the general build among ``sample_size`` rankings;
    ``undecided`` builds cannot be told from it by count.
    """

    unit: Unit
    state: UnitState
    index: int
    total: int
    sample_size: int = 0
    count: int = 0
    support: int | None = None
    undecided: int = 0
    skipped: dict[str, int] = {}
    reason: Reason | None = None


class PointsChanged(_Event, frozen=True, kw_only=True):
    """Warcraft Logs' budget after a response. ``resets_at`` is aware, UTC."""

    left: float
    limit: float
    resets_at: datetime


class Waiting(_Event, frozen=True, kw_only=True):
    """Nothing is sent until ``until`` (aware, UTC); then the update goes on by itself.

    ``reason``: the points of the hour are used up, or the source asks for a pause.
    """

    until: datetime
    reason: Literal["points", "asked"]
    source: SourceName = "warcraftlogs"

    @property
    def code(self) -> str:
        """For ``text.say``."""
        return f"wait.{self.reason}"

    @property
    def fields(self) -> dict[str, str | datetime]:
        """For ``text.say``."""
        return {"until": self.until, "source": self.source}


class Notice(_Event, frozen=True, kw_only=True):
    """Something the player should know; the update goes on."""

    code: str
    fields: Fields = {}


class DataWritten(_Event, frozen=True, kw_only=True):
    """``TalentData.lua`` was rewritten."""

    path: str
    specs: int
    builds: int


class BuildsChanged(_Event, frozen=True, kw_only=True):
    """What is new since the last data, before the run's last event; the player's specs first.

    Not told where no older results were there to compare with. ``total`` changes were found,
    ``changes`` are the first of them. ``own`` are the player's specs by the settings, in the
    player's order.
    """

    changes: tuple[BuildChange, ...]
    total: int
    own: tuple[int, ...] = ()


class Finished(_Event, frozen=True, kw_only=True):
    """The last event of a run that came to its end, early or not; the code says what changed.

    ``advice`` is what to do in the game now.
    """

    summary: Summary
    code: str
    fields: Fields = {}
    advice: tuple[Reason, ...] = ()


class Failed(_Event, frozen=True, kw_only=True):
    """The last event of a run that could not go on; what was complete is kept."""

    summary: Summary
    code: str
    fields: Fields = {}


Event: TypeAlias = (
    Program
    | RunStarted
    | UnitStarted
    | EncounterDone
    | EncounterFailed
    | UnitDone
    | PointsChanged
    | Waiting
    | Notice
    | DataWritten
    | BuildsChanged
    | Finished
    | Failed
)


def encode_event(event: Event) -> bytes:
    """One line of JSON, the line break included. ASCII: a path may be no UTF-8 text."""
    return json.dumps(msgspec.to_builtins(event), separators=(",", ":")).encode() + b"\n"


def decode_event(line: bytes) -> Event:
    """The event of a line. Raises UnreadableJson for anything else."""
    try:
        # Not msgspec's own reader: it refuses the lone surrogates of a path that is no text.
        value: Any = json.loads(line)
        return msgspec.convert(value, Event)  # type: ignore[no-any-return]  # typed for classes only
    except (ValueError, RecursionError, msgspec.MsgspecError) as error:
        raise UnreadableJson(str(error)) from error
