"""Colours in a terminal: beside the words, never in their place."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from typing import TextIO

Colour: TypeAlias = Literal["green", "yellow", "red"]

_SGR: Final[dict[Colour, int]] = {"red": 31, "green": 32, "yellow": 33}  # ECMA-48, 8.3.117
_VIRTUAL_TERMINAL: Final = 0x0004  # ENABLE_VIRTUAL_TERMINAL_PROCESSING of Windows' SetConsoleMode


def coloured(text: str, colour: Colour | None, stream: TextIO | None) -> str:
    """``text`` in a colour where ``stream`` is a terminal that has them.

    Not with NO_COLOR (https://no-color.org) or TERM=dumb.
    """
    if not text or colour is None or not _has_colours(stream):
        return text
    return f"\x1b[{_SGR[colour]}m{text}\x1b[0m"


def _has_colours(stream: TextIO | None) -> bool:
    if stream is None or not stream.isatty():
        return False
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    if sys.platform == "win32":
        import ctypes
        import msvcrt

        mode, handle = ctypes.c_ulong(), msvcrt.get_osfhandle(stream.fileno())
        console = ctypes.windll.kernel32
        found = console.GetConsoleMode(handle, ctypes.byref(mode))
        return bool(found and console.SetConsoleMode(handle, mode.value | _VIRTUAL_TERMINAL))
    return True
