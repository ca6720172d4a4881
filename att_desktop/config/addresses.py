"""Where the sources answer."""

from __future__ import annotations

from typing import Final

API_URL: Final = "https://www.warcraftlogs.com/api/v2/client"
TOKEN_URL: Final = "https://www.warcraftlogs.com/oauth/token"  # noqa: S105 - an address, no secret
PARSES_URL: Final = "https://parses.gg"
RAIDER_IO_URL: Final = "https://raider.io"

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
"""Hosts that are this computer: asked without TLS and without a proxy."""
