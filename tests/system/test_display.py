"""A display counts when it answers, not when a variable names it."""

from __future__ import annotations

import socket
import sys
from typing import TYPE_CHECKING

import pytest

from att_desktop.system.display import has_display

if TYPE_CHECKING:
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


def test_an_x_server_answers() -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0/tmp/.X11-unix/X7653")
        server.listen()
        assert has_display({"DISPLAY": ":7653.0"})
