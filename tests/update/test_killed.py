"""A run that is killed at any moment goes on where it was, through the real command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from lupa.lua51 import LuaRuntime

from att_desktop.game.specs import SPECS, find_specs
from att_desktop.update.checkpoint import read_checkpoint
from tests.sources.warcraftlogs.rows import RAID_BOSSES
from tests.sources.warcraftlogs.server import FakeWarcraftLogs
from tests.update.harness import fill

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

HUNTERS = [spec.spec_id for spec in find_specs("hunter")]
DRUIDS = [spec.spec_id for spec in find_specs("druid")]


class Player:
    """Somebody who runs ``att-desktop sync`` in a home of his own."""

    def __init__(self, home: Path, wcl: FakeWarcraftLogs) -> None:
        self.home = home
        self.output = home / "TalentData.lua"
        self.environ = {
            **os.environ,
            "ATT_HOME": str(home),
            "WCL_CLIENT_ID": wcl.client[0],
            "WCL_CLIENT_SECRET": wcl.client[1],
            "WCL_API_URL": wcl.api_url,
            "WCL_TOKEN_URL": wcl.token_url,
            "ATT_REQUEST_INTERVAL_MS": "20",
        }

    def start(self, *more: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "att_desktop", "sync", "--content", "raid", "--json"]
        return subprocess.Popen(
            [*command, "--output", str(self.output), *more],
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def finish(self, *more: str) -> tuple[int, dict[str, Any], str]:
        run = self.start(*more)
        out, err = run.communicate(timeout=120)
        return run.returncode, json.loads(out) if out else {}, err

    @property
    def complete(self) -> set[int]:
        return {unit.spec_id for unit in read_checkpoint(self._checkpoint).units}

    @property
    def _checkpoint(self) -> Path:
        return self.home / "cache" / "checkpoint.json"


def lua_loads(path: Path) -> None:
    lua = LuaRuntime(encoding=None)
    lua.eval("function(code, ...) return assert(loadstring(code))(...) end")(
        path.read_bytes(), b"AzerothsTopTalent", lua.table()
    )


def test_killed_at_any_moment_nothing_complete_is_fetched_again(tmp_path: Path) -> None:
    rng = Random(20261122)
    specs = DRUIDS + HUNTERS
    with FakeWarcraftLogs() as wcl:
        fill(wcl, specs, dict.fromkeys(RAID_BOSSES, (5, 40)))
        undisturbed = Player(tmp_path / "undisturbed", wcl)
        assert [undisturbed.finish("--class", name)[0] for name in ("druid", "hunter")] == [0, 0]
        player = Player(tmp_path / "player", wcl)
        for name, kills in (("druid", 3), ("hunter", 2)):
            for _ in range(kills):
                known = player.complete
                wcl.seen.clear()
                run = player.start("--class", name)
                # Wherever it is by then: between two questions, counting, writing.
                enough = rng.randint(1, 3)
                while run.poll() is None and len(wcl.requests("api")) < enough:
                    time.sleep(0.005)
                time.sleep(rng.random() * 0.3)
                run.kill()
                run.communicate()
                asked = {seen.variables.get("specName") for seen in wcl.requests("api")}
                assert asked.isdisjoint({SPECS[spec_id].slug for spec_id in known})
                assert known <= player.complete
                assert read_checkpoint(player._checkpoint).problem is None
                if player.output.exists():
                    lua_loads(player.output)
            code, summary, err = player.finish("--class", name)
            assert (code, summary["failed"]) == (0, 0), err
        assert wcl.invalid == []
    assert not list(player.home.rglob("*.tmp"))
    same = [read_checkpoint(each._checkpoint) for each in (undisturbed, player)]
    for before, after in zip(same[0].encounters.values(), same[1].encounters.values(), strict=True):
        assert before.all_builds == after.all_builds
    assert {k: v.all_builds for k, v in same[0].units.items()} == {
        k: v.all_builds for k, v in same[1].units.items()
    }


@pytest.mark.skipif(os.name == "nt", reason="Windows has no polite kill")
def test_a_polite_kill_ends_resumable_with_code_3(tmp_path: Path) -> None:
    with FakeWarcraftLogs() as wcl:
        fill(wcl, DRUIDS, dict.fromkeys(RAID_BOSSES, (5, 40)))
        player = Player(tmp_path, wcl)
        # Longer than the test has patience: the run does not sit this out.
        player.environ["ATT_REQUEST_INTERVAL_MS"] = "60000"
        run = player.start("--class", "druid")
        wcl.wait_for_requests("token", 1)
        run.terminate()
        out, _ = run.communicate(timeout=30)
        assert run.returncode == 3
        assert json.loads(out)["stopped"] == "cancelled"
