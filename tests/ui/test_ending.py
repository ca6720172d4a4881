"""The ways to end the app, in each situation: none hangs, none loses what is complete."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from att_desktop.system.folders import find_folders
from att_desktop.update.library import Library
from tests.shared_data import ROOT
from tests.ui.ending import ASKING, SITUATIONS, WAYS
from tests.wow.game_folders import make_retail

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

LONGEST_S = 8.0
"""From the wish to the end of the process; an update has five seconds of it to stop."""


OFFSCREEN = ("This plugin does not support", "systemTrayWindowChanged")
"""What Qt says where there is no desktop."""
# Every way out of an update; out of the others one of each kind: asked for in the window, sent as
# a signal, wanted by the desktop.
ALL = [(way, "update") for way in WAYS] + [
    (way, situation)
    for situation in SITUATIONS
    if situation != "update"
    for way in ("menu", "close", "sigterm", "session")
]


@pytest.mark.parametrize(("way", "situation"), ALL)
def test_the_app_ends(own_home: Path, tmp_path: Path, way: str, situation: str) -> None:
    if way.startswith("sig") and sys.platform == "win32":
        pytest.skip("Windows ends processes without these signals")
    game = make_retail(tmp_path / "World of Warcraft") / "_retail_"
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-m", "tests.ui.ending", way, situation],
        cwd=ROOT,
        env={**os.environ, "ATT_HOME": str(own_home), "TEST_GAME": str(game)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    ended_at = time.time()
    said = [line for line in done.stderr.splitlines() if not any(w in line for w in OFFSCREEN)]
    assert (done.returncode, said) == (0, []), done.stdout
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert ended_at - lines[0]["at"] < LONGEST_S
    runs = situation in ("update", "keyring")
    assert lines[1] == {"asked": way in ASKING and runs}
    if situation == "update":
        library = Library.load(find_folders().sample_cache / "checkpoint.json")
        assert library.problem is None
        assert len(library.units) >= lines[0]["done"] > 0
