"""From the builds of parses.gg to the records of results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from att_desktop.game.builds import popularity
from att_desktop.game.map_ids import challenge_mode_id, instance_map_id
from att_desktop.game.results import Build, EncounterRecord, UnitRecord
from att_desktop.game.specs import SPECS

if TYPE_CHECKING:
    from att_desktop.game.results import Unit
    from att_desktop.game.seasons import Season, SeasonEncounter
    from att_desktop.game.trees import TalentTree
    from att_desktop.sources.parses.choice import Choices, ChosenBuild
    from att_desktop.sources.parses.export import Tier

PARSES: Final = "parses"

# Warcraft Logs' difficulty ids, as in all records.
_DIFFICULTIES: Final[dict[Tier, int]] = {"b10": 10, "d14": 3, "d15": 4, "d16": 5}


def records_of(
    unit: Unit, season: Season, tree: TalentTree, choices: Choices, now: str
) -> tuple[UnitRecord | None, list[EncounterRecord]]:
    """The unit and its encounters. This source tells the most played build only: ``all_builds``
    has that one, and support is unknown."""
    encounters = [
        _encounter(unit, season, tree, encounter, choices.encounters[encounter.encounter_id], now)
        for encounter in season.encounters
        if encounter.encounter_id in choices.encounters
    ]
    general = choices.general
    if general is None:
        return None, encounters
    spec = SPECS[unit.spec_id]
    best = _build(general)
    return (
        UnitRecord(
            spec_id=unit.spec_id,
            class_name=spec.class_slug,
            spec_name=spec.slug,
            content_type=unit.content_type,
            best_build=best,
            sample_size=general.sample,
            all_builds=[best],
            fetched_at=now,
            skipped=dict(choices.left_out),
            encounters=[encounter.encounter_id for encounter in season.encounters],
            source=PARSES,
            cohort=general.cohort,
            tree_hash=tree.known_hash,
        ),
        encounters,
    )


def _encounter(
    unit: Unit,
    season: Season,
    tree: TalentTree,
    encounter: SeasonEncounter,
    chosen: ChosenBuild,
    now: str,
) -> EncounterRecord:
    best = _build(chosen)
    return EncounterRecord(
        encounter_id=encounter.encounter_id,
        encounter_name=encounter.name,
        content_type=unit.content_type,
        spec_id=unit.spec_id,
        best_build=best,
        sample_size=chosen.sample,
        all_builds=[best],
        fetched_at=now,
        zone=season.name,
        zone_id=season.zone_id,
        order=encounter.order,
        journal_id=encounter.journal_id,
        map_id=instance_map_id(encounter.encounter_id, unit.content_type),
        challenge_mode_id=challenge_mode_id(encounter.encounter_id),
        difficulty=_DIFFICULTIES[chosen.tier],
        source=PARSES,
        cohort=chosen.cohort,
        tree_hash=tree.known_hash,
    )


def _build(chosen: ChosenBuild) -> Build:
    return Build(
        talent_code=chosen.code,
        count=chosen.count,
        popularity=popularity(chosen.count, chosen.sample),
        hero_tree=chosen.hero_tree,
    )
