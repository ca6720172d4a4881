"""Decoding JSON from outside (network, files): one error whatever is wrong with the bytes."""

from __future__ import annotations

from typing import Any, TypeVar, overload

import msgspec

__all__ = ["UnreadableJson", "decode_json", "decode_with"]

T = TypeVar("T")


class UnreadableJson(ValueError):
    """Not JSON, not of the expected shape, not UTF-8, or nested too deep."""


def decode_with(decoder: msgspec.json.Decoder[T], data: bytes | bytearray | str) -> T:
    """Decode with a prepared decoder. Raises UnreadableJson.

    For bytes that are no UTF-8 msgspec raises DecodeError, before 0.23 UnicodeDecodeError; for
    thousands of open brackets RecursionError.
    """
    try:
        return decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableJson(str(error)) from error


@overload
def decode_json(data: bytes | bytearray | str, kind: type[T], *, strict: bool = True) -> T: ...
@overload
def decode_json(data: bytes | bytearray | str, kind: Any, *, strict: bool = True) -> Any: ...
def decode_json(data: bytes | bytearray | str, kind: Any, *, strict: bool = True) -> Any:
    """Decode into ``kind``, a type or union that msgspec knows. Raises UnreadableJson."""
    return decode_with(msgspec.json.Decoder(kind, strict=strict), data)
