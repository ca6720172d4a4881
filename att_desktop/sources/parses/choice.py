"""Which of parses.gg's builds stands for an encounter: its tier, its cohort, its season.

Old seasons are mixed in: only encounters of the season at hand count, by id, else by name. The
best tenth of the players is taken where at least five players stand behind its build, else all
(as LoadoutPlanner does).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from att_desktop.game.content_types import CONTENT
from att_desktop.game.legal_codes import legal_code
from att_desktop.sources.parses.export import COHORTS, RAID_TIERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from att_desktop.game.content_types import ContentType
    from att_desktop.game.seasons import Season, SeasonEncounter
    from att_desktop.game.trees import TalentTrees
    from att_desktop.sources.parses.export import Cohort, Export, ExportedBuild, Tier

LEAST_PLAYERS: Final = 5
"""Players behind a build of the best tenth; with fewer all players are asked instead."""

_TRIED_DIFFICULTIES: Final = ("mythic", "heroic", "normal")
_ONLY_TIERS: Final[Mapping[ContentType, tuple[Tier, ...]]] = {"mythicplus": ("b10",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenBuild:
    """A legal build of the tree at hand, its code written anew. ``tier`` and ``cohort`` say whose
    it is; ``count`` of ``sample`` players use it."""

    code: str
    hero_tree: str | None
    count: int
    sample: int
    tier: Tier
    cohort: Cohort


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The builds of one spec and content type, by encounter id.

    ``general`` is that of the whole difficulty; where the source has none that can be used, the
    one that the most players of all encounters use. ``left_out`` counts unusable builds by the
    code of their first problem.
    """

    encounters: dict[int, ChosenBuild] = field(default_factory=dict)
    general: ChosenBuild | None = None
    left_out: Counter[str] = field(default_factory=Counter)


def tiers_of(content_type: ContentType, difficulty: str) -> tuple[Tier, ...]:
    """The tiers to take an encounter's build from, best first. ``auto``: Mythic, Heroic, Normal."""
    if CONTENT[content_type].difficulty is not None:
        return _ONLY_TIERS.get(content_type, ())
    if difficulty != "auto":
        return (RAID_TIERS[difficulty],)
    return tuple(RAID_TIERS[each] for each in _TRIED_DIFFICULTIES)


def choose_builds(
    exports: Sequence[Export],
    spec_id: int,
    season: Season,
    trees: TalentTrees,
    *,
    difficulty: str,
) -> Choices:
    """The builds of a spec in the encounters of a season."""
    choices = Choices()
    tiers = tiers_of(season.content_type, difficulty)
    sources = [_of_spec(export, spec_id) for export in _in_order(exports, tiers)]
    tested = _Tested(trees, spec_id, choices.left_out)
    for encounter in season.encounters:
        for export in sources:
            chosen = tested.first(export, _of_encounter(export, encounter))
            if chosen is not None:
                choices.encounters[encounter.encounter_id] = chosen
                break
    if not choices.encounters:
        return choices
    general = _whole_difficulty(sources, season, tested)
    return Choices(
        encounters=choices.encounters,
        general=general or _most_used(list(choices.encounters.values())),
        left_out=choices.left_out,
    )


def has_season(exports: Iterable[Export], season: Season) -> bool:
    """Whether there is a build of any spec in an encounter of the season, usable or not."""
    return any(
        _of_encounter(export, encounter) for export in exports for encounter in season.encounters
    )


def _whole_difficulty(
    sources: Sequence[Export], season: Season, tested: _Tested
) -> ChosenBuild | None:
    """The build of a whole difficulty, over all seasons: of use only where it has this one."""
    for export in sources:
        whole = [build for build in export.builds if build.encounter_id is None]
        if any(_of_encounter(export, encounter) for encounter in season.encounters):
            found = tested.first(export, whole)
            if found is not None:
                return found
    return None


def _in_order(exports: Sequence[Export], tiers: tuple[Tier, ...]) -> Iterable[Export]:
    by_key: Mapping[tuple[Tier, Cohort], Export] = {(e.tier, e.cohort): e for e in exports}
    for tier in tiers:
        for cohort in COHORTS:
            if (tier, cohort) in by_key:
                yield by_key[tier, cohort]


def _of_spec(export: Export, spec_id: int) -> Export:
    return replace(export, builds=tuple(b for b in export.builds if b.spec_id == spec_id))


def _of_encounter(export: Export, encounter: SeasonEncounter) -> list[ExportedBuild]:
    rows = [b for b in export.builds if b.encounter_id is not None]
    by_id = [b for b in rows if b.encounter_id == encounter.encounter_id]
    return by_id or [b for b in rows if _plain(b.label) == _plain(encounter.name)]


def _plain(name: str) -> str:
    return "".join(ch for ch in name.casefold() if ch.isalnum())


class _Tested:
    """Finds usable builds of one spec; counts what is left out, each code once."""

    def __init__(self, trees: TalentTrees, spec_id: int, left_out: Counter[str]) -> None:
        self._trees = trees
        self._spec_id = spec_id
        self._left_out = left_out
        self._counted: set[str] = set()

    def first(self, export: Export, rows: Iterable[ExportedBuild]) -> ChosenBuild | None:
        """The first usable of some rows, best supported first."""
        for row in sorted(rows, key=lambda each: -each.count):
            if export.cohort == "top10" and row.count < LEAST_PLAYERS:
                continue
            written = legal_code(row.code, self._spec_id, self._trees)
            if isinstance(written, str):
                self._leave_out(row.code, written)
            else:
                return ChosenBuild(
                    code=written.code,
                    hero_tree=written.hero_tree,
                    count=row.count,
                    sample=row.sample,
                    tier=export.tier,
                    cohort=export.cohort,
                )
        return None

    def _leave_out(self, code: str, problem: str) -> None:
        if code not in self._counted:
            self._counted.add(code)
            self._left_out[problem] += 1


def _most_used(builds: Sequence[ChosenBuild]) -> ChosenBuild:
    """The build with the most players over all encounters; ties go to the earlier encounter."""
    players: Counter[str] = Counter()
    for build in builds:
        players[build.code] += build.count
    code, count = players.most_common(1)[0]
    first = next(build for build in builds if build.code == code)
    return replace(first, count=count, sample=sum(build.sample for build in builds))
