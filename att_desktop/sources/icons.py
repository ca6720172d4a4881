"""Talent icons from Blizzard's public render host, one small picture at a time.

No account and no token is needed; the icon's name comes from the talent trees.
"""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Final, Self

import httpx
import truststore

from att_desktop.sources.icon_names import IconMissing, IconsUnreachable, icon_name

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["MAX_BYTES", "RENDER_HOST", "IconHost"]

RENDER_HOST: Final = "https://render.worldofwarcraft.com/us/icons/56/"
MAX_BYTES: Final = 64 * 1024
"""An icon of 56 pixels has 2 to 4 KB."""

_TIMEOUT_S: Final = 10.0
_JPEG: Final = b"\xff\xd8\xff"


class IconHost:
    """Fetches icons, one after the other, over one connection. Not thread-safe; blocks."""

    def __init__(
        self, *, base_url: str = RENDER_HOST, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._base_url = base_url
        self._client = httpx.Client(
            transport=transport,
            # The system's own certificates: also behind a proxy or scanner that has its own.
            verify=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            timeout=_TIMEOUT_S,
            follow_redirects=False,
            headers={"Accept": "image/jpeg"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def fetch(self, raw: str) -> bytes:
        """The icon's JPEG. Raises IconMissing or IconsUnreachable."""
        name = icon_name(raw)
        if name is None:
            raise IconMissing(f"'{raw}' is no name of an icon.")
        try:
            with self._client.stream("GET", f"{self._base_url}{name}.jpg") as response:
                if response.status_code in (403, 404, 410):  # the host says 403 for unknown ones
                    raise IconMissing(f"There is no icon '{name}'.")
                if response.status_code != httpx.codes.OK:
                    raise IconsUnreachable(
                        f"The icon host answered {response.status_code}; icons come later."
                    )
                return _picture(response, name)
        except httpx.HTTPError as error:
            raise IconsUnreachable("The icon host can not be reached; icons come later.") from error


def _picture(response: httpx.Response, name: str) -> bytes:
    data = b""
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > MAX_BYTES:
            raise IconMissing(f"What came for icon '{name}' is too large.")
    if not data.startswith(_JPEG):
        raise IconMissing(f"What came for icon '{name}' is no picture.")
    return data
