"""The error that means: asked the wrong way."""

from __future__ import annotations

from att_desktop.system.errors import AttError


class WrongUsage(AttError):
    """An option has a value that means nothing."""
