"""The root of the app's own errors."""

from __future__ import annotations

__all__ = ["AttError"]


class AttError(Exception):
    """Something the player is told about: ``str(error)`` is one clear sentence and what to do."""
