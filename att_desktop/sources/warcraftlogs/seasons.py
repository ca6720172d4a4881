"""Seasons: the raid tier and the Mythic+ season that are played now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from att_desktop.game.seasons import ListedZone, Season, Seasons, shipped_seasons
from att_desktop.system.files import write_atomic
from att_desktop.system.json_data import UnreadableJson, decode_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from att_desktop.game.content_types import ContentType

# Shorter than results count as fresh: when a zone gets new bosses, units that are complete but for
# them are fetched again.
CACHE_LIFETIME: Final = timedelta(hours=1)
_FORMAT: Final = 2
# A season lasts some months, and is in an update of the app soon after it began.
_CURRENT: Final = timedelta(days=14)


class SeasonSource(Protocol):
    """Whoever can be asked for the seasons, such as WarcraftLogs."""

    async def seasons(self, pins: Mapping[ContentType, int]) -> Seasons:
        """The seasons as of now."""
        ...


class _Cached(msgspec.Struct, frozen=True, kw_only=True):
    version: int
    fetched_at: datetime
    pins: dict[str, int]
    seasons: Seasons


async def cached_seasons(
    path: Path,
    source: SeasonSource,
    *,
    pins: Mapping[ContentType, int],
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
        known = load_seasons(path, pins=pins, now=now)
    if known is not None:
        return known
    seasons = await source.seasons(pins)
    save_seasons(path, seasons, pins=pins, now=now)
    return seasons


def load_seasons(path: Path, *, pins: Mapping[ContentType, int], now: datetime) -> Seasons | None:
    """The seasons kept at most ``CACHE_LIFETIME`` ago for the same pins, else None.

    A missing, broken or foreign file is no error: the seasons are asked for again.
    """
    cached = _read(path)
    if cached is None or (cached.version, cached.pins) != (_FORMAT, pins):
        return None
    return cached.seasons if _is_young(cached, CACHE_LIFETIME, now) else None


def seasons_without_client(
    path: Path, pins: Mapping[ContentType, int], now: datetime | None = None
) -> Seasons:
    """The seasons for a source that tells none: those of the last update with a client, or our own.

    Where that update was long ago, the newer of both seasons counts, by Warcraft Logs' zone ids,
    which rise. A season that was chosen then counts only while it is in ``pins``.
    """
    shipped, cached = shipped_seasons(), _read(path)
    if cached is None:
        return shipped
    is_recent = _is_young(cached, _CURRENT, now or datetime.now(UTC))

    def is_current(told: Season) -> bool:
        own = shipped.of(told.content_type)
        if own is None or pins.get(told.content_type) == told.zone_id:
            return True
        was_chosen = told.content_type in cached.pins
        return not was_chosen and (is_recent or told.zone_id >= own.zone_id)

    current = {each.content_type: each for each in shipped.played}
    current |= {each.content_type: each for each in cached.seasons.played if is_current(each)}
    return Seasons(played=tuple(current.values()), listed=cached.seasons.listed)


def listed_zones(path: Path) -> tuple[ListedZone, ...]:
    """The zones to choose from as the last update found them, however long ago; may be empty."""
    cached = _read(path)
    return cached.seasons.listed if cached is not None else ()


def _is_young(cached: _Cached, lifetime: timedelta, now: datetime) -> bool:
    time = cached.fetched_at
    return time.tzinfo is not None and timedelta() <= now - time < lifetime


def _read(path: Path) -> _Cached | None:
    try:
        return decode_json(path.read_bytes(), _Cached)
    except (OSError, UnreadableJson):
        return None


def save_seasons(
    path: Path,
    seasons: Seasons,
    *,
    pins: Mapping[ContentType, int],
    now: datetime,
) -> None:
    """Keep the seasons, if they can be kept; not where one of the shipped kinds is missing.

    Then the next run asks again.
    """
    if not shipped_seasons().names().keys() <= seasons.names().keys():
        return
    cached = _Cached(
        version=_FORMAT,
        fetched_at=now,
        pins={str(content): zone_id for content, zone_id in pins.items()},
        seasons=seasons,
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, msgspec.json.format(msgspec.json.encode(cached)))
    except OSError:
        return
