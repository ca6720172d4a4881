"""Whether a window can be shown here: asked by connecting, since Qt aborts where none answers."""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_WAIT_S: Final = 2.0
# Platforms of Qt's that need neither a server nor a screen.
_IN_MEMORY: Final = frozenset({"offscreen", "minimal", "vnc"})


def has_display(environ: Mapping[str, str] | None = None) -> bool:
    """True on Windows and macOS, and where an X11 or Wayland server lets this user in.

    ``QT_QPA_PLATFORM`` narrows it to the platforms that it names, such as 'wayland;xcb'; one of
    another system or without a desktop is none. XAUTHORITY is read from the process' own
    environment, as Qt does.
    """
    if sys.platform in ("win32", "darwin"):
        return True
    environ = os.environ if environ is None else environ
    named = environ.get("QT_QPA_PLATFORM", "").casefold() or "xcb;wayland"
    # QGuiApplication: platforms are apart by ';', options follow a ':'.
    platforms = [each.partition(":")[0] for each in named.split(";")]
    return any(_works(platform, environ) for platform in platforms)


def _works(platform: str, environ: Mapping[str, str]) -> bool:
    if platform == "xcb":
        return _x11_answers(environ.get("DISPLAY", ""))
    if platform.startswith("wayland"):
        return _wayland_answers(environ)
    return platform in _IN_MEMORY


def _wayland_answers(environ: Mapping[str, str]) -> bool:
    """wl_display_connect(3): a path, or a name in XDG_RUNTIME_DIR."""
    name = environ.get("WAYLAND_DISPLAY")
    if not name:
        return False
    with contextlib.suppress(OSError, ValueError), socket.socket(socket.AF_UNIX) as one:
        one.settimeout(_WAIT_S)
        one.connect(str(Path(environ.get("XDG_RUNTIME_DIR", "/")) / name))
        return True
    return False


def _x11_answers(display: str) -> bool:
    """By the library that Qt's plugin connects with: it knows names, screens and who may enter."""
    if not display:
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False  # nor could Qt's plugin be loaded
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.POINTER(ctypes.c_int))
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    answered = threading.Event()

    def connect() -> None:
        # Never NULL: errors are connections as well (xcb_connect(3)).
        connection = xcb.xcb_connect(os.fsencode(display), ctypes.byref(ctypes.c_int()))
        if not xcb.xcb_connection_has_error(connection):
            answered.set()
        xcb.xcb_disconnect(connection)

    # xcb_connect has no time limit: a server may accept and then be silent.
    thread = threading.Thread(target=connect, name="display", daemon=True)
    thread.start()
    thread.join(_WAIT_S)
    return answered.is_set()
