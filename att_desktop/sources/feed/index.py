"""The index of a feed: which blob is the newest, and until when it holds.

The attacks it answers are those of The Update Framework (spec §1.5.2): rollback by ``serial``,
freeze by ``expires``, mix-and-match by the blob's hash, endless data by the lengths.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from att_desktop.sources.feed.errors import FeedRefused
from att_desktop.system.json_data import UnreadableJson, decode_json

FORMAT: Final = 1
LIFETIME: Final = timedelta(days=8)
INDEX_LIMIT: Final = 64 * 1024
"""Bytes of ``index.json``, envelope included."""
PACKED_LIMIT: Final = 4 * 1024 * 1024
UNPACKED_LIMIT: Final = 32 * 1024 * 1024

# Clocks of players are off by some minutes; a feed made tomorrow is not.
_CLOCK_SKEW: Final = timedelta(hours=1)
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_MAX_SOURCES: Final = 8
_MAX_NAME: Final = 64


class Blob(msgspec.Struct, frozen=True, kw_only=True):
    """The file with the results: xz, named after its SHA-256. Lengths in bytes."""

    path: str
    sha256: str
    length: int
    unpacked: int


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """What is signed. Times are ISO 8601 in UTC; ``serial`` never falls."""

    format: int
    serial: int
    created: str
    expires: str
    channel: str
    sources: list[str]
    blob: Blob


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """The last index of a feed that was accepted."""

    serial: int
    sha256: str


class _Format(msgspec.Struct):
    format: int


def read_index(body: bytes) -> Index:
    """The index of an opened envelope.

    Raises FeedRefused: ``feed.newer_format``, ``feed.not_a_feed``, ``feed.too_large``.
    """
    try:
        if decode_json(body, _Format).format > FORMAT:
            raise FeedRefused("feed.newer_format")
        index = decode_json(body, Index)
    except UnreadableJson as error:
        raise FeedRefused("feed.not_a_feed") from error
    blob = index.blob
    if (
        index.format != FORMAT
        or index.serial < 1
        or not _SHA256.fullmatch(blob.sha256)
        or blob.path != f"{blob.sha256}.json.xz"
        or not 0 < len(index.sources) <= _MAX_SOURCES
        or not all(map(_is_name, (*index.sources, index.channel)))
        or blob.length <= 0
        or blob.unpacked <= 0
    ):
        raise FeedRefused("feed.not_a_feed")
    if blob.length > PACKED_LIMIT or blob.unpacked > UNPACKED_LIMIT:
        raise FeedRefused("feed.too_large")
    return index


def _is_name(text: str) -> bool:
    return 0 < len(text) <= _MAX_NAME and text.isprintable()


def check_index(index: Index, seen: Seen | None, now: datetime) -> None:
    """Whether the index may be used now, after ``seen``.

    Raises FeedRefused: ``feed.older`` (rollback), ``feed.two_faces`` (one serial, two blobs),
    ``feed.expired``, ``feed.from_future``, ``feed.not_a_feed`` for times that are none.
    """
    created, expires = _time(index.created), _time(index.expires)
    if created > now + _CLOCK_SKEW:
        raise FeedRefused("feed.from_future", created_at=created)
    if expires <= now:
        raise FeedRefused("feed.expired", expires_at=expires)
    if expires <= created or expires > created + LIFETIME:
        raise FeedRefused("feed.not_a_feed")
    if seen is None:
        return
    if index.serial < seen.serial:
        raise FeedRefused("feed.older", serial=index.serial, seen=seen.serial)
    if index.serial == seen.serial and index.blob.sha256 != seen.sha256:
        raise FeedRefused("feed.two_faces", serial=index.serial)


def _time(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
        if when.tzinfo is not None:
            return when.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise FeedRefused("feed.not_a_feed") from error
    raise FeedRefused("feed.not_a_feed")
