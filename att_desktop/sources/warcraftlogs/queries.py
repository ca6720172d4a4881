"""The GraphQL documents, and nothing else of Warcraft Logs' v2 API is asked for.

Every document names its operation and carries ``rateLimitData``, which costs nothing inside of
another query. What differs from call to call goes in variables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from att_desktop.game.content_types import CONTENT

if TYPE_CHECKING:
    from att_desktop.game.specs import Spec
    from att_desktop.sources.warcraftlogs.rankings_page import RankingsRequest

Variable: TypeAlias = int | str | Sequence[int]

_ALWAYS_PLAYED: Final = 'className: "Mage", specName: "Frost"'
_ONLY_ONES: Final = {row.difficulty for row in CONTENT.values()}
_POINTS: Final = "rateLimitData { limitPerHour pointsSpentThisHour pointsResetIn }"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A document, its operation name and variables; ``pages`` pages of rankings are in it."""

    operation: str
    document: str
    variables: Mapping[str, Variable]
    pages: int = 0


def points_query() -> Query:
    """The points left, and nothing else."""
    return Query(operation="Points", document=f"query Points {{ {_POINTS} }}", variables={})


def zones_query() -> Query:
    """All that the choice of a season needs to know of every zone."""
    document = (
        f"query Zones {{ {_POINTS} worldData {{ expansions {{ id name zones {{ id name frozen "
        "difficulties { id name } partitions { id name default } "
        "encounters { id name journalID } } } } }"
    )
    return Query(operation="Zones", document=document, variables={})


def live_query(probes: Sequence[tuple[int, int]]) -> Query:
    """Whether (encounter id, difficulty) has rankings, two pages each.

    ``p0``, ``p1``, ... are of all classes together. ``q0``, ... are of one spec that is always
    played, in the highest difficulty: should no page of all classes, or none of the asked
    difficulty, be kept for a zone, the zone does not look empty.
    """
    variables: dict[str, Variable] = {}
    for index, (encounter_id, difficulty) in enumerate(probes):
        variables[f"e{index}"] = encounter_id
        variables[f"d{index}"] = difficulty
    heads = [f"$e{index}: Int!, $d{index}: Int!" for index in range(len(probes))]
    fields = [
        f"{alias}{index}: encounter(id: $e{index}) {{ characterRankings("
        f"{who}leaderboard: LogsOnly) }}"
        for index, (_, difficulty) in enumerate(probes)
        for alias, who in (
            ("p", f"difficulty: $d{index}, "),
            # Dungeons have one difficulty, which the pages of an update leave out too.
            (
                "q",
                _ALWAYS_PLAYED + ("" if difficulty in _ONLY_ONES else f"difficulty: $d{index}, "),
            ),
        )
    ]
    document = f"query Live({', '.join(heads)}) {{ {_POINTS} worldData {{ {' '.join(fields)} }} }}"
    return Query(operation="Live", document=document, variables=variables, pages=len(fields))


def rankings_query(spec: Spec, wanted: Sequence[RankingsRequest]) -> Query:
    """All first pages of a unit in one request, aliased ``b0``, ``b1``, ... in the order asked.

    A partition of None and a difficulty of 0 are left out of the variables: then Warcraft Logs
    takes the latest partition and the highest difficulty.
    """
    variables: dict[str, Variable] = {"className": spec.class_slug, "specName": spec.slug}
    heads = ["$className: String!", "$specName: String!"]
    fields = []
    for index, request in enumerate(wanted):
        variables[f"e{index}"] = request.encounter_id
        if request.difficulty:
            variables[f"d{index}"] = request.difficulty
        variables[f"m{index}"] = request.metric
        variables[f"p{index}"] = request.page
        if request.partition is not None:
            variables[f"t{index}"] = request.partition
        heads.append(
            f"$e{index}: Int!, $d{index}: Int, $m{index}: CharacterRankingMetricType!, "
            f"$p{index}: Int!, $t{index}: Int"
        )
        fields.append(
            f"b{index}: encounter(id: $e{index}) {{ characterRankings("
            f"className: $className, specName: $specName, difficulty: $d{index}, "
            f"metric: $m{index}, page: $p{index}, partition: $t{index}, "
            "leaderboard: LogsOnly, includeCombatantInfo: true) }"
        )
    document = (
        f"query Rankings({', '.join(heads)}) {{ {_POINTS} worldData {{ {' '.join(fields)} }} }}"
    )
    return Query(operation="Rankings", document=document, variables=variables, pages=len(wanted))


def actors_query(report_code: str) -> Query:
    """The players of a report."""
    document = (
        f"query Actors($code: String!) {{ {_POINTS} reportData {{ report(code: $code) {{ "
        'masterData(translate: false) { actors(type: "Player") { id name server subType } } '
        "} } }"
    )
    return Query(operation="Actors", document=document, variables={"code": report_code})


def import_code_query(report_code: str, fight_id: int, actor_id: int) -> Query:
    """Warcraft Logs' own import code of one player in one fight."""
    document = (
        "query ImportCode($code: String!, $fights: [Int], $actor: Int!) { "
        f"{_POINTS} reportData {{ report(code: $code) {{ "
        "fights(fightIDs: $fights, translate: false) { id talentImportCode(actorID: $actor) } "
        "} } }"
    )
    return Query(
        operation="ImportCode",
        document=document,
        variables={"code": report_code, "fights": (fight_id,), "actor": actor_id},
    )
