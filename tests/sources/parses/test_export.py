"""The export of parses.gg: bad rows, answers of another shape, old seasons."""

from __future__ import annotations

import json
from typing import Any

import pytest

from att_desktop.game.import_codes import decode
from att_desktop.game.seasons import shipped_season
from att_desktop.sources.parses.choice import choose_builds, tiers_of
from att_desktop.sources.parses.export import Cohort, Export, ParsesChanged, Tier, read_export
from att_desktop.system.json_data import UnreadableJson
from tests.own_codes import TREES, own_code

BLOOD = 250
RAID = shipped_season("raid")
FIRST, SECOND = RAID.encounters[:2]
CODES = [own_code(BLOOD, seed) for seed in range(6)]


def row(encounter: int | None, code: Any, count: Any = 8, sample: Any = 60, **more: Any) -> Any:
    return {
        "encounterId": encounter,
        "label": "",
        "exportCode": code,
        "count": count,
        "sample": sample,
    } | more


def answer(*rows: Any, tier: str = "d16", cohort: str = "top10", **more: Any) -> bytes:
    body = {
        "gameBuild": "12.1.0.69404",
        "tier": tier,
        "cohort": cohort,
        "specs": [{"specId": BLOOD, "classId": 6, "partition": 1, "encounters": list(rows)}],
    }
    return json.dumps(body | more).encode()


def export(*rows: Any, tier: Tier = "d16", cohort: Cohort = "top10") -> Export:
    return read_export(answer(*rows, tier=tier, cohort=cohort), tier=tier, cohort=cohort)


def test_the_documented_shape_is_read() -> None:
    found = export(row(FIRST.encounter_id, CODES[0], 8, 60), row(None, CODES[1]))
    assert [(b.spec_id, b.encounter_id, b.count, b.sample) for b in found.builds] == [
        (BLOOD, FIRST.encounter_id, 8, 60),
        (BLOOD, None, 8, 60),
    ]
    assert found.unreadable == 0


@pytest.mark.parametrize(
    "bad",
    [
        {},
        None,
        [],
        "text",
        row(1, CODES[0], count="many"),
        row(1, CODES[0], count=0),
        row(1, CODES[0], count=61),
        row(1, CODES[0], count=-1),
        row(1, CODES[0], count=10**20, sample=10**20),
        row(1, None),
        row(1, ""),
        row(1, "A" * 5000),
        row("boss", CODES[0]),
    ],
)
def test_a_broken_row_costs_itself(bad: Any) -> None:
    found = export(bad, row(FIRST.encounter_id, CODES[0]))
    assert (len(found.builds), found.unreadable) == (1, 1)


def test_bytes_that_are_no_text_cost_their_row() -> None:
    bad = answer(row(1, "BAD"), row(FIRST.encounter_id, CODES[0])).replace(b"BAD", b"\xff\xfe")
    with_bad = read_export(bad, tier="d16", cohort="top10")
    assert (len(with_bad.builds), with_bad.unreadable) == (1, 1)


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b"[]",
        answer(tier="d15"),
        answer(cohort="all"),
        answer(specs={"250": []}),
        answer(row(1, None), row(2, None)),
    ],
)
def test_another_shape_is_said(data: bytes) -> None:
    with pytest.raises(ParsesChanged) as changed:
        read_export(data, tier="d16", cohort="top10")
    assert changed.value.code == "parses.changed"


@pytest.mark.parametrize("data", [b"", b"<html>", answer()[:-2]])
def test_what_is_no_json_may_come_right(data: bytes) -> None:
    with pytest.raises(UnreadableJson):
        read_export(data, tier="d16", cohort="top10")


def chosen(*exports: Export, difficulty: str = "auto") -> Any:
    return choose_builds(exports, BLOOD, RAID, TREES, difficulty=difficulty)


def test_the_best_tenth_counts_where_five_stand_behind_it() -> None:
    every = export(row(FIRST.encounter_id, CODES[1], 90, 900), cohort="all")
    five = export(row(FIRST.encounter_id, CODES[0], 5, 60))
    four = export(row(FIRST.encounter_id, CODES[0], 4, 60))
    build = chosen(five, every).encounters[FIRST.encounter_id]
    assert (build.cohort, build.code, build.count, build.sample) == ("top10", CODES[0], 5, 60)
    build = chosen(four, every).encounters[FIRST.encounter_id]
    assert (build.cohort, build.code, build.count) == ("all", CODES[1], 90)


def test_heroic_stands_in_where_mythic_is_empty() -> None:
    mythic = export(row(FIRST.encounter_id, CODES[0]))
    heroic = export(
        row(FIRST.encounter_id, CODES[1]), row(SECOND.encounter_id, CODES[2]), tier="d15"
    )
    found = chosen(mythic, heroic)
    assert [found.encounters[e.encounter_id].tier for e in (FIRST, SECOND)] == ["d16", "d15"]
    only = chosen(mythic, heroic, difficulty="heroic")
    assert only.encounters[FIRST.encounter_id].code == CODES[1]
    assert tiers_of("mythicplus", "heroic") == ("b10",)


def test_old_seasons_are_left_out_and_names_help() -> None:
    old = row(3129, CODES[0])
    named = row(99, CODES[1], label="THE TWIN FANGS!")
    found = chosen(export(old, named))
    twins = next(e for e in RAID.encounters if e.name == "The Twin Fangs")
    assert list(found.encounters) == [twins.encounter_id]
    # A whole difficulty is over all seasons: of no use without an encounter of this one.
    assert chosen(export(old, row(None, CODES[0]))).general is None


def test_a_whole_difficulty_of_old_seasons_alone_is_not_the_general_build() -> None:
    """As in the first days of a tier: on Mythic there are last season's kills only."""
    mythic = export(row(3129, CODES[0], 90, 900), row(None, CODES[0], 90, 900))
    heroic = [row(FIRST.encounter_id, CODES[1]), row(None, CODES[2], 70, 500)]
    assert chosen(mythic, export(*heroic, tier="d15")).general.code == CODES[2]
    assert chosen(mythic, export(heroic[0], tier="d15")).general.code == CODES[1]


def test_the_general_build_is_that_of_the_difficulty_or_the_most_used() -> None:
    rows = [row(e.encounter_id, CODES[n % 2], 10 + n) for n, e in enumerate(RAID.encounters)]
    assert chosen(export(*rows, row(None, CODES[3], 70, 500))).general.code == CODES[3]
    most = chosen(export(*rows)).general
    assert most.code == CODES[0]
    assert (most.count, most.sample) == (10 + 12 + 14 + 16 + 18, 60 * 9)


def test_codes_that_nobody_can_play_are_left_out_and_counted() -> None:
    stale = CODES[0][:5] + "B" + CODES[0][6:]
    assert decode(stale, TREES).other_tree
    found = chosen(
        export(
            row(FIRST.encounter_id, "not a code"),
            row(SECOND.encounter_id, stale),
            row(RAID.encounters[2].encounter_id, own_code(64, 1)),
            row(RAID.encounters[3].encounter_id, CODES[0]),
        )
    )
    assert list(found.encounters) == [RAID.encounters[3].encounter_id]
    assert found.left_out == {
        "code.bad_character": 1,
        "code.other_tree": 1,
        "code.other_spec": 1,
    }
