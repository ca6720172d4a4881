"""Plans: what fails in one run of the app, when and how often."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from random import Random
from typing import Literal, TypeAlias

from att_desktop.system.files import REFUSED
from tests.faults.kinds import CHANGE, CHANGED_DATA, CHANGED_EXPORTS


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpFault:
    """``kind`` meets the ``first`` request at an endpoint and the ``times - 1`` after it."""

    endpoint: Literal["api", "token", "index", "blob", "export"]
    kind: str
    first: int
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DiskFault:
    """``operation`` number ``first`` in a ``room``, and the ``times - 1`` after it, fail.

    The operation "change" is every one but reading. ``error`` is an errno, or Windows' number
    when ``windows`` is set.
    """

    operation: str
    room: str
    error: int
    first: int
    times: int
    windows: bool = False

    @property
    def error_name(self) -> str:
        """'ENOSPC', or 'Windows 32'."""
        return f"Windows {self.error}" if self.windows else errno.errorcode[self.error]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """``kind`` happens at step number ``at`` of a run: an operation on a file, or a request.

    With an ``operation`` it happens just before number ``at`` of these in a ``room`` (from 0).
    """

    kind: str
    at: int
    operation: str = ""
    room: str = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyringFault:
    """The state of the keyring while the run lasts."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFault:
    """A file of ours is damaged before the run."""

    file: str
    damage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Something stands where a file or folder of ours belongs; it is gone before the next run."""

    kind: str


Prior: TypeAlias = Literal["nothing", "half", "old", "future", "whole"]
Source: TypeAlias = Literal["warcraftlogs", "feed", "parses"]
Fault: TypeAlias = HttpFault | DiskFault | Moment | KeyringFault | DataFault | Obstacle


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One run of the app with its faults; ``prior`` is what earlier runs have left."""

    seed: int
    number: int
    source: Source = "warcraftlogs"
    prior: Prior
    content: Literal["raid", "both"]
    place: Literal["plain", "odd", "long"]
    fresh: bool
    no_wait: bool
    threads: bool
    points: int
    faults: tuple[Fault, ...]

    def rng(self, purpose: str) -> Random:
        """Chance for one purpose, the same in each run of this plan."""
        return Random(f"{self.seed}/{self.number}/{purpose}")

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of all faults, those of the disk by their operation."""
        return frozenset(
            fault.operation if isinstance(fault, DiskFault) else getattr(fault, "kind", "damage")
            for fault in self.faults
        )

    @property
    def damaged(self) -> frozenset[str]:
        """The files of ours that are damaged before the run."""
        return frozenset(fault.file for fault in self.faults if isinstance(fault, DataFault))

    @property
    def in_the_way(self) -> frozenset[str]:
        """The kinds of the obstacles alone."""
        return frozenset(fault.kind for fault in self.faults if isinstance(fault, Obstacle))

    def loses_written(self, *rooms: str) -> bool:
        """Whether the power fails where fsync is refused: then nothing makes a file durable."""
        return "power loss" in self.kinds and any(
            isinstance(fault, DiskFault)
            and fault.operation in ("fsync", CHANGE)
            and fault.room in ("any", *rooms)
            and fault.error in REFUSED
            for fault in self.faults
        )

    @property
    def data_may_differ(self) -> bool:
        """Whether wrong data may be taken for true until they are fetched again.

        Of a feed only what its publisher has signed and nobody has seen newer.
        """
        if any(isinstance(fault, DataFault) for fault in self.faults):
            return True
        if self.source == "feed":
            return "older serial" in self.kinds and self.prior == "nothing"
        return bool(self.kinds & {*CHANGED_DATA, *CHANGED_EXPORTS})
