"""The Windows installer, on Windows or under Wine: ``ATT_INSTALLER`` names it.

It is installed into a folder of the test's own; its entry in the menu and in the list of programs
are the user's, so that this runs only where it is asked for.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from att_desktop import APP_ID, __version__

if sys.platform != "win32":
    pytest.skip("a Windows program", allow_module_level=True)

import winreg

pytestmark = pytest.mark.slow

KEY = rf"Software\Microsoft\Windows\CurrentVersion\Uninstall\{APP_ID}"
LINK = Path(r"Microsoft\Windows\Start Menu\Programs\Azeroth's Top Talent.lnk")
CANCELLED = 2


@pytest.fixture
def installer() -> Path:
    named = os.environ.get("ATT_INSTALLER")
    if not named:
        pytest.skip("ATT_INSTALLER names no installer")
    return Path(named).resolve()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The app's data, found again by every program that the installer starts."""
    home = tmp_path / "data of the player"
    monkeypatch.setenv("ATT_HOME", str(home))
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    return home


def run_setup(installer: Path, target: Path) -> int:
    # /D takes the rest of the line as it is, spaces included and without quotes.
    command = f'"{installer}" /S /D={target}'
    return subprocess.run(command, timeout=240, check=False).returncode


def until(condition: object, what: str, seconds: float = 60) -> None:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.2)


def registered(name: str) -> str | None:
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, KEY) as key:
            return str(winreg.QueryValueEx(key, name)[0])
    except FileNotFoundError:
        return None


def beside(target: Path) -> list[str]:
    """What an install leaves beside the program only while it runs."""
    return [path.name for path in target.glob("AzerothsTopTalent.*")]


def test_it_installs_updates_over_a_running_app_and_leaves(
    installer: Path, home: Path, tmp_path: Path
) -> None:
    target = tmp_path / "Program Files" / "Azeroth's Top Talent"
    link = Path(os.environ["APPDATA"]) / LINK
    assert run_setup(installer, target) == 0
    console = target / "att-desktop.exe"
    window = target / "Azeroths Top Talent.exe"
    assert registered("DisplayVersion") == __version__
    assert registered("InstallLocation") == str(target)
    assert link.is_file()
    assert not beside(target)
    smoke = subprocess.run([console, "--smoke-test"], capture_output=True, timeout=120, check=False)
    assert smoke.returncode == 0, smoke.stdout + smoke.stderr

    # An update over the running app: the app ends by itself, old files are gone, new ones run.
    # A folder of the player's own beside it is not looked at.
    (target / "new").mkdir()
    (target / "new" / "mine.txt").touch()
    (target / "_internal" / "of the old version.txt").touch()
    running = subprocess.Popen([window, "--sample"])
    try:
        until((home / "cache" / "window.lock").exists, "the window never came")
        assert run_setup(installer, target) == 0
        assert running.wait(30) == 0
    finally:
        running.kill()
        running.wait()
    assert not (target / "_internal" / "of the old version.txt").exists()
    assert not beside(target)
    (target / "new" / "mine.txt").unlink()
    (target / "new").rmdir()
    version = subprocess.run([console, "--version"], capture_output=True, timeout=60, check=True)
    assert version.stdout.split()[-1].decode() == __version__

    # What cannot be asked to end keeps its program; the old one stays whole.
    busy = subprocess.Popen([console, "decode", "-"], stdin=subprocess.PIPE)
    try:
        assert run_setup(installer, target) == CANCELLED
        assert not beside(target)
    finally:
        busy.communicate(b"")
    assert subprocess.run([console, "--version"], timeout=60, check=False).returncode == 0

    # The player's own file in that folder, and the app's data, are not the program's.
    own = target / "my notes.txt"
    own.write_text("mine", "utf-8")
    data = {path for path in home.rglob("*") if path.is_file()}
    assert data
    assert subprocess.run([target / "Uninstall.exe", "/S"], timeout=60, check=False).returncode == 0
    until(lambda: not (target / "Uninstall.exe").exists(), "the uninstaller never ended")
    until(lambda: registered("DisplayName") is None, "it is still in the list of programs")
    assert [path.name for path in target.iterdir()] == ["my notes.txt"]
    assert not link.exists()
    assert data <= {path for path in home.rglob("*") if path.is_file()}


def test_an_empty_folder_goes_with_the_program(installer: Path, home: Path, tmp_path: Path) -> None:
    target = tmp_path / "Programs"
    assert run_setup(installer, target) == 0
    subprocess.run([target / "Uninstall.exe", "/S"], timeout=60, check=True)
    until(lambda: not target.exists(), "the folder is still there")
    assert not home.exists()
