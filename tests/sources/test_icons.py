"""Icons from a host on this machine that behaves, and from ones that do not."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from att_desktop.game.trees import TalentTrees
from att_desktop.sources.icon_names import IconMissing, IconsUnreachable, icon_name
from att_desktop.sources.icons import MAX_BYTES, IconHost

if TYPE_CHECKING:
    from collections.abc import Iterator

JPEG = b"\xff\xd8\xff\xe0" + b"picture"


class Host(ThreadingHTTPServer):
    """Answers by the icon's name; notes what was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/icons/56/"


class Answer(BaseHTTPRequestHandler):
    server: Host

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        name = self.path.rsplit("/", 1)[-1].removesuffix(".jpg")
        status, body = {
            "gone": (404, b""),
            "forbidden": (403, b""),
            "down": (503, b""),
            "moved": (302, b""),
            "html": (200, b"<html>"),
            "huge": (200, JPEG + b"x" * MAX_BYTES),
        }.get(name, (200, JPEG))
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/icons/56/elsewhere.jpg")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture
def host() -> Iterator[Host]:
    server = Host()
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(5)


def test_an_icon_is_fetched_by_its_name(host: Host) -> None:
    with IconHost(base_url=host.url) as icons:
        assert icons.fetch("spell_deathknight_bloodboil") == JPEG
        assert icons.fetch("Ability_Druid_Mangle.tga") == JPEG
    assert host.asked == [
        "/icons/56/spell_deathknight_bloodboil.jpg",
        "/icons/56/ability_druid_mangle.jpg",
    ]


@pytest.mark.parametrize("name", ["gone", "forbidden", "html", "huge"])
def test_what_is_no_icon_is_missing(host: Host, name: str) -> None:
    with IconHost(base_url=host.url) as icons, pytest.raises(IconMissing):
        icons.fetch(name)


@pytest.mark.parametrize("name", ["down", "moved"])
def test_a_host_in_trouble_is_unreachable(host: Host, name: str) -> None:
    with IconHost(base_url=host.url) as icons, pytest.raises(IconsUnreachable):
        icons.fetch(name)
    assert len(host.asked) == 1


def test_no_host_is_unreachable(host: Host) -> None:
    url = host.url
    host.shutdown()
    host.server_close()
    with IconHost(base_url=url) as icons, pytest.raises(IconsUnreachable, match="later"):
        icons.fetch("spell_nature_sleep")


@pytest.mark.parametrize(
    "raw", ["", "..", "../secret", "a/b", "a b", "a\\b", "http://x", "a?b", "ü", "x" * 200, "%2e"]
)
def test_names_that_are_none_are_never_asked_for(host: Host, raw: str) -> None:
    assert icon_name(raw) is None
    with IconHost(base_url=host.url) as icons, pytest.raises(IconMissing):
        icons.fetch(raw)
    assert host.asked == []


def test_every_icon_of_the_trees_has_a_name_that_can_be_asked_for() -> None:
    trees = TalentTrees.embedded()
    icons = {
        entry.icon
        for spec_id in trees.spec_ids
        for entry in trees.tree(spec_id).entries.values()
        if entry.icon
    }
    assert len(icons) > 2000
    assert [icon for icon in icons if icon_name(icon) is None] == []
