"""Checks that ask Warcraft Logs, by the client, proxies and certificates of the work."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from att_desktop.commands.check_state import check_codes
from att_desktop.commands.findings import Finding, Verdict, detail, finding
from att_desktop.game.content_types import MYTHIC_PLUS
from att_desktop.game.selections import selection_from_rows
from att_desktop.game.specs import SPECS
from att_desktop.sources.errors import SourceError
from att_desktop.sources.http.retries import RetryPolicy
from att_desktop.sources.http.tls_check import check_tls
from att_desktop.sources.http.transfer import Limits
from att_desktop.sources.warcraftlogs.client import WarcraftLogs
from att_desktop.sources.warcraftlogs.rankings_page import RankingsPage, RankingsRequest
from att_desktop.update.compose import pinned_zones
from att_desktop.update.result_folders import auto_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from att_desktop.commands.surroundings import Surroundings
    from att_desktop.game.trees import TalentTrees
    from att_desktop.sources.warcraftlogs.points import PointsLeft
    from att_desktop.sources.warcraftlogs.rankings_page import Ranking

_FROST_MAGE: Final = 64  # a spec that many play in every season
# Somebody waits for the report, most of all when the network is what is wrong.
_LIMITS: Final = Limits(connect_s=5.0, read_s=10.0, total_s=20.0)
_RETRIES: Final = RetryPolicy(attempts=2, slow_down_attempts=1)


def check_connection(here: Surroundings) -> Iterable[Finding]:
    """A secure connection to each host that is asked."""
    # Both addresses are on one host unless somebody has set them apart.
    urls = (here.environment.token_url, here.environment.api_url)
    for url in {urlsplit(url).netloc: url for url in urls}.values():
        if urlsplit(url).scheme != "https":
            yield finding("connection", "warning", "check.connection.not_secured")
        else:
            yield _connection(url, otherwise="problem")
    other = _other_source(here)
    if urlsplit(other).scheme == "https":
        # While it does not answer the builds at hand stay in use.
        yield _connection(other, otherwise="warning")


def _other_source(here: Surroundings) -> str:
    """What an update asks in place of Warcraft Logs; '' when it asks nobody else."""
    source: str = here.loaded.settings.source
    feed = here.environment.feed_address or here.loaded.settings.feed_address
    if source == "auto":
        source = auto_source(own_client=here.store.state().usable, feed_address=feed)
    if source == "parses":
        return here.environment.parses_url
    return feed.partition("#")[0] if source == "feed" else ""


def _connection(url: str, *, otherwise: Verdict) -> Finding:
    """To an https address; ``otherwise`` is the verdict where there is none."""
    try:
        found = check_tls(url)
    except SourceError as error:
        return Finding(check="connection", verdict=otherwise, what=error)
    code = "check.connection.by_proxy" if found.setting else "check.connection.direct"
    return finding(
        "connection", "ok", code, host=found.host, version=found.version, setting=found.setting
    )


def check_warcraft_logs(here: Surroundings) -> Iterable[Finding]:
    """The points left, and whether the rankings of now fit the app's talent trees."""
    if not here.store.state().usable:
        yield finding("warcraftlogs", "skipped", "check.warcraftlogs.no_credentials")
        return
    left, rows, codes = asyncio.run(_ask(here))
    verdict: Verdict = "ok" if left.left > 0 else "warning"
    yield finding(
        "warcraftlogs",
        verdict,
        "check.warcraftlogs.answers",
        left=left.left,
        limit=left.limit,
        until=left.resets_at,
    )
    yield _check_rows(here.trees, rows)
    yield check_codes("live_code", here.trees, codes, none="check.live_code.none")


def _check_rows(trees: TalentTrees, rows: Sequence[Ranking]) -> Finding:
    tree = trees.tree(_FROST_MAGE)
    reasons = [
        result
        for result in (selection_from_rows(tree, row.talents) for row in rows)
        if isinstance(result, str)
    ]
    if not rows:
        return finding("live_talents", "skipped", "check.live_talents.none")
    usable = len(rows) - len(reasons)
    return finding(
        "live_talents",
        "ok" if usable * 2 > len(rows) else "problem",
        "check.live_talents.fit",
        good=usable,
        count=len(rows),
        details=[detail(each) for each in dict.fromkeys(reasons)],
    )


async def _ask(here: Surroundings) -> tuple[PointsLeft, Sequence[Ranking], list[str]]:
    """The points left, one page of rankings of this season, and one import code made by WCL."""
    environment = here.environment
    async with WarcraftLogs(
        credentials=here.store.load(),
        api_url=environment.api_url,
        token_url=environment.token_url,
        interval_s=environment.request_interval_ms / 1000,
        wait_for_points=False,
        limits=_LIMITS,
        retry_policy=_RETRIES,
    ) as source:
        left = await source.points()
        pinned = pinned_zones(here.loaded.settings) | pinned_zones(environment)
        season = (await source.seasons(pinned)).of("mythicplus")
        if season is None or not season.encounters:
            return left, (), []
        wanted = RankingsRequest(
            encounter_id=season.encounters[0].encounter_id,
            difficulty=MYTHIC_PLUS,
            metric="playerscore",
            partition=season.partition,
        )
        (page,) = await source.rankings(SPECS[_FROST_MAGE], [wanted])
        if not isinstance(page, RankingsPage):
            return left, (), []
        for row in page.rows:
            if row.report_code and row.fight_id is not None and row.server and not row.hidden:
                code = await source.import_code(
                    report_code=row.report_code,
                    fight_id=row.fight_id,
                    name=row.name,
                    server=row.server,
                )
                return left, page.rows, [code]
        return left, page.rows, []
