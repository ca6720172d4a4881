"""The address of a feed: ``https://host/path#KEY``, KEY being its publisher's public key.

Who hands out the address hands out the trust: there is no other list of keys.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit, urlunsplit

from att_desktop.config.addresses import LOOPBACK
from att_desktop.sources.feed.errors import FeedRefused

KEY_CHARACTERS: Final = 43
"""Length of a public key: 32 bytes in base64url without padding (RFC 4648 §5)."""

_KEY_BYTES: Final = 32
_MAX_CHARACTERS: Final = 2048
_INDEX: Final = "index.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAddress:
    """``base`` ends with a slash and has no fragment; ``key`` is the 32 bytes of the publisher."""

    base: str
    key: bytes

    @property
    def index_url(self) -> str:
        """Where the signed index lies."""
        return urljoin(self.base, _INDEX)

    def blob_url(self, path: str) -> str:
        """Where a blob of the index lies, beside it. ``path`` is a plain file name."""
        return urljoin(self.base, path)

    def __str__(self) -> str:
        """The address as it is handed out."""
        return f"{self.base}#{encode_key(self.key)}"


def parse_address(text: str) -> FeedAddress:
    """The address a player pasted or the environment names (``ATT_FEED_ADDRESS``).

    https, or http on loopback. Raises FeedRefused: ``feed.address`` for what is none,
    ``feed.address_key`` when the key lacks or is broken.
    """
    text = text.strip()
    if not text or len(text) > _MAX_CHARACTERS or not text.isprintable() or " " in text:
        raise FeedRefused("feed.address")
    try:
        parts = urlsplit(text)
        host = parts.hostname
        _ = parts.port
    except ValueError as error:
        raise FeedRefused("feed.address") from error
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
    if not host or not safe or parts.username is not None or parts.password is not None:
        raise FeedRefused("feed.address")
    if parts.query:
        raise FeedRefused("feed.address")
    path = parts.path.removesuffix(f"/{_INDEX}")
    base = urlunsplit((parts.scheme, parts.netloc, path.rstrip("/") + "/", "", ""))
    return FeedAddress(base=base, key=decode_key(parts.fragment))


def encode_key(key: bytes) -> str:
    """32 bytes as 43 characters of base64url."""
    return base64.urlsafe_b64encode(key).rstrip(b"=").decode("ascii")


def decode_key(text: str) -> bytes:
    """The 32 bytes of 43 characters. Raises FeedRefused (``feed.address_key``)."""
    if len(text) != KEY_CHARACTERS:
        raise FeedRefused("feed.address_key")
    try:
        key = base64.b64decode(text + "=", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise FeedRefused("feed.address_key") from error
    if len(key) != _KEY_BYTES or encode_key(key) != text:
        raise FeedRefused("feed.address_key")
    return key
