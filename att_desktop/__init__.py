"""Azeroth's Top Talent: what the best play, per boss and dungeon, in the window and in the game."""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
