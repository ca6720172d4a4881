"""The update from parses.gg, from an empty home to TalentData.lua, over a loopback host."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from att_desktop import cli
from att_desktop.config.settings import Settings, save_settings
from att_desktop.game.seasons import Seasons, shipped_season
from att_desktop.game.specs import SPECS
from att_desktop.game.swaps import swaps
from att_desktop.sources.parses.client import EXPORT_PATH
from att_desktop.sources.parses.export import COHORTS, TIERS
from att_desktop.sources.warcraftlogs.seasons import save_seasons
from att_desktop.system.folders import find_folders
from att_desktop.update.library import Library
from att_desktop.update.result_folders import seasons_file
from tests.own_codes import TREES, own_code, own_selection
from tests.sources.static_server import Answer, StaticServer
from tests.wow.lua_data import load_talent_data

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RAID, MPLUS = shipped_season("raid"), shipped_season("mythicplus")


def rows(encounters: Any, spec_id: int, count: int = 9) -> list[dict[str, Any]]:
    found = [
        {
            "encounterId": encounter.encounter_id,
            "label": encounter.name,
            "exportCode": own_code(spec_id, number % 3),
            "count": count,
            "sample": 60,
        }
        for number, encounter in enumerate(encounters)
    ]
    # An old season, as the host mixes them in.
    return [*found, {**found[0], "encounterId": 3129, "label": "Plexus Sentinel"}]


def export(tier: str, cohort: str, count: int = 9, specs: Any = tuple(SPECS)) -> bytes:
    encounters = MPLUS.encounters if tier == "b10" else RAID.encounters
    body = {
        "gameBuild": "12.1.0",
        "tier": tier,
        "cohort": cohort,
        "specs": [
            {"specId": s, "classId": 1, "partition": 1, "encounters": rows(encounters, s, count)}
            for s in specs
        ],
    }
    return json.dumps(body).encode()


def serve(server: StaticServer, **more: Any) -> None:
    for tier in TIERS:
        for cohort in COHORTS:
            path = f"{EXPORT_PATH}?tier={tier}&cohort={cohort}"
            server.files[path] = export(tier, cohort, **more)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[StaticServer]:
    with StaticServer() as server:
        serve(server)
        monkeypatch.setenv("ATT_PARSES_URL", server.url)
        # No keyring, as on a bare machine.
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        yield server


def text(value: Any) -> Any:
    """Lua's strings as text."""
    if isinstance(value, dict):
        return {text(key): text(inner) for key, inner in value.items()}
    return value.decode() if isinstance(value, bytes) else value


def sync(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    code = cli.main(["sync", "--json", *words])
    return code, json.loads(capsys.readouterr().out)


def test_an_empty_home_has_builds_for_all_after_one_update(
    server: StaticServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "TalentData.lua"
    code, summary = sync(capsys, "--source", "parses", "--output", str(output))
    assert code == 0, summary
    assert (summary["units"], summary["done"], summary["failed"]) == (80, 80, 0)
    assert summary["source"] == "parses"
    assert summary["requests"] == len(server.asked) <= 10
    data = text(load_talent_data(output.read_bytes()))
    assert len(data["TalentData"]) == 40
    assert data["TalentDataSource"] == "parses"
    blood = data["TalentData"][250]
    assert set(blood["encounters"]) == {e.encounter_id for s in (RAID, MPLUS) for e in s.encounters}
    first = blood["encounters"][RAID.encounters[0].encounter_id]
    assert (first["count"], first["sampleSize"], first["talentCode"]) == (9, 60, own_code(250, 0))
    assert 3129 not in data["EncounterInfo"]
    # Within the freshness nothing is asked.
    before = len(server.asked)
    code, summary = sync(capsys, "--source", "parses", "--output", str(output))
    assert (code, summary["up_to_date"], summary["requests"]) == (0, 80, 0)
    assert len(server.asked) == before


def test_auto_needs_no_account(
    server: StaticServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, summary = sync(capsys, "--output", str(tmp_path / "t.lua"), "--spec", "Frost Mage"[:5])
    assert (code, summary["source"]) == (0, "parses")
    assert server.asked


@pytest.mark.slow
def test_a_thin_answer_does_not_replace_builds_silently(
    server: StaticServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "TalentData.lua"
    sync(capsys, "--source", "parses", "--output", str(output))
    before = output.read_bytes()
    checkpoint = find_folders().cache / "parses" / "checkpoint.json"
    results = checkpoint.read_bytes()
    serve(server, specs=[250, 251])
    aged = results.replace(b'"fetched_at":"2', b'"fetched_at":"1')
    checkpoint.write_bytes(aged)
    told = checkpoint.with_name("thin.json")
    for words in ([], ["--fresh"]):
        code, summary = sync(capsys, "--source", "parses", "--output", str(output), *words)
        assert code == 1
        assert "far fewer builds than last time (34 instead of 680)" in summary["error"]
        assert (output.read_bytes(), checkpoint.read_bytes()) == (before, aged)
        # As if it had been some hours ago.
        told.write_text('"2026-01-01T00:00:00+00:00"')
    told.write_text(json.dumps(datetime.now(UTC).isoformat()))
    # "press Update again to take the new ones all the same"
    code, summary = sync(capsys, "--source", "parses", "--output", str(output))
    assert (code, summary["done"], summary["empty"]) == (0, 4, 76)
    assert not told.exists()


def test_a_new_most_played_build_is_told_and_since_when_it_is_is_kept(
    server: StaticServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--source", "parses", "--content", "raid", "--difficulty", "mythic", "--spec", "250"]
    words += ["--output", str(tmp_path / "t.lua"), "--fresh"]
    save_settings(Settings(own_specs=(250,)), find_folders())
    assert sync(capsys, *words)[0] == 0
    for path, body in server.files.items():
        server.files[path] = body.replace(own_code(250, 0).encode(), own_code(250, 2).encode())
    # As if the first update had been two days ago.
    time = datetime.now(UTC) - timedelta(days=2)
    history = find_folders().data / "history.json"
    checkpoint = find_folders().cache / "parses" / "checkpoint.json"
    for file in (history, checkpoint):
        dated = re.sub(r'"(since|last|fetched_at)":"[^"]+"', rf'"\1":"{time.isoformat()}"',
                       file.read_text())  # fmt: skip
        file.write_text(dated)
    assert cli.main(["sync", *words]) == 0
    captured = capsys.readouterr()
    told = [line for line in captured.err.splitlines() if line.startswith("New most played")]
    boss = RAID.encounters[0].name
    apart = swaps(TREES.tree(250), own_selection(250, 0), own_selection(250, 2)).number
    assert f"New most played build on {boss} for your Blood: {apart} swaps." in told
    assert len(told) == 4, "each third of nine bosses, and the general build"
    assert cli.main(["sync", *words[:-1], "--events"]) == 0
    kinds = [json.loads(line)["event"] for line in capsys.readouterr().out.splitlines()]
    assert "builds_changed" not in kinds, "nothing was fetched"
    library = Library.load(checkpoint, history=history)
    since = {
        record.encounter_id: played.since
        for record in library.encounters.values()
        if (played := library.history.most_played(record))
    }
    changed = [e.encounter_id for e in RAID.encounters[::3]]
    assert {key for key, when in since.items() if when > time + timedelta(days=1)} == set(changed)
    assert {when for key, when in since.items() if key not in changed} == {time}


def test_builds_that_cannot_be_used_are_left_out_and_counted(
    server: StaticServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = export("d16", "top10", specs=[250])
    code_of = own_code(250, 0).encode()
    stale = code_of[:5] + b"B" + code_of[6:]
    for path in server.files:
        server.files[path] = good.replace(code_of, stale) if "d16" in path else b"{}"
    path = f"{EXPORT_PATH}?tier=d16&cohort=all"
    server.files[path] = export("d16", "all", specs=[]).replace(b"[]", b"[]")
    words = ["--source", "parses", "--content", "raid", "--difficulty", "mythic", "--spec", "250"]
    output = tmp_path / "t.lua"
    code, summary = sync(capsys, *words, "--output", str(output))
    assert (code, summary["done"]) == (0, 1)
    found = text(load_talent_data(output.read_bytes()))["TalentData"][250]["encounters"]
    assert len(found) == 6  # three of nine had the code of other trees
    assert stale not in output.read_bytes()


def test_a_spec_that_nobody_has_yet_is_empty_and_a_season_that_nobody_has_is_said(
    server: StaticServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--source", "parses", "--output", str(tmp_path / "t.lua")]
    serve(server, specs=[250])
    code, summary = sync(capsys, *words, "--spec", "64")
    assert (code, summary["empty"], summary["error"]) == (0, 2, None)
    for path, body in server.files.items():
        for encounter in (*RAID.encounters, *MPLUS.encounters):
            body = body.replace(b'"encounterId": %d' % encounter.encounter_id, b'"encounterId": 1')
            body = body.replace(encounter.name.encode(), b"Another")
        server.files[path] = body
    code, summary = sync(capsys, *words, "--spec", "250")
    assert (code, summary["done"]) == (1, 0)
    assert "no builds of this season yet" in summary["error"]


def test_a_source_without_any_usable_build_is_told_why_in_words(
    server: StaticServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path, body in server.files.items():
        for number in range(3):
            code = own_code(250, number).encode()
            body = body.replace(code, code[:5] + b"B" + code[6:])
        server.files[path] = body
    words = ["--source", "parses", "--content", "raid", "--spec", "250"]
    assert cli.main(["sync", *words, "--output", str(tmp_path / "t.lua")]) != 0
    captured = capsys.readouterr()
    said = captured.out + captured.err
    assert "× other talent tree" in said
    assert "code." not in said


@pytest.mark.slow
def test_a_host_in_trouble_is_said_and_nothing_is_lost(
    server: StaticServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "TalentData.lua"
    sync(capsys, "--source", "parses", "--output", str(output))
    before = output.read_bytes()
    server.files.clear()
    code, summary = sync(capsys, "--source", "parses", "--output", str(output), "--fresh")
    assert (code, "HTTP 404" in summary["error"]) == (1, True)
    assert output.read_bytes() == before


def test_a_pause_is_said_to_be_asked_for_by_who_asks(
    server: StaticServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.script.append(Answer(status=429, headers={"Retry-After": "0"}))
    words = ["--source", "parses", "--spec", "250", "--output", str(tmp_path / "out.lua")]
    assert cli.main(["sync", *words]) == 0
    assert "parses.gg asks us to wait." in capsys.readouterr().err


def test_a_boss_that_opens_within_a_season_is_fetched_at_once(
    server: StaticServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--source", "parses", "--class", "DeathKnight", "--output", str(tmp_path / "out.lua")]
    serve(server, specs=[250])
    folders = find_folders()
    path = seasons_file(folders, "warcraftlogs")
    first = msgspec.structs.replace(RAID, encounters=RAID.encounters[:-1])
    save_seasons(path, Seasons(played=(first, MPLUS)), pins={}, now=datetime.now(UTC))
    assert sync(capsys, *words)[1]["done"] == 2
    code, summary = sync(capsys, *words)
    assert (code, summary["up_to_date"], summary["empty"], summary["requests"]) == (0, 2, 4, 0)
    path.unlink()  # what the app brings has all nine
    code, summary = sync(capsys, *words)
    assert (code, summary["done"], summary["up_to_date"]) == (0, 1, 1)
    assert "Nymrissa Wavecaller" in (tmp_path / "out.lua").read_text("ascii")
    assert sync(capsys, *words)[1]["requests"] == 0
