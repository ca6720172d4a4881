"""The environment variables of headless use and tests, read in one place."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from att_desktop.config.addresses import API_URL, LOOPBACK, PARSES_URL, TOKEN_URL
from att_desktop.config.settings import known_settings
from att_desktop.system.errors import AttError

if TYPE_CHECKING:
    from collections.abc import Mapping

_OWN_HOST: Final = "warcraftlogs.com"


class BadEnvironment(AttError):
    """An environment variable has a value that cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What the caller's environment sets; None where it sets nothing.

    ``request_interval_ms`` is the least time between two request starts. Credentials are not
    among it: they are read where they are kept.
    """

    raid_zone_id: int | None = None
    mplus_zone_id: int | None = None
    top_n: int | None = None
    output_path: Path | None = None
    request_interval_ms: int = 500
    token_url: str = TOKEN_URL
    api_url: str = API_URL
    parses_url: str = PARSES_URL
    feed_address: str = ""

    @property
    def other_hosts(self) -> tuple[str, ...]:
        """Hosts other than Warcraft Logs' own that were set by hand: to be shown before use."""
        hosts = {urlsplit(url).netloc for url in (self.api_url, self.token_url)}
        return tuple(sorted(host for host in hosts if not _is_own(host)))

    def variables(self) -> dict[str, str]:
        """The variables that make this environment again, without ``output_path``."""
        values = {
            "WCL_RAID_ZONE_ID": self.raid_zone_id,
            "WCL_MPLUS_ZONE_ID": self.mplus_zone_id,
            "WCL_TOP_N_PLAYERS": self.top_n,
            "ATT_REQUEST_INTERVAL_MS": self.request_interval_ms,
            "WCL_TOKEN_URL": self.token_url,
            "WCL_API_URL": self.api_url,
            "ATT_PARSES_URL": self.parses_url,
            "ATT_FEED_ADDRESS": self.feed_address or None,
        }
        return {name: "" if value is None else str(value) for name, value in values.items()}

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None) -> Environment:
        """Read the variables; empty ones count as not set. Raises BadEnvironment."""
        variables = os.environ if environ is None else environ
        interval = _number(variables, "ATT_REQUEST_INTERVAL_MS", 0, 60_000)
        of_settings = {
            info.name: _number(variables, info.variable, info.minimum or 0, info.maximum or 0)
            for info in known_settings()
            if info.variable
        }
        return cls(
            **of_settings,
            output_path=_path(variables, "WCL_OUTPUT_PATH"),
            request_interval_ms=500 if interval is None else interval,
            token_url=_address(variables, "WCL_TOKEN_URL") or TOKEN_URL,
            api_url=_address(variables, "WCL_API_URL") or API_URL,
            parses_url=_address(variables, "ATT_PARSES_URL") or PARSES_URL,
            # Its form is looked at where a feed is read: it carries a key.
            feed_address=variables.get("ATT_FEED_ADDRESS", "").strip(),
        )


def _number(variables: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    text = variables.get(name, "").strip()
    if not text:
        return None
    # int() alone would also take '1_0', '+5' and digits of other scripts.
    if text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most:
        return int(text)
    raise BadEnvironment(
        "environment.number", name=name, value=repr(text[:40]), least=least, most=most
    )


def _path(variables: Mapping[str, str], name: str) -> Path | None:
    text = variables.get(name, "").strip()
    if not text:
        return None
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise BadEnvironment("environment.home", name=name) from error


def _address(variables: Mapping[str, str], name: str) -> str | None:
    text = variables.get(name, "").strip()
    if not text:
        return None
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise BadEnvironment("environment.no_address", name=name) from error
    secure = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
    # The value itself is not repeated: a user name or a key may stand in it.
    if not host or not secure or parts.username is not None or parts.password is not None:
        raise BadEnvironment("environment.unsafe_address", name=name)
    return text


def _is_own(netloc: str) -> bool:
    return netloc == _OWN_HOST or netloc.endswith(f".{_OWN_HOST}")
