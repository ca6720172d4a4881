"""decode, encode and compare as a player or a script calls them."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest

from att_desktop.cli import main
from tests.own_codes import own_code

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
    ]
    assert said_json["specId"] == 250
    assert said_json["points"] == {"class": 34, "spec": 34, "hero": 13}
    assert all(len(pick) == 3 for pick in said_json["purchased"])
    assert said_json["problems"] == []


def test_codes_from_stdin_come_out_one_a_line_bad_ones_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{BLOOD}\n\nnonsense!\n{FROST}\n"))
    code, out, _ = said(capsys, "decode", "-", "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["specId"] for line in lines] == [250, None, 251]
    assert lines[1]["problems"]
    assert code == 1


def test_encode_is_the_way_back(capsys: pytest.CaptureFixture[str]) -> None:
    picks = json.loads(said(capsys, "decode", BLOOD, "--json")[1])["purchased"]
    words = [f"{entry}:{rank}" for _, entry, rank in picks]
    assert said(capsys, "encode", "--spec", "250", *words) == (0, f"{BLOOD}\n", "")


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["encode", "--spec", "250", "1:1"], "other talent tree"),
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
        (["encode", "--spec", "9999", "1:1"], "no specs"),
        (["encode", "--spec", "frost", "1:1"], "2 specs"),
    ],
)
def test_words_that_mean_nothing_are_wrong_usage(
    capsys: pytest.CaptureFixture[str], argv: list[str], sentence: str
) -> None:
    code, out, err = said(capsys, *argv)
    assert (code, out) == (2, "")
    assert sentence in err


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
def test_what_a_pipe_brings_is_read_whatever_the_bytes(mark: bytes) -> None:
    codes = mark + BLOOD.encode() + b"\r\n\xff\x80\x00\n" + FROST.encode()
    done = subprocess.run(
        [sys.executable, "-m", "att_desktop", "decode", "-", "--json"],
        input=codes,
        capture_output=True,
        timeout=60,
        check=False,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["specId"] for line in lines] == [250, None, 251]
    assert done.returncode == 1
    assert done.stderr == b""


def test_compare_tells_both_sides(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "compare", BLOOD, OTHER)
    assert code == 0
    assert "talents differ" in out
    both = json.loads(said(capsys, "compare", BLOOD, OTHER, "--json")[1])
    back = json.loads(said(capsys, "compare", OTHER, BLOOD, "--json")[1])
    assert both["distance"] == back["distance"] > 0
    assert both["onlyA"] == back["onlyB"]
    same = json.loads(said(capsys, "compare", BLOOD, BLOOD, "--json")[1])
    assert same["distance"] == 0


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


def test_a_reader_that_leaves_early_is_no_error() -> None:
    script = f"yes {BLOOD} | head -3000 | {sys.executable} -m att_desktop decode - | head -1"
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.startswith("Blood Death Knight")
    assert done.stderr == ""
