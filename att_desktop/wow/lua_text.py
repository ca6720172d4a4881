"""Text from outside as a Lua 5.1 literal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Final

_PLAIN: Final = re.compile(r"[ !#-\[\]-~]*\Z")  # printable ASCII without quote and backslash
_UNSAFE: Final = re.compile(rb"[^ !#-\[\]-~]")
_ESCAPES: Final = tuple(b"\\%03d" % byte for byte in range(256))


def lua_bytes(text: str) -> bytes:
    """The UTF-8 bytes that ``text`` has in the game.

    Surrogate pairs become their character; a lone surrogate, which UTF-8 cannot hold, becomes
    U+FFFD, so that no input is an error and none gives broken UTF-8.
    """
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


def quote(text: str) -> str:
    """``text`` as a double-quoted literal of printable ASCII; every other byte as ``\\ddd``.

    Always three digits (Lua 5.1 reference manual, section 2.1), so a digit after an escape
    stays what it is. Never long brackets: their contents cannot be escaped.
    """
    if _PLAIN.match(text):
        return f'"{text}"'
    escaped = _UNSAFE.sub(lambda found: _ESCAPES[found.group()[0]], lua_bytes(text))
    return f'"{escaped.decode("ascii")}"'
