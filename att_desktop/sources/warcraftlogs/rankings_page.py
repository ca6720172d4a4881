"""One page of Warcraft Logs' character rankings of a spec in an encounter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, overload

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator


class TalentPoints(msgspec.Struct, gc=False):
    """One talent of a row, as it comes."""

    talentID: int  # noqa: N815 - the field's own name, decoded thousands of times
    points: int = 1


class TalentRows(Sequence[tuple[int, int]]):
    """(entry id, points) of a row, made when read: rows behind a full sample never are."""

    __slots__ = ("_points",)

    def __init__(self, points: Sequence[TalentPoints]) -> None:
        """``points`` are kept as they came."""
        self._points = points

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter([(each.talentID, each.points) for each in self._points])

    def __len__(self) -> int:
        return len(self._points)

    @overload
    def __getitem__(self, index: int) -> tuple[int, int]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[int, int]]: ...
    def __getitem__(self, index: int | slice) -> tuple[int, int] | Sequence[tuple[int, int]]:
        return list(self)[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingsRequest:
    """Which rankings, and which page of them.

    ``difficulty`` is Warcraft Logs' id (1 LFR, 3 Normal, 4 Heroic, 5 Mythic, 10 Mythic+, 0 for
    the highest there is), ``metric`` a CharacterRankingMetricType, ``partition`` None for the
    latest, ``page`` counts from 1.
    """

    encounter_id: int
    difficulty: int
    metric: str
    partition: int | None = None
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """One row: a character (raid) or a run of one (Mythic+).

    ``talents`` are (trait node entry id, points) as they came: granted talents and the hero
    choice included, losers of a choice sometimes with 0 points, empty when there were none.
    ``hidden`` rows ('Anonymous') have no server and no identity. ``report_code`` is None when no
    log stands behind the row.
    ``readable`` is false when a row was there that makes no sense: then nothing is known of it.
    """

    name: str
    server_id: int | None
    hidden: bool
    talents: Sequence[tuple[int, int]]
    report_code: str | None
    fight_id: int | None
    server: str | None = None
    readable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingsPage:
    """A page as it came, best rank first; rows that cannot be read keep their place."""

    request: RankingsRequest
    rows: tuple[Ranking, ...]
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingsError:
    """A page that did not come, while others of the same request may have.

    ``code`` and ``fields`` say why (``text.say``); ``retry`` tells whether the same request may
    well succeed later.
    """

    request: RankingsRequest
    code: str
    retry: bool
    fields: dict[str, str] = field(default_factory=dict)
