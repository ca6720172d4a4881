"""What an HTTP answer means before anybody looks into its body."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Final

import httpx

from att_desktop.sources.http.retries import TransientError, retry_after_seconds
from att_desktop.sources.http.transfer import CorruptBody
from att_desktop.sources.warcraftlogs.errors import (
    BadResponse,
    Blocked,
    OutOfPoints,
    Unreachable,
)

if TYPE_CHECKING:
    from att_desktop.sources.http.clock import Clock
    from att_desktop.sources.http.transfer import Response

__all__ = ["network_fault", "raise_for_status"]

_REQUEST_TIMEOUT: Final = 408
_TOO_EARLY: Final = 425
_TOO_MANY_REQUESTS: Final = 429


def raise_for_status(received: Response, clock: Clock) -> None:
    """Raise for everything that is no answer of Warcraft Logs' own programs.

    Blocked: the site's protection stands before it. TransientError: 429, 5xx and 52x, HTML with
    status 200 (a maintenance page). BadResponse: redirects, because credentials go to nobody else.
    400, 401, 403, 404 and the like in plain words are left to the caller.
    """
    status = received.status
    html = _is_html(received)
    if "cf-mitigated" in received.headers or (html and status in (401, 403)):
        raise Blocked(
            "The protection of warcraftlogs.com blocks this computer at the moment. "
            "Open warcraftlogs.com in a browser once, or try again in an hour."
        )
    if 300 <= status < 400:
        raise BadResponse(
            "Warcraft Logs wants to send us to another address. We do not follow, "
            "so that your credentials stay where they belong. Look for an update of this app."
        )
    if status == _TOO_MANY_REQUESTS:
        asked = retry_after_seconds(received.headers.get("retry-after"), clock.now())
        raise TransientError(
            OutOfPoints(
                "Warcraft Logs takes no more requests from your API client for now. "
                "Start the update again within the hour; it goes on where it stopped.",
                resets_at=None if asked is None else clock.wall_time_at(clock.monotonic() + asked),
            ),
            slow_down=True,
            retry_after=asked,
        )
    if status >= 500 or status in (_REQUEST_TIMEOUT, _TOO_EARLY):
        raise TransientError(
            Unreachable(
                f"Warcraft Logs has trouble at the moment (HTTP {status}). "
                "Please try again in some minutes."
            )
        )
    if html and status == 200:
        raise TransientError(
            BadResponse(
                "Warcraft Logs answered with a web page instead of data. "
                "It may be in maintenance: please try again later."
            )
        )


def _is_html(received: Response) -> bool:
    if received.headers.get("content-type", "").casefold().startswith("text/html"):
        return True
    return bytes(received.body[:64]).lstrip().startswith(b"<")


def network_fault(error: Exception) -> Exception:
    """What a failure of the network means: most pass, a certificate that nobody trusts does not."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Unreachable(
                "The connection to Warcraft Logs is not trusted: its certificate is not valid "
                "here. Check the clock of this computer, and the network you are in."
            )
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.UnsupportedProtocol):
        return Unreachable("The address of Warcraft Logs can not be used. Check the settings.")
    if isinstance(error, CorruptBody):
        return TransientError(BadResponse("The answers of Warcraft Logs arrive damaged."))
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return TransientError(
            Unreachable("Warcraft Logs does not answer in time. Try again later.")
        )
    return TransientError(
        Unreachable("Warcraft Logs can not be reached. Check the internet connection.")
    )
