"""Qt's network by the proxy and the certificates that updates use.

Qt reads of the environment http_proxy and https_proxy in small letters alone, and no file of
certificates; on Windows and macOS it knows the system's settings, scripts (PAC) included.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from PySide6.QtNetwork import QNetworkProxy, QSslConfiguration

if TYPE_CHECKING:
    from PySide6.QtNetwork import QNetworkAccessManager


def follow_proxy(network: QNetworkAccessManager, url: str) -> None:
    """Let ``network`` ask for ``url`` as an update would. Raises BadProxy."""
    # Here, because urllib.request is slow to import and many a window asks for nothing.
    from att_desktop.sources.http.proxies import proxy_for

    found = proxy_for(url)
    if found is not None and found.setting != "system":
        parts = urlsplit(found.url)
        is_socks = parts.scheme.startswith("socks")
        kinds = QNetworkProxy.ProxyType
        network.setProxy(
            QNetworkProxy(
                kinds.Socks5Proxy if is_socks else kinds.HttpProxy,
                parts.hostname or "",
                parts.port or (1080 if is_socks else 80),
                unquote(parts.username or ""),
                unquote(parts.password or ""),
            )
        )
    elif sys.platform not in ("win32", "darwin"):
        network.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))


def certificates() -> QSslConfiguration:
    """What Qt trusts, and what SSL_CERT_FILE names."""
    trusted = QSslConfiguration.defaultConfiguration()
    if file := os.environ.get("SSL_CERT_FILE"):
        trusted.addCaCertificates(file)
    return trusted
