"""Where the game may be installed: a module for each operating system."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from att_desktop.wow.places.linux import LinuxPlaces
from att_desktop.wow.places.macos import MacPlaces
from att_desktop.wow.places.windows import WindowsPlaces, mounted_drives, system_registry

if TYPE_CHECKING:
    from att_desktop.wow.places.base import Places


def places_here() -> Places:
    """The places of this system; of one that the game does not know, Linux's."""
    if sys.platform == "win32":
        places: Places = WindowsPlaces(registry=system_registry(), drives=mounted_drives())
    elif sys.platform == "darwin":
        places = MacPlaces()
    else:
        places = LinuxPlaces()
    return places
