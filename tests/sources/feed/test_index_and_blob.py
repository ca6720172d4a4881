"""Index and blob: each attack of the table is refused with its own code."""

from __future__ import annotations

import json
import lzma
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from att_desktop.sources.feed.blob import pack, unpack
from att_desktop.sources.feed.errors import FeedRefused
from att_desktop.sources.feed.index import (
    FORMAT,
    LIFETIME,
    UNPACKED_LIMIT,
    Blob,
    Index,
    Seen,
    check_index,
    read_index,
)

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
BLOB, PACKED = pack(b'{"results": []}' * 40)


def index(**fields: Any) -> Index:
    values: dict[str, Any] = {
        "format": FORMAT,
        "serial": 7,
        "created": NOW.isoformat(),
        "expires": (NOW + LIFETIME).isoformat(),
        "channel": "main",
        "sources": ["parses"],
        "blob": BLOB,
    }
    return Index(**values | fields)


def changed(**fields: Any) -> bytes:
    return json.dumps(msgspec.to_builtins(index()) | fields).encode()


def blob(**fields: Any) -> dict[str, Any]:
    return {"blob": msgspec.to_builtins(BLOB) | fields}


def test_a_good_index_is_read() -> None:
    assert read_index(msgspec.json.encode(index())) == index()
    assert read_index(changed(something_new=[1])) == index()
    check_index(index(), None, NOW)
    check_index(index(), Seen(serial=7, sha256=BLOB.sha256), NOW)
    check_index(index(), Seen(serial=6, sha256="0" * 64), NOW)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "feed.not_a_feed"),
        (b"{}", "feed.not_a_feed"),
        (b'{"format": 2}', "feed.newer_format"),
        (changed(format=0), "feed.not_a_feed"),
        (changed(serial=0), "feed.not_a_feed"),
        (changed(serial="7"), "feed.not_a_feed"),
        (changed(sources=[]), "feed.not_a_feed"),
        (changed(sources=["a"] * 9), "feed.not_a_feed"),
        (changed(sources=["a" * 65]), "feed.not_a_feed"),
        (changed(sources=["\x1b[31mparses"]), "feed.not_a_feed"),
        (changed(channel=""), "feed.not_a_feed"),
        (changed(channel="main\n"), "feed.not_a_feed"),
        (changed(**blob(path="../" + BLOB.path)), "feed.not_a_feed"),
        (changed(**blob(path="https://other.example/" + BLOB.path)), "feed.not_a_feed"),
        (changed(**blob(path="0" * 64 + ".json.xz")), "feed.not_a_feed"),
        (changed(**blob(sha256="x")), "feed.not_a_feed"),
        (changed(**blob(length=0)), "feed.not_a_feed"),
        (changed(**blob(length=5_000_000)), "feed.too_large"),
        (changed(**blob(unpacked=40_000_000)), "feed.too_large"),
    ],
)
def test_a_wrong_index_is_refused(body: bytes, code: str) -> None:
    with pytest.raises(FeedRefused) as refused:
        read_index(body)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("fields", "seen", "code"),
    [
        ({}, Seen(serial=8, sha256=BLOB.sha256), "feed.older"),
        ({}, Seen(serial=7, sha256="0" * 64), "feed.two_faces"),
        ({"expires": NOW.isoformat()}, None, "feed.expired"),
        (
            {
                "created": (NOW + timedelta(hours=2)).isoformat(),
                "expires": (NOW + timedelta(days=3)).isoformat(),
            },
            None,
            "feed.from_future",
        ),
        ({"expires": (NOW + timedelta(days=9)).isoformat()}, None, "feed.not_a_feed"),
        ({"created": "yesterday"}, None, "feed.not_a_feed"),
        ({"created": "2026-11-29T12:00:00"}, None, "feed.not_a_feed"),
        ({"created": "0001-01-01T00:00:00+14:00"}, None, "feed.not_a_feed"),
    ],
)
def test_an_index_at_the_wrong_time_is_refused(
    fields: dict[str, str], seen: Seen | None, code: str
) -> None:
    with pytest.raises(FeedRefused) as refused:
        check_index(index(**fields), seen, NOW)
    assert refused.value.code == code


def test_a_blob_comes_back_as_it_was() -> None:
    assert unpack(BLOB, PACKED) == b'{"results": []}' * 40
    assert pack(b'{"results": []}' * 40) == (BLOB, PACKED)


def refusal(entry: Blob, packed: bytes) -> str:
    with pytest.raises(FeedRefused) as refused:
        unpack(entry, packed)
    return refused.value.code


def test_a_cut_or_changed_blob_is_refused() -> None:
    assert refusal(BLOB, PACKED[:-1]) == "feed.length"
    assert refusal(BLOB, PACKED + b"\0") == "feed.length"
    for place in range(len(PACKED)):
        spoilt = PACKED[:place] + bytes([PACKED[place] ^ 0x10]) + PACKED[place + 1 :]
        assert refusal(BLOB, spoilt) == "feed.hash"


def signed(packed: bytes, unpacked: int) -> Blob:
    """An entry whose hash and length are right: only the publisher could write it."""
    from hashlib import sha256

    digest = sha256(packed).hexdigest()
    return Blob(path=f"{digest}.json.xz", sha256=digest, length=len(packed), unpacked=unpacked)


@pytest.mark.slow
def test_a_bomb_is_not_unpacked() -> None:
    packed = lzma.compress(b"\0" * (UNPACKED_LIMIT * 4))
    assert len(packed) < 100_000
    assert refusal(signed(packed, 1000), packed) == "feed.too_large"
    assert refusal(signed(packed, UNPACKED_LIMIT), packed) == "feed.too_large"


def test_what_is_no_whole_xz_file_is_refused() -> None:
    for packed in (b"not xz", PACKED[:-8], PACKED + PACKED, lzma.compress(b"x", lzma.FORMAT_ALONE)):
        assert refusal(signed(packed, BLOB.unpacked), packed) == "feed.damaged"
    assert refusal(signed(PACKED, BLOB.unpacked + 1), PACKED) == "feed.damaged"


def test_what_xz_writes_at_its_best_is_unpacked() -> None:
    data = b'{"results": []}' * 40
    packed = lzma.compress(data, preset=9)
    assert unpack(signed(packed, len(data)), packed) == data
