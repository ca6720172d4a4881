"""Starting with the system: the entry of each system, made, kept right and removed."""

from __future__ import annotations

import plistlib
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from att_desktop import APP_ID
from att_desktop.system.autostart import (
    Autostart,
    DesktopEntry,
    LaunchAgent,
    RunKey,
    RunValue,
    find_autostart,
    own_command,
)
from att_desktop.system.errors import AttError

if TYPE_CHECKING:
    from pathlib import Path

COMMAND = ["/opt/top talent/att-desktop", "--tray"]


class FakeRunValue(RunValue):
    """The registry's value in memory."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.text: str | None = None
        self.refuses = refuses

    def read(self) -> str | None:
        if self.refuses:
            raise PermissionError(13, "Access denied")
        return self.text

    def write(self, text: str) -> None:
        self.text = text

    def delete(self) -> None:
        if self.refuses:
            raise PermissionError(13, "Access denied")
        self.text = None


def entries(folder: Path) -> dict[str, Autostart]:
    return {
        "linux": DesktopEntry(folder / "autostart" / "app.desktop", COMMAND),
        "macos": LaunchAgent(folder / "LaunchAgents" / "app.plist", COMMAND),
        "windows": RunKey(FakeRunValue(), COMMAND),
    }


@pytest.mark.parametrize("system", ["linux", "macos", "windows"])
def test_what_is_switched_on_can_be_switched_off_without_a_trace(
    tmp_path: Path, system: str
) -> None:
    entry = entries(tmp_path)[system]
    assert not entry.is_on()
    entry.switch_off()  # nothing to remove is no error
    entry.switch_on()
    assert entry.is_on()
    entry.switch_on()
    entry.switch_off()
    assert not entry.is_on()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no sh on Windows")
def test_a_desktop_entry_is_read_back_by_the_specification(tmp_path: Path) -> None:
    words = ['/home/me/a b/50% $HOME `x` \\ "q"/att', "--tray", "it's"]
    path = tmp_path / "app.desktop"
    DesktopEntry(path, words).switch_on()
    lines = path.read_text().splitlines()
    assert lines[0] == "[Desktop Entry]"
    fields = dict(line.split("=", 1) for line in lines[1:])
    assert (fields["Type"], fields["Icon"]) == ("Application", APP_ID)
    # Escapes of a string first, then quotes as of a shell, field codes at last.
    unescaped = fields["Exec"].replace("\\\\", "\\")
    read = subprocess.run(
        ["sh", "-c", f"printf '%s\\n' {unescaped}"], capture_output=True, text=True, check=True
    )
    assert [word.replace("%%", "%") for word in read.stdout.splitlines()] == words


@pytest.mark.parametrize(
    ("mark", "is_on"),
    [("", True), ("Hidden=true", False), ("Hidden = True", False), ("Hidden=false", True),
     ("X-GNOME-Autostart-enabled=false", False)],
)  # fmt: skip
def test_a_desktop_that_switches_an_entry_off_is_believed(
    tmp_path: Path, mark: str, is_on: bool
) -> None:
    path = tmp_path / "app.desktop"
    path.write_text(f"[Desktop Entry]\nType=Application\nExec=att-desktop\n{mark}\n")
    assert DesktopEntry(path, COMMAND).is_on() is is_on


def test_a_launch_agent_starts_at_login(tmp_path: Path) -> None:
    path = tmp_path / "LaunchAgents" / f"{APP_ID}.plist"
    LaunchAgent(path, COMMAND).switch_on()
    agent = plistlib.loads(path.read_bytes())
    assert (agent["Label"], agent["ProgramArguments"], agent["RunAtLoad"]) == (
        APP_ID, COMMAND, True,
    )  # fmt: skip
    assert "KeepAlive" not in agent, "quitting is quitting"
    for spoilt in (b"", b"<plist>", b"bplist00\xff", b"[]"):
        path.write_bytes(spoilt)
        assert not LaunchAgent(path, COMMAND).is_on()


def test_the_registry_gets_a_quoted_command() -> None:
    value = FakeRunValue()
    RunKey(value, [r"C:\Program Files\Top Talent\app.exe", "--tray"]).switch_on()
    assert value.text == r'"C:\Program Files\Top Talent\app.exe" --tray'


def test_another_copy_of_the_app_brings_the_entry_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "app.desktop"
    DesktopEntry(path, ["/old/att-desktop", "--tray"]).switch_on()
    DesktopEntry(path, ["/new/att-desktop", "--tray"]).switch_on()
    assert "Exec=/new/att-desktop --tray" in path.read_text()


def test_a_system_that_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "autostart").write_bytes(b"")
    with pytest.raises(AttError) as failed:
        DesktopEntry(tmp_path / "autostart" / "app.desktop", COMMAND).switch_on()
    assert failed.value.code == "autostart.refused"
    refusing = RunKey(FakeRunValue(refuses=True), COMMAND)
    assert not refusing.is_on()
    for change in (refusing.switch_on, refusing.switch_off):
        with pytest.raises(AttError):
            change()


def test_each_system_has_its_place(tmp_path: Path) -> None:
    config = {"XDG_CONFIG_HOME": str(tmp_path)}
    linux = find_autostart(config, "linux")
    assert isinstance(linux, DesktopEntry)
    assert linux.path == tmp_path / "autostart" / f"{APP_ID}.desktop"
    # A relative one is to be ignored (XDG Base Directory Specification).
    usual = find_autostart({"XDG_CONFIG_HOME": "here"}, "linux")
    assert isinstance(usual, DesktopEntry)
    assert usual.path.parts[-3:-1] == (".config", "autostart")
    macos = find_autostart({}, "darwin")
    assert isinstance(macos, LaunchAgent)
    assert macos.path.parts[-3:] == ("Library", "LaunchAgents", f"{APP_ID}.plist")
    assert isinstance(find_autostart({}, "win32"), RunKey)
    assert find_autostart({"ATT_HOME": "/somewhere"}, "linux") is None, "portable use"


def test_the_command_is_the_packed_program_or_python(tmp_path: Path) -> None:
    python = str(tmp_path / "python.exe")
    module = ["-P", "-m", "att_desktop", "--tray"]
    assert own_command({}, "linux", executable=python, frozen=False) == [python, *module]
    assert own_command({}, "win32", executable=python, frozen=False) == [python, *module]
    (tmp_path / "pythonw.exe").touch()
    assert own_command({}, "win32", executable=python, frozen=False)[0].endswith("pythonw.exe")
    packed = str(tmp_path / "att-desktop.exe")
    assert own_command({}, "win32", executable=packed, frozen=True) == [packed, "--tray"]
    (tmp_path / "Azeroths Top Talent.exe").touch()
    windowed = own_command({}, "win32", executable=packed, frozen=True)
    assert windowed == [str(tmp_path / "Azeroths Top Talent.exe"), "--tray"]
    image = own_command({"APPIMAGE": "/a/b.AppImage"}, "linux", executable="/tmp/x", frozen=True)
    assert image == ["/a/b.AppImage", "--tray"]


@pytest.mark.skipif(sys.platform != "win32", reason="about the registry of Windows")
def test_the_real_registry() -> None:  # pragma: no cover - on Windows only
    entry = RunKey(RunValue(), COMMAND)
    before = RunValue().read()
    try:
        entry.switch_on()
        assert entry.is_on()
        entry.switch_off()
        assert not entry.is_on()
    finally:
        if before is not None:
            RunValue().write(before)
