"""Whether a window can be shown here: asked by connecting, since Qt aborts where none answers."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["has_display"]

_WAIT_S: Final = 2.0
_X11_PORT: Final = 6000
# X(7), "Display names": [host]:display[.screen], the host may be given as protocol/host.
_DISPLAY: Final = re.compile(r"(?:[a-z0-9]+/)?(.*):(\d{1,4})(?:\.\d+)?")


def has_display(environ: Mapping[str, str] | None = None) -> bool:
    """True on Windows and macOS, and where an X11 or Wayland server answers.

    Another platform of Qt's (``QT_QPA_PLATFORM=offscreen``) needs no server.
    """
    if sys.platform in ("win32", "darwin"):
        return True
    environ = os.environ if environ is None else environ
    platform = environ.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if platform and not platform.startswith(("xcb", "wayland")):
        return True
    return any(map(_answers, (*_wayland(environ), *_x11(environ))))


def _wayland(environ: Mapping[str, str]) -> Iterator[str]:
    """wl_display_connect(3): a path, or a name in XDG_RUNTIME_DIR."""
    name = environ.get("WAYLAND_DISPLAY")
    if name:
        yield str(Path(environ.get("XDG_RUNTIME_DIR", "/")) / name)


def _x11(environ: Mapping[str, str]) -> Iterator[str | tuple[str, int]]:
    name = environ.get("DISPLAY", "")
    match = _DISPLAY.fullmatch(name)
    if match is None:
        if name.startswith("/"):
            yield name
        return
    host, number = match[1], int(match[2])
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - the place of X11's sockets
        yield from (f"\0{path}", path)
    yield (host if host not in ("", "unix") else "localhost"), _X11_PORT + number


def _answers(address: str | tuple[str, int]) -> bool:
    with contextlib.suppress(OSError, ValueError):
        if isinstance(address, tuple):
            socket.create_connection(address, timeout=_WAIT_S).close()
            return True
        with socket.socket(socket.AF_UNIX) as one:
            one.settimeout(_WAIT_S)
            one.connect(address)
            return True
    return False
