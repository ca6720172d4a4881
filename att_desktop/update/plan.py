"""What an update has to fetch, and under which configuration its results are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from att_desktop.game.content_types import CONTENT, CONTENT_TYPES
from att_desktop.game.results import CheckpointConfig, Unit
from att_desktop.game.specs import SPECS
from att_desktop.system.errors import AttError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from att_desktop.config.settings import Difficulty, MplusMetric
    from att_desktop.game.content_types import ContentType
    from att_desktop.game.seasons import SeasonEncounter, Seasons
    from att_desktop.game.specs import Spec

DIFFICULTIES: Final[dict[Difficulty, int]] = {"normal": 3, "heroic": 4, "mythic": 5}
"""Warcraft Logs' difficulty ids of raids."""

MIN_MYTHIC_ROWS: Final = 10
"""With fewer Mythic rows, ``auto`` takes an encounter's Heroic rankings."""


class UnknownEncounter(AttError):
    """The encounter that was asked for is in none of the zones to fetch, or may be several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateOptions:
    """What the player wants of an update.

    ``encounter`` is an id or a name (any case, part of it if that is unique). ``fresh`` fetches
    also what is up to date. ``wait`` False stops instead of waiting for points. ``first`` are
    specs whose units come before all others, in this order. ``zones`` are Warcraft Logs' ids of
    the seasons that the player chose in place of the current ones.
    """

    spec_ids: tuple[int, ...] = tuple(SPECS)
    first: tuple[int, ...] = ()
    content: tuple[ContentType, ...] = CONTENT_TYPES
    encounter: str | None = None
    difficulty: Difficulty = "auto"
    top_n: int = 50
    fresh: bool = False
    wait: bool = True
    freshness: timedelta = timedelta(hours=12)
    mplus_metric: MplusMetric = "playerscore"
    zones: Mapping[ContentType, int] = field(default_factory=dict)


def units_of(options: UpdateOptions) -> list[Unit]:
    """The units of an update, spec by spec, those of ``options.first`` before the others."""
    wanted = [spec_id for spec_id in options.first if spec_id in options.spec_ids]
    return [
        Unit(spec_id=spec_id, content_type=content)
        for spec_id in dict.fromkeys((*wanted, *options.spec_ids))
        for content in CONTENT_TYPES
        if content in options.content
    ]


def checkpoint_config(
    options: UpdateOptions, seasons: Seasons, tree_version: str
) -> CheckpointConfig:
    """What the results of this update depend on."""
    zones = {season.content_type: (season.zone_id, season.partition) for season in seasons.played}
    raid_zone_id, raid_partition = zones.pop("raid", (None, None))
    mplus_zone_id, mplus_partition = zones.pop("mythicplus", (None, None))
    return CheckpointConfig(
        raid_zone_id=raid_zone_id,
        mplus_zone_id=mplus_zone_id,
        raid_partition=raid_partition,
        mplus_partition=mplus_partition,
        difficulty=options.difficulty,
        top_n_players=options.top_n,
        tree_version=tree_version
        if options.mplus_metric == "playerscore"
        else f"{tree_version}+{options.mplus_metric}",
        more_zones={str(content): zone for content, zone in zones.items()},
    )


def metric_of(spec: Spec, content: ContentType, mplus_metric: MplusMetric) -> str:
    """Warcraft Logs' ``metric``: score for Mythic+, else what the role is there for."""
    own = CONTENT[content].metric
    if own is not None and mplus_metric == own:
        return own
    return "hps" if spec.role == "healer" else "dps"


def named_encounters(
    seasons: Seasons, wanted: str, content: Sequence[ContentType]
) -> dict[ContentType, tuple[SeasonEncounter, ...]]:
    """The encounters of ``content`` that ``wanted`` names, at least one.

    An id or a whole name in any case, else the only name that has it in it. Raises
    UnknownEncounter.
    """
    plain = wanted.strip().casefold()
    known = [
        (kind, encounter)
        for kind in CONTENT_TYPES
        if (season := seasons.of(kind)) is not None
        for encounter in season.encounters
    ]
    exact = [
        (kind, encounter)
        for kind, encounter in known
        if plain in (str(encounter.encounter_id), encounter.name.casefold())
    ]
    like = exact or [
        (kind, each) for kind, each in known if plain and plain in each.name.casefold()
    ]
    found = [(kind, encounter) for kind, encounter in like if kind in content]
    if not found:
        raise _nothing_of(content, wanted, like)
    if len(found) > 1 and not exact:
        names = [encounter.name for _, encounter in found]
        raise UnknownEncounter("encounter.several", name=wanted, count=len(found), encounters=names)
    return {
        kind: tuple(encounter for its_kind, encounter in found if its_kind == kind)
        for kind in dict(found)
    }


def _nothing_of(
    content: Sequence[ContentType],
    wanted: str,
    elsewhere: Sequence[tuple[ContentType, SeasonEncounter]],
) -> UnknownEncounter:
    if elsewhere:
        kind, encounter = elsewhere[0]
        return UnknownEncounter(f"encounter.in_{kind}", name=encounter.name)
    code = "encounter.unknown"
    if len(content) == 1:
        code = f"encounter.unknown_{content[0]}"
    return UnknownEncounter(code, name=wanted)
