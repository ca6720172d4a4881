"""Each byte of our files in turn is wrong, missing or there twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from lupa.lua51 import LuaRuntime

from att_desktop.config.settings import Settings, load_settings
from att_desktop.system.folders import find_folders
from att_desktop.update.checkpoint import read_checkpoint
from att_desktop.update.library import Library, talent_data
from att_desktop.wow.talent_data import render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
import pytest

pytestmark = pytest.mark.slow

WHEN: Final = "2026-11-22T12:00:00+00:00"
BUILD: Final = {"talent_code": "CEk", "count": 3, "popularity": 30.0, "hero_tree": "San'layn"}
SAMPLE: Final = {
    "content_type": "raid", "spec_id": 250, "best_build": BUILD, "sample_size": 10,
    "all_builds": [BUILD], "fetched_at": WHEN,
}  # fmt: skip
CHECKPOINT: Final = {
    "version": 1,
    "config": {
        "raid_zone_id": 53, "mplus_zone_id": 55, "raid_partition": 1, "mplus_partition": 1,
        "difficulty": "auto", "top_n_players": 10, "tree_version": "x",
    },
    "results": [{"class_name": "DeathKnight", "spec_name": "Blood", **SAMPLE}],
    "encounter_results": [{"encounter_id": 3470, "encounter_name": "Nek'zali", **SAMPLE}],
    "empty": [{"spec_id": 65, "content_type": "raid", "reason": "none", "fetched_at": WHEN}],
}  # fmt: skip


def spoilt(data: bytes) -> Iterator[bytes]:
    for at, byte in enumerate(data):
        for instead in (bytes([byte ^ 1]), bytes([byte ^ 0x80]), b"\0", b"", bytes([byte, byte])):
            yield data[:at] + instead + data[at + 1 :]


def test_results_are_read_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.json"
    whole = json.dumps(CHECKPOINT).encode()
    path.write_bytes(whole)
    assert len(read_checkpoint(path).units) == len(read_checkpoint(path).encounters) == 1
    loads = LuaRuntime(encoding=None).eval(b"function(s) return loadstring(s) ~= nil end")
    refused = 0
    for data in spoilt(whole):
        path.write_bytes(data)
        found = read_checkpoint(path)
        assert Library.load(path).problem == found.problem
        told = talent_data(found.units.values(), found.encounters.values(), sample=False)
        assert loads(render(told))
        refused += bool(found.problem)
    assert 0 < refused < len(whole) * 5


def test_settings_are_read_or_have_their_defaults(own_home: Path) -> None:
    folders = find_folders()
    folders.config.mkdir(parents=True)
    path = folders.config / "settings.json"
    whole = b'{"content": "raid", "top_n": 20, "freshness_hours": 6, "game_folders": ["/x"]}'
    path.write_bytes(whole)
    assert load_settings(folders).settings.top_n == 20
    refused = 0
    for data in spoilt(whole):
        path.write_bytes(data)
        loaded = load_settings(folders)
        assert isinstance(loaded.settings, Settings)
        assert 10 <= loaded.settings.top_n <= 100
        refused += bool(loaded.problems)
    assert 0 < refused < len(whole) * 5
