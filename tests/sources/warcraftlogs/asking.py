"""Short ways to ask a test server."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from att_desktop.config.client_credentials import ClientCredentials
from att_desktop.game.specs import SPECS
from att_desktop.sources.warcraftlogs.client import WarcraftLogs
from att_desktop.sources.warcraftlogs.rankings_page import (
    RankingsError,
    RankingsPage,
    RankingsRequest,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.sources.warcraftlogs.clocks import FakeClock
    from tests.sources.warcraftlogs.server import FakeWarcraftLogs

T = TypeVar("T")

ARCANE = SPECS[62]
BOSS = 3470


def request(encounter_id: int = BOSS, *, difficulty: int = 5, page: int = 1) -> RankingsRequest:
    return RankingsRequest(
        encounter_id=encounter_id, difficulty=difficulty, metric="dps", partition=2, page=page
    )


def client(wcl: FakeWarcraftLogs, clock: FakeClock | None = None, **more: Any) -> WarcraftLogs:
    settings: dict[str, Any] = {
        "credentials": ClientCredentials(*wcl.client),
        "api_url": wcl.api_url,
        "token_url": wcl.token_url,
        "interval_s": 0.0,
    }
    if clock is not None:
        settings["clock"] = clock.clock
    return WarcraftLogs(**(settings | more))


def ask(asked: WarcraftLogs, question: Callable[[WarcraftLogs], Awaitable[T]]) -> T:
    """Run one conversation to its end."""

    async def talk() -> T:
        async with asked as open_client:
            return await question(open_client)

    return asyncio.run(talk())


def rankings(asked: WarcraftLogs, *wanted: RankingsRequest) -> list[RankingsPage | RankingsError]:
    return ask(asked, lambda open_client: open_client.rankings(ARCANE, wanted or (request(),)))


def only_page(found: list[RankingsPage | RankingsError]) -> RankingsPage:
    (page,) = found
    assert isinstance(page, RankingsPage), page
    return page
