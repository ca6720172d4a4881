"""One request and its answer, with every limit that keeps a bad server from hurting us."""

from __future__ import annotations

import asyncio
import ssl
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import httpx
import truststore

from att_desktop import __version__
from att_desktop.sources.warcraftlogs.errors import TooLarge, UnsafeAddress

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["CorruptBody", "Limits", "Response", "check_address", "open_http", "receive"]

_MIB: Final = 1024 * 1024
_STEP: Final = 64 * 1024
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_UNPACKED_HERE: Final = frozenset({"gzip", "x-gzip", "deflate"})


class CorruptBody(Exception):
    """A body that ends too early or does not unpack; it may come whole the next time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds and bytes that one answer may take.

    Nine boards with gear are about 6 MB unpacked and half a megabyte on the wire. ``total_s`` is
    for the whole exchange, so that a body that drips byte by byte ends as well.
    """

    connect_s: float = 15.0
    read_s: float = 30.0
    total_s: float = 150.0
    wire_bytes: int = 48 * _MIB
    body_bytes: int = 96 * _MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer whose body is whole; of a status other than 200 only the beginning is kept."""

    status: int
    headers: Mapping[str, str]
    body: bytes | bytearray


def check_address(url: str) -> None:
    """Raise UnsafeAddress unless ``url`` is https, or plain http to this very machine."""
    try:
        parts = urlsplit(url)
        safe = parts.scheme == "https" and bool(parts.hostname)
        loopback = parts.scheme == "http" and parts.hostname in _LOOPBACK
    except ValueError:
        safe = loopback = False
    if not safe and not loopback:
        raise UnsafeAddress(
            f"The address {url} is not used: your credentials would travel in the clear. "
            "Use one that begins with https://."
        )


def open_http(
    *, transport: httpx.AsyncBaseTransport | None, limits: Limits, url: str
) -> httpx.AsyncClient:
    """The HTTP client: certificates as the operating system trusts them, no redirects.

    The player's proxy settings are honoured, except towards this very machine.
    """
    local = transport is not None or urlsplit(url).hostname in _LOOPBACK
    return httpx.AsyncClient(
        transport=transport,
        verify=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if transport is None else False,
        trust_env=not local,
        follow_redirects=False,
        timeout=httpx.Timeout(limits.read_s, connect=limits.connect_s),
        headers={
            "User-Agent": f"AzerothsTopTalent/{__version__}",
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
        },
    )


async def receive(
    http: httpx.AsyncClient,
    request: httpx.Request,
    limits: Limits,
    count_wire_bytes: Callable[[int], None],
    sent: Callable[[], None] = lambda: None,
) -> Response:
    """Send ``request`` and read the whole answer.

    ``sent`` is called once the request is on its way, at the latest with the answer;
    ``count_wire_bytes`` is told of each piece as it arrives. Raises httpx.TransportError and
    TimeoutError when the network fails, CorruptBody when the body does, TooLarge above a limit.
    """

    async def trace(step: str, _: object) -> None:
        if step.endswith("send_request_body.complete"):
            sent()

    request.extensions["trace"] = trace
    async with asyncio.timeout(limits.total_s):
        response = await http.send(request, stream=True)
        sent()  # a transport that answers in process tells no steps
        try:
            if response.status_code == httpx.codes.OK:
                body = await _read_whole(response, limits, count_wire_bytes)
            else:
                body = await _read_beginning(response, limits, count_wire_bytes)
        finally:
            await response.aclose()
    return Response(status=response.status_code, headers=response.headers, body=body)


async def _read_whole(
    response: httpx.Response, limits: Limits, count: Callable[[int], None]
) -> bytearray:
    announced = response.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > limits.wire_bytes:
        raise _too_large(int(announced[:20]))
    if response.is_stream_consumed:  # a transport that answers in process may read it itself
        count(len(response.content))
        return bytearray(response.content)
    unpack = _unpacker(response, limits.body_bytes)
    seen = 0
    async for chunk in response.aiter_raw():
        count(len(chunk))
        seen += len(chunk)
        if seen > limits.wire_bytes:
            raise _too_large(seen)
        unpack.feed(chunk)
    return unpack.finish()


async def _read_beginning(
    response: httpx.Response, limits: Limits, count: Callable[[int], None]
) -> bytearray:
    """The first 64 KiB of an error page: enough to know what it is."""
    if response.is_stream_consumed:
        return bytearray(response.content[:_STEP])
    unpack = _unpacker(response, limits.body_bytes)
    seen = 0
    async for chunk in response.aiter_raw():
        count(len(chunk))
        seen += len(chunk)
        unpack.feed(chunk[:_STEP])
        if seen >= _STEP:
            break
    return unpack.body[:_STEP]


def _unpacker(response: httpx.Response, limit: int) -> _Plain:
    encoding = response.headers.get("content-encoding", "").strip().casefold()
    if encoding in ("", "identity"):
        return _Plain(limit)
    if encoding in _UNPACKED_HERE:
        return _Packed(limit)
    raise CorruptBody(f"content-encoding {encoding!r} was not asked for")


class _Plain:
    """Collects a body up to a limit."""

    def __init__(self, limit: int) -> None:
        self.body = bytearray()
        self._limit = limit

    def feed(self, chunk: bytes) -> None:
        self.body += chunk
        if len(self.body) > self._limit:
            raise _too_large(len(self.body))

    def finish(self) -> bytearray:
        return self.body


class _Packed(_Plain):
    """Unpacks in small steps: a bomb is refused before it needs memory."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self._zip = self._new()

    @staticmethod
    def _new() -> zlib._Decompress:
        return zlib.decompressobj(wbits=32 + zlib.MAX_WBITS)  # gzip or zlib, by its header

    def feed(self, chunk: bytes) -> None:
        while chunk:
            if self._zip.eof:
                self._zip = self._new()
            try:
                super().feed(self._zip.decompress(chunk, _STEP))
            except zlib.error as error:
                raise CorruptBody(str(error)) from error
            chunk = self._zip.unused_data if self._zip.eof else self._zip.unconsumed_tail

    def finish(self) -> bytearray:
        if not self._zip.eof:
            raise CorruptBody("the packed body ends too early")
        return self.body


def _too_large(size: int) -> TooLarge:
    return TooLarge(
        f"Warcraft Logs sent more than we take at once ({size / _MIB:.0f} MB). "
        "Please try again later; if it stays so, report it."
    )
