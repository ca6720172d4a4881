"""Starting with the system: one entry of this user's, made and removed as the player wants.

Linux: a desktop entry in ``autostart`` (Desktop Application Autostart Specification). Windows: a
value of the registry's ``Run`` key. macOS: a launch agent (launchd.plist(5)).
"""

from __future__ import annotations

import os
import sys
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from att_desktop import APP_ID
from att_desktop.system.bundled import is_frozen
from att_desktop.system.errors import AttError
from att_desktop.system.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

if sys.platform == "win32":
    import winreg

TRAY_OPTION: Final = "--tray"
"""The window's option to begin in the tray."""

_RUN_KEY: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"
_RUN_NAME: Final = "AzerothsTopTalent"
_WINDOW_PROGRAM: Final = "Azeroths Top Talent.exe"
# Desktop Entry Specification, 'The Exec key': what makes quoting necessary, and what is escaped.
_RESERVED: Final = frozenset(" \t\n\"'\\><~|&;$*?#()`")
_ESCAPED: Final = '"`$\\'


class Autostart(Protocol):
    """The entry of this app, if the player has made one."""

    def is_on(self) -> bool:
        """Whether the system starts the app. False where it cannot be read."""

    def switch_on(self) -> None:
        """Make the entry, or bring it up to date. Raises AttError."""

    def switch_off(self) -> None:
        """Remove the entry. Raises AttError."""


def find_autostart(
    environ: Mapping[str, str] | None = None, platform: str = sys.platform
) -> Autostart | None:
    """The entry of this system; None in portable use (``ATT_HOME``), which leaves nothing behind
    outside of its own folder."""
    environ = os.environ if environ is None else environ
    if environ.get("ATT_HOME"):
        return None
    command = own_command(environ, platform)
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() raises without one
    if platform == "win32":
        return RunKey(RunValue(), command)
    if platform == "darwin":
        return LaunchAgent(home / "Library" / "LaunchAgents" / f"{APP_ID}.plist", command)
    config = Path(environ.get("XDG_CONFIG_HOME", ""))
    folder = config if config.is_absolute() else home / ".config"
    return DesktopEntry(folder / "autostart" / f"{APP_ID}.desktop", command)


def own_command(
    environ: Mapping[str, str],
    platform: str = sys.platform,
    *,
    executable: str = sys.executable,
    frozen: bool | None = None,
) -> list[str]:
    """The command that starts this app in the tray: the packed program, or Python with it."""
    program = Path(executable)
    if is_frozen() if frozen is None else frozen:
        # An AppImage runs from a mount of its own that is another one the next time.
        if image := environ.get("APPIMAGE"):
            return [image, TRAY_OPTION]
        # Of Windows' two programs the one without a terminal.
        windowed = program.with_name(_WINDOW_PROGRAM)
        return [str(windowed if windowed.is_file() else program), TRAY_OPTION]
    if platform == "win32":
        windowed = program.with_name("pythonw.exe")
        program = windowed if windowed.is_file() else program
    # -P: the working folder is not a place to import from.
    return [str(program), "-P", "-m", "att_desktop", TRAY_OPTION]


@dataclass(frozen=True, slots=True)
class _EntryFile(ABC):
    """An entry that is a file."""

    path: Path
    command: Sequence[str]

    def switch_on(self) -> None:
        wanted = self._content()
        try:
            if _read(self.path) == wanted:
                return
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(self.path, wanted)
        except OSError as error:
            raise _refused(error) from error

    def switch_off(self) -> None:
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise _refused(error) from error

    @abstractmethod
    def _content(self) -> bytes:
        """What the file holds while it is on."""


class DesktopEntry(_EntryFile):
    """Linux. Desktops switch an entry off by marking it: then it is not on."""

    def is_on(self) -> bool:
        lines = (_read(self.path) or b"").replace(b" ", b"").lower().splitlines()
        marked = {b"hidden=true", b"x-gnome-autostart-enabled=false"}
        return b"[desktopentry]" in lines and marked.isdisjoint(lines)

    def _content(self) -> bytes:
        command = " ".join(map(_exec_argument, self.command))
        lines = (
            "[Desktop Entry]",
            "Type=Application",
            "Name=Azeroth's Top Talent",
            f"Exec={command}",
            f"Icon={APP_ID}",
            "Terminal=false",
            "X-GNOME-Autostart-enabled=true",
        )
        return ("\n".join(lines) + "\n").encode("utf-8", "surrogateescape")


def _exec_argument(argument: str) -> str:
    escaped = "".join(f"\\{ch}" if ch in _ESCAPED else ch for ch in argument)
    quoted = f'"{escaped}"' if _RESERVED.intersection(argument) else argument
    # '%' begins a field code; a backslash is escaped again, as in every string of the file.
    return quoted.replace("%", "%%").replace("\\", "\\\\")


class LaunchAgent(_EntryFile):
    """macOS. launchd reads it at the next login."""

    def is_on(self) -> bool:
        # Here only: every start of the window would pay for reading XML.
        import plistlib
        from xml.parsers.expat import ExpatError

        try:
            agent = plistlib.loads(_read(self.path) or b"")
        except (plistlib.InvalidFileException, ExpatError, ValueError, OverflowError):
            return False
        return isinstance(agent, dict) and bool(agent.get("RunAtLoad"))

    def _content(self) -> bytes:
        import plistlib

        agent = {
            "Label": APP_ID,
            "ProgramArguments": list(self.command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
            "LimitLoadToSessionType": "Aqua",
        }
        return plistlib.dumps(agent)


class RunValue:
    """The value of the registry's Run key that is ours."""

    def read(self) -> str | None:
        """Its text; None if it is not there. Raises OSError."""
        if sys.platform == "win32":
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                    return str(winreg.QueryValueEx(key, _RUN_NAME)[0])
            except FileNotFoundError:
                return None
        raise OSError("no registry")

    def write(self, text: str) -> None:
        """Set it. Raises OSError."""
        if sys.platform == "win32":
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                winreg.SetValueEx(key, _RUN_NAME, 0, winreg.REG_SZ, text)
            return
        raise OSError("no registry")

    def delete(self) -> None:
        """Remove it; nothing when it is not there. Raises OSError."""
        if sys.platform == "win32":
            try:
                with winreg.OpenKey(
                    winreg.HKEY_CURRENT_USER, _RUN_KEY, 0, winreg.KEY_SET_VALUE
                ) as key:
                    winreg.DeleteValue(key, _RUN_NAME)
            except FileNotFoundError:
                pass
            return
        raise OSError("no registry")


@dataclass(frozen=True, slots=True)
class RunKey:
    """Windows."""

    value: RunValue
    command: Sequence[str]

    def is_on(self) -> bool:
        try:
            return bool(self.value.read())
        except OSError:
            return False

    def switch_on(self) -> None:
        from subprocess import list2cmdline

        wanted = list2cmdline(self.command)
        try:
            if self.value.read() != wanted:
                self.value.write(wanted)
        except OSError as error:
            raise _refused(error) from error

    def switch_off(self) -> None:
        try:
            self.value.delete()
        except OSError as error:
            raise _refused(error) from error


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _refused(error: OSError) -> AttError:
    return AttError("autostart.refused", reason=error.strerror or str(error))
