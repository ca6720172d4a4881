"""``att-desktop installs``: the games on this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from att_desktop.terminal.progress import printable
from att_desktop.wow.installations import find_installations

if TYPE_CHECKING:
    import argparse


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
        print(printable(_line(place)))
    return 0
