"""The root of the app's own errors."""

from __future__ import annotations

from typing import Final

__all__ = ["UNEXPECTED", "AttError"]

UNEXPECTED: Final = "Something in the app went wrong. The log has the details; please try again."
"""What the player is told of a fault that nobody thought of, after it was logged."""


class AttError(Exception):
    """Something the player is told about: ``str(error)`` is one clear sentence and what to do."""
