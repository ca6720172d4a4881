"""The OAuth 2 client credentials of the player, and the token that they buy.

RFC 6749 section 4.4 (the grant), 5.1 and 5.2 (answers).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import httpx
import msgspec

from att_desktop.sources.errors import BadCredentials, BadResponse, Blocked, Unreachable
from att_desktop.system.json_data import UnreadableJson, decode_json

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from att_desktop.sources.http.clock import Clock
    from att_desktop.sources.http.transfer import Response

# Renewed this long before it expires: a request that starts now must still find it valid.
_MARGIN_S: Final = 120.0
_SHORT_LIFE: Final = 0.5


class Token(msgspec.Struct, frozen=True):
    """A bearer token and how many seconds it lives."""

    access_token: str
    expires_in: float = 3600.0

    def __repr__(self) -> str:
        """Without the token."""
        return f"Token(expires_in={self.expires_in!r})"


def read_token(response: Response) -> Token:
    """The token of the token endpoint's answer, once the general faults are ruled out.

    Raises BadCredentials for 400 and 401, Blocked for 403, transient errors for the rest.
    """
    if response.status in (400, 401):
        raise BadCredentials("wcl.bad_credentials")
    if response.status == 403:
        raise Blocked("wcl.sign_in_refused", status=response.status)
    if response.status != 200:
        raise Unreachable("wcl.sign_in_failed", status=response.status, transient=True)
    try:
        token = decode_json(response.body, Token, strict=False)
    except UnreadableJson as error:
        raise BadResponse("wcl.sign_in_unreadable", transient=True) from error
    if not token.access_token or not token.access_token.isprintable():
        raise BadResponse("wcl.sign_in_unreadable", transient=True)
    return token


class TokenAuth(httpx.Auth):
    """Puts a token on each request, fetched when it is first needed and renewed in time.

    A token that is refused (401) is renewed once and the request sent again. ``fetch`` gets a new
    token. Tokens are held in memory only.
    """

    def __init__(self, fetch: Callable[[], Awaitable[Token]], clock: Clock) -> None:
        self._fetch = fetch
        self._clock = clock
        self._lock = asyncio.Lock()
        self._value: str | None = None
        self._renew_at = 0.0

    async def async_auth_flow(
        self, request: httpx.Request
    ) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Called by httpx around each request. Raises what ``fetch`` raises."""
        value = await self._token()
        request.headers["Authorization"] = f"Bearer {value}"
        response = yield request
        if response.status_code == httpx.codes.UNAUTHORIZED:
            if self._value == value:  # not renewed meanwhile by another request
                self._value = None
            request.headers["Authorization"] = f"Bearer {await self._token()}"
            yield request

    async def _token(self) -> str:
        """A valid token; several callers at once cause one request."""
        async with self._lock:
            if self._value is None or self._clock.monotonic() >= self._renew_at:
                token = await self._fetch()
                self._value = token.access_token
                margin = min(_MARGIN_S, token.expires_in * _SHORT_LIFE)
                self._renew_at = self._clock.monotonic() + token.expires_in - margin
            return self._value
