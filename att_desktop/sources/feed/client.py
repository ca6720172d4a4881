"""Reads a feed: the signed index, then the one blob it names, each checked before it is used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from att_desktop.sources.feed.blob import unpack
from att_desktop.sources.feed.envelope import open_envelope
from att_desktop.sources.feed.errors import FeedRefused
from att_desktop.sources.feed.index import (
    INDEX_LIMIT,
    PACKED_LIMIT,
    Index,
    Seen,
    check_index,
    read_index,
)
from att_desktop.sources.http.cached import CachedFile, get_cached
from att_desktop.sources.http.client import HttpClient
from att_desktop.sources.http.retries import RetryPolicy, retry
from att_desktop.sources.http.transfer import Limits

if TYPE_CHECKING:
    from att_desktop.sources.errors import OutOfPoints
    from att_desktop.sources.feed.address import FeedAddress
    from att_desktop.sources.http.cached import EtagCache

_INDEX_NAME: Final = "index.json"
_GONE: Final = (404, 410)


@dataclass(slots=True)
class Traffic:
    """Requests sent, and bytes on the wire."""

    requests: int = 0
    bytes: int = 0

    def add(self, size: int) -> None:
        """Count bytes."""
        self.bytes += size


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedFeed:
    """A feed that passed every check. ``data`` is None when it is the one seen last."""

    index: Index
    data: bytes | None

    @property
    def seen(self) -> Seen:
        """What to remember of it."""
        return Seen(serial=self.index.serial, sha256=self.index.blob.sha256)


async def fetch_feed(
    address: FeedAddress,
    cache: EtagCache,
    *,
    seen: Seen | None,
    have_results: bool = True,
    now: datetime | None = None,
    policy: RetryPolicy | None = None,
    traffic: Traffic | None = None,
) -> FetchedFeed:
    """Fetch and check the feed at ``address``; ``seen`` is the last one that was accepted.

    Its blob is not fetched again while ``have_results``. ``traffic`` counts what it takes.

    Raises SourceError when it cannot be had, FeedRefused when it is not accepted.
    """
    traffic = traffic or Traffic()
    file = await _get(
        address.index_url, cache, traffic, limit=INDEX_LIMIT, policy=policy, gone="feed.missing"
    )
    index = read_index(open_envelope(file.body, address.key))
    check_index(index, seen, now or datetime.now(UTC))
    if have_results and seen is not None and seen.serial == index.serial:
        cache.save(_INDEX_NAME, file)
        return FetchedFeed(index=index, data=None)
    packed = await _get(
        address.blob_url(index.blob.path),
        None,
        traffic,
        limit=min(PACKED_LIMIT, index.blob.length),
        policy=policy,
        gone="feed.hash",
    )
    data = unpack(index.blob, packed.body)
    # Only what was believed: a spoilt index kept with the ETag of the good one would be answered
    # 304 each time.
    cache.save(_INDEX_NAME, file)
    return FetchedFeed(index=index, data=data)


async def _get(
    url: str,
    cache: EtagCache | None,
    traffic: Traffic,
    *,
    limit: int,
    policy: RetryPolicy | None,
    gone: str,
) -> CachedFile:
    """One file. ``gone`` is the code when there is none. Raises SourceError, FeedRefused."""
    # A host that packs what is packed already makes it longer: gzip adds 5 bytes in 16 KiB.
    limits = Limits(total_s=60.0, wire_bytes=limit + limit // 1000 + 1024, body_bytes=limit)
    host = urlsplit(url).hostname or url

    async def attempt() -> CachedFile:
        async with HttpClient(host, url, limits=limits, count_bytes=traffic.add) as http:
            traffic.requests += 1
            if cache is None:
                response = await http.request("GET", url)
                file = CachedFile(status=response.status, body=bytes(response.body), url=url)
            else:
                file = await get_cached(http, url, cache, _INDEX_NAME)
            if file.status in _GONE:
                raise FeedRefused(gone)
            if file.status != 200:
                raise FeedRefused("feed.http_status", status=file.status)
            return file

    return await retry(attempt, policy=policy or RetryPolicy(), on_429=_give_up)


def _give_up(error: OutOfPoints, _: float) -> None:
    # A feed is one small file: a server that refuses it is asked again at the next update.
    raise error
