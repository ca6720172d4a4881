"""A TLS handshake with a host, by the proxy and certificates that requests use."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import httpx

from att_desktop.sources.errors import SourceError, Unreachable
from att_desktop.sources.http.client import connection_settings, making_client
from att_desktop.sources.http.response_errors import network_error
from att_desktop.system.errors import causes

if TYPE_CHECKING:
    from att_desktop.sources.http.proxies import ProxySetting

_SECONDS: Final = 10.0


class InsecureConnection(SourceError):
    """The host was reached; its certificate is not trusted, or it does not speak TLS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecureConnection:
    """``version`` is TLS's own name for itself, ``setting`` names the proxy, '' for none."""

    host: str
    version: str
    setting: str


def check_tls(url: str, *, timeout_s: float = _SECONDS) -> SecureConnection:
    """Shake hands with the host of an https address, by proxy and certificates as the work.

    Any HTTP answer is a good one. Raises InsecureConnection, and SourceError when the host or the
    proxy cannot be reached. Blocks.
    """
    return asyncio.run(_check(url, timeout_s))


async def _check(url: str, timeout_s: float) -> SecureConnection:
    host = urlsplit(url).hostname or ""
    with making_client(host, url) as proxy:
        client = httpx.AsyncClient(
            timeout=timeout_s, follow_redirects=False, **connection_settings(host, proxy)
        )
    setting = proxy.setting if proxy is not None else ""
    versions: list[str] = []

    async def trace(step: str, found: dict[str, object]) -> None:
        if step.endswith("start_tls.complete"):
            stream = found["return_value"]
            tls = stream.get_extra_info("ssl_object")  # type: ignore[attr-defined] # httpcore's
            versions[:] = [tls.version()]

    async with client:
        try:
            async with client.stream("HEAD", url, extensions={"trace": trace}):
                pass
        except (httpx.RequestError, TimeoutError) as error:
            if not versions:
                raise _tls_error(error, host, proxy) from error
    return SecureConnection(host=host, version=versions[-1], setting=setting)


def _tls_error(error: Exception, host: str, proxy: ProxySetting | None) -> SourceError:
    for cause in causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            reason = cause.verify_message
            return InsecureConnection("http.not_trusted", site=host, reason=reason)
        if isinstance(cause, ssl.SSLError):
            return InsecureConnection("http.no_tls", site=host, reason=cause.reason)
    found = network_error(error, host, proxy)
    return found if isinstance(found, Unreachable) else Unreachable("http.unreachable", site=host)
