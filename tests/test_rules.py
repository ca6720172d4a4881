"""Imports go one way, and the first ones are light."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.shared_data import ROOT


def test_imports_go_one_way() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("att_desktop.cli", ("PySide6", "httpx", "keyring")),
        ("att_desktop.game.import_codes", ("httpx", "keyring", "platformdirs")),
        ("att_desktop.config.settings", ("httpx", "keyring", "PySide6")),
        ("att_desktop.app", ("httpx", "keyring", "yaml", "asyncio")),
        ("att_desktop.ui.update.page", ("httpx", "keyring", "yaml", "asyncio", "nacl")),
        ("att_desktop.ui.builds.page", ("httpx", "keyring", "yaml", "asyncio", "nacl")),
    ],
)
def test_what_starts_first_stays_light(module: str, heavy: tuple[str, ...]) -> None:
    script = f"import sys, {module}\nprint(*[n for n in {heavy!r} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() == ""
