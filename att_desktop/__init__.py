"""Azeroth's Top Talent: what the best play, per boss and dungeon, in the window and in the game."""

from __future__ import annotations

from typing import Final

__all__ = ["APP_ID", "__version__"]

__version__ = "0.1.0"

# The app's id for desktops and bundles (reverse DNS). Flathub allows no hyphen in its domain part,
# Apple no underscore, so the owner's name stands in it with neither. Names of files in resources/
# follow it. Never changed after the first release: macOS ties permissions and settings to it.
APP_ID: Final = "io.github.azerothstoptalent.AzerothsTopTalent"
