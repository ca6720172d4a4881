"""The results of a feed as one xz file (LZMA2), with limits on both sides."""

from __future__ import annotations

import hashlib
import lzma
from typing import Final

from att_desktop.sources.feed.errors import FeedRefused
from att_desktop.sources.feed.index import PACKED_LIMIT, UNPACKED_LIMIT, Blob

# A dictionary of 4 MiB: unpacking takes about 8 MiB, and larger ones gained nothing on real data.
_FILTERS: Final = [{"id": lzma.FILTER_LZMA2, "preset": 9, "dict_size": 4 * 1024 * 1024}]
# What 'xz -9' writes needs 65 MiB to be unpacked.
_MEMORY_LIMIT: Final = 96 * 1024 * 1024


def pack(data: bytes) -> tuple[Blob, bytes]:
    """The blob's entry and its bytes. Raises FeedRefused (``feed.too_large``)."""
    packed = lzma.compress(data, format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC64, filters=_FILTERS)
    if len(data) > UNPACKED_LIMIT or len(packed) > PACKED_LIMIT:
        raise FeedRefused("feed.too_large")
    digest = hashlib.sha256(packed).hexdigest()
    return (
        Blob(path=f"{digest}.json.xz", sha256=digest, length=len(packed), unpacked=len(data)),
        packed,
    )


def unpack(blob: Blob, packed: bytes) -> bytes:
    """The results, exactly as long as the signed index says.

    Raises FeedRefused: ``feed.length``, ``feed.hash``, ``feed.too_large`` (it unpacks to more than
    was said), ``feed.damaged``.
    """
    if len(packed) != blob.length:
        raise FeedRefused("feed.length")
    if hashlib.sha256(packed).hexdigest() != blob.sha256:
        raise FeedRefused("feed.hash")
    unpacker = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_MEMORY_LIMIT)
    try:
        data = unpacker.decompress(packed, max_length=blob.unpacked)
        if not unpacker.eof and unpacker.decompress(b"", max_length=1):
            raise FeedRefused("feed.too_large")
    except (lzma.LZMAError, EOFError) as error:
        raise FeedRefused("feed.damaged") from error
    if not unpacker.eof or unpacker.unused_data or len(data) != blob.unpacked:
        raise FeedRefused("feed.damaged")
    return data
