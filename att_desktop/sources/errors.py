"""Why a site does not give what it was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from att_desktop.system.errors import AttError

if TYPE_CHECKING:
    from datetime import datetime

    from att_desktop.system.errors import FieldValue


class SourceError(AttError):
    """Anything that keeps a site from answering.

    ``transient`` errors may pass: the same request is worth another attempt.
    """

    def __init__(self, code: str, *, transient: bool = False, **fields: FieldValue) -> None:
        super().__init__(code, **fields)
        self.transient = transient


class BadCredentials(SourceError):
    """The client id or secret is wrong, or the client was deleted."""


class OutOfPoints(SourceError):
    """Nothing more may be asked for now (HTTP 429, or by the budget).

    ``resets_at`` is aware, UTC, or None when it was not said; ``retry_after`` are the seconds of
    the Retry-After header.
    """

    def __init__(
        self,
        code: str,
        *,
        resets_at: datetime | None,
        retry_after: float | None = None,
        transient: bool = False,
        **fields: FieldValue,
    ) -> None:
        super().__init__(code, transient=transient, resets_at=resets_at, **fields)
        self.resets_at = resets_at
        self.retry_after = retry_after


class Blocked(SourceError):
    """A protection in front of the site answered. More requests make it worse."""


class Unreachable(SourceError):
    """The network or the server failed, and went on failing."""


class BadProxy(Unreachable):
    """The proxy that this computer is set to use cannot be used, or refuses."""


class BadResponse(SourceError):
    """An answer that cannot be understood."""


class TooLarge(SourceError):
    """An answer above the size limit, on the wire or unpacked."""


class UnsafeAddress(SourceError):
    """An address that would send the credentials in the clear."""


class NoSuchZone(SourceError):
    """The raid or season that the player pinned does not exist, or is something else."""


class NoSuchPlayer(SourceError):
    """The player of a ranking is not found in its report."""


class TreesNotRefreshed(SourceError):
    """New talent trees could not be fetched or are not fit for use; the old ones stay."""
