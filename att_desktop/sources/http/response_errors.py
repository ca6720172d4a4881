"""SourceErrors of HTTP statuses, headers and network errors, before a body is decoded."""

from __future__ import annotations

import re
import ssl
from typing import TYPE_CHECKING, Final

import httpx

from att_desktop.sources.errors import (
    BadProxy,
    BadResponse,
    Blocked,
    OutOfPoints,
    SourceError,
    Unreachable,
)
from att_desktop.sources.http.retries import retry_after_seconds
from att_desktop.sources.http.transfer import CorruptBody
from att_desktop.system.errors import causes

if TYPE_CHECKING:
    from att_desktop.sources.http.clock import Clock
    from att_desktop.sources.http.proxies import ProxySetting
    from att_desktop.sources.http.transfer import Response

_NOT_MODIFIED: Final = 304
_PROXY_AUTHENTICATION: Final = 407
_REQUEST_TIMEOUT: Final = 408
_TOO_EARLY: Final = 425
_TOO_MANY_REQUESTS: Final = 429

# Pages that ask for a human: Cloudflare (challenge-platform, cf-chl, turnstile), reCAPTCHA and
# hCaptcha, Imperva (_Incapsula_), DataDome, PerimeterX, and what they say.
_HUMAN_CHECK: Final = re.compile(
    rb"cdn-cgi/challenge|challenge-platform|cf[-_]chl|turnstile|captcha|_incapsula_|datadome"
    rb"|perimeterx|px-cloud|just a moment|attention required|checking your browser|ddos.guard"
    rb"|you('re| are)[^<]{0,20} human|are you (a )?(human|robot)|not a (ro)?bot"
    rb"|human[-_ ]?(verification|check)|security check|unusual traffic|access denied",
    re.IGNORECASE,
)


def raise_for_status(
    response: Response, clock: Clock, site: str, proxy: ProxySetting | None = None
) -> None:
    """Raise for everything that is no answer of the site's own programs.

    Blocked: a protection stands before the site. Unreachable and BadResponse, transient: 5xx, 52x,
    an empty answer, HTML with status 200 (maintenance). OutOfPoints, transient: 429. BadResponse:
    redirects, which are not followed: a token must not go to another host. BadProxy: 407.
    304, 400, 401, 403, 404 and the like in plain words are left to the caller.
    """
    status = response.status
    html = _is_html(response)
    if status == _PROXY_AUTHENTICATION and proxy is not None:
        raise BadProxy("http.proxy_wants_password", setting=proxy.setting, status=status)
    if _is_blocked(response, html=html):
        raise Blocked("http.blocked", site=site)
    if 300 <= status < 400 and status != _NOT_MODIFIED:
        raise BadResponse("http.redirect", site=site, status=status)
    if status == _TOO_MANY_REQUESTS:
        asked = retry_after_seconds(response.headers.get("retry-after"), clock.now())
        raise OutOfPoints(
            "http.too_many_requests",
            site=site,
            retry_after=asked,
            resets_at=None if asked is None else clock.wall_time_at(clock.monotonic() + asked),
            transient=True,
        )
    if status >= 500 or status in (_REQUEST_TIMEOUT, _TOO_EARLY):
        raise Unreachable("http.server_trouble", site=site, status=status, transient=True)
    if 200 < status < 300 or status < 200:
        raise BadResponse("http.empty", site=site, status=status, transient=True)
    if html and status == 200:
        raise BadResponse("http.web_page", site=site, transient=True)


def _is_blocked(response: Response, *, html: bool) -> bool:
    if "cf-mitigated" in response.headers or (html and response.status in (401, 403)):
        return True
    if 300 <= response.status < 400:
        said = response.headers.get("location", "").encode() + bytes(response.body)
        return bool(_HUMAN_CHECK.search(said))
    return html and response.status in (200, 503) and bool(_HUMAN_CHECK.search(response.body))


def _is_html(response: Response) -> bool:
    if response.headers.get("content-type", "").casefold().startswith("text/html"):
        return True
    return bytes(response.body[:64]).lstrip().startswith(b"<")


def network_error(error: Exception, site: str, proxy: ProxySetting | None) -> SourceError:
    """The SourceError of a network error: transient, but for a certificate not trusted."""
    for cause in causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Unreachable("http.not_trusted", site=site, reason=cause.verify_message)
    if isinstance(error, httpx.UnsupportedProtocol):
        return Unreachable("http.bad_address", site=site)
    if isinstance(error, CorruptBody | httpx.DecodingError):
        return BadResponse("http.damaged", site=site, transient=True)
    if isinstance(error, httpx.ProxyError) and proxy is not None:
        return _proxy_error(error, proxy)
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return Unreachable("http.timeout", site=site, transient=True)
    if proxy is not None:
        return Unreachable(
            "http.unreachable_by_proxy", site=site, setting=proxy.setting, transient=True
        )
    return Unreachable("http.unreachable", site=site, transient=True)


def _proxy_error(error: httpx.ProxyError, proxy: ProxySetting) -> SourceError:
    """httpcore's text begins with the status of the CONNECT answer; of SOCKS it has none."""
    status = str(error)[:3]
    if status == str(_PROXY_AUTHENTICATION):
        return BadProxy("http.proxy_wants_password", setting=proxy.setting, status=status)
    if status.isdecimal():
        trouble = status.startswith("5")
        return BadProxy(
            "http.proxy_refuses", setting=proxy.setting, status=status, transient=trouble
        )
    return BadProxy("http.proxy_fails", setting=proxy.setting, transient=True)
