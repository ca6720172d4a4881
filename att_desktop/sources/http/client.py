"""One HTTP client for a site: its proxy, certificates, limits, and errors by code."""

from __future__ import annotations

import contextlib
import ssl
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import httpx
import truststore

from att_desktop import __version__
from att_desktop.config.addresses import LOOPBACK
from att_desktop.sources.errors import BadProxy, Unreachable, UnsafeAddress
from att_desktop.sources.http.clock import Clock
from att_desktop.sources.http.proxies import proxy_for
from att_desktop.sources.http.response_errors import network_error, raise_for_status
from att_desktop.sources.http.transfer import CorruptBody, GuardedTransport, Limits, Response

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from contextlib import AbstractAsyncContextManager

    from att_desktop.sources.http.proxies import ProxySetting


@contextlib.asynccontextmanager
async def _at_once() -> AsyncIterator[Callable[[], None]]:
    yield lambda: None


class HttpClient:
    """Requests to one site, used as an async context manager in one event loop.

    ``site`` is its name as a player knows it. ``transport`` stands for the network in tests and
    for the sample source. ``acquire`` and ``count_bytes`` as for GuardedTransport.
    """

    def __init__(
        self,
        site: str,
        url: str,
        *,
        limits: Limits | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        acquire: Callable[[], AbstractAsyncContextManager[Callable[[], None]]] = _at_once,
        count_bytes: Callable[[int], None] = lambda _: None,
        clock: Clock | None = None,
    ) -> None:
        """``url`` is an address of the site. Raises UnsafeAddress, BadProxy and Unreachable."""
        self._site = site
        self._clock = clock or Clock()
        self._proxy: ProxySetting | None = None
        limits = limits or Limits()
        check_address(url)
        if transport is None:
            with making_client(site, url) as self._proxy:
                transport = httpx.AsyncHTTPTransport(**connection_settings(site, self._proxy))
        self._http = httpx.AsyncClient(
            transport=GuardedTransport(
                transport, site=site, limits=limits, acquire=acquire, count_bytes=count_bytes
            ),
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(limits.read_s, connect=limits.connect_s),
            headers={
                "User-Agent": f"AzerothsTopTalent/{__version__}",
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
            },
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections. Nothing can be asked afterwards."""
        await self._http.aclose()

    async def request(
        self,
        method: str,
        url: str,
        *,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
        auth: httpx.Auth | None = None,
    ) -> Response:
        """One request and its whole answer, once ``raise_for_status`` let it pass.

        Raises SourceError, whatever fails.
        """
        try:
            request = self._http.build_request(method, url, content=content, headers=headers)
        except (httpx.InvalidURL, ValueError) as error:  # of idna: a host's name that can be none
            raise Unreachable("http.bad_address", site=self._site) from error
        try:
            answer = await self._http.send(request, auth=auth)
        except (httpx.RequestError, TimeoutError, CorruptBody) as error:
            raise network_error(error, self._site, self._proxy) from error
        response = Response(status=answer.status_code, headers=answer.headers, body=answer.content)
        raise_for_status(response, self._clock, self._site, self._proxy)
        return response


def connection_settings(site: str, proxy: ProxySetting | None) -> dict[str, Any]:
    """``verify`` and ``proxy`` for httpx: the certificates that the operating system trusts.

    Raises Unreachable when the system's certificates cannot be read.
    """
    try:
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    except OSError as error:  # ssl.SSLError is one: SSL_CERT_FILE may name anything
        raise Unreachable("http.no_certificates", site=site) from error
    settings: dict[str, Any] = {"verify": context, "trust_env": False}
    if proxy is not None:
        # httpcore takes a TLS context for the proxy itself only where the proxy speaks TLS.
        own = context if proxy.url.startswith("https:") else None
        settings["proxy"] = httpx.Proxy(proxy.url, ssl_context=own)
    return settings


@contextlib.contextmanager
def making_client(site: str, url: str) -> Iterator[ProxySetting | None]:
    """The proxy for ``url``; errors while an HTTP client is made inside become codes.

    Raises UnsafeAddress, BadProxy and Unreachable, none with anything of the proxy's address.
    """
    check_address(url)
    proxy = proxy_for(url)
    try:
        yield proxy
    except (ValueError, RuntimeError, ImportError, httpx.InvalidURL):
        if proxy is None:
            raise Unreachable("http.bad_address", site=site) from None
        raise BadProxy("http.proxy_unreadable", setting=proxy.setting) from None


def check_address(url: str) -> None:
    """Raise UnsafeAddress unless ``url`` is https, or plain http to this very machine."""
    try:
        parts = urlsplit(url)
        safe = parts.scheme == "https" and bool(parts.hostname)
        loopback = parts.scheme == "http" and parts.hostname in LOOPBACK
    except ValueError:
        safe = loopback = False
    if not safe and not loopback:
        raise UnsafeAddress("http.unsafe_address", url=url)
