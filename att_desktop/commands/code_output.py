"""What ``decode``, ``encode`` and ``compare`` have in common."""

from __future__ import annotations

from typing import Any

import msgspec

from att_desktop.system.errors import AttError


class BadCode(AttError):
    """A code, or what should become one, makes no sense."""


def print_json(value: dict[str, Any]) -> None:
    """One line of JSON."""
    print(msgspec.json.encode(value).decode())
