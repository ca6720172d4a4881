"""Which zones are played now, found with two requests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from att_desktop.game.seasons import ListedZone, Season, Seasons
from att_desktop.sources.errors import BadResponse, NoSuchZone
from att_desktop.sources.warcraftlogs.seasons import listed_zones, save_seasons
from tests.sources.warcraftlogs import faults
from tests.sources.warcraftlogs.asking import ask, client
from tests.sources.warcraftlogs.rows import DUNGEONS, RAID_BOSSES, zone

if TYPE_CHECKING:
    from pathlib import Path

    from att_desktop.game.content_types import ContentType
    from tests.sources.warcraftlogs.clocks import FakeClock
    from tests.sources.warcraftlogs.server import FakeWarcraftLogs


class Played(NamedTuple):
    raid: Season | None
    mplus: Season | None
    listed: tuple[ListedZone, ...]


def played(seasons: Seasons) -> Played:
    return Played(seasons.of("raid"), seasons.of("mythicplus"), seasons.listed)


def pins(raid: int | None = None, mplus: int | None = None) -> dict[ContentType, int]:
    chosen: dict[ContentType, int | None] = {"raid": raid, "mythicplus": mplus}
    return {content: zone_id for content, zone_id in chosen.items() if zone_id}


def seasons_of(
    wcl: FakeWarcraftLogs, clock: FakeClock, raid: int | None = None, mplus: int | None = None
) -> Played:
    return played(ask(client(wcl, clock), lambda asked: asked.seasons(pins(raid, mplus))))


def list_only(wcl: FakeWarcraftLogs, *zones: dict[str, Any], expansion_id: int = 7) -> None:
    wcl.expansions = [{"id": expansion_id, "name": "Midnight", "zones": list(zones)}]


def test_the_seasons_of_today_are_found_among_all_traps(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    seasons = seasons_of(wcl, clock)
    assert seasons.raid is not None
    assert seasons.mplus is not None
    assert (seasons.raid.zone_id, seasons.raid.name) == (53, "The Venomous Abyss")
    assert (seasons.mplus.zone_id, seasons.mplus.name) == (55, "Mythic+ Season 2")
    assert [each.encounter_id for each in seasons.raid.encounters] == list(RAID_BOSSES)
    assert [each.order for each in seasons.raid.encounters] == list(range(1, 10))
    assert [each.encounter_id for each in seasons.mplus.encounters] == list(DUNGEONS)
    assert seasons.raid.encounters[0].journal_id == 470
    assert seasons.raid.partition == 2
    assert seasons.raid.difficulties == (1, 3, 4, 5)
    assert len(wcl.requests("api")) == 2


def test_what_can_be_chosen_instead_is_listed_by_name_and_kept(
    wcl: FakeWarcraftLogs, clock: FakeClock, tmp_path: Path
) -> None:
    list_only(
        wcl,
        zone(46, "VS / DR / MQD", (3176, 3177)),
        zone(53, "The Venomous Abyss", RAID_BOSSES),
        zone(54, "Complete Raids", RAID_BOSSES),
        zone(44, "Manaforge Omega", (3129,), frozen=True),
        zone(57, "PTR Raid", RAID_BOSSES),
    )
    path = tmp_path / "seasons.json"
    assert listed_zones(path) == ()
    found = seasons_of(wcl, clock)
    assert [(each.zone_id, each.content_type) for each in found.listed] == [
        (53, "raid"),
        (46, "raid"),
    ]
    season = Season(zone_id=55, name="Season 2", content_type="mythicplus", encounters=())
    assert found.raid is not None
    both = Seasons(played=(found.raid, season), listed=found.listed)
    save_seasons(path, both, pins=pins(raid=46), now=datetime(2026, 11, 22, tzinfo=UTC))
    assert listed_zones(path) == found.listed, "whatever is pinned, and however long ago"


def test_the_next_season_is_taken_once_it_has_rankings(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    wcl.played |= {3600, 12805}
    seasons = seasons_of(wcl, clock)
    assert seasons.raid is not None
    assert seasons.mplus is not None
    assert (seasons.raid.zone_id, seasons.mplus.zone_id) == (58, 60)


def test_the_first_rankings_begin_a_season(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    wcl.rankings["", "", 3600, 0] = [{"name": "First"}] * 3
    seasons = seasons_of(wcl, clock)
    assert seasons.raid is not None
    assert seasons.raid.zone_id == 58


def test_when_little_is_played_the_newest_with_any_rankings_is_taken(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    wcl.played.clear()
    wcl.rankings["", "", RAID_BOSSES[0], 0] = [{"name": "First"}]
    seasons = seasons_of(wcl, clock)
    assert seasons.raid is not None
    assert seasons.raid.zone_id == 53


def test_a_raid_of_one_boss_does_not_replace_the_tier(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    list_only(wcl, zone(46, "VS / DR / MQD", (3176, 3177)), zone(50, "Sporefall", (3159,)))
    seasons = seasons_of(wcl, clock)
    assert seasons.raid is not None
    assert seasons.raid.zone_id == 46
    assert seasons.mplus is None


@pytest.mark.parametrize("events", [1, 4])
def test_events_do_not_replace_the_tier_and_the_season(
    wcl: FakeWarcraftLogs, clock: FakeClock, events: int
) -> None:
    for number in range(events):
        raid = zone(70 + number, "Ulduar" if number else "Timewalking Raid", range(649, 657))
        del raid["difficulties"][-1]  # Normal and Heroic only
        keys = zone(80 + number, f"Mythic+ Event Season {number}", DUNGEONS, keystones=True)
        wcl.expansions[0]["zones"][:0] = [raid, keys]
        wcl.played |= {649, DUNGEONS[0]}
    seasons = seasons_of(wcl, clock)
    assert seasons.raid is not None
    assert seasons.mplus is not None
    assert (seasons.raid.zone_id, seasons.mplus.zone_id) == (53, 55)
    # Who wants the event can choose it.
    assert (80, "mythicplus") in [(each.zone_id, each.content_type) for each in seasons.listed]


def test_an_event_is_taken_when_it_is_all_there_is(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    list_only(wcl, zone(80, "Keystone Event", DUNGEONS, keystones=True))
    seasons = seasons_of(wcl, clock)
    assert seasons.mplus is not None
    assert seasons.mplus.zone_id == 80


def test_a_raid_of_one_boss_is_taken_when_it_is_all_there_is(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    list_only(wcl, zone(50, "Sporefall", (3159,)))
    seasons = seasons_of(wcl, clock)
    assert seasons.raid is not None
    assert seasons.raid.zone_id == 50


def test_the_newest_expansion_goes_before_a_higher_zone_id(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    old = {"id": 6, "name": "Before", "zones": [zone(99, "Old Raid", (3176, 3177))]}
    list_only(wcl, zone(53, "New Raid", RAID_BOSSES))
    wcl.expansions.insert(0, old)
    seasons = seasons_of(wcl, clock)
    assert seasons.raid is not None
    assert seasons.raid.zone_id == 53


@pytest.mark.parametrize(
    ("partitions", "chosen"),
    [
        (((1, True), (2, False)), 1),
        (((1, False), (3, True), (2, False)), 3),
        (((1, False), (2, False)), 2),
        ((), None),
    ],
)
def test_the_default_partition_is_taken(
    wcl: FakeWarcraftLogs,
    clock: FakeClock,
    partitions: tuple[tuple[int, bool], ...],
    chosen: int | None,
) -> None:
    list_only(wcl, zone(53, "Raid", RAID_BOSSES, partitions=partitions))
    seasons = seasons_of(wcl, clock)
    assert seasons.raid is not None
    assert seasons.raid.partition == chosen


def test_lists_may_be_null(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    bare = {"id": 61, "name": "Bare", "frozen": False}
    bare |= {"difficulties": None, "partitions": None, "encounters": None}
    list_only(wcl, bare, zone(53, "Raid", RAID_BOSSES))
    wcl.expansions += [{"id": 8, "name": "Announced", "zones": None}]
    seasons = seasons_of(wcl, clock)
    assert seasons.raid is not None
    assert seasons.raid.zone_id == 53


def test_pinned_zones_are_taken_as_they_are(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    seasons = seasons_of(wcl, clock, raid=44, mplus=47)
    assert seasons.raid is not None
    assert seasons.mplus is not None
    assert (seasons.raid.zone_id, seasons.mplus.zone_id) == (44, 47)
    assert len(wcl.requests("api")) == 1


def test_one_pinned_zone_leaves_the_other_to_the_rule(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    seasons = seasons_of(wcl, clock, raid=46)
    assert seasons.raid is not None
    assert seasons.mplus is not None
    assert (seasons.raid.zone_id, seasons.mplus.zone_id) == (46, 55)


def test_an_unknown_pinned_zone_is_told(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    with pytest.raises(NoSuchZone, match=r"wcl\.no_such_zone zone_id=999"):
        seasons_of(wcl, clock, raid=999)


@pytest.mark.parametrize(
    ("pins", "code"),
    [
        ({"raid": 55}, r"wcl\.zone_is_no_raid"),
        ({"mplus": 53}, r"wcl\.zone_is_no_mythicplus"),
    ],
)
def test_a_pinned_zone_of_the_other_kind_is_told(
    wcl: FakeWarcraftLogs, clock: FakeClock, pins: dict[str, int], code: str
) -> None:
    with pytest.raises(NoSuchZone, match=code):
        seasons_of(wcl, clock, **pins)


def test_a_pinned_zone_without_encounters_is_told(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    list_only(wcl, zone(53, "Raid", RAID_BOSSES), zone(60, "Announced", ()))
    with pytest.raises(NoSuchZone, match=r"wcl\.zone_is_empty"):
        seasons_of(wcl, clock, raid=60)


def test_many_zones_listed_before_they_open_do_not_hide_the_season(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    coming = [zone(60 + at, f"Next Raid {at}", (4000 + at, 4100 + at)) for at in range(4)]
    wcl.expansions.append({"id": 8, "name": "The Last Titan", "zones": coming})
    seasons = seasons_of(wcl, clock)
    assert seasons.raid is not None
    assert seasons.mplus is not None
    assert (seasons.raid.zone_id, seasons.mplus.zone_id) == (53, 55)
    assert len(wcl.requests("api")) == 3


def test_with_no_rankings_anywhere_the_newest_is_taken(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    list_only(wcl, *(zone(40 + at, f"Raid {at}", (4000 + at, 4100 + at)) for at in range(20)))
    seasons = seasons_of(wcl, clock)
    assert seasons.raid is not None
    assert (seasons.raid.zone_id, seasons.mplus) == (59, None)
    assert len(wcl.requests("api")) <= 4


def test_a_failing_probe_does_not_hide_a_season(wcl: FakeWarcraftLogs, clock: FakeClock) -> None:
    # Candidates are probed in the order of their zones: 58 is p0, 53 is p1.
    wcl.fail(faults.AliasError(alias="none"), faults.AliasError(alias="p1"))
    wcl.rankings["Mage", "Frost", RAID_BOSSES[0], 0] = [{"name": f"P{n}"} for n in range(100)]
    seasons = seasons_of(wcl, clock)
    assert seasons.raid is not None
    assert seasons.raid.zone_id == 53


def test_a_season_is_not_guessed_when_the_probes_fail(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    nothing = faults.Answer(status=200, body=b'{"data":{"worldData":null},"errors":[]}')
    wcl.fail(faults.AliasError(alias="none"), nothing)
    seasons = seasons_of(wcl, clock)
    assert seasons.raid is not None
    assert seasons.raid.zone_id == 53, "asked once more"
    wcl.fail(faults.AliasError(alias="none"), nothing, nothing)
    with pytest.raises(BadResponse, match=r"wcl\.season_unknown"):
        seasons_of(wcl, clock)


def test_a_season_without_rankings_of_all_classes_is_found(
    wcl: FakeWarcraftLogs, clock: FakeClock
) -> None:
    wcl.played.clear()
    for encounter_id in (*RAID_BOSSES, *DUNGEONS):
        wcl.rankings["Mage", "Frost", encounter_id, 0] = [{"name": "Someone"}]
    seasons = seasons_of(wcl, clock)
    assert seasons.raid is not None
    assert seasons.mplus is not None
    assert (seasons.raid.zone_id, seasons.mplus.zone_id) == (53, 55)


@pytest.mark.parametrize("damaged", ["name", "id"])
def test_a_season_in_a_part_that_did_not_come_is_not_taken_for_none(
    wcl: FakeWarcraftLogs, clock: FakeClock, damaged: str
) -> None:
    # A field that must not be null and is takes everything around it along.
    list_only(wcl, zone(53, "Raid", RAID_BOSSES), zone(55, "M", DUNGEONS, keystones=True))
    del wcl.expansions[0]["zones"][0][damaged]
    with pytest.raises(BadResponse, match=r"wcl\.zones_"):
        seasons_of(wcl, clock)


@pytest.mark.parametrize(
    "expansions", [[], [{"id": 8, "name": "Announced", "zones": None}], [{"id": 1, "name": "?"}]]
)
def test_no_list_of_zones_is_told(
    wcl: FakeWarcraftLogs, clock: FakeClock, expansions: list[dict[str, Any]]
) -> None:
    wcl.expansions = expansions
    with pytest.raises(BadResponse, match=r"wcl\.no_zones"):
        seasons_of(wcl, clock)
