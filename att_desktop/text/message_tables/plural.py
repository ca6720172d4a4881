"""A message whose form depends on a number."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plural:
    """English singular and plural; ``by`` is the field that counts.

    ``tools/catalogues.py`` extracts the first two arguments as a plural message.
    """

    one: str
    many: str
    by: str
