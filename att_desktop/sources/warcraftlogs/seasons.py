"""Seasons: the raid tier and the Mythic+ season that are played now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, Protocol

import msgspec

from att_desktop.game.seasons import ListedZone, Seasons
from att_desktop.system.files import write_atomic
from att_desktop.system.json_data import UnreadableJson, decode_json

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "CACHE_LIFETIME",
    "SeasonSource",
    "cached_seasons",
    "last_seasons",
    "listed_zones",
    "load_seasons",
    "save_seasons",
]

# Shorter than results count as fresh: when a zone gets new bosses, units that are complete but for
# them are fetched again.
CACHE_LIFETIME: Final = timedelta(hours=1)
_FORMAT: Final = 1


class SeasonSource(Protocol):
    """Whoever can be asked for the seasons, such as WarcraftLogs."""

    async def seasons(self, *, pinned_raid: int | None, pinned_mplus: int | None) -> Seasons:
        """The seasons as of now."""
        ...


class _Cached(msgspec.Struct, frozen=True, kw_only=True):
    version: int
    fetched_at: datetime
    pinned_raid: int | None
    pinned_mplus: int | None
    seasons: Seasons


async def cached_seasons(
    path: Path,
    source: SeasonSource,
    *,
    pinned_raid: int | None,
    pinned_mplus: int | None,
    fresh: bool = False,
    now: datetime | None = None,
) -> Seasons:
    """The seasons of the cache file, or of ``source`` when they are too old; then they are kept.

    ``fresh`` asks in any case; ``now`` (aware) is the present unless given.

    Raises what ``source`` raises. A file that cannot be written costs the next run one request.
    """
    now = now or datetime.now(UTC)
    known = None
    if not fresh:
        known = load_seasons(path, pinned_raid=pinned_raid, pinned_mplus=pinned_mplus, now=now)
    if known is not None:
        return known
    seasons = await source.seasons(pinned_raid=pinned_raid, pinned_mplus=pinned_mplus)
    save_seasons(path, seasons, pinned_raid=pinned_raid, pinned_mplus=pinned_mplus, now=now)
    return seasons


def load_seasons(
    path: Path, *, pinned_raid: int | None, pinned_mplus: int | None, now: datetime
) -> Seasons | None:
    """The seasons kept at most ``CACHE_LIFETIME`` ago for the same pins, else None.

    A missing, broken or foreign file is no error: the seasons are asked for again.
    """
    try:
        cached = decode_json(path.read_bytes(), _Cached)
    except (OSError, UnreadableJson):
        return None
    if cached.fetched_at.tzinfo is None:
        return None
    fits = (cached.version, cached.pinned_raid, cached.pinned_mplus) == (
        _FORMAT,
        pinned_raid,
        pinned_mplus,
    )
    young = timedelta() <= now - cached.fetched_at < CACHE_LIFETIME
    return cached.seasons if fits and young else None


def last_seasons(path: Path) -> Seasons | None:
    """The seasons that the last update found, however long ago; None when there was none."""
    try:
        return decode_json(path.read_bytes(), _Cached).seasons
    except (OSError, UnreadableJson):
        return None


def listed_zones(path: Path) -> tuple[ListedZone, ...]:
    """The zones to choose from as the last update found them, however long ago; may be empty."""
    try:
        return decode_json(path.read_bytes(), _Cached).seasons.listed
    except (OSError, UnreadableJson):
        return ()


def save_seasons(
    path: Path,
    seasons: Seasons,
    *,
    pinned_raid: int | None,
    pinned_mplus: int | None,
    now: datetime,
) -> Literal["kept", "not kept"]:
    """Keep the seasons; without both of them nothing is kept, so that the next run looks again."""
    if seasons.raid is None or seasons.mplus is None:
        return "not kept"
    cached = _Cached(
        version=_FORMAT,
        fetched_at=now,
        pinned_raid=pinned_raid,
        pinned_mplus=pinned_mplus,
        seasons=seasons,
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, msgspec.json.format(msgspec.json.encode(cached)))
    except OSError:
        return "not kept"
    return "kept"
