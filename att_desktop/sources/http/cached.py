"""Conditional requests for files that change seldom: by ETag, else by date (RFC 9110 §13)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

import msgspec

from att_desktop.system.files import write_atomic
from att_desktop.system.json_data import UnreadableJson, decode_json

if TYPE_CHECKING:
    from pathlib import Path

    from att_desktop.sources.http.client import HttpClient
    from att_desktop.sources.http.transfer import Response

NOT_MODIFIED: Final = 304
_OK: Final = 200
_MAX_HEADER: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedFile:
    """A body as the server has it now. ``status`` is 200 also when the cache answered.

    With another status ``body`` is the beginning of an error page. ``modified`` is its
    Last-Modified, in the server's own words.
    """

    status: int
    body: bytes
    url: str
    etag: str = ""
    modified: str = ""
    unchanged: bool = False


class _Note(msgspec.Struct):
    etag: str
    sha256: str
    url: str = ""  # tags of one server mean nothing to another
    modified: str = ""


class EtagCache:
    """Bodies with their ETags in a folder. Errors of reading and writing count as a miss."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, name: str, url: str) -> CachedFile | None:
        """A file that was kept whole and is from ``url``, else None."""
        try:
            note = decode_json((self._folder / f"{name}.etag").read_bytes(), _Note)
            body = (self._folder / name).read_bytes()
        except (OSError, UnreadableJson):
            return None
        if note.url != url or hashlib.sha256(body).hexdigest() != note.sha256:
            return None
        etag, modified = _sendable(note.etag), _sendable(note.modified)
        if not (etag or modified):
            return None
        return CachedFile(
            status=_OK, body=body, url=url, etag=etag, modified=modified, unchanged=True
        )

    def save(self, name: str, file: CachedFile) -> None:
        """Keep a body that was found good. A full disk costs the next run one request."""
        if file.unchanged or not (file.etag or file.modified):
            return
        digest = hashlib.sha256(file.body).hexdigest()
        note = _Note(etag=file.etag, sha256=digest, url=file.url, modified=file.modified)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomic(self._folder / name, file.body)
            write_atomic(self._folder / f"{name}.etag", msgspec.json.encode(note))
        except OSError:
            return


async def get_cached(http: HttpClient, url: str, cache: EtagCache, name: str) -> CachedFile:
    """One conditional GET. Raises SourceError."""
    known = cache.load(name, url)
    headers = {}
    if known is not None:
        by_tag = {"If-None-Match": known.etag}
        headers = by_tag if known.etag else {"If-Modified-Since": known.modified}
    response = await http.request("GET", url, headers=headers)
    if response.status == NOT_MODIFIED and known is not None:
        return known
    return CachedFile(
        status=response.status,
        body=bytes(response.body),
        url=url,
        etag=_header(response, "etag"),
        modified=_date_to_ask_by(response),
    )


def _date_to_ask_by(response: Response) -> str:
    """Last-Modified where the second it names was over when this was sent (RFC 9110 §8.8.2.2)."""
    modified, sent = _header(response, "last-modified"), _header(response, "date")
    try:
        is_over = parsedate_to_datetime(sent) > parsedate_to_datetime(modified)
    except (ValueError, TypeError, OverflowError):  # none, or one without a zone
        return ""
    return modified if is_over else ""


def _header(response: Response, name: str) -> str:
    return _sendable(response.headers.get(name, ""))


def _sendable(value: str) -> str:
    """A header's value as it can be sent back, else ''; httpx sends no other letters than ASCII."""
    return value if len(value) <= _MAX_HEADER and value.isascii() and value.isprintable() else ""
