"""decode, encode and compare as a player or a script calls them."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys

import pytest

from att_desktop.cli import main
from att_desktop.game.trees import embedded_tree_data
from att_desktop.sources.talent_trees import refreshed_trees_path
from att_desktop.system.folders import find_folders
from tests.own_codes import TREES, own_code
from tests.portable import linux_only, posix_only

BLOOD, OTHER, FROST = own_code(250, 1), own_code(250, 3), own_code(251, 1)


def said(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = main(argv)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_decode_tells_what_is_in_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "decode", BLOOD)
    assert code == 0
    assert out.startswith("Blood Death Knight, San'layn\nPoints: class 34, spec 34, hero 13\n")
    names = {name for line in out.splitlines()[2:] for name in line.split(": ", 1)[1].split(", ")}
    assert "Consumption" in names
    assert len([name for name in names if name.startswith("Dance of Midnight")]) == 1


def test_decode_as_json_has_the_agreed_fields(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "decode", BLOOD, "--json")
    said_json = json.loads(out)
    assert code == 0
    assert list(said_json) == [
        "version",
        "specId",
        "className",
        "specName",
        "heroTree",
        "points",
        "purchased",
        "problems",
        "treeHash",
        "otherTree",
    ]
    assert said_json["specId"] == 250
    assert said_json["points"] == {"class": 34, "spec": 34, "hero": 13}
    assert all(len(pick) == 3 for pick in said_json["purchased"])
    assert said_json["purchased"] == sorted(said_json["purchased"])
    assert said_json["problems"] == []
    assert (said_json["treeHash"], said_json["otherTree"]) == ("0" * 32, False)


def test_a_code_of_another_version_of_the_talents_is_said_to_be_that(
    capsys: pytest.CaptureFixture[str],
) -> None:
    other = BLOOD[:4] + "E" + BLOOD[5:]
    said_json = json.loads(said(capsys, "decode", other, "--json")[1])
    assert (said_json["treeHash"], said_json["otherTree"]) == ("04" + "0" * 30, True)
    assert said_json["problems"] == ["The code is from another version of the talents."]


def test_codes_from_stdin_come_out_one_a_line_bad_ones_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{BLOOD}\n\nnonsense!\n{FROST}\n"))
    code, out, _ = said(capsys, "decode", "-", "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["specId"] for line in lines] == [250, None, 251]
    assert lines[1]["problems"]
    assert code == 1


def test_what_is_wrong_with_a_code_is_told_below_what_it_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = said(capsys, "decode", BLOOD + "A")
    assert (code, err) == (0, "")
    assert out.endswith("\nProblem: The code has spare characters at its end: 1.\n")


def test_a_code_of_nothing_is_told_without_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "decode", " ") == (1, "", "There is no code to read.\n")


def test_a_spec_that_only_newer_trees_know_is_named_by_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    specs = json.loads(embedded_tree_data())
    blood = next(spec for spec in specs if spec["specId"] == 250)
    path = refreshed_trees_path(find_folders())
    path.parent.mkdir(parents=True)
    newest = {**blood, "specId": 1534, "specName": "Deep Frost"}
    path.write_text(json.dumps([*specs, newest]), "utf-8")
    assert BLOOD[:4] == "CoPA"  # version 2, spec 250
    newer = "C4fB" + BLOOD[4:]  # version 2, spec 1534
    code, out, _ = said(capsys, "decode", newer, "--json")
    assert code == 0
    assert [json.loads(out)[key] for key in ("specId", "className", "specName")] == [
        1534,
        "DeathKnight",
        "DeepFrost",
    ]
    assert said(capsys, "decode", newer)[1].startswith("Deep Frost Death Knight, San'layn\n")
    assert "Deep Frost Death Knight" in said(capsys, "compare", newer, BLOOD)[2]


def test_encode_is_the_way_back(capsys: pytest.CaptureFixture[str]) -> None:
    picks = json.loads(said(capsys, "decode", BLOOD, "--json")[1])["purchased"]
    words = [f"{entry}:{rank}" for _, entry, rank in picks]
    assert said(capsys, "encode", "--spec", "250", *words) == (0, f"{BLOOD}\n", "")


def test_encode_writes_what_cannot_be_played_and_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    picks = json.loads(said(capsys, "decode", BLOOD, "--json")[1])["purchased"]
    tree = TREES.tree(250)
    heroes = [hero.entry_id for hero in tree.hero_trees]
    words = [f"{entry}:{rank}" for _, entry, rank in picks if entry not in heroes]
    code, out, err = said(capsys, "encode", "--spec", "250", *words)
    assert (code, err) == (0, "Note: It has hero talents without a hero tree.\n")
    assert json.loads(said(capsys, "decode", out, "--json")[1])["heroTree"] is None


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["encode", "--spec", "250", "1:1", "96167:1", "2:1"], "Blood Death Knight: 1, 2."),
        (["encode", "--spec", "250", "96167:9"], "above the maximum rank"),
        (["encode", "--spec", "250", "96167:0", "1:0"], "no talents"),
        (["compare", BLOOD, FROST], "two specs"),
        (["compare", BLOOD, "x"], "too short"),
    ],
)
def test_what_makes_no_sense_is_said_in_one_sentence(
    capsys: pytest.CaptureFixture[str], argv: list[str], sentence: str
) -> None:
    code, out, err = said(capsys, *argv)
    assert (code, out) == (1, "")
    assert sentence in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["encode", "--spec", "250", "abc"], "ENTRY:RANK"),
        (["encode", "--spec", "nix", "1:1"], "no spec called 'nix'. There are: Blood"),
        (["encode", "--spec", "frost", "1:1"], "2 specs"),
    ],
)
def test_words_that_mean_nothing_are_wrong_usage(
    capsys: pytest.CaptureFixture[str], argv: list[str], sentence: str
) -> None:
    code, out, err = said(capsys, *argv)
    assert (code, out) == (2, "")
    assert sentence in err


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
def test_what_a_pipe_brings_is_read_whatever_the_bytes(mark: bytes, encoding: str) -> None:
    codes = mark + BLOOD.encode() + b"\r\n\xff\x80\x00\n" + FROST.encode()
    done = subprocess.run(
        [sys.executable, "-m", "att_desktop", "decode", "-", "--json"],
        input=codes,
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["specId"] for line in lines] == [250, None, 251]
    assert done.returncode == 1
    assert done.stderr == b""


def test_compare_tells_both_sides(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "compare", BLOOD, OTHER)
    assert code == 0
    assert "swaps apart." in out
    both = json.loads(said(capsys, "compare", BLOOD, OTHER, "--json")[1])
    back = json.loads(said(capsys, "compare", OTHER, BLOOD, "--json")[1])
    assert both["swaps"] == back["swaps"] > 0
    assert both["onlyA"] == back["onlyB"]
    heroes = json.loads(said(capsys, "compare", BLOOD, own_code(250, 0), "--json")[1])
    assert heroes["heroTree"] == ["San'layn", "Deathbringer"]
    assert (heroes["otherHeroTree"], both["otherHeroTree"]) == (True, False)
    same = json.loads(said(capsys, "compare", BLOOD, BLOOD, "--json")[1])
    assert (same["swaps"], same["otherHeroTree"]) == (0, False)


def test_compare_tells_what_is_wrong_with_the_codes(capsys: pytest.CaptureFixture[str]) -> None:
    cut = BLOOD[:-3]
    code, out, err = said(capsys, "compare", BLOOD, cut)
    assert code == 0
    assert "A also takes" in out
    assert "Note on B: The code ends before the last talent.\n" in err
    assert "Note on A" not in err
    _, out, err = said(capsys, "compare", cut, BLOOD, "--json")
    problems_of_a, problems_of_b = json.loads(out)["problems"]
    assert "The code ends before the last talent." in problems_of_a
    assert (problems_of_b, err) == ([], "")


@pytest.mark.parametrize(
    "argv",
    [
        ["sync", "--top-n", "5"],
        ["sync", "--top-n", "ten"],
        ["sync", "--difficulty", "lfr"],
        ["decode"],
        ["dance"],
    ],
)
def test_wrong_usage_is_exit_code_2(argv: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(argv)
    assert caught.value.code == 2


@pytest.mark.parametrize(
    ("command", "purpose"),
    [
        ("decode", "What an import code says."),
        ("encode", "The import code of some talents."),
        ("compare", "What one build has and another lacks."),
    ],
)
def test_each_command_says_what_it_is_for(
    capsys: pytest.CaptureFixture[str], command: str, purpose: str
) -> None:
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    assert purpose in capsys.readouterr().out


def test_codes_pay_for_no_network_and_no_window() -> None:
    script = (
        "import sys; from att_desktop.cli import main; main(sys.argv[1:]); "
        "print({'httpx', 'keyring', 'PySide6', 'asyncio'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "compare", BLOOD, OTHER],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "set()\n")


def in_a_shell(script: str) -> subprocess.CompletedProcess[str]:
    # Buffered as for everybody: a small answer leaves the process only when it ends.
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(
        ["bash", "-c", script.replace("att-desktop", f"{sys.executable} -m att_desktop")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=buffered,
    )


@posix_only
def test_a_reader_that_leaves_early_is_no_error() -> None:
    done = in_a_shell(f"yes {BLOOD} | head -3000 | att-desktop decode - | head -1")
    assert done.stdout.startswith("Blood Death Knight")
    assert done.stderr == ""


@posix_only
@pytest.mark.parametrize("argv", [f"decode {BLOOD}", "--help"])
def test_a_reader_that_has_left_before_is_no_error(argv: str) -> None:
    # The pipe's reader is closed before anything is said.
    done = in_a_shell(f"exec 3> >(exec true); wait $!; att-desktop {argv} >&3")
    assert (done.returncode, done.stderr) == (1, "")


@linux_only  # /dev/full
@pytest.mark.parametrize("argv", [f"decode {BLOOD} --json", "installs --json"])
def test_an_answer_that_a_full_disk_does_not_take_is_told(argv: str) -> None:
    done = in_a_shell(f"att-desktop {argv} > /dev/full")
    assert done.returncode == 1
    assert done.stderr == "There is no space left on the disk. Make some room, then try again.\n"


@posix_only
def test_a_closed_stdin_has_no_codes() -> None:
    done = in_a_shell("att-desktop decode - <&-")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "There are no codes to read: the standard input is closed.\n"
