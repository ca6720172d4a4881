"""Decoding JSON from outside (network, files): one error whatever is wrong with the bytes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final, TypeVar, overload

import msgspec

T = TypeVar("T")

_TOKEN: Final = re.compile(rb'("(?:[^"\\]|\\.)*+")|-?\b(?:NaN|Infinity)\b', re.DOTALL)
# A whole pair, half of one (the group), or any other escape.
_ESCAPE: Final = re.compile(
    rb"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(\\u[dD][89a-fA-F]..)|\\.", re.DOTALL
)


class UnreadableJson(ValueError):
    """Not JSON, not of the expected shape, not UTF-8, or nested too deep."""


def decode_with(decoder: msgspec.json.Decoder[T], data: bytes | bytearray | str) -> T:
    """Decode with a prepared decoder. Raises UnreadableJson.

    Half a surrogate pair as an escape becomes U+FFFD where it stands, and NaN and Infinity null,
    instead of making all of ``data`` unreadable.

    For bytes that are no UTF-8 msgspec raises DecodeError, before 0.23 UnicodeDecodeError; for
    thousands of open brackets RecursionError.
    """
    try:
        return decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        mended = _mended(data)
        if mended == data:
            raise UnreadableJson(str(error)) from error
    try:
        return decoder.decode(mended)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise UnreadableJson(str(error)) from error


def _mended(data: bytes | bytearray | str) -> bytes:
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else bytes(data)
    return _TOKEN.sub(lambda found: _mended_text(found[0]) if found[1] else b"null", raw)


def _mended_text(text: bytes) -> bytes:
    return _ESCAPE.sub(lambda found: b"\\ufffd" if found[1] else found[0], text)


@overload
def decode_json(data: bytes | bytearray | str, kind: type[T], *, strict: bool = True) -> T: ...
@overload
def decode_json(data: bytes | bytearray | str, kind: Any, *, strict: bool = True) -> Any: ...
def decode_json(data: bytes | bytearray | str, kind: Any, *, strict: bool = True) -> Any:
    """Decode into ``kind``, a type or union that msgspec knows. Raises UnreadableJson."""
    return decode_with(_decoder(kind, strict=strict), data)


@lru_cache(maxsize=64)
def _decoder(kind: Any, *, strict: bool) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind, strict=strict)
