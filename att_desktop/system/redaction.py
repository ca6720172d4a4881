"""Takes secrets out of any text before it is kept or shown."""

from __future__ import annotations

import json
import os
import re
import threading
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, quote_plus, unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

HIDDEN: Final = "[hidden]"

# Shorter ones would take harmless words out of every line; no API client has one.
_SHORTEST_SECRET: Final = 6

# Pieces of a user name and password.
_SHORTEST_PART: Final = 4

# A name that says 'secret', then what stands for it: 'Authorization: Basic Zm9v', "password='x'".
_NAMED: Final = re.compile(
    r"""(?ix)
    (?P<name> \b (?: (?:proxy-)?authorization | (?:access|refresh|id)_token | client_secret
                   | wcl_client_secret | password | cookie | x-api-key ) \b
        ["']? \s* (?: [:=] | ,\s*b?(?=["']) ) \s* )
    (?P<value> b?"(?:[^"\\]|\\.)*" | b?'(?:[^'\\]|\\.)*'
             | (?:(?:basic|bearer|digest)\s+)? [^\s"',;&)}\]]+ )
    """
)
_BEARER: Final = re.compile(r"(?i)\b(?P<name>bearer|basic)\s+(?P<value>[A-Za-z0-9._~+/-]{8,}=*)")
# JSON Web Tokens, and 40 letters and digits: the shape of a Warcraft Logs client secret. Import
# codes are longer, and do not end after 40 characters.
_SHAPED: Final = re.compile(
    r"""(?x)
    eyJ[A-Za-z0-9_-]{8,} (?: \.[A-Za-z0-9_-]* ){0,4}
    | (?<![A-Za-z0-9+/=_-]) (?=[A-Za-z0-9]*[0-9]) (?=[A-Za-z0-9]*[A-Za-z])
      [A-Za-z0-9]{40} (?![A-Za-z0-9+/=_-])
    """
)
# Control characters, line separators and direction marks: one name must not look like two lines,
# move a terminal's cursor or turn the line around.
_UNSHOWABLE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


class Redactor:
    """Knows secrets, and what secrets look like. Thread-safe."""

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        """Knows the parts of the proxies' addresses in ``environ`` (default: the process' own)."""
        self._lock = threading.Lock()
        self._known: frozenset[str] = frozenset()
        self._pattern: re.Pattern[str] | None = None
        for name, value in (os.environ if environ is None else environ).items():
            if name.casefold().endswith("_proxy") and name.casefold() != "no_proxy":
                for part in _parts_of_proxy(value):
                    self.learn(part, shortest=_SHORTEST_PART)

    def learn(self, secret: str, *, shortest: int = _SHORTEST_SECRET) -> None:
        """Hide ``secret`` from now on, also as it stands in JSON, an address or base64."""
        secret = secret.strip()
        if len(secret) < shortest:
            return
        forms = {secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1]}
        forms.add(repr(secret)[1:-1])
        forms.add(b64encode(secret.encode()).decode().rstrip("="))
        with self._lock:
            if forms <= self._known:
                return
            self._known |= forms
            longest_first = sorted(self._known, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, longest_first)))

    def clean(self, text: str) -> str:
        """``text`` without known secrets, credentials that are named as such, and tokens."""
        if self._pattern is not None:
            text = self._pattern.sub(HIDDEN, text)
        text = _NAMED.sub(rf"\g<name>{HIDDEN}", text)
        text = _BEARER.sub(rf"\g<name> {HIDDEN}", text)
        return _SHAPED.sub(HIDDEN, text)

    def clean_for_others(self, text: str) -> str:
        """As ``clean``, and with the player's home folder as '~': fit to be pasted in public."""
        text = self.clean(text)
        try:
            home = str(Path.home())
        except RuntimeError:
            return text
        if len(home) < 3:
            return text
        for form in (home, home.replace("\\", "\\\\"), home.replace("\\", "/")):
            text = text.replace(form, "~")
        return text


def _parts_of_proxy(value: str) -> set[str]:
    """The address, and of its user name and password what error texts may repeat alone.

    An address that cannot be read is cut where libraries cut it: at '#', '/', '?' and ':'.
    """
    address = value.strip().rpartition("://")[2]
    user_info, at, _ = address.rpartition("@")
    if not at:
        return {value.strip()} if "@" in value else set()
    parts = {value.strip(), address}
    for written in (user_info, unquote(user_info)):
        pieces = re.split(r"[:#/?@]", written)
        # Not a piece such as 2026: it stands in every date.
        parts |= {written, *written.split(":", 1), *(each for each in pieces if not each.isdigit())}
    return parts


def one_line(text: str) -> str:
    """``text`` with everything that could break or bend a line written as an escape."""
    return _UNSHOWABLE.sub(lambda match: _escape(match[0]), text)


def _escape(character: str) -> str:
    return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(character, f"\\u{ord(character):04x}")
