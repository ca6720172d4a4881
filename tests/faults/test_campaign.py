"""Nothing is lost, whatever fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable  # noqa: TC003 - pytest reads it
from pathlib import Path

import pytest

from tests.faults.drawing import BOUNDARIES, EACH_ONCE, draw_plan

ROOT = Path(__file__).resolve().parents[2]
PLANS = int(os.environ.get("ATT_FAULT_PLANS", "600"))
SEED = int(os.environ.get("ATT_FAULT_SEED", "1"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform != "linux", reason="the campaign forks; Windows' own errors are simulated"
    ),
]


def campaign(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.faults", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=1500,
        check=False,
    )


def test_the_invariant_holds_in_every_plan(tell: Callable[[str], None], tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    ran = campaign("--plans", str(PLANS), "--seed", str(SEED), "--report", str(path))
    tell(ran.stdout.strip().rpartition("\n")[2])
    assert ran.returncode == 0, ran.stdout + ran.stderr
    outcomes = json.loads(path.read_bytes())["outcomes"]
    assert [outcome["number"] for outcome in outcomes] == list(range(PLANS))
    # Planned is not met: the first plans hold every kind of fault once, and each was really met.
    missed = [
        str(fault)
        for (_, fault), outcome in zip(EACH_ONCE, outcomes, strict=False)
        if not outcome["injected"]
    ]
    assert not missed


def test_a_seed_always_draws_the_same_plans() -> None:
    numbers = range(len(EACH_ONCE), len(EACH_ONCE) + 50)
    assert [draw_plan(7, n) for n in numbers] == [draw_plan(7, n) for n in numbers]
    assert [draw_plan(7, n) for n in numbers] != [draw_plan(8, n) for n in numbers]


def test_every_boundary_has_its_turn() -> None:
    numbers = range(len(EACH_ONCE), 1000)
    faults = [fault for number in numbers for fault in draw_plan(SEED, number).faults]
    kinds = {type(fault).__name__ for fault in faults}
    assert len(kinds) == len(BOUNDARIES)
