"""What a server may do wrong, one fault a request."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer with this status and body instead of the right one."""

    status: int
    body: bytes = b'{"error":"scripted"}'
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"


@dataclass(frozen=True, kw_only=True)
class CutShort:
    """The right answer, but only a share of its body; ``tell`` announces the full length."""

    share: float = 0.5
    tell: bool = True


@dataclass(frozen=True, kw_only=True)
class Reset:
    """The connection is reset, before or after the headers."""

    after_headers: bool = False


@dataclass(frozen=True, kw_only=True)
class Stall:
    """Nothing more comes, before or after the headers; the connection stays open."""

    after_headers: bool = False


@dataclass(frozen=True, kw_only=True)
class Drip:
    """The body comes byte by byte, with a pause after each."""

    pause_s: float = 0.02


@dataclass(frozen=True, kw_only=True)
class DataNull:
    """``{"data": null}``, with errors when there are any."""

    errors: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AliasError:
    """The right answer, but this alias is null with a GraphQL error."""

    alias: str
    message: str = "Internal server error"


Fault: TypeAlias = Answer | CutShort | Reset | Stall | Drip | DataNull | AliasError


def html(status: int = 200, text: str = "Down for maintenance", **headers: str) -> Answer:
    """A web page."""
    return Answer(
        status=status,
        body=f"<!DOCTYPE html><title>{text}</title>".encode(),
        headers=headers,
        content_type="text/html; charset=UTF-8",
    )


def challenge() -> Answer:
    """The page of the site's protection."""
    return html(403, "Just a moment...", **{"cf-mitigated": "challenge"})


def too_many(retry_after: str | None = None) -> Answer:
    """HTTP 429."""
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return Answer(status=429, headers=headers)


def bomb(unpacked: int) -> Answer:
    """A small body that unpacks to ``unpacked`` zeros."""
    packer = zlib.compressobj(9, wbits=16 + zlib.MAX_WBITS)
    step = bytes(1 << 20)
    body = b"".join(packer.compress(step) for _ in range(unpacked >> 20)) + packer.flush()
    return Answer(status=200, body=body, headers={"Content-Encoding": "gzip"})
