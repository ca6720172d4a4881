"""Conditional requests for files that change seldom: ETag and If-None-Match (RFC 9110 §13)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from att_desktop.system.files import write_atomic
from att_desktop.system.json_data import UnreadableJson, decode_json

if TYPE_CHECKING:
    from pathlib import Path

    from att_desktop.sources.http.client import HttpClient

__all__ = ["CachedFile", "EtagCache", "get_cached"]

NOT_MODIFIED: Final = 304
_OK: Final = 200
_MAX_ETAG: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedFile:
    """A body as the server has it now. ``status`` is 200 also when the cache answered.

    With another status ``body`` is the beginning of an error page.
    """

    status: int
    body: bytes
    url: str
    etag: str = ""
    unchanged: bool = False


class _Note(msgspec.Struct):
    etag: str
    sha256: str
    url: str = ""  # tags of one server mean nothing to another


class EtagCache:
    """Bodies with their ETags in a folder. Errors of reading and writing count as a miss."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, name: str, url: str) -> tuple[str, bytes] | None:
        """ETag and body of a file that was kept whole and is from ``url``, else None."""
        try:
            note = decode_json((self._folder / f"{name}.etag").read_bytes(), _Note)
            body = (self._folder / name).read_bytes()
        except (OSError, UnreadableJson):
            return None
        if note.url != url or hashlib.sha256(body).hexdigest() != note.sha256:
            return None
        return note.etag, body

    def save(self, name: str, file: CachedFile) -> None:
        """Keep a body that was found good. A full disk costs the next run one request."""
        if file.unchanged or not file.etag:
            return
        digest = hashlib.sha256(file.body).hexdigest()
        note = _Note(etag=file.etag, sha256=digest, url=file.url)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomic(self._folder / name, file.body)
            write_atomic(self._folder / f"{name}.etag", msgspec.json.encode(note))
        except OSError:
            return


async def get_cached(http: HttpClient, url: str, cache: EtagCache, name: str) -> CachedFile:
    """One conditional GET. Raises SourceError."""
    known = cache.load(name, url)
    headers = {"If-None-Match": known[0]} if known else {}
    response = await http.request("GET", url, headers=headers)
    if response.status == NOT_MODIFIED and known:
        return CachedFile(status=_OK, body=known[1], url=url, etag=known[0], unchanged=True)
    etag = response.headers.get("etag", "")
    return CachedFile(
        status=response.status,
        body=bytes(response.body),
        url=url,
        etag=etag if len(etag) <= _MAX_ETAG and etag.isprintable() else "",
    )
