"""The proxy that this computer is set to use for an address.

The settings are read by urllib.request (environment, else the registry or System Configuration);
its reading of NO_PROXY skips entries that it does not know. Nothing of a proxy's address is ever
said: it may hold a password. What is said is the setting that holds it.
"""

from __future__ import annotations

import os
import re
import urllib.request
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from att_desktop.config.addresses import LOOPBACK
from att_desktop.sources.errors import BadProxy

_SYSTEM: Final = "system"
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
# GNOME writes socks:// (its session exports ALL_PROXY so); curl takes it for SOCKS 4, but every
# proxy that GNOME's dialog means speaks 5 as well.
_SCHEMES: Final = {
    "http": "http",
    "https": "https",
    "socks": "socks5",
    "socks5": "socks5",
    "socks5h": "socks5h",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxySetting:
    """A proxy's address, not to be shown, and the variable that names it ('system' for none)."""

    url: str = field(repr=False)
    setting: str


def proxy_for(url: str) -> ProxySetting | None:
    """The proxy for an address; None for a direct way. Raises BadProxy when it cannot be read."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host in LOOPBACK or _bypassed(host):
        return None
    proxies = urllib.request.getproxies()
    for key in (parts.scheme, "all", "socks"):
        if value := proxies.get(key, "").strip():
            setting = _variable(key)
            return ProxySetting(url=_readable(value, key, setting), setting=setting)
    return None


def _bypassed(host: str) -> bool:
    try:
        return bool(urllib.request.proxy_bypass(host))
    except (re.error, ValueError, OSError):
        # Python before 3.13 makes a pattern of each exception of the Windows registry.
        return False


def _variable(key: str) -> str:
    for name in (f"{key}_proxy", f"{key}_proxy".upper()):
        if os.environ.get(name):
            return name.upper() if os.name == "nt" else name
    return _SYSTEM


def _readable(value: str, key: str, setting: str) -> str:
    found = _SCHEME.match(value)
    rest = value[found.end() :] if found else value
    scheme = found[1].casefold() if found else "http"
    if setting == _SYSTEM and (scheme == "socks4" or key == "socks"):
        # urllib makes socks4:// of Windows' 'socks=host:port', and http:// of macOS' SOCKS proxy:
        # neither system says which version is meant.
        scheme = "socks5"
    known = _SCHEMES.get(scheme)
    if known is None:
        raise BadProxy("http.proxy_kind", setting=setting)
    try:
        parts = urlsplit(f"{known}://{rest}")
        # A '#', '/' or '?' of a password that is not percent-encoded ends the host too early.
        spare = parts.fragment or parts.path.strip("/") or parts.query or re.search(r"\s", rest)
        if parts.hostname and parts.port != 0 and not spare:
            return f"{known}://{rest}"
    except ValueError:
        pass  # its text holds the address
    raise BadProxy("http.proxy_unreadable", setting=setting)
