"""The workflow that publishes a feed, step by step as it stands, with hosts on loopback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.own_codes import own_code
from tests.shared_data import ROOT
from tests.sources.static_server import StaticServer
from tests.update.test_parses_update import serve

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not here"),
]

STEPS = ("The feed that is out there", "Fetch", "Sign", "Check")


class Runner:
    """Runs the steps in a folder of their own, with what a publisher has set."""

    def __init__(self, folder: Path, parses: StaticServer, pages: StaticServer) -> None:
        self.folder, self.parses, self.pages = folder, parses, pages
        workflow = yaml.safe_load((ROOT / ".github/workflows/feed.yml").read_text("utf-8"))
        steps = workflow["jobs"]["publish"]["steps"]
        self.scripts = {
            step["name"]: step["run"] for step in steps if "run" in step and "name" in step
        }
        (folder / "bin").mkdir()
        for name, module in (("python", ""), ("att-desktop", "-m att_desktop ")):
            program = folder / "bin" / name
            program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {module}"$@"\n', "utf-8")
            program.chmod(0o755)
        keygen = [sys.executable, "-m", "att_desktop", "feed", "keygen", str(folder / "feed.key")]
        made = subprocess.run(keygen, check=True, capture_output=True, text=True, cwd=ROOT)
        self.address = f"{pages.url}/#{made.stdout.split()[-1]}"

    def run(self, home: str) -> dict[str, subprocess.CompletedProcess[str]]:
        """The steps up to the first that fails, on a machine that has nothing yet."""
        done: dict[str, subprocess.CompletedProcess[str]] = {}
        work = self.folder / home
        work.mkdir()
        environ = {
            **os.environ,
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "ATT_HOME": str(work / "home"),
            "ATT_PARSES_URL": self.parses.url,
            "ATT_FEED_KEY": (self.folder / "feed.key").read_text("utf-8").strip(),
            "FEED_ADDRESS": self.address,
            "FEED_SOURCE": "parses",
            "RUNNER_TEMP": str(work),
        }
        for name in STEPS:
            done[name] = subprocess.run(
                ["bash", "-e", "-c", self.scripts[name]],
                cwd=work,
                env=environ,
                capture_output=True,
                text=True,
                check=False,
            )
            if done[name].returncode:
                return done
        site = work / "site"
        self.pages.files = {f"/{path.name}": path.read_bytes() for path in site.iterdir()}
        return done


def test_a_spec_that_fails_does_not_keep_the_others_back(tmp_path: Path) -> None:
    specs = [250, 64, 71, 62, 63]
    with StaticServer() as parses, StaticServer() as pages:
        serve(parses, specs=specs)
        runner = Runner(tmp_path, parses, pages)
        first = runner.run("monday")
        assert {name: done.returncode for name, done in first.items()} == dict.fromkeys(STEPS, 0)
        # One spec's codes are of other talents now.
        stale = own_code(63, 0)[:5] + "B" + own_code(63, 0)[6:]
        for path, body in parses.files.items():
            for number in range(3):
                body = body.replace(own_code(63, number).encode(), stale.encode())
            parses.files[path] = body
        second = runner.run("tuesday")
        assert {name: done.returncode for name, done in second.items()} == dict.fromkeys(STEPS, 0)
        assert "::warning::sync ended with exit code 1" in second["Fetch"].stdout
        # Four specs of five are gone: that is no feed to hand out.
        serve(parses, specs=[250])
        third = runner.run("wednesday")
        assert list(third) == ["The feed that is out there", "Fetch", "Sign"]
        assert third["Sign"].returncode == 1
        parses.files.clear()
        assert "Check" not in runner.run("thursday")
