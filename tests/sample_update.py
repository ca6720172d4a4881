"""One update with all the sample data, for every test that wants to look at what it left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from tests.shared_data import ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleUpdate:
    """``summary`` is what ``--json`` says, ``stderr`` what a player reads."""

    home: Path
    summary: dict[str, Any]
    stderr: str

    @property
    def output(self) -> Path:
        return Path(self.summary["output"])


def run_once(folder: Path) -> SampleUpdate:
    """The update in ``folder``, made by the first process that asks (some fifteen seconds)."""
    done = folder / "sample-update.json"
    home = folder / "sample-home"
    with FileLock(folder / "sample-update.lock"):
        if not done.exists():
            environ = {k: v for k, v in os.environ.items() if not k.startswith("WCL_")}
            ran = subprocess.run(
                [sys.executable, "-m", "att_desktop", "sync", "--sample", "--json"],
                cwd=ROOT,
                env=environ | {"ATT_HOME": str(home)},
                capture_output=True,
                text=True,
                timeout=300,
                check=False,
            )
            assert ran.returncode == 0, ran.stderr
            done.write_text(json.dumps([json.loads(ran.stdout), ran.stderr]), "utf-8")
    summary, stderr = json.loads(done.read_text("utf-8"))
    return SampleUpdate(home=home, summary=summary, stderr=stderr)
