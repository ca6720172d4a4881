"""The results of one spec, made ready to look at. No Qt here.

Codes are decoded when they are needed and once: a spec's general result alone holds hundreds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from att_desktop.game.confidence import undecided
from att_desktop.game.content_types import CONTENT_TYPES, ContentType
from att_desktop.game.core_talents import turns
from att_desktop.game.legal_codes import legal_selection
from att_desktop.game.pick_rates import Counted, HeroShare, PickRates, hero_shares, pick_rates
from att_desktop.game.swaps import swaps
from att_desktop.system.times import parse_time
from att_desktop.text import _
from att_desktop.text.names import general_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from att_desktop.game.builds import Selection
    from att_desktop.game.core_talents import Turn
    from att_desktop.game.results import Build, EncounterRecord, UnitRecord
    from att_desktop.game.swaps import Swaps
    from att_desktop.game.trees import TalentTree, TalentTrees
    from att_desktop.update.history import MostPlayed
    from att_desktop.update.library import Library

Group: TypeAlias = Literal["general"] | ContentType
GROUPS: Final[tuple[Group, ...]] = ("general", *CONTENT_TYPES)
"""In the order of the lists."""

_CODES_AT_ONCE: Final = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRef:
    """A build that can be shown, copied and compared, wherever it came from.

    ``count`` and ``sample`` are None for codes and talents that no sample stands behind,
    ``support`` also where it was not counted.
    ``result_key`` names the result whose sample it is of ('' for none), ``number`` its place
    there, from 1, and 0 for the best; ``source`` is that of its result, ``origin`` says where one
    without a sample is from. ``note`` is a sentence to be shown with it.
    """

    spec_id: int
    title: str
    code: str
    selection: Selection
    hero_tree: str | None
    count: int | None = None
    sample: int | None = None
    support: int | None = None
    fetched_at: datetime | None = None
    result_key: str = ""
    number: int = 0
    source: str = ""
    origin: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One line of the encounter list.

    ``apart`` are the swaps between the best build and the general build of the same content; None
    where there is none to compare with; ``general_fits`` when that build serves the players of the
    encounter nearly as well. ``best`` is None when the code
    does not fit the talent trees of the app. ``played`` tells since when its best build is that,
    where it is known, and ``former_apart`` how far it is from the one before it.
    """

    key: str
    group: Group
    title: str
    content_type: ContentType
    record: UnitRecord | EncounterRecord
    best: BuildRef | None
    apart: Swaps | None
    general_fits: bool = False
    played: MostPlayed | None = None
    former_apart: Swaps | None = None

    @property
    def best_only(self) -> bool:
        """True where the source tells the best build alone: no sample to count rates in."""
        record = self.record
        whole = not record.cohort and record.best_build.count >= record.sample_size
        return len(record.all_builds) == 1 and record.best_build.support is None and not whole

    @property
    def fetched_at(self) -> datetime:
        """When it was fetched; aware, UTC."""
        return parse_time(self.record.fetched_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """What the sample of a result says. ``unreadable`` players have codes of other trees.

    ``undecided`` builds cannot be told from the best one by count; 0 for results of version 1,
    where the best build is just the most frequent one.
    """

    builds: tuple[Counted, ...]
    rates: PickRates
    heroes: tuple[HeroShare, ...]
    unreadable: int
    undecided: int


class SpecResults:
    """All results of one spec in one library. Keeps what it has worked out."""

    def __init__(self, library: Library, trees: TalentTrees, spec_id: int) -> None:
        self.spec_id = spec_id
        self._trees = trees
        self._records = _records_of(library, spec_id)
        self._selections: dict[str, Selection | None] = {}
        self._samplings: dict[str, Sampling] = {}
        self._turns: dict[ContentType, Mapping[tuple[int, int], Turn]] = {}
        self.results = tuple(self._read(library))
        self._by_key = {result.key: result for result in self.results}

    @property
    def tree(self) -> TalentTree:
        """The spec's talent tree."""
        return self._trees.tree(self.spec_id)

    def result(self, key: str) -> Result | None:
        """A result by its key ('raid', 'mythicplus', or the encounter id as text)."""
        return self._by_key.get(key)

    def same_in(self, library: Library) -> bool:
        """True when a library holds the same results of this spec: nothing has to be shown anew."""
        return bool(self._records) and self._records == _records_of(library, self.spec_id)

    def selection_of(self, code: str) -> Selection | None:
        """The selection that a code stands for, None when it does not fit these trees."""
        if code not in self._selections:
            self._selections[code] = legal_selection(code, self.spec_id, self._trees)
        return self._selections[code]

    def sampling(self, key: str) -> Sampling | None:
        """The sample behind a result; works it out now if that was not done yet."""
        for _step in self.prepare(key):
            pass
        return self._samplings.get(key)

    def ready(self, key: str) -> Sampling | None:
        """The sample behind a result if it is worked out already."""
        return self._samplings.get(key)

    def prepare(self, key: str) -> Iterator[None]:
        """Work a sample out in small steps, so that a window can go on in between."""
        result = self._by_key.get(key)
        if result is None or key in self._samplings:
            return
        builds, unreadable = [], 0
        for number, build in enumerate(result.record.all_builds, start=1):
            selection = self.selection_of(build.talent_code)
            if selection is None:
                unreadable += build.count
            else:
                builds.append(Counted(selection=selection, count=build.count))
            if number % _CODES_AT_ONCE == 0:
                yield
        yield
        rates = pick_rates(self.tree, builds)
        yield
        heroes = hero_shares(self.tree, builds)
        nearest = result.record.best_build.support is not None
        self._samplings[key] = Sampling(
            builds=tuple(builds),
            rates=rates,
            heroes=heroes,
            unreadable=unreadable,
            undecided=undecided(build.count for build in builds) if nearest else 0,
        )
        yield

    def prepare_turns(self, content_type: ContentType) -> Iterator[None]:
        """Work out every sample of a content type: ``turns`` then has an answer."""
        for result in self._sampled(content_type):
            yield from self.prepare(result.key)

    def turns(self, content_type: ContentType) -> Mapping[tuple[int, int], Turn] | None:
        """Which encounters decide otherwise than the general sample, by (node id, entry id).

        Encounters are named by their titles. None before ``prepare_turns`` has come to its end;
        empty where there is nothing to tell it from.
        """
        if content_type not in self._turns:
            rates = {
                result.key: sampling.rates
                for result in self._sampled(content_type)
                if (sampling := self._samplings.get(result.key)) is not None
            }
            if len(rates) < len(self._sampled(content_type)):
                return None
            general = rates.pop(content_type, None)
            named = {self._by_key[key].title: one for key, one in rates.items()}
            self._turns[content_type] = turns(general, named) if general else {}
        return self._turns[content_type]

    def _sampled(self, content_type: ContentType) -> list[Result]:
        """The results of a content type whose source tells a whole sample."""
        return [
            result
            for result in self.results
            if result.content_type == content_type and not result.best_only
        ]

    def build_ref(self, result: Result, number: int) -> BuildRef | None:
        """A build of a result's sample by its place there, from 1; None when its code does not
        fit."""
        build, title = result.record.all_builds[number - 1], result.title
        if build.talent_code == result.record.best_build.talent_code:
            number = 0
        else:
            # TRANSLATORS: a boss or dungeon, and which of its builds: 'Plexus Sentinel, build 3'.
            title = _("{encounter}, build {number}").format(encounter=title, number=number)
        return self._ref(result.record, result.key, build, title, number)

    def build_of_code(self, result: Result, code: str) -> BuildRef | None:
        """A build of a result's sample by its code: all codes of samples are written here."""
        codes = [build.talent_code for build in result.record.all_builds]
        return self.build_ref(result, codes.index(code) + 1) if code in codes else None

    def _ref(
        self,
        record: UnitRecord | EncounterRecord,
        key: str,
        build: Build,
        title: str,
        number: int = 0,
    ) -> BuildRef | None:
        selection = self.selection_of(build.talent_code)
        if selection is None:
            return None
        return BuildRef(
            spec_id=self.spec_id,
            title=title,
            code=build.talent_code,
            selection=selection,
            hero_tree=build.hero_tree,
            count=build.count,
            sample=record.sample_size,
            support=build.support,
            fetched_at=parse_time(record.fetched_at),
            result_key=key,
            number=number,
            source=record.source,
        )

    def _read(self, library: Library) -> Iterator[Result]:
        general: dict[ContentType, BuildRef] = {}
        for content_type in CONTENT_TYPES:
            unit = library.unit(self.spec_id, content_type)
            if unit is None:
                continue
            title = general_title(content_type)
            best = self._ref(unit, content_type, unit.best_build, title)
            if best is not None:
                general[content_type] = best
            yield Result(
                key=content_type,
                group="general",
                title=title,
                content_type=content_type,
                record=unit,
                best=best,
                apart=None,
                **self._played(library, unit, best),
            )
        for record in library.encounters_of(self.spec_id):
            key, title = str(record.encounter_id), record.encounter_name
            best = self._ref(record, key, record.best_build, title)
            usual = general.get(record.content_type)
            yield Result(
                key=key,
                group=record.content_type,
                title=title,
                content_type=record.content_type,
                record=record,
                best=best,
                apart=swaps(self.tree, best.selection, usual.selection) if best and usual else None,
                general_fits=record.general_fits,
                **self._played(library, record, best),
            )

    def _played(
        self, library: Library, record: UnitRecord | EncounterRecord, best: BuildRef | None
    ) -> dict[str, Any]:
        played = library.history.most_played(record)
        former = self.selection_of(played.former) if played and played.former else None
        apart = swaps(self.tree, former, best.selection) if former and best else None
        return {"played": played, "former_apart": apart}


def _records_of(library: Library, spec_id: int) -> list[UnitRecord | EncounterRecord]:
    units = [library.unit(spec_id, content_type) for content_type in CONTENT_TYPES]
    return [*(unit for unit in units if unit is not None), *library.encounters_of(spec_id)]
