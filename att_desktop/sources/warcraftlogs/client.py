"""What can be asked of Warcraft Logs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from att_desktop.config.addresses import API_URL, TOKEN_URL
from att_desktop.game.content_types import CONTENT_TYPES
from att_desktop.game.seasons import Seasons
from att_desktop.sources.errors import BadResponse
from att_desktop.sources.http.client import check_address
from att_desktop.sources.http.clock import Clock
from att_desktop.sources.http.retries import RetryPolicy
from att_desktop.sources.http.transfer import Limits
from att_desktop.sources.warcraftlogs import import_codes, queries
from att_desktop.sources.warcraftlogs.connection import ClientOptions, Connection, Stats
from att_desktop.sources.warcraftlogs.rankings_decoder import read_rankings
from att_desktop.sources.warcraftlogs.zones import (
    candidates,
    choose,
    pinned_zone,
    probe_of,
    read_live,
    read_zones,
    to_choose_from,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import httpx

    from att_desktop.config.client_credentials import ClientCredentials
    from att_desktop.game.content_types import ContentType
    from att_desktop.game.specs import Spec
    from att_desktop.sources.warcraftlogs.points import PointsLeft, Wait
    from att_desktop.sources.warcraftlogs.rankings_page import (
        RankingsError,
        RankingsPage,
        RankingsRequest,
    )
    from att_desktop.sources.warcraftlogs.zones import Zone

# What failed is asked once more: the season decides about all that follows.
_ROUNDS_OF_PROBES: Final = 2


def _ignore(_: object) -> None:
    pass


class WarcraftLogs:
    """A session with Warcraft Logs, used as an async context manager in one event loop.

    Every method may raise BadCredentials, OutOfPoints, Blocked, Unreachable, BadResponse or
    TooLarge, and is cancelled at once like any coroutine. ``on_points`` is called after each
    answer, ``on_wait`` when nothing will be sent for a while. With ``wait_for_points`` false,
    OutOfPoints is raised instead of any wait that is longer than a minute.
    """

    def __init__(
        self,
        *,
        credentials: ClientCredentials,
        transport: httpx.AsyncBaseTransport | None = None,
        api_url: str = API_URL,
        token_url: str = TOKEN_URL,
        interval_s: float = 0.5,
        in_flight: int = 3,
        wait_for_points: bool = True,
        on_points: Callable[[PointsLeft], None] = _ignore,
        on_wait: Callable[[Wait], None] = _ignore,
        limits: Limits | None = None,
        retry_policy: RetryPolicy | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Nothing is sent yet. Raises UnsafeAddress for plain http to another machine, BadProxy."""
        check_address(api_url)
        check_address(token_url)
        self._connection = Connection(
            credentials=credentials,
            transport=transport,
            api_url=api_url,
            token_url=token_url,
            options=ClientOptions(
                interval_s=interval_s,
                in_flight=in_flight,
                wait_for_points=wait_for_points,
                on_points=on_points,
                on_wait=on_wait,
                limits=limits or Limits(),
                retry_policy=retry_policy or RetryPolicy(),
                clock=clock or Clock(),
            ),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._connection.close()

    @property
    def stats(self) -> Stats:
        """Requests, points and bytes so far; points are known from readings, so about right."""
        return self._connection.stats

    async def points(self) -> PointsLeft:
        """A token, and the points left: what the Test button shows."""
        await self._connection.query(queries.points_query())
        left = self._connection.points_left()
        if left is None:
            raise BadResponse("wcl.no_points")
        return left

    async def seasons(self, pins: Mapping[ContentType, int]) -> Seasons:
        """The raid tier and Mythic+ season played now, in two requests.

        There are more where one fails, or where the newest zones have no rankings yet. A zone
        whose id is in ``pins`` is taken, played or not. Raises NoSuchZone when it is of another
        content type.
        """
        answer = await self._connection.query(queries.zones_query())
        zones = read_zones(answer)
        pinned = {
            content_type: pinned_zone(zones, zone_id, content_type)
            for content_type, zone_id in pins.items()
        }
        rows = await self._rows_of_candidates(
            zones, [content_type for content_type in CONTENT_TYPES if content_type not in pinned]
        )
        found = {
            content_type: pinned.get(content_type)
            or choose(candidates(zones, content_type, rows), rows)
            for content_type in CONTENT_TYPES
        }
        if answer.errors and None in found.values():
            # It may be in the part that did not come: not to be taken for a time between seasons.
            raise BadResponse("wcl.zones_incomplete")
        return Seasons(
            played=tuple(zone.season(content) for content, zone in found.items() if zone),
            listed=to_choose_from(zones),
        )

    async def _rows_of_candidates(
        self, zones: Sequence[Zone], content_types: Sequence[ContentType]
    ) -> dict[int, int]:
        """Rows by zone id, of so many zones as it takes to find one that is played."""
        rows: dict[int, int] = {}
        failures = 0
        while failures < _ROUNDS_OF_PROBES:
            unsure = [
                zone
                for content_type in content_types
                for zone in candidates(zones, content_type, rows)
                if zone.zone_id not in rows
            ]
            if not unsure:
                break
            probes = [probe_of(zone) for zone in unsure]
            found = read_live(await self._connection.query(queries.live_query(probes)), unsure)
            failures += len(found) < len(unsure)
            rows |= found
        return rows

    async def rankings(
        self, spec: Spec, wanted: Sequence[RankingsRequest]
    ) -> list[RankingsPage | RankingsError]:
        """All wanted pages of a spec in one request, in the order asked.

        A page that fails alone is a RankingsError among the pages.
        """
        if not wanted:
            return []
        answer = await self._connection.query(queries.rankings_query(spec, wanted))
        return read_rankings(answer, wanted)

    async def import_code(self, *, report_code: str, fight_id: int, name: str, server: str) -> str:
        """Warcraft Logs' own import code of a ranked player, in two requests.

        ``name`` and ``server`` are those of the ranking: names alone repeat inside of a report.
        Raises NoSuchPlayer when the report does not show the player.
        """
        actors = await self._connection.query(queries.actors_query(report_code))
        actor_id = import_codes.find_actor(actors, name=name, server=server)
        query = queries.import_code_query(report_code, fight_id, actor_id)
        return import_codes.read_code(await self._connection.query(query))
