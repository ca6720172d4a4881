"""Results of several sources side by side: for each unit the youngest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from att_desktop.game.results import Unit
from att_desktop.system.times import parse_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from att_desktop.game.results import EncounterRecord, UnitRecord
    from att_desktop.update.checkpoint import Checkpoint, Contents


@dataclass(slots=True)
class _Group:
    """What one source knows of a unit."""

    unit: UnitRecord | None = None
    encounters: dict[tuple[int, int], EncounterRecord] = field(default_factory=dict)

    @property
    def time(self) -> datetime:
        if self.unit is not None:
            return parse_time(self.unit.fetched_at)
        return max(parse_time(record.fetched_at) for record in self.encounters.values())

    @property
    def tree_hash(self) -> str:
        """The version of the talents; '' where no record says it (results of version 1)."""
        records = [self.unit] if self.unit is not None else self.encounters.values()
        return next((record.tree_hash for record in records if record.tree_hash), "")


def youngest(
    results: Iterable[Contents | Checkpoint],
) -> tuple[dict[Unit, UnitRecord], dict[tuple[int, int], EncounterRecord]]:
    """Units and encounters, each unit whole from the source that fetched it last.

    A complete unit goes before encounters alone; ties go to the source named first. All of a spec
    is of one version of the talents, that of its youngest result: codes of another version mean
    other talents, and the addon is told one version for each spec.
    """
    found = [
        (unit, group)
        for result in results
        for unit, group in _groups(result.units, result.encounters).items()
    ]
    trees = _youngest_tree(found)
    best: dict[Unit, _Group] = {}
    for unit, group in found:
        if group.tree_hash not in ("", trees.get(unit.spec_id)):
            continue
        known = best.get(unit)
        if known is None or _rank(group) > _rank(known):
            best[unit] = group
    units = {unit: group.unit for unit, group in best.items() if group.unit is not None}
    encounters = {key: record for g in best.values() for key, record in g.encounters.items()}
    return units, encounters


def _youngest_tree(found: Iterable[tuple[Unit, _Group]]) -> dict[int, str]:
    """The version of the talents of each spec's youngest result."""
    trees: dict[int, tuple[datetime, str]] = {}
    for unit, group in found:
        known = trees.get(unit.spec_id)
        if group.tree_hash and (known is None or group.time > known[0]):
            trees[unit.spec_id] = (group.time, group.tree_hash)
    return {spec_id: tree_hash for spec_id, (_, tree_hash) in trees.items()}


def _rank(group: _Group) -> tuple[bool, datetime]:
    return group.unit is not None, group.time


def _groups(
    units: Mapping[Unit, UnitRecord], encounters: Mapping[tuple[int, int], EncounterRecord]
) -> dict[Unit, _Group]:
    groups = {unit: _Group(record) for unit, record in units.items()}
    for key, record in encounters.items():
        unit = Unit(spec_id=record.spec_id, content_type=record.content_type)
        groups.setdefault(unit, _Group()).encounters[key] = record
    return groups
