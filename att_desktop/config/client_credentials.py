"""The credentials of the player's own Warcraft Logs API client."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """Id and secret of the player's own API client. The secret is never shown by ``repr``."""

    client_id: str
    client_secret: str = field(repr=False)
