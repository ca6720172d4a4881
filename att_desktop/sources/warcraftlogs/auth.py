"""The OAuth 2 client credentials of the player, and the token that they buy."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import msgspec

from att_desktop.sources.http.retries import TransientError
from att_desktop.sources.warcraftlogs.errors import BadCredentials, BadResponse, Unreachable
from att_desktop.system.json_data import UnreadableJson, decode_json

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from att_desktop.sources.http.clock import Clock
    from att_desktop.sources.http.transfer import Response

__all__ = ["Token", "TokenCache", "bad_credentials", "read_token"]

# Renewed this long before it expires: a request that starts now must still find it valid.
_MARGIN_S: Final = 120.0
_SHORT_LIFE: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A bearer token and how many seconds it lives."""

    value: str = field(repr=False)
    expires_in: float


class _TokenAnswer(msgspec.Struct):
    access_token: str
    expires_in: float = 3600.0


def bad_credentials() -> BadCredentials:
    """The error for a refused id or secret."""
    return BadCredentials(
        "Warcraft Logs does not accept the client id and secret. "
        "Check them on warcraftlogs.com/api/clients and enter them again."
    )


def read_token(received: Response) -> Token:
    """The token of the token endpoint's answer, once the general faults are ruled out.

    Raises BadCredentials for 400, 401 and 403, TransientError for what may come right.
    """
    if received.status in (400, 401, 403):
        raise bad_credentials()
    if received.status != 200:
        raise TransientError(
            Unreachable(f"Signing in to Warcraft Logs failed (HTTP {received.status}).")
        )
    try:
        answer = decode_json(received.body, _TokenAnswer, strict=False)
    except UnreadableJson as error:
        raise TransientError(
            BadResponse("Signing in to Warcraft Logs gave an answer that can not be read.")
        ) from error
    if not answer.access_token or not answer.access_token.isprintable():
        raise TransientError(BadResponse("Signing in to Warcraft Logs gave an empty token."))
    return Token(value=answer.access_token, expires_in=answer.expires_in)


class TokenCache:
    """Keeps one token for all requests and renews it in time. It is held in memory only."""

    def __init__(self, fetch: Callable[[], Awaitable[Token]], clock: Clock) -> None:
        self._fetch = fetch
        self._clock = clock
        self._lock = asyncio.Lock()
        self._value: str | None = None
        self._renew_at = 0.0

    async def get(self) -> str:
        """A valid token; several callers at once cause one request."""
        async with self._lock:
            if self._value is None or self._clock.monotonic() >= self._renew_at:
                token = await self._fetch()
                self._value = token.value
                margin = min(_MARGIN_S, token.expires_in * _SHORT_LIFE)
                self._renew_at = self._clock.monotonic() + token.expires_in - margin
            return self._value

    def invalidate(self, value: str) -> None:
        """Drop a token that was refused, unless it was renewed meanwhile."""
        if self._value == value:
            self._value = None
