"""The sample source: the same questions, rankings that could be real."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from typing import TYPE_CHECKING

import httpx
import pytest

from att_desktop.config.client_credentials import ClientCredentials
from att_desktop.game.import_codes import decode
from att_desktop.game.selections import hero_tree_of, selection_from_rows
from att_desktop.game.specs import SPECS
from att_desktop.sources.errors import NoSuchPlayer
from att_desktop.sources.sample.random_builds import purchase_problems
from att_desktop.sources.sample.source import SAMPLE_CREDENTIALS, sample_transport
from att_desktop.sources.warcraftlogs.client import WarcraftLogs
from att_desktop.sources.warcraftlogs.rankings_page import (
    RankingsError,
    RankingsPage,
    RankingsRequest,
)
from tests.sources.warcraftlogs.asking import ask
from tests.sources.warcraftlogs.rows import DUNGEONS, RAID_BOSSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from att_desktop.game.builds import Selection
    from att_desktop.game.trees import TalentTrees
    from att_desktop.sources.warcraftlogs.rankings_page import Ranking

MYTHIC = 5
ULATEK = 3492


def source(trees: TalentTrees, *, real_size: bool = False) -> WarcraftLogs:
    return WarcraftLogs(
        credentials=SAMPLE_CREDENTIALS,
        transport=sample_transport(trees, real_size=real_size),
        interval_s=0.0,
    )


def requests_for(
    encounters: Sequence[int], difficulty: int = MYTHIC, page: int = 1
) -> list[RankingsRequest]:
    return [
        RankingsRequest(encounter_id=each, difficulty=difficulty, metric="dps", page=page)
        for each in encounters
    ]


def pages_of(
    trees: TalentTrees,
    spec_id: int,
    encounters: Sequence[int],
    difficulty: int = MYTHIC,
    page: int = 1,
) -> list[RankingsPage]:
    wanted = requests_for(encounters, difficulty, page)
    found = ask(source(trees), lambda asked: asked.rankings(SPECS[spec_id], wanted))
    assert all(isinstance(each, RankingsPage) for each in found)
    return [each for each in found if isinstance(each, RankingsPage)]


def builds_of(trees: TalentTrees, spec_id: int, page: RankingsPage) -> list[Selection]:
    read = [selection_from_rows(trees.tree(spec_id), row.talents) for row in page.rows]
    return [each for each in read if not isinstance(each, str)]


@pytest.mark.slow
@pytest.mark.parametrize("spec_id", SPECS)
def test_every_build_of_a_sample_player_is_legal(trees: TalentTrees, spec_id: int) -> None:
    tree = trees.tree(spec_id)
    heroes = set()
    for page in pages_of(trees, spec_id, RAID_BOSSES[:2]):
        builds = builds_of(trees, spec_id, page)
        assert len(builds) > 85
        for build in builds:
            assert purchase_problems(tree, build) == []
            heroes.add(hero_tree_of(tree, build))
    assert heroes == set(tree.hero_trees)


@pytest.mark.parametrize("spec_id", [62, 250, 256, 1480])
def test_exact_builds_are_rare_and_still_one_is_the_favourite(
    trees: TalentTrees, spec_id: int
) -> None:
    favourites = set()
    for page in pages_of(trees, spec_id, RAID_BOSSES[:7]):
        counts = Counter(builds_of(trees, spec_id, page)).most_common()
        favourites.add(counts[0][0])
        assert 4 <= counts[0][1] <= 40
        assert len(counts) >= 25
        assert sum(count == 1 for _, count in counts) >= 5
    assert len(favourites) >= 3, "encounters differ"


def test_bad_rows_are_as_in_real_rankings(trees: TalentTrees) -> None:
    rows: list[Ranking] = []
    reasons: Counter[str] = Counter()
    for spec_id in (62, 64, 250, 265):
        tree = trees.tree(spec_id)
        for page in pages_of(trees, spec_id, DUNGEONS, difficulty=0):
            rows += page.rows
            for row in page.rows:
                read = selection_from_rows(tree, row.talents)
                reasons[read if isinstance(read, str) else "usable"] += 1
    assert reasons.keys() == {
        "usable", "row.no_talents", "row.other_talents", "row.two_of_one_choice"
    }  # fmt: skip
    assert reasons["usable"] > 0.95 * len(rows)
    hidden = [row for row in rows if row.hidden]
    assert 0.005 < len(hidden) / len(rows) < 0.05
    assert all(row.server_id is None and str(row.report_code)[:2] == "a:" for row in hidden)
    assert any(row.report_code is None for row in rows)
    assert any(points == 0 for row in rows for _, points in row.talents)
    assert any(not str(row.server).isascii() for row in rows if row.server)
    assert any(not row.name.isascii() for row in rows)


def test_keystone_runs_repeat_characters_and_raid_rows_do_not(trees: TalentTrees) -> None:
    (runs,) = pages_of(trees, 62, DUNGEONS[:1], difficulty=10)
    (kills,) = pages_of(trees, 62, RAID_BOSSES[:1])
    for page, least, most in ((runs, 60, 90), (kills, 100, 100)):
        named = [row for row in page.rows if not row.hidden]
        different = {(row.name, row.server_id) for row in named}
        assert least <= len(different) + len(page.rows) - len(named) <= most


def test_a_page_has_two_pages_and_the_last_mythic_boss_few_rows(trees: TalentTrees) -> None:
    (first,) = pages_of(trees, 62, RAID_BOSSES[:1])
    (second,) = pages_of(trees, 62, RAID_BOSSES[:1], page=2)
    (third,) = pages_of(trees, 62, RAID_BOSSES[:1], page=3)
    assert (first.has_more, second.has_more, third.has_more) == (True, False, False)
    assert (len(first.rows), len(second.rows), len(third.rows)) == (100, 100, 0)
    assert {row.name for row in first.rows} != {row.name for row in second.rows}
    (few,) = pages_of(trees, 62, [ULATEK])
    (heroic,) = pages_of(trees, 62, [ULATEK], difficulty=4)
    assert len(few.rows) < 10
    assert len(heroic.rows) == 100


def test_what_is_wrong_is_answered_as_warcraft_logs_does(trees: TalentTrees) -> None:
    wrong = requests_for(RAID_BOSSES[:1], difficulty=10) + requests_for([1])
    failed, empty = ask(source(trees), lambda asked: asked.rankings(SPECS[62], wrong))
    assert isinstance(failed, RankingsError)
    assert isinstance(empty, RankingsPage)
    assert empty.rows == ()


def test_the_seasons_of_the_sample_are_found_by_the_rule(trees: TalentTrees) -> None:
    seasons = ask(source(trees), lambda each: each.seasons({}))
    raid, mplus = seasons.of("raid"), seasons.of("mythicplus")
    assert raid is not None
    assert mplus is not None
    assert (raid.zone_id, mplus.zone_id) == (53, 55)
    assert {each.encounter_id for each in raid.encounters} == set(RAID_BOSSES)
    assert {each.encounter_id for each in mplus.encounters} == set(DUNGEONS)


def test_the_sample_says_the_same_each_time(trees: TalentTrees) -> None:
    forwards = pages_of(trees, 71, RAID_BOSSES[:3])
    backwards = pages_of(trees, 71, RAID_BOSSES[2::-1])
    assert forwards == backwards[::-1]


def test_points_are_counted(trees: TalentTrees) -> None:
    async def talk() -> tuple[float, float]:
        async with source(trees) as asked:
            await asked.rankings(SPECS[62], requests_for(RAID_BOSSES))
            left = await asked.points()
            return asked.stats.points, left.left

    spent, left = asyncio.run(talk())
    assert spent == pytest.approx(9 * 1.01 + 1, abs=0.2)
    assert left == pytest.approx(3600 - spent, abs=0.2)


def test_its_own_import_code_says_the_row_s_build(trees: TalentTrees) -> None:
    (page,) = pages_of(trees, 262, RAID_BOSSES[:1])
    row = next(row for row in page.rows if not row.hidden and row.report_code)
    code = ask(
        source(trees),
        lambda asked: asked.import_code(
            report_code=str(row.report_code),
            fight_id=row.fight_id or 0,
            name=row.name,
            server=str(row.server),
        ),
    )
    assert decode(code, trees).selection == selection_from_rows(trees.tree(262), row.talents)


@pytest.mark.parametrize("code", ["", "x", "37FzMg9pVPH6fnJT", "S0062003470059999", "S9999999999"])
def test_a_report_that_the_sample_does_not_have_is_told(trees: TalentTrees, code: str) -> None:
    with pytest.raises(NoSuchPlayer):
        ask(
            source(trees),
            lambda asked: asked.import_code(
                report_code=code, fight_id=1, name="Nobody", server="Nowhere"
            ),
        )


def test_pages_of_real_size_weigh_like_real_ones(trees: TalentTrees) -> None:
    asked = source(trees, real_size=True)
    ask(asked, lambda each: each.rankings(SPECS[62], requests_for(RAID_BOSSES[:4])))
    assert 560_000 < asked.stats.bytes / 4 < 720_000


def test_the_transport_refuses_a_request_without_token(trees: TalentTrees) -> None:
    async def talk() -> httpx.Response:
        async with httpx.AsyncClient(transport=sample_transport(trees)) as http:
            return await http.post("https://example.org/api/v2/client", content=b"{}")

    assert asyncio.run(talk()).status_code == 401


def test_the_credentials_of_the_sample_are_nobody_s() -> None:
    assert ClientCredentials("sample", "sample") == SAMPLE_CREDENTIALS
    assert json.dumps(repr(SAMPLE_CREDENTIALS)).count("sample") == 1
