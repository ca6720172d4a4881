"""``product.db``: where the Battle.net agent installed its games.

A protobuf message, of which only three fields matter here (names as in the agent's files):

    ProductDb      { repeated ProductInstall product_installs = 1; }
    ProductInstall { string uid = 1; string product_code = 2; Settings settings = 3; }
    Settings       { string install_path = 1; }

Newer agents add fields and a family (6: ``wow``); everything not listed is skipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST_BYTES: Final = 16_000_000
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledProduct:
    """``code`` is the product's (``wow``, ``wow_classic``), ``location`` as the agent wrote it."""

    code: str
    location: str


class _Broken(ValueError):
    """The bytes are not a message, from here on."""


def read_product_db(path: Path) -> list[InstalledProduct]:
    """The game's installed products; empty for a missing, unreadable or broken file."""
    try:
        with path.open("rb") as file:
            return parse_product_db(file.read(_MOST_BYTES))
    except (OSError, ValueError):
        return []


def parse_product_db(data: bytes) -> list[InstalledProduct]:
    """The products of World of Warcraft in ``data``; what stands before broken bytes counts."""
    products = []
    for number, value in _fields(data):
        if number == 1 and isinstance(value, bytes):
            product = _product(value)
            if product is not None:
                products.append(product)
    return products


def _product(data: bytes) -> InstalledProduct | None:
    texts: dict[int, str] = {}
    location = ""
    for number, value in _fields(data):
        if not isinstance(value, bytes):
            continue
        if number == 3:
            location = next(
                (_text(inner) for place, inner in _fields(value) if place == 1), location
            )
        else:
            texts[number] = _text(value)
    code = texts.get(2) or texts.get(1, "")
    if not location or not (texts.get(6, "") == "wow" or code.startswith("wow")):
        return None
    return InstalledProduct(code=code, location=location)


def _text(value: bytes | int) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def _fields(data: bytes) -> Iterator[tuple[int, bytes | int]]:
    """(field number, value) of a message, ending quietly where the bytes make no sense."""
    position = 0
    try:
        while position < len(data):
            key, position = _varint(data, position)
            kind = key & 7
            value: bytes | int
            if kind == _VARINT:
                value, position = _varint(data, position)
            elif kind in {_FIXED64, _FIXED32, _BYTES}:
                if kind == _BYTES:
                    size, position = _varint(data, position)
                else:
                    size = 8 if kind == _FIXED64 else 4
                end = position + size
                if end > len(data):
                    return
                value, position = data[position:end], end
            else:
                return
            yield key >> 3, value
    except _Broken:
        return


def _varint(data: bytes, position: int) -> tuple[int, int]:
    result = 0
    for shift in range(0, 70, 7):
        if position >= len(data):
            break
        byte = data[position]
        position += 1
        result |= (byte & 0x7F) << shift
        if byte < 0x80:
            return result, position
    raise _Broken
