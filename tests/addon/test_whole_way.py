"""The app's whole update, with its sample source, into the addon and onto the talents."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from att_desktop.game.import_codes import decode, encode
from tests.addon.builds import trees
from tests.addon.client import GameClient
from tests.addon.data import active_code
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def talent_data(tmp_path_factory: pytest.TempPathFactory) -> str:
    """TalentData.lua as the app writes it for all 40 specs."""
    folder: Path = tmp_path_factory.mktemp("update")
    output = folder / "TalentData.lua"
    env = {name: value for name, value in os.environ.items() if not name.startswith("WCL_")}
    env["ATT_HOME"] = str(folder / "home")
    command = [sys.executable, "-m", "att_desktop", "sync", "--sample", "--output", str(output)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return output.read_text(encoding="ascii")


@pytest.mark.parametrize("spec_id", sorted(trees().spec_ids))
def test_every_build_of_the_app_can_be_played(spec_id: int, talent_data: str) -> None:
    game = GameClient(spec_id, data=talent_data)
    game.login()
    spec = game.addon.TalentData[spec_id]
    records = list(spec.general.values()) + list(spec.encounters.values())
    assert len(records) >= 2
    for record in records:
        request = game.lua.table_from({"code": record.talentCode, "label": "the build"})
        game.addon.LoadoutManager.Apply(request)
        game.advance(8)
        wanted = decode(record.talentCode, trees()).selection
        assert active_code(game) == encode(trees().tree(spec_id), wanted)
    assert game.errors() == []


def test_bosses_and_dungeons_of_the_app_are_found_by_the_addon(talent_data: str) -> None:
    game = GameClient(250, data=talent_data)
    game.login()
    infos = dict(game.addon.EncounterInfo.items())
    assert {info.type for info in infos.values()} == {"raid", "mythicplus"}
    for encounter_id, info in infos.items():
        if info.type == "raid":
            bosses = [boss.id for boss in game.addon.Encounters.Raid(info.mapID).values()]
            assert encounter_id in bosses
        else:
            assert game.addon.Encounters.Dungeon(info.mapID) == encounter_id
