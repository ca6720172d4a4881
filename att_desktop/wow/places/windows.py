"""Windows: the registry, the Battle.net agent's list, the usual folders of all drives."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from att_desktop.wow.paths import is_dir
from att_desktop.wow.places.base import GAME, Location, Places
from att_desktop.wow.places.drives import Drives

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNINSTALL: Final = r"Microsoft\Windows\CurrentVersion\Uninstall"
_GAMES: Final = (GAME, f"{GAME} Classic", f"{GAME} Public Test", f"{GAME} Beta")
# (key below SOFTWARE, value); the first ones point into a flavour folder, the others at the root.
_VALUES: Final = tuple(
    (software + key, value)
    for software in (r"SOFTWARE\WOW6432Node" + "\\", "SOFTWARE\\")
    for key, value in (
        *((rf"Blizzard Entertainment\{game}", "InstallPath") for game in _GAMES),
        *((rf"{_UNINSTALL}\{game}", "InstallLocation") for game in _GAMES),
    )
)


class Registry(Protocol):
    """The part of the Windows registry that is needed; tests have their own."""

    def read(self, hive: str, key: str, value: str) -> str | None:
        """A text value (``hive`` is ``HKLM`` or ``HKCU``); None if there is none to be read."""


class NoRegistry:
    """A registry without entries."""

    def read(self, hive: str, key: str, value: str) -> str | None:  # noqa: ARG002 - the protocol's
        """Always None."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowsPlaces(Places):
    """Looks through ``registry`` and ``drives``."""

    registry: Registry
    drives: Drives

    def candidates(self) -> Iterator[Location]:
        """Registry, agent, usual folders, in that order."""
        yield from self._registered()
        yield from self.drives.agent_places()
        yield from self.drives.usual_places()

    def _registered(self) -> Iterator[Location]:
        for hive in ("HKLM", "HKCU"):
            for key, value in _VALUES:
                text = self.registry.read(hive, key, value)
                path = self.drives.path_of(text) if text else None
                if path is None:
                    continue
                # InstallPath names a flavour folder: the siblings of that one count as well.
                if path.name.startswith("_"):
                    yield Location(path=path.parent, found_by="Windows registry")
                yield Location(path=path, found_by="Windows registry")


def mounted_drives() -> Drives:
    """The drive letters of this computer, no floppies. Empty elsewhere than on Windows.

    Without those that cannot be looked at: an empty card reader, a disk locked by BitLocker.
    """
    letters = "CDEFGHIJKLMNOPQRSTUVWXYZ" if sys.platform == "win32" else ""
    roots = ((letter, Path(f"{letter}:/")) for letter in letters)
    return Drives(
        roots={letter: root for letter, root in roots if is_dir(root)},
        variables=dict(os.environ),
    )


if sys.platform == "win32":
    import winreg

    class _WindowsRegistry:
        def read(self, hive: str, key: str, value: str) -> str | None:
            root = winreg.HKEY_LOCAL_MACHINE if hive == "HKLM" else winreg.HKEY_CURRENT_USER
            try:
                with winreg.OpenKey(root, key) as opened:
                    found, _kind = winreg.QueryValueEx(opened, value)
            except OSError:
                return None
            return found if isinstance(found, str) else None

    def system_registry() -> Registry:
        """The registry of this computer."""
        return _WindowsRegistry()

else:

    def system_registry() -> Registry:
        """An empty registry: this system has none."""
        return NoRegistry()
