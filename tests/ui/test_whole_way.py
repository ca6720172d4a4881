"""From the first start to the compared trees, with a real keyring of the system."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.secret_service import secret_service
from tests.shared_data import ROOT

pytestmark = pytest.mark.slow

WAY = Path(__file__).with_name("whole_way.py")


@pytest.mark.skipif(sys.platform != "linux", reason="the Secret Service belongs to Linux desktops")
def test_from_the_first_start_to_the_compared_trees(tmp_path: Path) -> None:
    # A process of its own: the app looks for its keyring once, and must find this one. Its end
    # is looked at too: nothing may be said or aborted when the window goes.
    with secret_service(tmp_path / "session") as environ:
        command = [sys.executable, "-X", "dev", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        done = subprocess.run(
            [*command, str(WAY), f"--basetemp={tmp_path / 'way'}"],
            cwd=ROOT,
            env=environ,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert b"canary-secret-3" not in path.read_bytes(), path
