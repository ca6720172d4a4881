"""The command in unfriendly surroundings: no display, closed handles, no home, a polite end."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from att_desktop.update.events import decode_event
from tests.shared_data import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="handles and signals of POSIX")

COMMAND = (sys.executable, "-m", "att_desktop")
SHORT = ("--spec", "devastation", "--content", "raid")


def environ(home: Path, **more: str) -> dict[str, str]:
    plain = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return {**plain, "ATT_HOME": str(home), "PYTHONPATH": str(ROOT), **more}


def run(home: Path, *words: str, shell: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """The command, with redirections of a shell where some are given."""
    command = ["sh", "-c", f"exec {shlex.join([*COMMAND, *words])} {shell}"]
    return subprocess.run(
        command, env=environ(home, **more), capture_output=True, text=True, check=False
    )


@pytest.mark.slow
@pytest.mark.parametrize("display", ["DISPLAY=:7654", "WAYLAND_DISPLAY=wayland-9"])
def test_a_display_that_does_not_answer_is_as_none(tmp_path: Path, display: str) -> None:
    name, _, value = display.partition("=")
    # Nothing to update with: the terminal says so, where Qt would abort.
    ran = run(tmp_path, **{name: value, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"})
    assert ran.stderr.startswith("There is no display here: the update runs in this terminal.")
    assert ran.returncode == 1


@pytest.mark.parametrize("home", ["", "relative"])
def test_a_working_folder_that_is_gone_is_told(tmp_path: Path, home: str) -> None:
    words = ["sync", "--sample", *SHORT, "--output", "x.lua"]
    gone = tmp_path / "gone"
    gone.mkdir()
    command = f"rmdir ../gone && exec {shlex.join([*COMMAND, *words])}"
    ran = subprocess.run(
        ["sh", "-c", command], cwd=gone, env=environ(Path(home or tmp_path / "home")),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    wanted = "Set HOME, or set ATT_HOME" if home else "x.lua cannot be written (No such file"
    assert wanted in ran.stderr.splitlines()[-1]


def test_without_stderr_the_update_runs_and_nothing_is_written_into_its_files(
    tmp_path: Path,
) -> None:
    ran = run(tmp_path, "sync", "--sample", *SHORT, "--json", shell="2>&-")
    assert ran.returncode == 0
    assert json.loads(ran.stdout)["done"] == 1


def test_without_any_handle_a_failure_is_an_exit_code(tmp_path: Path) -> None:
    ran = run(tmp_path, "sync", "--sample", "--output", "/", shell="<&- >&- 2>&-")
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, "", "")
    assert "is not a file" in (tmp_path / "logs" / "att-desktop.log").read_text()


def test_a_reader_that_goes_away_ends_the_events_quietly(tmp_path: Path) -> None:
    ran = run(tmp_path, "sync", "--sample", "--events", shell="| head -n 3")
    lines = ran.stdout.splitlines()
    assert len(lines) == 3
    assert json.loads(lines[0])["event"] == "program"
    assert ran.stderr == ""


@pytest.mark.slow
def test_folders_that_cannot_be_written_are_a_sentence() -> None:
    for words in (("sync", "--sample"), ("installs",), ("doctor", "--offline")):
        ran = subprocess.run(
            [*COMMAND, *words],
            env={**environ(ROOT), "ATT_HOME": "/proc/att"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in ran.stderr
        if words[0] == "sync":
            assert (ran.returncode, len(ran.stderr.splitlines())) == (1, 1)
            assert "/proc/att" in ran.stderr


@pytest.mark.slow
@pytest.mark.parametrize("polite", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_an_end_from_outside_keeps_what_is_complete(tmp_path: Path, polite: int) -> None:
    with subprocess.Popen(
        [*COMMAND, "sync", "--sample", "--events"],
        env=environ(tmp_path),
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        events: list[Any] = []
        asked = False
        for line in process.stdout:
            events.append(json.loads(line))
            assert decode_event(line)
            if [event["event"] for event in events].count("unit_done") == 1 and not asked:
                process.send_signal(polite)
                asked = True
    assert process.returncode == 3
    last = events[-1]
    assert (last["event"], last["code"]) == ("finished", "update.cancelled")
    kept = json.loads((tmp_path / "cache" / "sample" / "checkpoint.json").read_bytes())
    assert 0 < last["summary"]["done"] == len(kept["results"]) < 80


@pytest.mark.slow
def test_an_ignored_hangup_stays_ignored(tmp_path: Path) -> None:
    script = f"trap '' HUP; exec {shlex.join([*COMMAND, 'sync', '--sample', *SHORT, '--json'])}"
    with subprocess.Popen(
        ["sh", "-c", script],
        env=environ(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()
        process.send_signal(signal.SIGHUP)
        out, _ = process.communicate()
    assert (process.returncode, json.loads(out)["done"]) == (0, 1)
