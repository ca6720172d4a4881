"""Reading a feed over HTTP: every way in which it can be wrong is refused with its own code."""

from __future__ import annotations

import asyncio
import json
import lzma
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from nacl.signing import SigningKey

from att_desktop.sources.feed.address import FeedAddress
from att_desktop.sources.feed.blob import pack
from att_desktop.sources.feed.client import FetchedFeed, Traffic, fetch_feed
from att_desktop.sources.feed.envelope import seal
from att_desktop.sources.feed.errors import FeedRefused
from att_desktop.sources.feed.index import FORMAT, LIFETIME, Seen
from att_desktop.sources.http.cached import EtagCache
from att_desktop.sources.http.retries import RetryPolicy
from att_desktop.system.errors import AttError
from tests.sources.static_server import Answer, StaticServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

KEY = SigningKey(bytes(range(32)))
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
QUICK = RetryPolicy(attempts=2, first_s=0.0, slow_down_s=0.0, longest_s=0.0)
DATA = b'{"version": 2, "results": []}' * 20
BLOB, PACKED = pack(DATA)


@pytest.fixture
def server() -> Iterator[StaticServer]:
    with StaticServer() as server:
        yield server


def serve(server: StaticServer, key: SigningKey = KEY, packed: bytes = PACKED, **more: Any) -> None:
    values: dict[str, Any] = {
        "format": FORMAT,
        "serial": 7,
        "created": NOW.isoformat(),
        "expires": (NOW + LIFETIME).isoformat(),
        "channel": "main",
        "sources": ["parses"],
        "blob": msgspec.to_builtins(BLOB),
    }
    body = json.dumps(values | more).encode()
    server.files["/att/index.json"] = seal(body, key)
    server.files[f"/att/{BLOB.path}"] = packed


def fetch(server: StaticServer, cache: Path, seen: Seen | None = None, **more: Any) -> FetchedFeed:
    address = FeedAddress(base=f"{server.url}/att/", key=bytes(KEY.verify_key))
    return asyncio.run(
        fetch_feed(address, EtagCache(cache), seen=seen, policy=QUICK, **{"now": NOW} | more)
    )


def test_a_good_feed_is_read_and_then_costs_one_small_request(
    server: StaticServer, tmp_path: Path
) -> None:
    serve(server)
    traffic = Traffic()
    first = fetch(server, tmp_path, traffic=traffic)
    assert (first.data, traffic.requests) == (DATA, 2)
    assert traffic.bytes == sum(map(len, server.files.values()))
    assert first.seen == Seen(serial=7, sha256=BLOB.sha256)
    again = fetch(server, tmp_path, first.seen, traffic=traffic)
    assert (again.data, traffic.requests, again.index) == (None, 3, first.index)
    assert "If-None-Match" in server.asked[-1][1]
    assert all(
        headers["User-Agent"].startswith("AzerothsTopTalent/") for _, headers in server.asked
    )
    # A cache that somebody spoilt is no cache.
    (tmp_path / "index.json").write_bytes(b"spoilt")
    assert fetch(server, tmp_path).data == DATA


def test_a_spoilt_index_with_a_good_etag_is_not_kept(server: StaticServer, tmp_path: Path) -> None:
    serve(server)
    index = server.files["/att/index.json"]
    etag = f'"{sha256(index).hexdigest()[:16]}"'
    server.script.append(Answer(body=index[:-9], headers={"ETag": etag}))
    with pytest.raises(FeedRefused):
        fetch(server, tmp_path)
    assert fetch(server, tmp_path).data == DATA


def test_a_newer_feed_replaces_it(server: StaticServer, tmp_path: Path) -> None:
    serve(server)
    seen = fetch(server, tmp_path).seen
    blob, packed = pack(DATA + b" ")
    serve(server, serial=8, blob=msgspec.to_builtins(blob))
    server.files[f"/att/{blob.path}"] = packed
    newer = fetch(server, tmp_path, seen)
    assert newer.data == DATA + b" "
    assert newer.seen.serial == 8


def test_the_tag_of_one_server_is_not_sent_to_another(server: StaticServer, tmp_path: Path) -> None:
    serve(server)
    fetch(server, tmp_path)
    with StaticServer() as other:
        serve(other, serial=9)
        assert fetch(other, tmp_path).index.serial == 9
        assert all("If-None-Match" not in headers for _, headers in other.asked)


def bomb(server: StaticServer) -> None:
    packed = lzma.compress(b"\0" * 50_000_000)
    digest = sha256(packed).hexdigest()
    path = f"{digest}.json.xz"
    entry = {"path": path, "sha256": digest, "length": len(packed), "unpacked": 1000}
    serve(server, blob=entry)
    server.files[f"/att/{path}"] = packed


SPOILT: dict[str, tuple[Callable[[StaticServer], Any], Seen | None, str]] = {
    "404": (lambda s: s.files.clear(), None, "feed.missing"),
    "blob 404": (lambda s: s.files.pop(f"/att/{BLOB.path}"), None, "feed.hash"),
    "500": (
        lambda s: s.script.extend([Answer(status=500)] * 9),
        None,
        "http.server_trouble",
    ),
    "401": (lambda s: s.script.append(Answer(status=401)), None, "feed.http_status"),
    "html": (
        lambda s: s.script.extend([Answer(body=b"<html>Wi-Fi sign-in</html>")] * 9),
        None,
        "http.web_page",
    ),
    "redirect": (
        lambda s: s.script.append(Answer(status=302, headers={"Location": "http://127.0.0.1:1/x"})),
        None,
        "http.redirect",
    ),
    "not a feed": (lambda s: s.files.update({"/att/index.json": b"{}"}), None, "feed.not_a_feed"),
    "other key": (lambda s: serve(s, SigningKey.generate()), None, "feed.signature"),
    "hash": (
        lambda s: serve(s, packed=PACKED[:-1] + bytes([PACKED[-1] ^ 1])),
        None,
        "feed.hash",
    ),
    "short": (lambda s: serve(s, packed=PACKED[:-1]), None, "feed.length"),
    "long": (lambda s: serve(s, packed=PACKED + b"x"), None, "http.too_large"),
    "large index": (
        lambda s: s.files.update({"/att/index.json": b" " * 100_000}),
        None,
        "http.too_large",
    ),
    "bomb": (bomb, None, "feed.too_large"),
    "older": (serve, Seen(serial=8, sha256=BLOB.sha256), "feed.older"),
    "two faces": (serve, Seen(serial=7, sha256="0" * 64), "feed.two_faces"),
    "expired": (
        lambda s: serve(
            s,
            created=(NOW - timedelta(days=9)).isoformat(),
            expires=(NOW - timedelta(days=1)).isoformat(),
        ),
        None,
        "feed.expired",
    ),
    "future": (
        lambda s: serve(
            s,
            created=(NOW + timedelta(days=1)).isoformat(),
            expires=(NOW + timedelta(days=2)).isoformat(),
        ),
        None,
        "feed.from_future",
    ),
    "newer format": (lambda s: serve(s, format=2), None, "feed.newer_format"),
}


@pytest.mark.parametrize("name", sorted(SPOILT))
def test_what_is_wrong_is_refused(name: str, server: StaticServer, tmp_path: Path) -> None:
    serve(server)
    spoil, seen, code = SPOILT[name]
    spoil(server)
    with pytest.raises(AttError) as refused:
        fetch(server, tmp_path, seen)
    assert refused.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_a_cut_answer_is_tried_again(server: StaticServer, tmp_path: Path) -> None:
    serve(server)
    whole = server.files["/att/index.json"]
    server.script.append(Answer(body=whole, cut=10))
    assert fetch(server, tmp_path).data == DATA
    assert len(server.asked) == 3


@pytest.mark.parametrize("host", ["xn--", "xn--a", "\u2603.net", "\u0663", "[v1.x]"])
def test_a_host_whose_name_can_be_none_is_said(host: str, tmp_path: Path) -> None:
    address = FeedAddress(base=f"https://{host}/", key=bytes(KEY.verify_key))
    with pytest.raises(AttError) as refused:
        asyncio.run(fetch_feed(address, EtagCache(tmp_path), seen=None, policy=QUICK))
    assert refused.value.code == "http.bad_address"


def test_a_server_that_is_gone_is_said(tmp_path: Path) -> None:
    with StaticServer() as server:
        pass
    with pytest.raises(AttError) as refused:
        fetch(server, tmp_path)
    assert refused.value.code == "http.unreachable"


@pytest.mark.slow
def test_no_changed_byte_of_index_or_blob_is_believed(server: StaticServer, tmp_path: Path) -> None:
    """Three hundred single-byte corruptions, spread over both files."""
    serve(server)
    good = dict(server.files)
    places = [(path, at) for path, body in good.items() for at in range(len(body))]
    step = max(1, len(places) // 300)
    believed = []
    for path, at in places[::step]:
        body = good[path]
        flipped = body[:at] + bytes([body[at] ^ 0x01]) + body[at + 1 :]
        server.files = good | {path: flipped}
        try:
            fetched = fetch(server, tmp_path / "none")
        except AttError:
            continue
        believed.append((path, at, fetched))
    assert believed == []
