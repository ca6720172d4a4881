"""``att-desktop installs``: the games on this computer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from att_desktop.terminal.progress import printable
from att_desktop.wow.installations import find_installations

if TYPE_CHECKING:
    import argparse

    from att_desktop.wow.installations import Installation

__all__ = ["run_installs"]


def run_installs(arguments: argparse.Namespace) -> int:
    """Print what was found; finding nothing is an answer too."""
    found = find_installations()
    if arguments.json:
        print(msgspec.json.encode([_as_json(place) for place in found]).decode())
        return 0
    if not found:
        print("No World of Warcraft folder was found. 'sync --wow-dir' takes one by hand.")
    for place in found:
        for line in _lines(place, datetime.now(UTC)):
            print(printable(line))
    return 0


def _as_json(place: Installation) -> dict[str, Any]:
    stamp = place.data_timestamp
    return {
        "path": str(place.folder),
        "root": str(place.root),
        "addons": str(place.addons_path),
        "flavour": place.flavour,
        "product": place.product,
        "version": place.version,
        "supported": place.supported,
        "writable": place.writable.ok,
        "writeProblem": None if place.writable.ok else place.writable.sentence,
        "foundBy": place.found_by,
        "addonVersion": place.addon_version,
        "dataTimestamp": stamp.strftime("%Y-%m-%dT%H:%M:%S") if stamp else None,
        "dataAgeSeconds": int((datetime.now(UTC) - stamp).total_seconds()) if stamp else None,
        "dataIsSample": place.data_is_sample,
    }


def _lines(place: Installation, now: datetime) -> list[str]:
    addon = f"addon {place.addon_version}" if place.addon_version else "addon not installed"
    if place.data_timestamp is not None:
        days = (now - place.data_timestamp).days
        addon += f", data {days} days old" if days else ", data of today"
        if place.data_is_sample:
            addon += " (sample data)"
    access = "writable" if place.writable.ok else place.writable.sentence
    return [f"{place.title}: {place.folder}", f"  {addon}; {access}"]
