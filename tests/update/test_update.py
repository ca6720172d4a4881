"""Updates against a real HTTP server that validates each document and plays by WCL's rules."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from att_desktop.game.results import Unit
from att_desktop.game.specs import SPECS
from att_desktop.sources.errors import BadCredentials, Unreachable
from att_desktop.sources.http.transfer import Limits
from att_desktop.system.errors import AttError
from att_desktop.text import say, say_fully
from att_desktop.update import events
from att_desktop.update.checkpoint import read_checkpoint
from att_desktop.update.events import Reason
from att_desktop.update.plan import UnknownEncounter
from tests.sources.warcraftlogs import faults
from tests.sources.warcraftlogs.rows import DUNGEONS, RAID_BOSSES
from tests.update.harness import Machine, fill, messy_rows

if TYPE_CHECKING:
    from att_desktop.game.content_types import ContentType
    from tests.sources.warcraftlogs.server import FakeWarcraftLogs

NO_TIME = timedelta(0)


def api_calls(wcl: FakeWarcraftLogs) -> int:
    return len([seen for seen in wcl.requests("api") if seen.operation == "Rankings"])


@pytest.mark.slow
def test_a_full_refresh_takes_at_most_ninety_requests(machine: Machine) -> None:
    for spec in SPECS.values():
        rows = messy_rows(spec.spec_id, 3, 25, clean=True)
        for encounter in RAID_BOSSES:
            machine.wcl.rankings[(spec.class_slug, spec.slug, encounter, 5)] = rows
        for encounter in DUNGEONS:
            machine.wcl.rankings[(spec.class_slug, spec.slug, encounter, 0)] = rows
    summary = machine.update(top_n=20)
    assert (summary.units, summary.done) == (80, 80)
    assert summary.requests == len(machine.wcl.seen)
    assert len(machine.wcl.seen) <= 90
    before = len(machine.wcl.seen)
    again = machine.update(top_n=20)
    assert again.up_to_date == 80
    assert len(machine.wcl.seen) == before
    assert again.requests == 0


@pytest.mark.slow
def test_request_starts_keep_their_distance(machine: Machine) -> None:
    machine.interval_s = 0.3
    fill(machine.wcl, [62, 63, 64], {RAID_BOSSES[0]: (5, 20)})
    machine.update(spec_ids=(62, 63, 64), content=("raid",))
    starts = [seen.at for seen in machine.wcl.seen]
    assert len(starts) >= 5
    # As the server sees it, which may itself be late: half of the distance is beyond doubt.
    assert starts[-1] - starts[0] > (len(starts) - 1) * machine.interval_s / 2


def test_pages_beyond_the_first_are_asked_only_where_needed(machine: Machine) -> None:
    spec = SPECS[62]
    full = messy_rows(62, 1, 300, clean=True)
    thin = [{**each, "talents": []} for each in full]
    for encounter, rows in zip(RAID_BOSSES, [full, full, thin], strict=False):
        machine.wcl.rankings[(spec.class_slug, spec.slug, encounter, 5)] = rows
    machine.update(spec_ids=(62,), content=("raid",), top_n=50)
    asked = [seen.variables for seen in machine.wcl.requests("api") if seen.operation == "Rankings"]
    wanted = [{k: v for k, v in each.items() if k[0] == "e" or k[0] == "p"} for each in asked]
    assert wanted[-1] == {"e0": RAID_BOSSES[2], "p0": 3}


@pytest.mark.slow
def test_an_interrupted_run_goes_on_where_it_was(machine: Machine) -> None:
    specs = (62, 63, 64, 71)
    machine.interval_s = 0.3
    fill(machine.wcl, list(specs), {RAID_BOSSES[0]: (5, 60)})
    cancel = threading.Event()

    def report(event: events.Event) -> None:
        machine.seen.append(event)
        if len(machine.of(events.UnitDone)) == 2:
            cancel.set()

    first = machine.job(spec_ids=specs, content=("raid",)).run(report, cancel)
    assert first.stopped == "cancelled"
    kept = set(read_checkpoint(machine.checkpoint).units)
    assert len(kept) >= 2
    machine.wcl.seen.clear()
    second = machine.update(spec_ids=specs, content=("raid",))
    assert second.up_to_date == len(kept)
    assert second.done == 4 - len(kept)
    asked = {seen.variables["specName"] for seen in machine.wcl.requests("api")}
    assert asked.isdisjoint({SPECS[unit.spec_id].slug for unit in kept})


def test_every_event_comes_from_the_thread_of_the_run(machine: Machine) -> None:
    fill(machine.wcl, [62, 63], {RAID_BOSSES[0]: (5, 60)})
    heard_in: set[int] = set()

    def report(event: events.Event) -> None:
        machine.seen.append(event)
        heard_in.add(threading.get_ident())

    machine.job(spec_ids=(62, 63)).run(report, threading.Event())
    assert machine.of(events.DataWritten)
    assert heard_in == {threading.get_ident()}


def test_cancelling_does_not_wait_for_an_answer(machine: Machine) -> None:
    machine.wcl.fail(faults.Stall(), at="token")
    cancel = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        run = pool.submit(machine.update, cancel, spec_ids=(62,))
        machine.wcl.wait_for_requests("token", 1)
        cancel.set()
        # Half of what the request itself would wait.
        assert run.result(timeout=Limits().read_s / 2).stopped == "cancelled"


def test_a_failing_alias_costs_its_encounter_and_the_unit_is_asked_again(machine: Machine) -> None:
    fill(machine.wcl, [62], dict.fromkeys(RAID_BOSSES, (5, 60)))
    machine.wcl.unknown_encounters.add(RAID_BOSSES[3])
    first = machine.update(spec_ids=(62,), content=("raid",))
    assert (first.done, first.failed) == (0, 1)
    kept = read_checkpoint(machine.checkpoint)
    assert not kept.units
    assert len(kept.encounters) == len(RAID_BOSSES) - 1
    machine.wcl.unknown_encounters.clear()
    second = machine.update(spec_ids=(62,), content=("raid",))
    assert (second.done, second.failed) == (1, 0)
    assert len(read_checkpoint(machine.checkpoint).encounters) == len(RAID_BOSSES)


def test_an_alias_that_fails_once_is_asked_alone_again(machine: Machine) -> None:
    fill(machine.wcl, [62], dict.fromkeys(RAID_BOSSES[:3], (5, 120)))
    machine.update(spec_ids=(62,), content=("raid",))  # the zones are known from here on
    machine.wcl.seen.clear()
    machine.wcl.fail(faults.AliasError(alias="b1"))
    summary = machine.update(spec_ids=(62,), content=("raid",), freshness=NO_TIME)
    assert (summary.done, summary.failed) == (1, 0)
    asked = [seen.variables for seen in machine.wcl.requests("api")]
    encounters = [[each[k] for k in each if k[0] == "e"] for each in asked]
    assert encounters[0] == list(RAID_BOSSES)
    assert RAID_BOSSES[1] in encounters[1]


def test_an_in_band_error_is_told_and_not_taken_for_an_empty_page(machine: Machine) -> None:
    fill(machine.wcl, [62], dict.fromkeys(RAID_BOSSES, (5, 60)))
    mage = SPECS[62]
    machine.wcl.rankings[(mage.class_slug, mage.slug, RAID_BOSSES[0], 5)] = {
        "error": "Invalid difficulty setting or size specified."
    }
    summary = machine.update(spec_ids=(62,), content=("raid",))
    assert summary.failed == 1
    (done,) = machine.of(events.UnitDone)
    assert (done.reason.code, done.reason.cause is not None) == ("unit.incomplete", True)
    assert "Invalid difficulty" in say_fully(done.reason)
    assert "Invalid difficulty" in say_fully(summary.error)


def test_dungeons_are_asked_with_a_named_difficulty_where_none_is_refused(
    machine: Machine,
) -> None:
    mage = SPECS[62]
    for seed, dungeon in enumerate(DUNGEONS):
        who = (mage.class_slug, mage.slug, dungeon)
        machine.wcl.rankings[(*who, 0)] = {"error": "Invalid difficulty setting or size specified."}
        machine.wcl.rankings[(*who, 10)] = messy_rows(62, seed, 60)
    summary = machine.update(spec_ids=(62,), content=("mythicplus",))
    assert (summary.done, summary.failed) == (1, 0)
    assert len(read_checkpoint(machine.checkpoint).encounters) == len(DUNGEONS)


def test_a_raid_without_mythic_is_asked_for_heroic_at_once(machine: Machine) -> None:
    for expansion in machine.wcl.expansions:
        for zone in expansion["zones"]:
            zone["difficulties"] = [each for each in zone["difficulties"] if each["id"] != 5]
    fill(machine.wcl, [62], dict.fromkeys(RAID_BOSSES, (4, 60)))
    summary = machine.update(spec_ids=(62,), content=("raid",))
    assert summary.done == 1
    asked = machine.wcl.requests("api")[-1].variables
    assert {asked[name] for name in asked if name[0] == "d"} == {4}
    kept = read_checkpoint(machine.checkpoint).encounters
    assert {record.difficulty for record in kept.values()} == {4}


def test_a_boss_without_mythic_among_others_that_have_it_is_asked_for_heroic(
    machine: Machine,
) -> None:
    fill(machine.wcl, [62], dict.fromkeys(RAID_BOSSES, (5, 60)))
    mage = SPECS[62]
    lair = (mage.class_slug, mage.slug, RAID_BOSSES[8])
    machine.wcl.rankings[(*lair, 5)] = {"error": "Invalid difficulty setting or size specified."}
    machine.wcl.rankings[(*lair, 4)] = messy_rows(62, 3, 60)
    summary = machine.update(spec_ids=(62,), content=("raid",))
    assert (summary.done, summary.failed) == (1, 0)
    taken = read_checkpoint(machine.checkpoint).encounters
    assert taken[62, RAID_BOSSES[8]].difficulty == 4
    assert taken[62, RAID_BOSSES[0]].difficulty == 5
    asked = [each.variables for each in machine.wcl.requests("api") if each.operation == "Rankings"]
    assert len(asked) == 2


def test_rows_that_cannot_be_read_count_towards_the_ten_of_mythic(machine: Machine) -> None:
    mage = SPECS[62]
    boss = (mage.class_slug, mage.slug, RAID_BOSSES[0])
    broken = [{"name": "Broken", "talents": "none"}, None]
    clean = messy_rows(62, 1, 58, clean=True)
    machine.wcl.rankings[(*boss, 5)] = [*clean[:8], *broken]
    machine.wcl.rankings[(*boss, 4)] = messy_rows(62, 2, 60)
    machine.update(spec_ids=(62,), content=("raid",))
    record = read_checkpoint(machine.checkpoint).encounters[62, RAID_BOSSES[0]]
    assert (record.difficulty, record.sample_size) == (5, 8)
    assert record.skipped == {"row.unreadable": 2}


def test_only_the_named_encounter_is_fetched_and_nothing_is_complete(machine: Machine) -> None:
    fill(machine.wcl, [62], dict.fromkeys(RAID_BOSSES, (5, 60)))
    summary = machine.update(spec_ids=(62,), encounter=str(RAID_BOSSES[1]))
    assert (summary.units, summary.done) == (1, 1)
    kept = read_checkpoint(machine.checkpoint)
    assert not kept.units
    assert list(kept.encounters) == [(62, RAID_BOSSES[1])]


@pytest.mark.parametrize(
    ("encounter", "content", "code", "name"),
    [
        ("Ragnaros", ("raid", "mythicplus"), "encounter.unknown", "Ragnaros"),
        ("Ragnaros", ("mythicplus",), "encounter.unknown_mythicplus", "Ragnaros"),
        ("", ("raid", "mythicplus"), "encounter.unknown", ""),
        ("3470", ("mythicplus",), "encounter.in_raid", "Encounter 3470"),
        ("counter 12813", ("raid",), "encounter.in_mythicplus", "Encounter 12813"),
        ("encounter", ("mythicplus",), "encounter.several", "encounter"),
    ],
)
def test_an_encounter_that_cannot_be_fetched_is_told(
    machine: Machine, encounter: str, content: tuple[ContentType, ...], code: str, name: str
) -> None:
    with pytest.raises(UnknownEncounter) as raised:
        machine.update(spec_ids=(62,), encounter=encounter, content=content)
    assert (raised.value.code, raised.value.fields["name"]) == (code, name)
    assert say(raised.value) != code
    assert api_calls(machine.wcl) == 0


def test_part_of_a_name_is_enough_where_it_is_the_only_one(machine: Machine) -> None:
    fill(machine.wcl, [62], dict.fromkeys(DUNGEONS, (0, 60)))
    summary = machine.update(spec_ids=(62,), encounter=" counter 12813 ")
    assert (summary.units, summary.done) == (1, 1)
    assert list(read_checkpoint(machine.checkpoint).encounters) == [(62, 12813)]


def test_a_spec_without_rankings_is_recorded_as_empty_for_a_while(machine: Machine) -> None:
    summary = machine.update(spec_ids=(62,), content=("raid",))
    assert (summary.empty, summary.done) == (1, 0)
    empty = read_checkpoint(machine.checkpoint).empty[Unit(spec_id=62, content_type="raid")]
    assert (empty.reason, empty.encounters) == ("unit.no_rankings", list(RAID_BOSSES))
    calls = api_calls(machine.wcl)
    assert machine.update(spec_ids=(62,), content=("raid",)).empty == 1
    assert api_calls(machine.wcl) == calls
    fill(machine.wcl, [62], {RAID_BOSSES[0]: (4, 60)})
    later = machine.update(spec_ids=(62,), content=("raid",), freshness=NO_TIME)
    assert (later.done, later.empty) == (1, 0)
    assert not read_checkpoint(machine.checkpoint).empty


def test_talents_of_another_season_are_told_as_what_they_are(machine: Machine) -> None:
    # After a patch, and before the app knows its trees: here they are a Death Knight's.
    machine.wcl.rankings["Mage", "Arcane", RAID_BOSSES[0], 4] = messy_rows(250, 1, 60)
    for number in range(1, 3):  # a failure is not remembered as an answer
        summary = machine.update(spec_ids=(62,), content=("raid",))
        assert (summary.failed, summary.empty) == (1, 0)
        assert summary.error.code == "unit.other_talents"
        assert machine.of(events.Finished)[-1].code == "update.other_talents"
        assert len(machine.of(events.UnitDone)) == number
    assert not read_checkpoint(machine.checkpoint).empty


def test_rows_of_which_none_is_usable_are_a_failure_and_cost_no_older_results(
    machine: Machine,
) -> None:
    fill(machine.wcl, [62], {RAID_BOSSES[0]: (5, 60)})
    assert machine.update(spec_ids=(62,), content=("raid",)).done == 1
    before = read_checkpoint(machine.checkpoint).units
    machine.wcl.rankings["Mage", "Arcane", RAID_BOSSES[0], 5] = [
        {**row, "talents": []} for row in messy_rows(62, 2, 40)
    ]
    summary = machine.update(spec_ids=(62,), content=("raid",), fresh=True)
    assert (summary.failed, summary.empty, summary.done) == (1, 0, 0)
    assert summary.error == Reason("unit.no_usable_rows", {"skipped": {"row.no_talents": 40}})
    assert machine.of(events.UnitDone)[-1].reason == summary.error
    after = read_checkpoint(machine.checkpoint)
    assert (after.units, after.empty) == (before, {})
    named = machine.update(spec_ids=(62,), encounter=str(RAID_BOSSES[0]), content=("raid",))
    assert (named.failed, named.empty) == (1, 0)


def test_new_bosses_of_a_zone_are_fetched_although_the_rest_is_fresh(machine: Machine) -> None:
    raid = machine.wcl.expansions[0]["zones"][7]
    assert raid["id"] == 53
    encounters = list(raid["encounters"])
    raid["encounters"] = encounters[:5]
    fill(machine.wcl, [62, 63], dict.fromkeys(RAID_BOSSES[:6], (5, 60)))
    del machine.wcl.rankings["Mage", "Fire", RAID_BOSSES[5], 5]
    two: dict[str, Any] = {"spec_ids": (62, 63), "content": ("raid",)}
    assert machine.update(**two).done == 2
    assert machine.update(**two).up_to_date == 2
    raid["encounters"] = encounters
    (machine.home / "cache" / "seasons.json").unlink()  # as after its hour
    assert machine.update(**two).done == 2
    assert (62, RAID_BOSSES[5]) in read_checkpoint(machine.checkpoint).encounters
    # Bosses that nobody has killed yet were asked for: they lack nothing.
    assert machine.update(**two).up_to_date == 2


@pytest.mark.slow
def test_out_of_points_without_waiting_stops_and_can_be_resumed(machine: Machine) -> None:
    specs = tuple(SPECS)[:8]
    fill(machine.wcl, list(specs), dict.fromkeys(RAID_BOSSES, (5, 60)))
    machine.wcl.limit = 60
    first = machine.update(spec_ids=specs, content=("raid",), wait=False)
    assert first.stopped == "points"
    assert 0 < first.done < 8
    machine.wcl.limit = 3600
    second = machine.update(spec_ids=specs, content=("raid",), wait=False)
    assert second.up_to_date == first.done
    assert second.done == 8 - first.done


def test_wrong_credentials_end_the_run_with_a_sentence_and_no_storm(machine: Machine) -> None:
    machine.wcl.fail(faults.Answer(status=401, body=b'{"error":"invalid_client"}'), at="token")
    with pytest.raises(BadCredentials) as caught:
        machine.update(spec_ids=(62,))
    assert len(machine.wcl.seen) == 1
    assert "test-secret" not in str(caught.value)


def test_a_dead_server_stops_the_run_and_keeps_what_is_complete(machine: Machine) -> None:
    specs = tuple(SPECS)[:10]
    fill(machine.wcl, list(specs), {RAID_BOSSES[0]: (5, 60)})
    machine.update(spec_ids=specs[:2], content=("raid",))
    machine.wcl.fail(faults.Answer(status=502), times=500)
    with pytest.raises(AttError) as caught:
        machine.update(spec_ids=specs, content=("raid",))
    assert isinstance(caught.value, Unreachable)
    assert len(machine.of(events.UnitDone)) < 20
    assert len(read_checkpoint(machine.checkpoint).units) == 2
    json.loads(machine.checkpoint.read_bytes())


def test_an_output_that_cannot_be_written_keeps_the_results(machine: Machine) -> None:
    fill(machine.wcl, [62, 63], {RAID_BOSSES[0]: (5, 60)})
    machine.output.mkdir()
    with pytest.raises(AttError, match=r"output\.not_a_file"):
        machine.update(spec_ids=(62, 63), content=("raid",))
    assert len(machine.of(events.Notice)) == 1
    assert len(read_checkpoint(machine.checkpoint).units) == 2
    machine.output.rmdir()
    assert machine.update(spec_ids=(62, 63), content=("raid",)).up_to_date == 2
    assert machine.output.read_bytes().startswith(b"local _, addon = ...")
