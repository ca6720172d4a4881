"""``history.json``: which build was the most played one, and since when, season by season.

Small on purpose: of each spec and encounter the last few best builds, of former seasons the last
one. Results themselves are in the checkpoint; what is lost here costs 'since Tuesday' only.
"""

from __future__ import annotations

import contextlib
import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple, TypeAlias

import msgspec
from msgspec import Meta

from att_desktop.game.changes import BuildChange, own_first
from att_desktop.game.confidence import COMMON
from att_desktop.game.content_types import ContentType
from att_desktop.game.legal_codes import legal_selection
from att_desktop.game.results import EncounterRecord
from att_desktop.game.selections import hero_tree_of
from att_desktop.game.swaps import swaps
from att_desktop.system.errors import os_reason
from att_desktop.system.files import write_own
from att_desktop.system.json_data import UnreadableJson, decode_json
from att_desktop.system.times import parse_time
from att_desktop.update import events
from att_desktop.update.events import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from att_desktop.game.builds import Selection
    from att_desktop.game.results import Unit, UnitRecord
    from att_desktop.game.trees import TalentTrees
    from att_desktop.update.events import Event

VERSION: Final = 1
GENERAL: Final = 0
"""Stands for the encounter id of a general build."""

UNREADABLE: Final = "history.unreadable"
"""The file may be fine, but the system does not let us read it: it is not written over."""

_MAX_BYTES: Final = 32_000_000
_MAX_TRACKS: Final = 4000
_MAX_STEPS: Final = 3
_MAX_SEASONS: Final = 12
_MAX_CHANGES: Final = 1000
_log = logging.getLogger(__name__)

_Time: TypeAlias = Annotated[datetime, Meta(tz=True)]
Record: TypeAlias = "UnitRecord | EncounterRecord"
_Place: TypeAlias = tuple[int, int]
"""Spec id and encounter id."""


class _Step(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A build that was the most played one from ``since`` to ``last``.

    ``count`` of ``players`` used it when it was fetched last.
    """

    code: str
    count: int
    players: int
    since: _Time
    last: _Time


class _Track(msgspec.Struct, frozen=True, kw_only=True):
    spec_id: int
    encounter_id: int
    steps: list[_Step]


class _Season(NamedTuple):
    """What results must share so that one is held against the other."""

    source: str
    content_type: ContentType
    zone_id: int
    difficulty: str


class _StoredSeason(msgspec.Struct, frozen=True, kw_only=True):
    source: str
    content_type: ContentType
    zone_id: int
    difficulty: str
    tracks: list[_Track]


class _File(msgspec.Struct):
    version: int
    seasons: list[msgspec.Raw] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class MostPlayed:
    """Since when a build is the most played one; aware, UTC.

    ``former`` is the code of the build before it, '' where none is known: then it may have been
    the most played one for longer.
    """

    since: datetime
    former: str = ""


@dataclass(kw_only=True)
class History:
    """All that is kept. ``problem`` says why the file, or a part of it, was of no use."""

    seasons: dict[_Season, dict[_Place, list[_Step]]] = field(default_factory=dict)
    problem: Reason | None = None

    @cached_property
    def _by_result(self) -> dict[tuple[ContentType, int, int, str, datetime], list[_Step]]:
        return {
            (season.content_type, *place, steps[-1].code, steps[-1].last): steps
            for season, tracks in self.seasons.items()
            for place, steps in tracks.items()
        }

    def most_played(self, record: Record) -> MostPlayed | None:
        """How long the best build of a result is the most played one; None if it is not known."""
        steps = self._by_result.get(
            (
                record.content_type,
                record.spec_id,
                _encounter_id(record),
                record.best_build.talent_code,
                parse_time(record.fetched_at),
            )
        )
        if not steps:
            return None
        return MostPlayed(since=steps[-1].since, former=steps[-2].code if len(steps) > 1 else "")


def read_history(path: Path) -> History:
    """Read the file; never raises. A season that cannot be read costs that season only."""
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
        stored = decode_json(data, _File)
    except (FileNotFoundError, NotADirectoryError):
        return History()
    except OSError as error:
        return History(problem=Reason(UNREADABLE, {"reason": os_reason(error)}))
    except UnreadableJson:
        return History(problem=Reason("history.damaged"))
    if stored.version != VERSION:
        return History(problem=Reason("history.damaged"))
    history = History()
    for raw in stored.seasons[:_MAX_SEASONS]:
        try:
            season = decode_json(raw, _StoredSeason)
        except UnreadableJson:
            history.problem = Reason("history.damaged")
            continue
        key = _Season(season.source, season.content_type, season.zone_id, season.difficulty)
        history.seasons[key] = {
            (track.spec_id, track.encounter_id): track.steps[-_MAX_STEPS:]
            for track in season.tracks
            if track.steps
        }
    return history


class HistoryWriter:
    """Notes the best builds of one run and collects what changed since the run before."""

    def __init__(self, path: Path, trees: TalentTrees, own: Sequence[int]) -> None:
        """``own`` are the player's specs, in the player's order."""
        self._path = path
        self._trees = trees
        self._own = own
        self._is_dirty = False
        self._changes: list[BuildChange] = []
        self._compared = 0
        self._selections: dict[tuple[int, str], Selection | None] = {}

    @cached_property
    def _history(self) -> History:
        """Read when it is first needed: by then this run is the one writer."""
        return read_history(self._path)

    def note(
        self,
        units: Mapping[Unit, UnitRecord],
        encounters: Iterable[EncounterRecord],
        difficulty: str,
    ) -> None:
        """Note the best builds of these results; what is known or older changes nothing.

        ``difficulty`` is the setting that they were fetched with.
        """
        zones: dict[tuple[int, ContentType], int] = {}
        encounters = list(encounters)
        for record in encounters:
            zones[record.spec_id, record.content_type] = record.zone_id
        records: list[Record] = [*units.values(), *encounters]
        for each in records:
            zone = zones.get((each.spec_id, each.content_type), 0)
            of_raid = difficulty if each.content_type == "raid" else ""
            self._note(_Season(each.source, each.content_type, zone, of_raid), each)

    def finish(self, report: Callable[[Event], None]) -> None:
        """Save, and report what changed, also that nothing did where older results were there.

        A file that cannot be written costs the history only.
        """
        problem = self._history.problem
        if problem is not None:
            _log.warning("%s %s", problem.code, problem.fields)
            report(events.Notice(code=problem.code, fields=problem.fields))
        if self._is_dirty and (problem is None or problem.code != UNREADABLE):
            self._save(report)
        if self._compared:
            ordered = own_first(self._changes, self._own)
            report(
                events.BuildsChanged(
                    changes=tuple(ordered[:_MAX_CHANGES]), total=len(ordered), own=tuple(self._own)
                )
            )
        self._changes, self._compared = [], 0

    def _save(self, report: Callable[[Event], None]) -> None:
        try:
            if self._history.problem is not None:
                with contextlib.suppress(OSError):
                    self._path.replace(self._path.with_name("history.broken.json"))
            write_own(self._path, _encoded(self._history))
        except OSError as error:
            fields: events.Fields = {"reason": os_reason(error)}
            _log.warning("history.not_saved %s", fields)
            report(events.Notice(code="history.not_saved", fields=fields))
        else:
            self._is_dirty = False
            self._history.problem = None

    def _note(self, season: _Season, record: Record) -> None:
        tracks = self._history.seasons.setdefault(season, {})
        place = (record.spec_id, _encounter_id(record))
        steps = tracks.setdefault(place, [])
        former = steps[-1] if steps else None
        fetched = parse_time(record.fetched_at)
        # A time in the future comes from a wrong clock, and must not stop the history.
        if former is not None and fetched <= former.last <= datetime.now(UTC):
            return
        is_same = former is not None and self._is_same(former.code, record)
        step = _Step(
            code=record.best_build.talent_code,
            count=record.best_build.count,
            players=record.sample_size,
            since=former.since if former is not None and is_same else fetched,
            last=fetched,
        )
        if is_same:
            self._compared += 1
            steps[-1] = step
        else:
            steps.append(step)
            del steps[:-_MAX_STEPS]
            if former is not None:
                self._changed(record, former.code)
        self._is_dirty = True

    def _is_same(self, code: str, record: Record) -> bool:
        """Whether a code and that of the best build stand for one selection: writers of codes
        differ over the versions."""
        best = record.best_build.talent_code
        if code == best:
            return True
        selection = self._selection_of(code, record.spec_id)
        return selection is not None and selection == self._selection_of(best, record.spec_id)

    def _changed(self, record: Record, former_code: str) -> None:
        """Keep the change for the report, unless it says nothing: talents were changed by a patch,
        or no build is common among the players."""
        best = record.best_build
        new, former = (
            self._selection_of(code, record.spec_id) for code in (best.talent_code, former_code)
        )
        if new is None or former is None or (best.support is not None and best.support < COMMON):
            return
        self._compared += 1
        tree = self._trees.tree(record.spec_id)
        apart = swaps(tree, former, new)
        former_hero = hero_tree_of(tree, former)
        self._changes.append(
            BuildChange(
                spec_id=record.spec_id,
                content_type=record.content_type,
                encounter_id=_encounter_id(record),
                encounter_name=getattr(record, "encounter_name", ""),
                swaps=apart.number,
                other_hero=apart.other_hero,
                hero_tree=best.hero_tree,
                former_hero_tree=former_hero.name if former_hero is not None else None,
            )
        )

    def _selection_of(self, code: str, spec_id: int) -> Selection | None:
        key = (spec_id, code)
        if key not in self._selections:
            self._selections[key] = legal_selection(code, spec_id, self._trees)
        return self._selections[key]


def _encounter_id(record: Record) -> int:
    return record.encounter_id if isinstance(record, EncounterRecord) else GENERAL


def _encoded(history: History) -> bytes:
    newest = {
        season: max(steps[-1].last for steps in tracks.values())
        for season, tracks in history.seasons.items()
        if tracks
    }
    kept = sorted(newest, key=lambda season: newest[season], reverse=True)[:_MAX_SEASONS]
    current: set[tuple[str, ContentType]] = set()
    seasons = []
    for season in kept:
        is_current = (season.source, season.content_type) not in current
        current.add((season.source, season.content_type))
        tracks = sorted(history.seasons[season].items(), key=lambda track: track[1][-1].last)
        seasons.append(
            _StoredSeason(
                **season._asdict(),
                tracks=[
                    _Track(
                        spec_id=spec_id,
                        encounter_id=encounter_id,
                        steps=steps if is_current else steps[-1:],
                    )
                    for (spec_id, encounter_id), steps in sorted(tracks[-_MAX_TRACKS:])
                ],
            )
        )
    return msgspec.json.encode({"version": VERSION, "seasons": seasons})
