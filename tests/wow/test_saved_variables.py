"""The player's own talents, read from what the game saved."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from att_desktop.wow.lua_tables import NotATable, parse_saved_variables
from att_desktop.wow.saved_variables import MyBuild, read_my_builds

if TYPE_CHECKING:
    from pathlib import Path

SAVED = """
AzerothsTopTalentCharDB = {
["version"] = 2,
["raids"] = {
{
["killed"] = true,
}, -- [1]
"text", -- [2]
},
["talents"] = {
[250] = {
["code"] = "CoPAclRGNHTPxGU6uPsGN+/A",
["time"] = 1795352400,
["name"] = "Ärthas",
["realm"] = "Kil'jaeden",
},
[71] = {
["code"] = "CcEAAAA",
["time"] = 1795352500.5,
},
},
}
"""


def save(flavour: Path, text: str | bytes, place: str = "1#1/Antonidas/Jaina") -> Path:
    folder = flavour / "WTF" / "Account" / place / "SavedVariables"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "AzerothsTopTalent.lua"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_builds_of_a_character(tmp_path: Path) -> None:
    save(tmp_path, SAVED)
    assert read_my_builds(tmp_path) == [
        MyBuild(character="Jaina", realm="Antonidas", spec_id=71, code="CcEAAAA", time=1795352500),
        MyBuild(
            character="Ärthas",
            realm="Kil'jaeden",
            spec_id=250,
            code="CoPAclRGNHTPxGU6uPsGN+/A",
            time=1795352400,
        ),
    ]


def test_windows_line_ends_are_the_same(tmp_path: Path) -> None:
    save(tmp_path, SAVED.replace("\n", "\r\n"))
    assert len(read_my_builds(tmp_path)) == 2


def test_the_newest_of_a_character_and_spec_counts(tmp_path: Path) -> None:
    save(tmp_path, SAVED)
    save(tmp_path, SAVED.replace("1795352400", "1795352999").replace("CoPA", "NEWER"), "2#2/A/B")
    builds = {build.spec_id: build for build in read_my_builds(tmp_path)}
    assert builds[250].code.startswith("NEWER")


def test_all_accounts_and_the_accounts_own_file(tmp_path: Path) -> None:
    save(tmp_path, SAVED, "1#1/Antonidas/Jaina")
    save(tmp_path, SAVED.replace("Ärthas", "Sylvanas"), "2#1")
    assert {build.character for build in read_my_builds(tmp_path)} == {
        "Jaina",
        "Ärthas",
        "Sylvanas",
    }


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\0\xff" * 50,
        b"AzerothsTopTalentCharDB = {",
        b"AzerothsTopTalentCharDB = nil",
        b"AzerothsTopTalentCharDB = 5",
        b"AzerothsTopTalentCharDB = os.execute('touch /tmp/x')",
        b"AzerothsTopTalentCharDB = setmetatable({}, {})",
        b"AzerothsTopTalentCharDB = [[long]]",
        b"--[[ AzerothsTopTalentCharDB = {} ]] os.exit()",
        b'AzerothsTopTalentCharDB = { ["talents"] = { 1, 2, [3] = "x", [true] = {} } }',
        b'AzerothsTopTalentCharDB = { ["talents"] = { [250] = { ["code"] = 5 } } }',
        b'AzerothsTopTalentCharDB = { ["talents"] = { [{}] = 1 } }',
        b'AzerothsTopTalentCharDB = { ["a"] = "\\999" }',
        b'AzerothsTopTalentCharDB = { ["a"] = "unclosed }',
        b"AzerothsTopTalentCharDB = " + b"{" * 100_000,
        b"AzerothsTopTalentCharDB = { [" + b"[" * 100_000,
    ],
)
def test_a_broken_file_costs_only_itself(tmp_path: Path, text: bytes) -> None:
    save(tmp_path, text, "1#1/A/Broken")
    save(tmp_path, SAVED)
    assert len(read_my_builds(tmp_path)) == 2


def test_a_file_that_is_too_large_is_left_alone(tmp_path: Path) -> None:
    save(tmp_path, SAVED + " " * 2_000_001)
    assert read_my_builds(tmp_path) == []


def test_a_game_without_wtf_has_no_builds(tmp_path: Path) -> None:
    assert read_my_builds(tmp_path) == []
    (tmp_path / "wtf" / "account").mkdir(parents=True)
    assert read_my_builds(tmp_path) == []


def test_reading_writes_nothing(tmp_path: Path) -> None:
    file = save(tmp_path, SAVED)
    before = (file.stat().st_mtime_ns, sorted(tmp_path.rglob("*")))
    read_my_builds(tmp_path)
    assert (file.stat().st_mtime_ns, sorted(tmp_path.rglob("*"))) == before


def test_values_as_lua_has_them() -> None:
    text = (
        'X = { ["a"] = "q\\"\\\\\\n\\065\\\nz", [2] = -1.5e3, b = 0x1F, \'s\', nil, 7; c = inf, '
        "[-3] = true, d = { { {} } } } Y = 1; Z = false"
    )
    assert parse_saved_variables(text, {"X", "Z"}) == {
        "X": {"a": 'q"\\\nA\nz', 2: -1500.0, "b": 31, 1: "s", 3: 7, -3: True, "d": {1: {1: {}}}},
        "Z": False,
    }


def test_no_text_is_anything_but_values_or_an_error() -> None:
    rng = random.Random(11)
    whole = SAVED
    for _ in range(2000):
        start, end = sorted(rng.choices(range(len(whole)), k=2))
        damaged = whole[:start] + "".join(rng.choices('{}[]="\\,;-0a\n', k=3)) + whole[end:]
        try:
            parse_saved_variables(damaged, {"AzerothsTopTalentCharDB"})
        except NotATable:
            continue
