"""Limits of one HTTP exchange: time, bytes received, bytes unpacked."""

from __future__ import annotations

import asyncio
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import httpx

from att_desktop.sources.errors import TooLarge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractAsyncContextManager

_MIB: Final = 1024 * 1024
_STEP: Final = 64 * 1024
_UNPACKED_HERE: Final = frozenset({"gzip", "x-gzip", "deflate"})


class CorruptBody(Exception):
    """A body that ends too early or does not unpack; it may come whole the next time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds and bytes that one answer may take.

    Nine rankings with gear are about 6 MB unpacked and half a megabyte on the wire. ``total_s``
    is for the whole exchange: a body that comes byte by byte ends too.
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


class GuardedTransport(httpx.AsyncBaseTransport):
    """Sends each request of a client, also those of its auth, at its turn and within limits.

    ``acquire`` is entered for each request, and left when the answer is here; it yields a function
    that is called once the request is on its way. ``count_bytes`` is told of each piece on the
    wire. The answer is read and unpacked here; of a status other than 200 the first 64 KiB.
    """

    def __init__(
        self,
        inner: httpx.AsyncBaseTransport,
        *,
        site: str,
        limits: Limits,
        acquire: Callable[[], AbstractAsyncContextManager[Callable[[], None]]],
        count_bytes: Callable[[int], None],
    ) -> None:
        self._inner = inner
        self._site = site
        self._limits = limits
        self._acquire = acquire
        self._count_bytes = count_bytes

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises what the inner transport raises, TimeoutError, CorruptBody and TooLarge."""
        async with self._acquire() as sent:

            async def trace(step: str, _: object) -> None:
                if step.endswith("send_request_body.complete"):
                    sent()

            request.extensions["trace"] = trace
            async with asyncio.timeout(self._limits.total_s):
                response = await self._inner.handle_async_request(request)
                sent()  # a transport that answers in process tells no steps
                try:
                    body = await self._read(response)
                finally:
                    await response.aclose()
        headers = response.headers.copy()
        headers.pop("content-encoding", None)
        return httpx.Response(
            response.status_code,
            headers=headers,
            stream=httpx.ByteStream(bytes(body)),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()

    async def _read(self, response: httpx.Response) -> bytes | bytearray:
        if response.is_stream_consumed:  # a transport that answers in process may read it itself
            self._count_bytes(len(response.content))
            return response.content
        whole = response.status_code == httpx.codes.OK
        announced = response.headers.get("content-length", "")
        if whole and announced.isdecimal():
            self._check(int(announced[:20]), self._limits.wire_bytes)
        unpack = _unpacker(response, lambda size: self._check(size, self._limits.body_bytes))
        seen = 0
        async for chunk in response.aiter_raw():
            self._count_bytes(len(chunk))
            seen += len(chunk)
            if whole:
                self._check(seen, self._limits.wire_bytes)
            unpack.feed(chunk if whole else chunk[:_STEP])
            if not whole and seen >= _STEP:
                break
        return unpack.finish() if whole else unpack.body[:_STEP]

    def _check(self, size: int, limit: int) -> None:
        if size > limit:
            raise TooLarge("http.too_large", site=self._site, size=size)


def _unpacker(response: httpx.Response, check: Callable[[int], None]) -> _Plain:
    encoding = response.headers.get("content-encoding", "").strip().casefold()
    if encoding in ("", "identity"):
        return _Plain(check)
    if encoding in _UNPACKED_HERE:
        return _Packed(check)
    raise CorruptBody(f"content-encoding {encoding!r} was not asked for")


class _Plain:
    """Collects a body; ``check`` is told its size and may refuse it."""

    def __init__(self, check: Callable[[int], None]) -> None:
        self.body = bytearray()
        self._check = check

    def feed(self, chunk: bytes) -> None:
        self.body += chunk
        self._check(len(self.body))

    def finish(self) -> bytearray:
        return self.body


class _Packed(_Plain):
    """Unpacks in small steps: a bomb is refused before it needs memory."""

    def __init__(self, check: Callable[[int], None]) -> None:
        super().__init__(check)
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
