"""``TalentData.lua`` as Lua 5.1 sees it."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
import pytest

from att_desktop.game.results import MarkedBuild
from att_desktop.wow.lua_text import lua_bytes, quote
from att_desktop.wow.talent_data import DataMarks, read_marks, render
from tests.wow.lua_data import load_talent_data
from tests.wow.records import build, data, encounter, unit

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = [
    'Ula"tek',
    "San'layn",
    "back\\slash",
    "two\nlines\r\nand\ttabs",
    "]] ]=] [[ --[[ ]]--",
    '"] = 1 } os.exit() --',
    "\0nul\x7fdel\x1b",
    "digits\n123",
    "Немезида",
    "網絡 🐉",
    "e\u0301 \u202e \ufeff \u2028",
    "\\034 \\n \\",
    "%s %d |cffff0000red|r",
    "",
    "x" * 70_000,
]


def test_the_file_is_exactly_this() -> None:
    other = build("CoPB", count=6, popularity=3.75, hero_tree="X", support=9)
    blood = "4330dca1" * 4
    source = render(
        data(
            encounter(12660, "Ara-Kara", build(count=4), spec_id=1480, content_type="mythicplus",
                      map_id=2660, challenge_mode_id=503, zone="Season 1", order=2),
            encounter(3130, "Soulbinder", build(count=2), journal_id=2685, order=3, source="feed",
                      tree_hash=blood),
            encounter(3129, "Plexus Sentinel", build(count=1, support=61), journal_id=2684,
                      general_fits=True, others=[other]),
            units=(
                unit("raid", build(hero_tree=None, popularity=100.0), spec_id=1480),
                unit("mythicplus", build(count=3)),
                unit("raid"),
            ),
            marked=(
                MarkedBuild(spec_id=1480, talent_code="CoPC", encounters=[12660]),
                MarkedBuild(spec_id=250, talent_code='Co"P', hero_tree="X", encounters=[3130, 7]),
                MarkedBuild(spec_id=250, talent_code="CoPD"),
            ),
        )
    ).decode("ascii")  # fmt: skip
    usual = 'talentCode = "CoPA+/==", sampleSize = 160, popularity = 10.62'
    assert (
        source
        == f"""\
local _, addon = ...
addon.TalentData = {{
    [250] = {{ -- DeathKnight Blood
        general = {{
            raid = {{ {usual}, count = 17, heroTree = "San'layn" }},
            mythicplus = {{ {usual}, count = 3, heroTree = "San'layn" }},
        }},
        encounters = {{
            [3129] = {{ {usual}, count = 1, heroTree = "San'layn", support = 61, \
generalFits = true, \
others = {{ {{ talentCode = "CoPB", count = 6, heroTree = "X", support = 9 }} }} }},
            [3130] = {{ {usual}, count = 2, heroTree = "San'layn", source = "feed" }},
        }},
    }},
    [1480] = {{ -- DemonHunter Devourer
        general = {{
            raid = {{ {usual.replace("10.62", "100.00")}, count = 17, heroTree = nil }},
        }},
        encounters = {{
            [12660] = {{ {usual}, count = 4, heroTree = "San'layn" }},
        }},
    }},
}}
addon.EncounterInfo = {{
    [3129] = {{ name = "Plexus Sentinel", type = "raid", journalID = 2684, order = 1, \
zone = "Manaforge Omega", mapID = nil }},
    [3130] = {{ name = "Soulbinder", type = "raid", journalID = 2685, order = 3, \
zone = "Manaforge Omega", mapID = nil }},
    [12660] = {{ name = "Ara-Kara", type = "mythicplus", journalID = 0, order = 2, \
zone = "Season 1", mapID = 2660, challengeModeID = 503 }},
}}
addon.EncounterByName = {{
    ["Ara-Kara"] = 12660,
    ["Plexus Sentinel"] = 3129,
    ["Soulbinder"] = 3130,
}}
addon.RaidNight = {{
    [250] = {{
        {{ talentCode = "Co\\034P", heroTree = "X", encounters = {{ 3130, 7 }} }},
        {{ talentCode = "CoPD", heroTree = nil, encounters = {{  }} }},
    }},
    [1480] = {{
        {{ talentCode = "CoPC", heroTree = nil, encounters = {{ 12660 }} }},
    }},
}}
addon.TalentDataTimestamp = "2026-11-22T13:00:00"
addon.TalentDataFormat = 3
addon.TalentDataSource = "warcraftlogs"
addon.TreeHashes = {{
    [250] = "{blood}",
}}
"""
    )


def test_lua_reads_what_was_written() -> None:
    addon = load_talent_data(render(data(encounter(3129, "Plexus", map_id=2810), sample=True)))
    assert addon[b"TalentData"][250][b"general"][b"raid"] == {
        b"talentCode": b"CoPA+/==",
        b"sampleSize": 160,
        b"popularity": 10.62,
        b"count": 17,
        b"heroTree": b"San'layn",
    }
    assert addon[b"EncounterInfo"][3129][b"mapID"] == 2810
    assert addon[b"EncounterByName"] == {b"Plexus": 3129}
    assert addon[b"TalentDataTimestamp"] == b"2026-11-22T13:00:00"
    assert addon[b"TalentDataFormat"] == 3
    assert addon[b"TalentDataSource"] == b"warcraftlogs"
    assert addon[b"TreeHashes"] == {}
    assert addon[b"TalentDataSample"] is True


def test_builds_that_counts_do_not_tell_apart_are_numbered() -> None:
    def written(support: int | None, *counts: int) -> dict[bytes, object]:
        builds = [build(f"CoP{n}", count=n, support=support) for n in counts]
        record = encounter(3129, "Plexus", builds[0])
        source = render(data(msgspec.structs.replace(record, all_builds=builds)))
        found: dict[bytes, object] = load_talent_data(source)[b"TalentData"][250][b"encounters"][
            3129
        ]
        return found

    assert written(20, 17, 8, 7, 3)[b"undecided"] == 1
    assert b"undecided" not in written(20, 17, 3)
    assert b"undecided" not in written(None, 17, 8, 7, 3), "the most frequent one, not the nearest"


def test_only_sample_data_carry_the_mark(tmp_path: Path) -> None:
    path = tmp_path / "TalentData.lua"
    for sample in (False, True):
        path.write_bytes(render(data(sample=sample)))
        assert read_marks(path).is_sample is sample
        assert (b"TalentDataSample" in load_talent_data(path.read_bytes())) is sample


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: repr(name[:12]))
def test_hostile_names_arrive_byte_for_byte(name: str) -> None:
    hostile = build(name, hero_tree=name)
    source = render(
        data(
            encounter(1, name, zone=name),
            units=(unit("raid", hostile),),
            timestamp=name,
        )
    )
    assert all(byte == 10 or 32 <= byte < 127 for byte in source)
    assert source.count(b"\n") == render(data(encounter(1, "x"))).count(b"\n")
    addon = load_talent_data(source)
    raw = name.encode()
    assert addon[b"EncounterInfo"][1][b"name"] == raw
    assert addon[b"EncounterInfo"][1][b"zone"] == raw
    assert addon[b"EncounterByName"] == {raw: 1}
    assert addon[b"TalentDataTimestamp"] == raw
    record = addon[b"TalentData"][250][b"general"][b"raid"]
    assert (record[b"talentCode"], record[b"heroTree"]) == (raw, raw)


def test_random_text_arrives_byte_for_byte() -> None:
    rng = random.Random(20261122)
    pools = ["\0\n\r\t\\\"'[]=-0123456789az", "åЖ漢🐉\ud800\udfff\x80\u2028", '"\\\n0']
    names = ["".join(rng.choices(rng.choice(pools), k=rng.randrange(12))) for _ in range(5000)]
    addon = load_talent_data(render(data(*(encounter(i, name) for i, name in enumerate(names)))))
    for number, name in enumerate(names):
        assert addon[b"EncounterInfo"][number][b"name"] == lua_bytes(name)


def test_lone_surrogates_become_the_replacement_character() -> None:
    assert lua_bytes("a\ud800b") == "a\ufffdb".encode()
    assert lua_bytes("\ud83d\udc09") == "🐉".encode()
    addon = load_talent_data(render(data(encounter(7, "a\ud800"), encounter(5, "a\udc00"))))
    assert addon[b"EncounterByName"] == {"a\ufffd".encode(): 5}


def test_of_two_encounters_with_one_name_the_lower_id_is_found() -> None:
    first, second = encounter(62649, "Priory"), encounter(12649, "Priory")
    assert render(data(first, second)) == render(data(second, first))
    assert load_talent_data(render(data(first, second)))[b"EncounterByName"] == {b"Priory": 12649}


def test_equal_data_give_equal_bytes_in_any_order() -> None:
    encounters = [encounter(number, f"Boss {number % 7}", order=number) for number in range(20)]
    # What two specs say of one encounter may differ after a patch.
    encounters += [encounter(3, "Boss 3", zone="Old", spec_id=71)]
    encounters += [
        encounter(number, f"Boss {number % 7}", order=number, spec_id=spec_id)
        for spec_id in (73, 62, 1480)
        for number in range(5)
    ]
    units = [unit("raid", spec_id=spec_id) for spec_id in (73, 62, 1480, 250)]
    expected = render(data(*encounters, units=tuple(units)))
    rng = random.Random(5)
    for _ in range(10):
        rng.shuffle(encounters)
        rng.shuffle(units)
        assert render(data(*encounters, units=tuple(units))) == expected


@pytest.mark.parametrize("share", [float("nan"), float("inf"), -0.0, 1e-9, 1e20])
def test_no_share_is_a_lua_error(share: float) -> None:
    units = (unit("raid", build(popularity=share), spec_id=71),)
    addon = load_talent_data(render(data(units=units)))
    assert isinstance(addon[b"TalentData"][71][b"general"][b"raid"][b"popularity"], float | int)


def test_a_spec_that_is_not_known_needs_no_comment() -> None:
    addon = load_talent_data(render(data(units=(unit("raid", spec_id=9999),))))
    assert list(addon[b"TalentData"]) == [9999]


def test_the_sources_are_read_without_running_lua(tmp_path: Path) -> None:
    path = tmp_path / "TalentData.lua"
    assert read_marks(path).sources == ()
    names = ('x", source = "sample', "Boss")
    path.write_bytes(
        render(
            data(
                *(encounter(number, name, source="feed") for number, name in enumerate(names)),
                source="parses",
            )
        )
    )
    assert read_marks(path).sources == ("parses", "warcraftlogs", "feed")  # the units of data()
    path.write_bytes(bytes(range(256)) * 100)
    assert read_marks(path).sources == ()


def test_the_age_is_read_without_running_lua(tmp_path: Path) -> None:
    path = tmp_path / "TalentData.lua"
    assert read_marks(path).timestamp is None
    many = tuple(encounter(number, f"Boss {number}") for number in range(2000))
    path.write_bytes(render(data(*many)))
    assert read_marks(path).timestamp == datetime(2026, 11, 22, 13, tzinfo=UTC)
    path.write_bytes(path.read_bytes() + b"-- a line of the player's own\n" * 1000)
    assert read_marks(path).timestamp == datetime(2026, 11, 22, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"addon.TalentDataTimestamp = nil\n",
        b'addon.TalentDataTimestamp = "2026-99-99T99:99:99"\n',
        b'-- addon.TalentDataTimestamp = "2026-11-22T13:00:00"\n',
        bytes(range(256)) * 100,
    ],
)
def test_no_age_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "TalentData.lua"
    path.write_bytes(content)
    assert read_marks(path).timestamp is None
    assert read_marks(tmp_path) == DataMarks()


def test_a_name_cannot_forge_the_age(tmp_path: Path) -> None:
    path = tmp_path / "TalentData.lua"
    forged = '\naddon.TalentDataTimestamp = "1999-01-01T00:00:00"\n'
    path.write_bytes(render(data(encounter(1, forged), timestamp="unknown")))
    assert read_marks(path).timestamp is None


def test_plain_text_is_left_readable() -> None:
    assert quote("Plexus Sentinel's #1") == '"Plexus Sentinel\'s #1"'
    assert quote('a"b\\c\n1') == '"a\\034b\\092c\\0101"'
    assert quote("é") == '"\\195\\169"'
