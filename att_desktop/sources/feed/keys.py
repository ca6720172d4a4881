"""The publisher's key: a 32-byte seed in base64, from the environment or a private file.

It is never taken from an argument, where other users of the machine could read it, and is in no
output: only the public key is shown.
"""

from __future__ import annotations

import base64
import binascii
import os
import stat
from typing import TYPE_CHECKING, Final

from nacl.signing import SigningKey

from att_desktop.sources.feed.address import encode_key
from att_desktop.sources.feed.errors import FeedRefused
from att_desktop.system.files import sync_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KEY_VARIABLE: Final = "ATT_FEED_KEY"
_SEED_BYTES: Final = 32
_MAX_FILE_BYTES: Final = 1024
_PRIVATE: Final = 0o600


def write_new_key(path: Path) -> str:
    """Write a new seed to a file that did not exist, mode 0600; return the public key.

    Raises FileExistsError rather than lose a key; OSError, and leaves no half of one.
    """
    key = SigningKey.generate()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    descriptor = os.open(path, flags, _PRIVATE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(bytes(key)) + b"\n")
            file.flush()
            sync_file(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return public_key(key)


def public_key(key: SigningKey) -> str:
    """The 43 characters that go behind the ``#`` of an address."""
    return encode_key(bytes(key.verify_key))


def load_key(path: Path | None, environ: Mapping[str, str]) -> SigningKey:
    """The key of ``--key-file`` or of ``ATT_FEED_KEY``.

    Raises FeedRefused: ``feed.no_key``, ``feed.key_file_missing``, ``feed.key_file_open`` (others
    may read it), ``feed.key_broken``.
    """
    if path is not None:
        return _parsed(_read_private(path))
    value = environ.get(KEY_VARIABLE)
    if not value:
        raise FeedRefused("feed.no_key")
    return _parsed(value.encode("utf-8", "replace"))


def _read_private(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            # Windows keeps access lists, not modes: the file lies in the user's profile there.
            if os.name == "posix" and mode & 0o077:
                raise FeedRefused("feed.key_file_open", path=path)
            return file.read(_MAX_FILE_BYTES)
    except OSError as error:
        raise FeedRefused("feed.key_file_missing", path=path) from error


def _parsed(text: bytes) -> SigningKey:
    try:
        seed = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        seed = b""
    if len(seed) != _SEED_BYTES:
        # Without the cause, whose text would contain the key.
        raise FeedRefused("feed.key_broken") from None
    return SigningKey(seed)
