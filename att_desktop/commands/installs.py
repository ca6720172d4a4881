"""``att-desktop installs``: the games on this computer."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from att_desktop.commands.progress import printable
from att_desktop.config.settings import load_settings
from att_desktop.system.folders import find_folders
from att_desktop.text import _, ngettext, say
from att_desktop.text.formats import clauses, divided, labelled
from att_desktop.text.names import game_title, source_name
from att_desktop.wow.installations import find_installations

if TYPE_CHECKING:
    import argparse

    from att_desktop.wow.installations import Installation


def run_installs(arguments: argparse.Namespace) -> int:
    """Print what was found, and what the player picked by hand; nothing is an answer too."""
    picked = load_settings(find_folders()).settings.game_folders
    found = find_installations(also=map(Path, picked))
    if arguments.json:
        # ASCII: no console's encoding can spoil a path, not even one that is no text.
        print(json.dumps([_as_json(place) for place in found]))
        return 0
    if not found:
        print(_("No World of Warcraft folder was found. 'sync --wow-dir' takes one by hand."))
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
        "writeProblem": None if place.writable.ok else say(place.writable),
        "foundBy": place.found_by,
        "addonVersion": place.addon_version,
        "dataTimestamp": stamp.strftime("%Y-%m-%dT%H:%M:%S") if stamp else None,
        "dataAgeSeconds": int((datetime.now(UTC) - stamp).total_seconds()) if stamp else None,
        "dataIsSample": place.data_is_sample,
        "dataSources": list(place.data_sources),
    }


def _lines(place: Installation, now: datetime) -> list[str]:
    parts = [_addon(place)]
    if place.data_timestamp is not None:
        parts.append(_data(place, now))
        if not place.data_is_sample:
            parts.extend(filter(None, map(source_name, place.data_sources)))
    elif place.addon_version:
        parts.append(_("no data yet"))
    access = _("writable") if place.writable.ok else say(place.writable)
    return [
        labelled(game_title(place.name, supported=place.supported), str(place.folder)),
        f"  {divided([clauses(parts), access])}",
    ]


def _addon(place: Installation) -> str:
    if place.addon_version is None:
        return _("addon not installed")
    return _("addon {version}").format(version=place.addon_version)


def _data(place: Installation, now: datetime) -> str:
    assert place.data_timestamp is not None, "asked for data that is there"  # noqa: S101
    days = (now - place.data_timestamp).days
    if days < 1:  # less than none where the clock was set back
        data = _("data of today")
    else:
        data = ngettext("data {count} day old", "data {count} days old", days).format(count=days)
    return _("{data} (sample data)").format(data=data) if place.data_is_sample else data
