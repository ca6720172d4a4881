"""What ``GET /api/builds/export`` of parses.gg answers, read with care.

Shape (as two public projects document it, 2026-11): ``{gameBuild, tier, cohort, specs: [{specId,
classId, partition, encounters: [{encounterId, label, exportCode, count, sample}]}]}``. An encounter
without an id is the whole difficulty over all seasons. One broken spec or encounter costs itself
only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import msgspec

from att_desktop.game.builds import MOST_PLAYERS
from att_desktop.system.errors import AttError
from att_desktop.system.json_data import UnreadableJson, decode_json

Tier: TypeAlias = Literal["b10", "d14", "d15", "d16"]
Cohort: TypeAlias = Literal["top10", "all"]

TIERS: Final[tuple[Tier, ...]] = ("b10", "d16", "d15", "d14")
"""Keystones 10 and up; Mythic, Heroic and Normal raids (the game's difficulty ids)."""
RAID_TIERS: Final[dict[str, Tier]] = {"mythic": "d16", "heroic": "d15", "normal": "d14"}
COHORTS: Final[tuple[Cohort, ...]] = ("top10", "all")
"""The best tenth of the players, and all of them."""

_MAX_CODE: Final = 1024
_MAX_LABEL: Final = 200


class ParsesChanged(AttError):
    """The answer has not the documented shape: this version of the app cannot read it."""


class _Encounter(msgspec.Struct, rename="camel"):
    export_code: str
    count: int
    sample: int
    encounter_id: int | None = None
    label: str | None = None


class _Spec(msgspec.Struct, rename="camel"):
    spec_id: int
    encounters: list[msgspec.Raw]


class _Export(msgspec.Struct, rename="camel"):
    tier: str
    cohort: str
    specs: list[msgspec.Raw]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedBuild:
    """The most played build of one spec in one encounter (None: of the whole difficulty).

    ``count`` of ``sample`` players use it. ``code`` is the game's import code, not yet tested.
    """

    spec_id: int
    encounter_id: int | None
    label: str
    code: str
    count: int
    sample: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One answer. ``unreadable`` counts the specs and encounters that could not be read."""

    tier: Tier
    cohort: Cohort
    builds: tuple[ExportedBuild, ...]
    unreadable: int


def read_export(data: bytes, *, tier: Tier, cohort: Cohort) -> Export:
    """Read the answer for a tier and cohort.

    Raises ParsesChanged (``parses.changed``) when it is JSON of another shape or for something
    else than was asked, UnreadableJson when it is no JSON at all.
    """
    try:
        answer = decode_json(data, _Export)
    except UnreadableJson as error:
        if isinstance(error.__cause__, msgspec.ValidationError):
            raise ParsesChanged("parses.changed") from error
        raise
    if (answer.tier, answer.cohort) != (tier, cohort):
        raise ParsesChanged("parses.changed")
    builds: list[ExportedBuild] = []
    unreadable = 0
    for packed in answer.specs:
        try:
            spec = decode_json(packed, _Spec)
        except UnreadableJson:
            unreadable += 1
            continue
        for row in spec.encounters:
            build = _build(spec.spec_id, row)
            if build is None:
                unreadable += 1
            else:
                builds.append(build)
    if unreadable and not builds:
        raise ParsesChanged("parses.changed")
    return Export(tier=tier, cohort=cohort, builds=tuple(builds), unreadable=unreadable)


def _build(spec_id: int, packed: msgspec.Raw) -> ExportedBuild | None:
    try:
        row = decode_json(packed, _Encounter, strict=False)
    except UnreadableJson:
        return None
    if not 0 < row.count <= row.sample <= MOST_PLAYERS or not 0 < len(row.export_code) <= _MAX_CODE:
        return None
    return ExportedBuild(
        spec_id=spec_id,
        encounter_id=row.encounter_id,
        label=(row.label or "")[:_MAX_LABEL],
        code=row.export_code,
        count=row.count,
        sample=row.sample,
    )
