"""``sync`` as a newcomer runs it, and what it refuses."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lupa.lua51 import LuaRuntime

from att_desktop.cli import main
from att_desktop.game.import_codes import decode
from att_desktop.game.specs import SPECS
from att_desktop.game.trees import TalentTrees
from att_desktop.system.folders import find_folders
from att_desktop.system.locks import single_writer, writer_lock_path
from tests.sources.warcraftlogs.rows import RAID_BOSSES
from tests.sources.warcraftlogs.server import FakeWarcraftLogs
from tests.update.harness import fill, messy_rows

if TYPE_CHECKING:
    from tests.sample_update import SampleUpdate


def run(home: Path, *argv: str, **more: str) -> subprocess.CompletedProcess[str]:
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("WCL_", "DISPLAY"))}
    environ |= {"ATT_HOME": str(home), **more}
    environ.pop("QT_QPA_PLATFORM", None)
    return subprocess.run(
        [sys.executable, "-m", "att_desktop", *argv],
        env=environ,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


Ran = tuple[Path, dict[str, Any], str]  # home, what --json says, stderr


@pytest.fixture(scope="module")
def mages(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """An update with the sample data of three specs."""
    home = tmp_path_factory.mktemp("mages")
    done = run(home, "sync", "--sample", "--json", "--class", "mage")
    assert done.returncode == 0, done.stderr
    return home, json.loads(done.stdout), done.stderr


def talent_data(path: Path) -> Any:
    lua = LuaRuntime(encoding="utf-8")
    addon = lua.table()
    load = lua.eval("function(code, ...) return assert(loadstring(code))(...) end")
    load(path.read_text("utf-8"), "AzerothsTopTalent", addon)
    return addon


@pytest.mark.slow
def test_the_sample_source_completes_every_unit(sample_update: SampleUpdate) -> None:
    summary = sample_update.summary
    assert (summary["units"], summary["done"], summary["failed"]) == (80, 80, 0)
    assert set(summary) >= {
        "units",
        "done",
        "up_to_date",
        "empty",
        "failed",
        "requests",
        "points",
        "bytes",
        "seconds",
        "output",
    }
    assert sample_update.output.is_relative_to(sample_update.home)
    assert "Sample data" in sample_update.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="paths are text elsewhere")
def test_a_path_that_is_no_text_is_told_as_it_is(tmp_path: Path) -> None:
    output = tmp_path / os.fsdecode(b"\xff.lua")
    done = run(tmp_path, "sync", "--sample", "--json", "--spec", "blood", "--output", str(output))
    assert done.returncode == 0, done.stderr
    assert Path(json.loads(done.stdout)["output"]) == output
    assert output.is_file()


@pytest.mark.slow
def test_every_code_in_the_game_is_a_clean_build_of_its_spec(sample_update: SampleUpdate) -> None:
    addon = talent_data(sample_update.output)
    trees = TalentTrees.embedded()
    assert sorted(addon.TalentData) == sorted(SPECS)
    count = 0
    for spec_id, spec in addon.TalentData.items():
        builds = [*spec.general.values(), *spec.encounters.values()]
        assert len(builds) == 2 + 9 + 8
        for build in builds:
            decoded = decode(build.talentCode, trees)
            assert (decoded.spec_id, decoded.problems) == (spec_id, ())
            assert decoded.hero_tree == build.heroTree
            assert 0 < build.count <= build.support <= build.sampleSize
            others = list(build.others.values()) if build.others else []
            for other in others:
                assert decode(other.talentCode, trees).hero_tree == other.heroTree
                assert other.heroTree != build.heroTree
                assert other.count <= other.support
            count += 1
    assert count == 40 * 19
    assert addon.TalentDataSample is True
    assert (addon.TalentDataFormat, addon.TalentDataSource) == (3, "sample")
    hashes = {spec_id: trees.tree(spec_id).tree_hash.hex() for spec_id in SPECS}
    assert dict(addon.TreeHashes.items()) == hashes
    encounters = [e for spec in addon.TalentData.values() for e in spec.encounters.values()]
    assert {each.generalFits for each in encounters} == {None, True}
    assert any(each.others for each in encounters)
    assert all(name in addon.EncounterByName for name in ("Sszorak", "Murder Row"))


def test_the_written_addon_is_complete(mages: Ran) -> None:
    folder = Path(mages[1]["output"]).parent
    toc = (folder / "AzerothsTopTalent.toc").read_text("utf-8")
    files = [line.split(" [")[0] for line in toc.splitlines() if line.strip().endswith(".lua")]
    assert files
    for name in files:
        path = folder / name.replace("\\", "/")
        code = path.read_text("utf-8")
        assert LuaRuntime(encoding="utf-8").eval("loadstring")(code), name


def test_a_second_run_asks_nothing(mages: Ran) -> None:
    home, first, _ = mages
    before = Path(first["output"]).read_bytes()
    again = json.loads(run(home, "sync", "--sample", "--json", "--class", "mage").stdout)
    assert (again["up_to_date"], again["requests"]) == (6, 0)
    assert Path(first["output"]).read_bytes() == before


@pytest.mark.parametrize("home", ["home", "."])
def test_sample_data_are_never_written_into_a_game(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: str
) -> None:
    monkeypatch.setenv("ATT_HOME", str(tmp_path / home))
    game = tmp_path / "World of Warcraft"
    addons = game / "_retail_" / "Interface" / "AddOns"
    addons.mkdir(parents=True)
    (game / "_retail_" / "Wow.exe").touch()
    before = sorted(game.rglob("*"))
    for place in (["--wow-dir", str(game)], ["--output", str(addons / "TalentData.lua")]):
        assert main(["sync", "--sample", "--class", "mage", *place]) == 1
        assert "made up" in capsys.readouterr().err
    assert sorted(game.rglob("*")) == before


@pytest.mark.slow
def test_without_a_display_the_update_runs_in_the_terminal(sample_update: SampleUpdate) -> None:
    if sys.platform != "linux":
        pytest.skip("elsewhere there is always a display")
    done = run(sample_update.home, "--sample", WAYLAND_DISPLAY="")
    assert done.returncode == 0, done.stderr
    assert "no display" in done.stderr
    assert "Everything is up to date" in done.stderr


def test_a_real_game_folder_gets_the_addon_and_says_what_to_do(tmp_path: Path) -> None:
    game = tmp_path / "World of Warcraft"
    (game / "_retail_" / "WTF").mkdir(parents=True)
    (game / "_retail_" / "Wow.exe").touch()
    with FakeWarcraftLogs() as wcl:
        fill(wcl, [62, 63, 64], dict.fromkeys(RAID_BOSSES, (5, 40)))
        environ = {
            "WCL_CLIENT_ID": wcl.client[0],
            "WCL_CLIENT_SECRET": wcl.client[1],
            "WCL_API_URL": wcl.api_url,
            "WCL_TOKEN_URL": wcl.token_url,
            "ATT_REQUEST_INTERVAL_MS": "0",
        }
        words = ["sync", "--class", "mage", "--content", "raid", "--wow-dir", str(game)]
        first = run(tmp_path / "home", *words, **environ)
        # Within the same second equal rankings would make equal data: nothing to reload.
        fill(wcl, [62, 63, 64], dict.fromkeys(RAID_BOSSES, (5, 30)))
        second = run(tmp_path / "home", *words, "--fresh", **environ)
        assert wcl.invalid == []
    assert first.returncode == 0, first.stderr
    assert "127.0.0.1" in first.stderr  # another host is always said
    assert "Restart the game" in first.stderr
    assert second.returncode == 0, second.stderr
    assert "/reload" in second.stderr
    assert "test-secret" not in first.stderr + second.stderr
    addons = game / "_retail_" / "Interface" / "AddOns"
    assert [path.name for path in addons.iterdir()] == ["AzerothsTopTalent"]
    written = talent_data(addons / "AzerothsTopTalent" / "TalentData.lua")
    assert sorted(written.TalentData) == [62, 63, 64]
    assert list((game / "_retail_" / "WTF").iterdir()) == []


@pytest.mark.parametrize(
    ("argv", "environ", "code", "sentence"),
    [
        (["sync"], {"WCL_CLIENT_ID": "a"}, 1, "WCL_CLIENT_SECRET"),
        (["sync", "--sample", "--class", "tinker"], {}, 2, "Death Knight, "),
        (["sync", "--sample", "--class", "mage", "--spec", "fury"], {}, 2, "Arcane, Fire, Frost"),
        (["sync", "--sample", "--spec", ""], {}, 2, "no spec called ''"),
        (["sync", "--sample", "--spec", "frst mage"], {}, 2, "Did you mean Frost Mage"),
        (["sync", "--sample", "--spec", "prot"], {}, 2, "Protection Paladin, Protection Warrior"),
        (["sync", "--sample", "--class", "palladin"], {}, 2, "Did you mean Paladin?"),
        (["sync", "--sample"], {"WCL_TOP_N_PLAYERS": "many"}, 2, "WCL_TOP_N_PLAYERS"),
        (["sync", "--sample", "--encounter", "Ragnaros"], {}, 1, "Ragnaros"),
        (["sync", "--sample", "--output", "."], {}, 1, "is not a file"),
        (
            ["sync", "--wow-dir", "/nowhere"],
            {"WCL_CLIENT_ID": "a", "WCL_CLIENT_SECRET": "b"},
            1,
            "no folder",
        ),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_a_code(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    argv: list[str],
    environ: dict[str, str],
    code: int,
    sentence: str,
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert main(argv) == code
    said = capsys.readouterr().err
    assert sentence in said
    assert "Traceback" not in said


def test_without_credentials_the_ways_to_give_them_are_told(tmp_path: Path) -> None:
    no_keyring = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    done = run(tmp_path, "sync", "--source", "warcraftlogs", **no_keyring)
    assert done.returncode == 1, done.stderr
    assert "WCL_CLIENT_ID" in done.stderr


@pytest.mark.slow
def test_json_ends_also_what_failed(tmp_path: Path) -> None:
    with FakeWarcraftLogs() as wcl:
        environ = {"WCL_API_URL": wcl.api_url, "WCL_TOKEN_URL": wcl.token_url}
        words = ["sync", "--json", "--output", str(tmp_path / "TalentData.lua")]
        missing = run(tmp_path, *words, WCL_CLIENT_ID="a", **environ)
        refused = run(tmp_path, *words, WCL_CLIENT_ID="a", WCL_CLIENT_SECRET="b", **environ)
    for done, sentence in ((missing, "WCL_CLIENT_SECRET"), (refused, "does not accept")):
        assert done.returncode == 1
        said = json.loads(done.stdout)
        assert sentence in said["error"]
        assert sentence in done.stderr
        assert said["done"] == 0
    assert json.loads(refused.stdout)["requests"] == 1


def strange(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows in which all that is not counted is of another shape than usual."""
    return [
        {
            **row,
            "server": {**row["server"], "region": {"slug": "EU"}} if "server" in row else [],
            "report": [],
            "startTime": "yesterday",
            "talents": {str(at): talent for at, talent in enumerate(row["talents"])},
        }
        for row in rows
    ]


@pytest.mark.slow
def test_rows_of_another_shape_count_and_rows_without_use_fail(tmp_path: Path) -> None:
    output = tmp_path / "TalentData.lua"
    words = ["sync", "--spec", "62", "--content", "raid", "--json", "--output", str(output)]
    with FakeWarcraftLogs() as wcl:
        environ = {
            "WCL_CLIENT_ID": wcl.client[0],
            "WCL_CLIENT_SECRET": wcl.client[1],
            "WCL_API_URL": wcl.api_url,
            "WCL_TOKEN_URL": wcl.token_url,
            "ATT_REQUEST_INTERVAL_MS": "0",
        }
        rows = messy_rows(62, 1, 60, clean=True)
        wcl.rankings["Mage", "Arcane", RAID_BOSSES[0], 5] = strange(rows)
        good = run(tmp_path, *words, **environ)
        without = [{**row, "talents": []} for row in rows]
        wcl.rankings["Mage", "Arcane", RAID_BOSSES[0], 5] = without
        bad = run(tmp_path, *words, "--fresh", **environ)
        again = run(tmp_path, *words, **environ)
    assert good.returncode == 0, good.stderr
    written = talent_data(output).TalentData[62]
    assert written.encounters[RAID_BOSSES[0]].sampleSize == 50
    assert bad.returncode == 1
    said = json.loads(bad.stdout)
    assert (said["failed"], said["empty"], said["done"]) == (1, 0, 0)
    assert "No row could be used" in said["error"]
    assert "No row could be used" in bad.stderr
    # What was learned before is still as fresh as it was.
    assert json.loads(again.stdout)["up_to_date"] == 1


@pytest.mark.parametrize("polite", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_while_the_update_is_prepared_ends_resumable_as_well(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    polite: signal.Signals,
) -> None:
    monkeypatch.setenv("ATT_HOME", str(tmp_path))
    monkeypatch.setattr(
        "att_desktop.commands.sync.load_trees", lambda _: signal.raise_signal(polite)
    )
    before = signal.getsignal(polite)
    assert main(["sync", "--sample", "--json"]) == 3
    printed = capsys.readouterr()
    said = json.loads(printed.out)
    assert (said["stopped"], said["done"], said["error"]) == ("cancelled", 0, None)
    assert printed.err.startswith("Stopped")
    assert signal.getsignal(polite) is before


def test_a_refused_update_says_which_source_it_was_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ATT_HOME", str(tmp_path))
    with single_writer(writer_lock_path(find_folders()), what="window"):
        assert main(["sync", "--sample", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["source"], bool(said["error"])) == ("sample", True)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert caught.value.code == 0
    assert "att-desktop 0." in capsys.readouterr().out


def test_without_a_terminal_a_failure_is_said_in_a_box(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []
    box = types.SimpleNamespace(show_failure=said.append)
    monkeypatch.setitem(sys.modules, "att_desktop.app", box)
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setenv("WCL_TOP_N_PLAYERS", "many")
    assert main(["sync", "--sample"]) == 2
    assert len(said) == 1
    assert "WCL_TOP_N_PLAYERS" in said[0]
