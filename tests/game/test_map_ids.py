"""Game ids of encounters."""

from __future__ import annotations

import pytest

from att_desktop.game.map_ids import challenge_mode_id, instance_map_id
from tests.sources.warcraftlogs.rows import DUNGEONS, RAID_BOSSES


@pytest.mark.parametrize(
    ("encounter_id", "map_id", "challenge"),
    [
        (12993, 2993, 588),
        (61762, 1762, 249),
        (112521, 2521, 399),
        (12811, 2811, 558),
        (361753, 1753, 239),
        (61209, 1209, 161),
        (10658, 658, 556),
        (12660, 2660, None),
        (112098, 2097, None),
        (12098, 2097, None),
    ],
)
def test_dungeons(encounter_id: int, map_id: int, challenge: int | None) -> None:
    assert instance_map_id(encounter_id, "mythicplus") == map_id
    assert challenge_mode_id(encounter_id) == challenge


@pytest.mark.parametrize("encounter_id", [0, -1, 2993, 19999, 12441, 999999999])
def test_dungeons_that_nobody_checked_have_no_map(encounter_id: int) -> None:
    assert instance_map_id(encounter_id, "mythicplus") is None
    assert challenge_mode_id(encounter_id) is None


@pytest.mark.parametrize(
    ("encounter_id", "map_id"),
    [(3470, 3004), (3379, 2987), (3176, 2912), (3306, 2939), (3183, 2913), (3129, 2810)],
)
def test_bosses(encounter_id: int, map_id: int) -> None:
    assert instance_map_id(encounter_id, "raid") == map_id


def test_the_ids_of_one_kind_mean_nothing_for_the_other() -> None:
    assert instance_map_id(12993, "raid") is None
    assert instance_map_id(3470, "mythicplus") is None
    assert challenge_mode_id(3470) is None


def test_everything_of_this_season_is_known() -> None:
    assert all(instance_map_id(each, "raid") for each in RAID_BOSSES)
    assert all(instance_map_id(each, "mythicplus") for each in DUNGEONS)
    assert all(challenge_mode_id(each) for each in DUNGEONS)
