"""``doctor`` against a Warcraft Logs of our own: the whole report, and what it never says."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from att_desktop.game.import_codes import encode
from att_desktop.game.trees import TalentTrees
from tests.sources.warcraftlogs.faults import Reset
from tests.sources.warcraftlogs.rows import DUNGEONS, row, talents_of
from tests.sources.warcraftlogs.server import FakeWarcraftLogs
from tests.update.harness import build

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REPORT = "37FzMg9pVPH6fnJT"
FROST_MAGE = TalentTrees.embedded().tree(64)


@pytest.fixture
def wcl() -> Iterator[FakeWarcraftLogs]:
    with FakeWarcraftLogs() as server:
        yield server


def doctor(home: Path, wcl: FakeWarcraftLogs, *argv: str, **more: str) -> Any:
    client_id, secret = wcl.client
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("WCL_", "ATT_"))}
    environ |= {
        "HOME": str(home / "nobody"),
        "ATT_HOME": str(home),
        "ATT_REQUEST_INTERVAL_MS": "0",
        "WCL_API_URL": wcl.api_url,
        "WCL_TOKEN_URL": wcl.token_url,
        "WCL_CLIENT_ID": client_id,
        "WCL_CLIENT_SECRET": secret,
        **more,
    }
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "att_desktop", "doctor", *argv],
        env=environ,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def a_report(code: str) -> dict[str, Any]:
    """A report whose one player has the import code ``code``."""

    def actors(_info: object, type: str) -> list[dict[str, Any]]:  # noqa: A002 - the schema's name
        return [{"id": 4, "name": "Críms", "server": "Draenor", "subType": type}]

    def fights(_info: object, fightIDs: list[int], translate: bool) -> list[dict[str, Any]]:  # noqa: N803 - the schema's name
        return [{"id": each, "talentImportCode": code_of} for each in fightIDs if not translate]

    def code_of(_info: object, actorID: int) -> str:  # noqa: N803 - the schema's name
        return code if actorID == 4 else ""

    def master(_info: object, translate: bool) -> dict[str, Any]:
        return {} if translate else {"actors": actors}

    return {"fights": fights, "masterData": master}


@pytest.mark.slow
def test_a_healthy_installation(own_home: Path, wcl: FakeWarcraftLogs) -> None:
    selection = build(FROST_MAGE, 3)
    talents = talents_of(FROST_MAGE, selection)
    wcl.rankings["Mage", "Frost", DUNGEONS[0], 10] = [row(talents=talents)] * 9 + [row()]
    wcl.reports[REPORT] = a_report(encode(FROST_MAGE, selection))
    done = doctor(own_home, wcl)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert "[ok  ] Talent trees: 40 specs" in done.stdout
    assert "[ok  ] Warcraft Logs: A token came" in done.stdout
    assert "[ok  ] Live talents: 9 of 10 players" in done.stdout
    assert "[ok  ] Live code: 1 of 1 codes decode" in done.stdout
    assert "[warn] Environment: Warcraft Logs is replaced by 127.0.0.1" in done.stdout
    assert "[skip] Own talents: The addon has not noted any talents yet." in done.stdout
    assert "[FAIL]" not in done.stdout
    for path in (path for path in own_home.rglob("*") if path.is_file()):
        assert wcl.client[1].encode() not in path.read_bytes()
    assert wcl.client[1] not in done.stdout


@pytest.mark.slow
def test_trees_of_another_season_are_noticed(own_home: Path, wcl: FakeWarcraftLogs) -> None:
    strange = [{"talentID": 5, "points": 1}, {"talentID": 6, "points": 1}]
    wcl.rankings["Mage", "Frost", DUNGEONS[0], 10] = [row(talents=strange)] * 10
    wcl.reports[REPORT] = a_report("CAAAAAAAAAAAAAAAAAAAAAAAAA")
    done = doctor(own_home, wcl)
    assert done.returncode == 1
    assert "[FAIL] Live talents: 0 of 10 players" in done.stdout
    assert "[warn] Live code: 0 of 1 codes" in done.stdout


@pytest.mark.slow
def test_wrong_credentials_are_told(own_home: Path, wcl: FakeWarcraftLogs) -> None:
    done = doctor(own_home, wcl, WCL_CLIENT_SECRET="canary-of-the-doctor")
    assert done.returncode == 1
    assert "[FAIL] Warcraft Logs: Warcraft Logs does not accept" in done.stdout
    assert "canary-of-the-doctor" not in done.stdout + done.stderr


@pytest.mark.slow
def test_a_broken_network_is_not_tried_for_long(own_home: Path, wcl: FakeWarcraftLogs) -> None:
    wcl.fail(Reset(), at="token", times=20)
    done = doctor(own_home, wcl)
    assert done.returncode == 1
    assert "[FAIL] Warcraft Logs: Warcraft Logs cannot be reached" in done.stdout
    assert len(wcl.requests("token")) <= 2


@pytest.mark.slow
def test_offline_nothing_is_asked(own_home: Path, wcl: FakeWarcraftLogs) -> None:
    done = doctor(own_home, wcl, "--offline")
    assert done.returncode == 0, done.stdout
    assert "Warcraft Logs: " not in done.stdout.replace("Environment: Warcraft Logs", "")
    assert wcl.seen == []
