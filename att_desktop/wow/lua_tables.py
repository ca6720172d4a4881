"""Reading the tables that the game writes into SavedVariables files, without running Lua.

The game writes assignments of literals and nothing else: ``NAME = {`` ... ``}``, with keys as
``["text"]`` or ``[12]``, strings in double quotes, numbers, ``true``, ``false``, ``nil``. Only
that is read; anything else is an error, never run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

LuaValue: TypeAlias = "str | float | int | bool | dict[str | float | int | bool, LuaValue] | None"

# Deeper than any table of ours, and far from Python's own limit.
_MOST_LEVELS: Final = 64

_TOKEN: Final = re.compile(
    r"""
      (?P<space>\s+|--(?!\[=*\[)[^\n]*)
    | (?P<text>"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*')
    | (?P<number>-?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?))
    | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<sign>[{}\[\]=,;])
    """,
    re.VERBOSE,
)
_ESCAPE: Final = re.compile(r"\\(\d{1,3}|[\s\S])")
_LETTERS: Final = {"n": "\n", "r": "\r", "t": "\t", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
# The game writes numbers that are none as ``inf`` and ``nan``: to Lua unknown globals, so nil.
_WORDS: Final = {"true": True, "false": False, "nil": None, "inf": None, "nan": None}


class NotATable(ValueError):
    """The text is not what the game writes."""


def parse_saved_variables(text: str, wanted: Container[str]) -> dict[str, LuaValue]:
    """The values of the top-level variables named in ``wanted``.

    ``text`` holds bytes as Latin-1 characters, as Lua's strings are bytes; so do the strings
    returned. Raises NotATable for anything that is not a list of such assignments.
    """
    tokens = _Tokens(text)
    values: dict[str, LuaValue] = {}
    while not tokens.at_end:
        name = tokens.take("name")
        tokens.take("sign", "=")
        value = _value(tokens, 0)
        tokens.skip(";")
        if name in wanted:
            values[name] = value
    return values


def _value(tokens: _Tokens, level: int) -> LuaValue:
    kind, text = tokens.next()
    if kind == "text":
        return _unquoted(text)
    if kind == "number":
        return _number(text)
    if kind == "name" and text in _WORDS:
        return _WORDS[text]
    if text == "{" and level < _MOST_LEVELS:
        return _table(tokens, level + 1)
    raise NotATable(f"no value at {text[:20]!r}")


def _table(tokens: _Tokens, level: int) -> LuaValue:
    table: dict[str | float | int | bool, LuaValue] = {}
    place = 0
    while not tokens.skip("}"):
        if tokens.skip("["):
            key = _value(tokens, _MOST_LEVELS)
            tokens.take("sign", "]")
            tokens.take("sign", "=")
        elif tokens.is_named_field():
            key = tokens.take("name")
            tokens.take("sign", "=")
        else:
            place += 1
            key = place
        value = _value(tokens, level)
        if key is None or isinstance(key, dict):
            raise NotATable("a table's key is nil or a table")
        if value is not None:
            table[key] = value
        if not tokens.skip(",", ";"):
            tokens.take("sign", "}")
            break
    return table


def _number(text: str) -> int | float:
    if "x" in text or "X" in text:
        return int(text, 16)
    if text.lstrip("-").isdecimal() and len(text) < 18:
        return int(text)
    return float(text)


def _unquoted(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        escape = found[1]
        if escape.isdecimal():
            if int(escape) > 255:
                raise NotATable("an escape beyond a byte")
            return chr(int(escape))
        return _LETTERS.get(escape, escape)

    return _ESCAPE.sub(character, text[1:-1])


class _Tokens:
    """The tokens of a text, one looked ahead."""

    def __init__(self, text: str) -> None:
        self._stream = _scan(text)
        self._ahead = next(self._stream, None)
        self._then = next(self._stream, None)

    @property
    def at_end(self) -> bool:
        return self._ahead is None

    def next(self) -> tuple[str, str]:
        token = self._ahead
        if token is None:
            raise NotATable("the text ends too early")
        self._ahead, self._then = self._then, next(self._stream, None)
        return token

    def take(self, kind: str, text: str | None = None) -> str:
        found_kind, found = self.next()
        if found_kind != kind or (text is not None and found != text):
            raise NotATable(f"{found[:20]!r} where {text or kind} belongs")
        return found

    def skip(self, *signs: str) -> bool:
        if self._ahead is not None and self._ahead[0] == "sign" and self._ahead[1] in signs:
            self.next()
            return True
        return False

    def is_named_field(self) -> bool:
        return self._ahead is not None and self._ahead[0] == "name" and self._then == ("sign", "=")


def _scan(text: str) -> Iterator[tuple[str, str]]:
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None or found.lastgroup is None:
            raise NotATable(f"not a literal: {text[position : position + 20]!r}")
        position = found.end()
        if found.lastgroup != "space":
            yield found.lastgroup, found.group()
