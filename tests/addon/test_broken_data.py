"""Data that are not what the desktop app writes: nothing is offered, and nothing breaks."""

from __future__ import annotations

import re

import pytest

from tests.addon.client import GameClient
from tests.addon.data import DUNGEON_MAP, MYTHIC, RAID_MAP, SPEC, active_code, code_of, play, season
from tests.addon.scenes import OWN

HEAD = "local _, addon = ...\n"
BROKEN = {
    "nothing": "",
    "no tables": "addon.TalentData = 5 addon.EncounterInfo = 'x' addon.TalentDataTimestamp = {}",
    "records that are none": f"""addon.TalentData = {{ [{SPEC}] = {{
        general = {{ raid = {{ talentCode = 5 }}, mythicplus = "x" }},
        encounters = {{ [3129] = {{}}, [12660] = 1 }} }}, x = 1 }}""",
    "codes that are none": f"""addon.TalentData = {{ [{SPEC}] = {{
        general = {{ raid = {{ talentCode = "!" }},
            mythicplus = {{ talentCode = "CoP" }} }} }} }}""",
    "encounters that are none": f"""addon.EncounterInfo = {{
        x = {{ type = "raid", mapID = {RAID_MAP} }},
        y = {{ type = "mythicplus" }},
        [3129] = {{ type = "raid", mapID = {RAID_MAP}, order = "first", journalID = "x" }},
        [3131] = 7,
        [12660] = {{ type = "mythicplus", mapID = "{DUNGEON_MAP}", name = 5 }} }}""",
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_broken_data_offer_nothing_and_break_nothing(data: str) -> None:
    game = GameClient(SPEC, data=HEAD + data)
    game.login()
    game.enter(RAID_MAP, "raid", difficulty=MYTHIC, name="Raid")
    game.fire("READY_CHECK", "Leader", 35)
    game.advance(1)
    game.slash("status")
    game.slash("boss")
    game.enter(DUNGEON_MAP, "party", difficulty=8, name="Dungeon")
    game.slash("boss")
    game.advance(40)
    assert game.errors() == []
    assert game.prompt() is None


@pytest.mark.parametrize("format_", [1, 2])
def test_data_of_older_formats_are_read(format_: int) -> None:
    """Without support, hashes and other hero trees; the first also without source and counts."""
    data = season().split("addon.TreeHashes")[0].replace("Format = 3", f"Format = {format_}")
    if format_ == 1:
        data = re.sub(r"count = \d+, |addon\.TalentDataSource = .*", "", data)
    game = play(OWN)
    game.data = data
    game.login()
    game.click("Raid Build")
    game.advance(8)
    assert active_code(game) == code_of("raid")
    game.slash("builds")
    assert "of another version" not in " ".join(game.chat())
    assert game.errors() == []


@pytest.mark.parametrize("figure", ["0/0", "math.huge", "-1", "'x'"])
def test_figures_that_are_none_are_not_shown(figure: str) -> None:
    record = f"talentCode = '{code_of('raid')}', sampleSize = {figure}, popularity = {figure}"
    record += f", count = {figure}, support = {figure}"
    spec = f"{{ general = {{ raid = {{ {record} }} }} }}"
    game = GameClient(SPEC, data=f"{HEAD}addon.TalentData = {{ [{SPEC}] = {spec} }}")
    game.login()
    prompt = game.prompt()
    assert prompt is not None
    assert "top rankings" not in prompt["text"]
    game.slash("builds")
    assert game.errors() == []


BROKEN_VISITS = [
    'pull = "x"',
    "pull = {}",
    'pull = { id = 3131, time = "x" }',
    "chosen = {}",
    "chosen = 77",  # no boss of this raid
]


@pytest.mark.parametrize("field", BROKEN_VISITS)
def test_a_broken_memory_of_a_raid_is_as_good_as_none(field: str) -> None:
    visit = f'["{RAID_MAP}:{MYTHIC}"] = {{ killed = {{}}, expires = 9e15, {field} }}'
    game = play()
    game.login({"AzerothsTopTalentCharDB": f"{{ version = 2, raids = {{ {visit} }} }}"})
    game.enter(RAID_MAP, "raid", difficulty=MYTHIC, name="Raid")
    game.fire("READY_CHECK", "Leader", 35)
    game.advance(1)
    assert game.errors() == []
    prompt = game.prompt()
    assert prompt is not None
    assert "the first boss of this raid" in prompt["text"]
