"""Names of talent icons, and what can be wrong with one. Apart from the host: no HTTP here."""

from __future__ import annotations

import re
from typing import Final

from att_desktop.system.errors import AttError

__all__ = ["IconMissing", "IconsUnreachable", "icon_name"]

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")


class IconMissing(AttError):
    """The host has no such icon, or what it sent is none: asking again is of no use."""


class IconsUnreachable(AttError):
    """The host does not answer now: later it may."""


def icon_name(raw: str) -> str | None:
    """The name as the host wants it, or None when it is no name of an icon.

    A few names of the talent trees carry the game's own file ending.
    """
    name = raw.strip().lower().removesuffix(".tga").removesuffix(".blp")
    return name if _NAME.fullmatch(name) else None
