"""A display counts when it answers, not when a variable names it."""

from __future__ import annotations

import ctypes.util
import errno
import itertools
import os
import socket
import struct
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from att_desktop.system import display
from att_desktop.system.display import has_display
from tests.shared_data import require

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the others always have one")


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"DISPLAY": ":7654"},
        {"DISPLAY": "nonsense"},
        {"DISPLAY": "unix:7654.0"},
        {"WAYLAND_DISPLAY": "wayland-9"},
        {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": "/nowhere", "DISPLAY": ":7654"},
        {"DISPLAY": ":7654", "QT_QPA_PLATFORM": "xcb"},
        {"QT_QPA_PLATFORM": "nonsense"},
        {"QT_QPA_PLATFORM": "windows"},
        {"QT_QPA_PLATFORM": "eglfs"},
    ],
)
def test_a_display_that_does_not_answer_is_none(environ: dict[str, str]) -> None:
    assert not has_display(environ)


def test_a_platform_of_qt_without_a_server_is_one() -> None:
    assert has_display({"QT_QPA_PLATFORM": "offscreen:fontengine=freetype"})


@pytest.mark.parametrize("absolute", [False, True])
def test_a_wayland_server_answers(tmp_path: Path, *, absolute: bool) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-9"))
        server.listen()
        name = str(tmp_path / "wayland-9") if absolute else "wayland-9"
        assert has_display({"WAYLAND_DISPLAY": name, "XDG_RUNTIME_DIR": str(tmp_path)})


# The answer to a client that connects (X Window System Protocol, section 8, 'Connection Setup').
_SCREENS = 28
WELCOME = bytearray(struct.pack("<BxHHH", 1, 11, 0, 8) + bytes(32))
WELCOME[_SCREENS] = 1
REASON = b"No protocol specified"
REFUSED = struct.pack("<BBHHH", 0, len(REASON), 11, 0, 6) + REASON.ljust(24)


@contextmanager
def x_server(answer: bytes) -> Iterator[str]:
    """One that sends ``answer`` to each client. Yields its name, as in DISPLAY."""
    require(condition=bool(ctypes.util.find_library("xcb")), reason="libxcb is not here")
    clients = []

    def serve() -> None:
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return
            clients.append(client)
            client.recv(4096)
            client.sendall(answer)

    with socket.socket(socket.AF_UNIX) as server:
        number = bind_as_display(server)
        server.listen()
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f":{number}"
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
            for client in clients:
                client.close()


def bind_as_display(server: socket.socket) -> int:
    """Listen where clients of a display look; not the number of another test at the same time."""
    for number in itertools.count(8000 + os.getpid() % 20_000):
        try:
            server.bind(f"\0/tmp/.X11-unix/X{number}")
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
        else:
            break
    return number


@pytest.mark.parametrize(
    ("screen", "platform", "shown"),
    [
        (".0", "", True),
        ("", "xcb", True),
        ("", "wayland;xcb:options=x", True),
        # The screen is not there; the platform is another one.
        (".4", "", False),
        ("", "wayland", False),
        ("", "nonsense", False),
    ],
)
def test_an_x_server_answers(screen: str, platform: str, *, shown: bool) -> None:
    with x_server(bytes(WELCOME)) as name:
        environ = {"DISPLAY": name + screen, "QT_QPA_PLATFORM": platform}
        assert has_display(environ) is shown


@pytest.mark.parametrize("answer", [REFUSED, b""])
def test_an_x_server_that_lets_nobody_in_is_none(
    monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    """As after ``sudo``, or with an XAUTHORITY of another session; or one that hangs."""
    monkeypatch.setattr(display, "_WAIT_S", 0.3)
    with x_server(answer) as name:
        assert not has_display({"DISPLAY": name})
