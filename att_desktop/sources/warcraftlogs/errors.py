"""What can go wrong between us and Warcraft Logs, each with its sentence for the player."""

from __future__ import annotations

from typing import TYPE_CHECKING

from att_desktop.system.errors import AttError

if TYPE_CHECKING:
    from datetime import datetime

__all__ = [
    "BadCredentials",
    "BadResponse",
    "Blocked",
    "NoSuchPlayer",
    "NoSuchZone",
    "OutOfPoints",
    "TooLarge",
    "TreesNotRefreshed",
    "Unreachable",
    "UnsafeAddress",
    "WarcraftLogsError",
]


class WarcraftLogsError(AttError):
    """Anything that keeps Warcraft Logs from answering us."""


class BadCredentials(WarcraftLogsError):
    """The client id or secret is wrong, or the client was deleted. Asking again is of no use."""


class OutOfPoints(WarcraftLogsError):
    """Nothing more may be asked for now; the update can be resumed after ``resets_at``.

    ``resets_at`` is aware, UTC, or None when Warcraft Logs did not say.
    """

    def __init__(self, sentence: str, *, resets_at: datetime | None) -> None:
        super().__init__(sentence)
        self.resets_at = resets_at


class Blocked(WarcraftLogsError):
    """The site's protection answered instead of Warcraft Logs. Asking again makes it worse."""


class Unreachable(WarcraftLogsError):
    """The network or the server failed, and went on failing."""


class BadResponse(WarcraftLogsError):
    """An answer that can not be understood."""


class TooLarge(WarcraftLogsError):
    """An answer above the size limit, on the wire or unpacked."""


class UnsafeAddress(WarcraftLogsError):
    """An API address that would send the credentials in the clear."""


class NoSuchZone(WarcraftLogsError):
    """The raid or season that the player pinned does not exist, or is something else."""


class NoSuchPlayer(WarcraftLogsError):
    """The player of a ranking is not found in its report."""


class TreesNotRefreshed(WarcraftLogsError):
    """New talent trees could not be fetched or are not fit for use; the old ones stay."""
