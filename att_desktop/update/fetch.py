"""Fetching one unit: its rankings, more pages where a sample needs them, another difficulty."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from att_desktop.game.content_types import CONTENT
from att_desktop.sources.warcraftlogs.rankings_page import (
    RankingsError,
    RankingsPage,
    RankingsRequest,
)
from att_desktop.update.events import Reason
from att_desktop.update.plan import DIFFICULTIES, MIN_MYTHIC_ROWS, metric_of
from att_desktop.update.sampling import Sample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from att_desktop.game.results import Unit
    from att_desktop.game.seasons import Season, SeasonEncounter
    from att_desktop.game.specs import Spec
    from att_desktop.game.trees import TalentTree
    from att_desktop.update.plan import UpdateOptions

# A failing alias is asked again with the others' answers already at hand.
_ROUNDS_FOR_A_FAILING_PAGE = 3


class RankingsSource(Protocol):
    """What fetching needs of the Warcraft Logs client."""

    async def rankings(
        self, spec: Spec, wanted: Sequence[RankingsRequest]
    ) -> list[RankingsPage | RankingsError]:
        """One request for all of ``wanted``."""


@dataclass(kw_only=True)
class EncounterSample:
    """The sample of one encounter while it grows; ``failed`` says why it could not.

    ``refused`` is what was said when Mythic was refused, and Heroic is asked for instead.
    """

    encounter: SeasonEncounter
    sample: Sample
    request: RankingsRequest
    only_difficulty: int = 0
    failed: Reason | None = None
    refused: Reason | None = None
    tries: int = 0
    has_rows: bool = False

    @property
    def difficulty(self) -> int:
        """Warcraft Logs' difficulty id of the rankings that were taken."""
        return self.request.difficulty or self.only_difficulty


async def fetch_unit(
    client: RankingsSource,
    unit: Unit,
    spec: Spec,
    tree: TalentTree,
    season: Season,
    encounters: Sequence[SeasonEncounter],
    options: UpdateOptions,
) -> list[EncounterSample]:
    """The samples of a unit's encounters, in the order of the zone.

    The first request asks for page 1 of all; others follow only for encounters whose sample is
    not full yet, whose Mythic rankings are too few, or that failed. Raises what the client raises
    for errors that concern the whole request.
    """
    metric = metric_of(spec, unit.content_type, options.mplus_metric)
    samples = [
        EncounterSample(
            encounter=encounter,
            sample=Sample(tree, options.top_n),
            request=RankingsRequest(
                encounter_id=encounter.encounter_id,
                difficulty=_first_difficulty(unit, season, options),
                partition=season.partition,
                metric=metric,
                page=1,
            ),
            only_difficulty=CONTENT[unit.content_type].difficulty or 0,
        )
        for encounter in encounters
    ]
    open_samples = samples
    while open_samples:
        answers = await client.rankings(spec, [sample.request for sample in open_samples])
        open_samples = [
            sample
            for sample, answer in zip(open_samples, answers, strict=True)
            if _add_answer(sample, answer, auto=options.difficulty == "auto")
        ]
    return samples


def _first_difficulty(unit: Unit, season: Season, options: UpdateOptions) -> int:
    if CONTENT[unit.content_type].difficulty is not None:
        return 0  # the only one of the zone: left to Warcraft Logs
    if options.difficulty != "auto":
        return DIFFICULTIES[options.difficulty]
    mythic = DIFFICULTIES["mythic"]
    # Some raids have no Mythic; asking for it would be refused.
    has_mythic = mythic in season.difficulties or not season.difficulties
    return mythic if has_mythic else DIFFICULTIES["heroic"]


def _add_answer(
    sample: EncounterSample, answer: RankingsPage | RankingsError, *, auto: bool
) -> bool:
    """Put an answer into its sample. Returns whether the encounter is to be asked again."""
    request = sample.request
    first_mythic = request.page == 1 and request.difficulty == DIFFICULTIES["mythic"]
    if isinstance(answer, RankingsError):
        sample.tries += 1
        refused = answer.code == "wcl.difficulty_refused"
        if refused and request.difficulty == 0 and sample.only_difficulty:
            # Refused without a difficulty: ask again with it.
            sample.request = replace(request, difficulty=sample.only_difficulty)
            return True
        if refused and auto and first_mythic:
            # One boss of a raid may have no Mythic where the others have.
            sample.refused = Reason(answer.code, {**answer.fields})
            sample.request = replace(request, difficulty=DIFFICULTIES["heroic"])
            return True
        again = answer.retry and sample.tries < _ROUNDS_FOR_A_FAILING_PAGE
        if not again:
            sample.failed = Reason(answer.code, {**answer.fields})
        return again
    if sample.refused and not answer.rows:
        # No rankings here either, so the refusal need not have been about the difficulty.
        sample.failed = sample.refused
        return False
    if auto and first_mythic and len(answer.rows) < MIN_MYTHIC_ROWS:
        sample.request = replace(request, difficulty=DIFFICULTIES["heroic"])
        return True
    sample.has_rows = sample.has_rows or bool(answer.rows)
    sample.sample.add(answer.rows)
    if answer.has_more and answer.rows and sample.sample.wants_more:
        sample.request = replace(request, page=request.page + 1)
        return True
    return False
