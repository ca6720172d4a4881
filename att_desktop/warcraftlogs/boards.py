"""Boards: one page of Warcraft Logs' character rankings of a spec in an encounter."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BoardFailed", "BoardPage", "BoardRequest", "Ranking"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRequest:
    """Which board, and which page of it.

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
    ``hidden`` rows ('Anonymous') have no server and no identity. ``start_time`` is in
    milliseconds since 1970. ``report_code`` is None when no log stands behind the row.
    """

    name: str
    server_id: int | None
    hidden: bool
    talents: tuple[tuple[int, int], ...]
    report_code: str | None
    fight_id: int | None
    start_time: int
    server: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """A page as it came, best rank first; ``unreadable`` rows were left out."""

    request: BoardRequest
    rows: tuple[Ranking, ...]
    has_more: bool
    unreadable: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFailed:
    """A board that did not come, while others of the same request may have.

    ``retry`` tells whether the same request may well succeed later.
    """

    request: BoardRequest
    sentence: str
    retry: bool
