"""The next feed follows the one that is out there: fetched whole, or nothing is published."""

from __future__ import annotations

import base64
import json
import threading
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest

from tools.last_feed import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = "#" + "A" * 43


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages" / "guild"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def address(pages: Path) -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(pages.parent)))
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
    )
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/guild/{KEY}"
    server.shutdown()
    thread.join()
    server.server_close()


def publish(pages: Path, blob: object) -> None:
    payload = base64.b64encode(json.dumps({"serial": 7, "blob": blob}).encode()).decode()
    (pages / "index.json").write_text(json.dumps({"payload": payload, "signatures": []}), "utf-8")


@pytest.mark.parametrize("written", ["/", "", "/index.json"])
def test_index_and_blob_are_fetched_as_they_are(
    pages: Path, address: str, tmp_path: Path, written: str
) -> None:
    (pages / "blobs").mkdir()
    (pages / "blobs" / "ab.json.xz").write_bytes(b"\xfd7zXZ\x00...")
    publish(pages, {"path": "blobs/ab.json.xz"})
    site = tmp_path / "site"
    assert main([address.replace("/#", f"{written}#"), str(site)]) == 0
    assert (site / "index.json").read_bytes() == (pages / "index.json").read_bytes()
    assert (site / "blobs" / "ab.json.xz").read_bytes() == b"\xfd7zXZ\x00..."


def test_a_first_feed_has_none_before_it(address: str, tmp_path: Path) -> None:
    assert main([address, str(tmp_path / "site")]) == 0
    assert list((tmp_path / "site").iterdir()) == []


@pytest.mark.parametrize(
    "blob", [{"path": "gone.json.xz"}, {"path": "/etc/hosts"}, {"path": "../x"}, {"path": 7}, None]
)
def test_without_a_whole_last_feed_there_is_no_next(
    pages: Path, address: str, tmp_path: Path, blob: object
) -> None:
    publish(pages, blob)
    assert main([address, str(tmp_path / "site")]) == 1
    assert list((tmp_path / "site").iterdir()) == []


def test_what_is_no_feed_is_said(
    pages: Path, address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (pages / "index.json").write_text("<html>maintenance</html>", "utf-8")
    assert main([address, str(tmp_path / "site")]) == 1
    assert "is no feed" in capsys.readouterr().err


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert main([f"http://127.0.0.1:9/{KEY}", str(tmp_path / "site")]) == 1
