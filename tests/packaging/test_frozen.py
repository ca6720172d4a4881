"""The packaged binary, when there is one: ``ATT_FROZEN`` names it, else it lies in ``dist``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from att_desktop.game.import_codes import encode
from att_desktop.game.trees import TalentTrees
from tests.secret_service import secret_service
from tests.shared_data import ROOT

pytestmark = pytest.mark.slow

LARGEST = 130_000_000


@pytest.fixture(scope="module")
def binary() -> Path:
    named = os.environ.get("ATT_FROZEN")
    name = "att-desktop.exe" if sys.platform == "win32" else "att-desktop"
    path = Path(named) if named else ROOT / "dist" / "att-desktop" / name
    if not named and not path.exists():
        pytest.skip("there is no packaged binary: pyinstaller --noconfirm att.spec")
    assert path.is_file()
    return path


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """The environment of a double click: nothing of Python's, a home of its own."""
    kept = ("SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP", "WINDIR")
    return {
        "PATH": os.defpath,
        "HOME": str(tmp_path),
        "USERPROFILE": str(tmp_path),
        "LANG": "C.UTF-8",
        "ATT_HOME": str(tmp_path / "att"),
        **{name: os.environ[name] for name in kept if name in os.environ},
    }


def run(
    binary: Path, environ: dict[str, str], *arguments: str, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [binary, *arguments],
        env=environ,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        errors="replace",  # a pipe of Windows has the code page of its user
        timeout=120,
        check=False,
    )


def test_it_is_small(binary: Path) -> None:
    files = [path for path in binary.parent.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files)
    assert size < LARGEST, f"{size / 1e6:.1f} MB"
    names = {path.name for path in files}
    assert "trinkets.json" not in names
    # Of Qt's own translations the standard buttons, in the window's languages.
    assert all(name.startswith("qtbase_") for name in names if name.endswith(".qm"))


def test_it_says_only_what_it_should(binary: Path, bare: dict[str, str]) -> None:
    done = run(binary, bare, "--smoke-test")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert "packaged" in lines[0]
    assert all(line.startswith("ok ") for line in lines[1:])
    assert not Path(bare["ATT_HOME"]).exists()


def test_it_decodes(binary: Path, bare: dict[str, str]) -> None:
    code = encode(TalentTrees.embedded().tree(64), frozenset())
    done = run(binary, bare, "decode", "--json", code)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["specName"] == "Frost"


def test_it_updates_with_sample_data(binary: Path, bare: dict[str, str]) -> None:
    done = run(binary, bare, "sync", "--sample", "--class", "Mage", "--json")
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert (summary["done"], summary["failed"]) == (6, 0)
    assert Path(summary["output"]).read_text("utf-8").count("talentCode") > 50


def test_wrong_usage_is_code_2(binary: Path, bare: dict[str, str]) -> None:
    assert run(binary, bare, "dance").returncode == 2


@pytest.mark.skipif(sys.platform != "linux", reason="the Secret Service belongs to Linux desktops")
def test_it_keeps_credentials_in_the_keyring(
    binary: Path, bare: dict[str, str], tmp_path: Path
) -> None:
    with secret_service(tmp_path / "session") as service:
        names = ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")
        environ = bare | {name: service[name] for name in names}
        done = run(binary, environ, "credentials", "set", stdin="an-id\ncanary-secret-2\n")
        assert done.returncode == 0, done.stderr
        status = run(binary, environ, "credentials", "status")
        assert (status.returncode, "SecretService" in status.stdout) == (0, True)
        report = run(binary, environ, "doctor", "--offline")
        assert run(binary, environ, "credentials", "clear").returncode == 0
        assert run(binary, environ, "credentials", "status").returncode == 1
    for text in (done.stdout, done.stderr, status.stdout, report.stdout, report.stderr):
        assert "canary-secret-2" not in text
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert b"canary-secret-2" not in path.read_bytes()
