"""Results of several sources side by side: the youngest, of one version of the talents."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from att_desktop.game.results import Build, EncounterRecord, Unit, UnitRecord
from att_desktop.update.checkpoint import Contents
from att_desktop.update.merging import youngest

if TYPE_CHECKING:
    from att_desktop.game.content_types import ContentType

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
BUILD = Build(talent_code="CoPA", count=17, popularity=10.62)
BEFORE, AFTER = "0" * 31 + "1", "0" * 31 + "2"
BOSS, DUNGEON = 3470, 12993
RAID = Unit(spec_id=250, content_type="raid")
KEYS = Unit(spec_id=250, content_type="mythicplus")


def results(
    source: str, days: int, tree_hash: str, *content: ContentType, spec_id: int = 250
) -> Contents:
    """What a source told some days after the first."""
    when = (NOON + timedelta(days=days)).isoformat()
    found = Contents(units={}, encounters={})
    for each in content:
        encounter_id = BOSS if each == "raid" else DUNGEON
        found.units[Unit(spec_id=spec_id, content_type=each)] = UnitRecord(
            spec_id=spec_id,
            class_name="",
            spec_name="",
            content_type=each,
            best_build=BUILD,
            sample_size=160,
            all_builds=[BUILD],
            fetched_at=when,
            source=source,
            tree_hash=tree_hash,
        )
        found.encounters[spec_id, encounter_id] = EncounterRecord(
            encounter_id=encounter_id,
            encounter_name="",
            content_type=each,
            spec_id=spec_id,
            best_build=BUILD,
            sample_size=50,
            all_builds=[BUILD],
            fetched_at=when,
            source=source,
            tree_hash=tree_hash,
        )
    return found


def sources(*found: Contents) -> dict[Unit, str]:
    """The source of each unit; its encounters are of the same."""
    units, encounters = youngest(found)
    for record in encounters.values():
        unit = Unit(spec_id=record.spec_id, content_type=record.content_type)
        assert units[unit].source == record.source
    assert len(units) == len(encounters)
    return {unit: record.source for unit, record in units.items()}


def test_of_each_unit_the_youngest_is_taken_whole() -> None:
    own = results("warcraftlogs", 1, AFTER, "raid")
    parses = results("parses", 0, AFTER, "raid", "mythicplus")
    assert sources(own, parses) == {RAID: "warcraftlogs", KEYS: "parses"}
    assert sources(parses, own) == {RAID: "warcraftlogs", KEYS: "parses"}
    same_day = results("feed", 1, AFTER, "raid")
    assert sources(same_day, own)[RAID] == "feed"


def test_builds_of_before_a_patch_do_not_stand_beside_those_of_after_it() -> None:
    own = results("warcraftlogs", 1, AFTER, "mythicplus")
    parses = results("parses", 0, BEFORE, "raid", "mythicplus")
    for order in ((own, parses), (parses, own)):
        assert sources(*order) == {KEYS: "warcraftlogs"}
    # Another source's, of the same talents, though they are older.
    feed = results("feed", -1, AFTER, "raid")
    assert sources(own, parses, feed) == {RAID: "feed", KEYS: "warcraftlogs"}


def test_builds_of_before_a_patch_stay_until_there_are_others() -> None:
    parses = results("parses", 0, BEFORE, "raid", "mythicplus")
    another_spec = results("warcraftlogs", 1, AFTER, "raid", spec_id=251)
    assert sources(another_spec, parses).keys() >= {RAID, KEYS}


def test_results_that_do_not_say_their_talents_are_kept() -> None:
    own = results("warcraftlogs", 1, AFTER, "mythicplus")
    first_version = results("warcraftlogs", 0, "", "raid")
    assert sources(own, first_version).keys() == {RAID, KEYS}
