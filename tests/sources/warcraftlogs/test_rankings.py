"""Decoding of character rankings: real responses, and everything that a row may lack."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from att_desktop.game.selections import selection_from_rows
from att_desktop.sources.http.transfer import Response
from att_desktop.sources.warcraftlogs.rankings_decoder import read_rankings
from att_desktop.sources.warcraftlogs.rankings_page import (
    Ranking,
    RankingsError,
    RankingsPage,
    RankingsRequest,
)
from att_desktop.sources.warcraftlogs.responses import read_answer
from att_desktop.text.message_tables import MESSAGES
from tests.shared_data import shared_data
from tests.sources.warcraftlogs.asking import request
from tests.sources.warcraftlogs.rows import row

if TYPE_CHECKING:
    from att_desktop.game.trees import TalentTrees

REAL_PAGE = "wcl/samples/clean_characterRankingsByClassAndSpec.json"
REAL_ROWS = "wcl/samples/mplus_rankings_5_plus_hidden.json"
DISCIPLINE = 256


def read_world(world: Any, *wanted: RankingsRequest) -> list[RankingsPage | RankingsError]:
    body = json.dumps({"data": {"worldData": world}}).encode()
    return read_rankings(read_answer(Response(status=200, headers={}, body=body)), wanted)


def read(rankings: Any) -> RankingsPage | RankingsError:
    (found,) = read_world({"b0": {"characterRankings": rankings}}, request())
    return found


def page_of(*rows: Any) -> RankingsPage:
    found = read({"page": 1, "hasMorePages": False, "count": len(rows), "rankings": list(rows)})
    assert isinstance(found, RankingsPage)
    return found


def only_row(**fields: Any) -> Ranking:
    found = page_of(row(**fields))
    (ranking,) = found.rows
    assert ranking.readable
    return ranking


def check_against(raw: list[dict[str, Any]], page: RankingsPage) -> None:
    """Every row says what a plain rate_limit of the JSON says."""
    assert len(page.rows) == len(raw)
    assert all(ranking.readable for ranking in page.rows)
    for ranking, source in zip(page.rows, raw, strict=True):
        assert ranking.name == source["name"]
        assert ranking.hidden == source.get("hidden", False)
        assert ranking.server_id == source.get("server", {}).get("id")
        assert ranking.server == source.get("server", {}).get("name")
        assert ranking.report_code == source["report"]["code"]
        assert ranking.fight_id == source["report"]["fightID"]
        assert list(ranking.talents) == [
            (talent["talentID"], talent["points"]) for talent in source["talents"]
        ]


def test_a_real_page_is_read_row_by_row() -> None:
    raw = json.loads(shared_data(REAL_PAGE).read_bytes())["data"]["worldData"]["encounter"]
    page = read(raw["characterRankings"])
    assert isinstance(page, RankingsPage)
    assert page.has_more
    rows = raw["characterRankings"]["rankings"]
    check_against(rows, page)
    assert sum(ranking.hidden for ranking in page.rows) == 2
    assert sum(not ranking.talents for ranking in page.rows) == 1


def test_real_rows_with_a_hidden_one_are_read() -> None:
    raw = json.loads(shared_data(REAL_ROWS).read_bytes())
    page = page_of(*raw)
    check_against(raw, page)
    hidden = [ranking for ranking in page.rows if ranking.hidden]
    assert hidden
    assert all(ranking.report_code.startswith("a:") for ranking in hidden if ranking.report_code)
    assert all(ranking.server_id is None and ranking.talents for ranking in hidden)


@pytest.mark.parametrize("source", [REAL_PAGE, REAL_ROWS])
def test_real_rows_of_another_game_make_no_build(trees: TalentTrees, source: str) -> None:
    raw = json.loads(shared_data(source).read_bytes())
    if isinstance(raw, dict):
        raw = raw["data"]["worldData"]["encounter"]["characterRankings"]["rankings"]
    tree = trees.tree(DISCIPLINE)
    reasons = [selection_from_rows(tree, ranking.talents) for ranking in page_of(*raw).rows]
    assert set(reasons) <= {"row.other_talents", "row.no_talents"}
    assert reasons.count("row.no_talents") == sum(not item["talents"] for item in raw)


@pytest.mark.parametrize(
    "name", ["超级月光", "Críms", "O'\"\\]]\n", "🜁", "Пример", "a" * 500, "<b>"]
)
def test_names_are_taken_as_they_are(name: str) -> None:
    assert only_row(name=name).name == name


def test_a_hidden_row_has_no_identity() -> None:
    ranking = only_row(hidden=True)
    assert (ranking.hidden, ranking.server_id, ranking.name) == (True, None, "Anonymous")


@pytest.mark.parametrize(
    "fields",
    [{"server": None}, {"server": {"id": None, "name": "X"}}, {"name": None}, {"name": ""}],
)
def test_a_row_without_identity_counts_as_hidden(fields: dict[str, Any]) -> None:
    (ranking,) = page_of(row() | fields).rows
    assert ranking.hidden


@pytest.mark.parametrize("report", [None, {}, {"code": None}, {"code": "", "fightID": None}])
def test_a_row_may_have_no_report(report: Any) -> None:
    (ranking,) = page_of(row() | {"report": report}).rows
    assert ranking.report_code is None
    assert ranking.fight_id is None


@pytest.mark.parametrize("talents", [None, []])
def test_a_row_may_have_no_talents(talents: Any) -> None:
    assert page_of(row() | {"talents": talents}).rows[0].talents == ()


def test_absent_fields_cost_nothing() -> None:
    (ranking,) = page_of({}).rows
    assert ranking == Ranking(
        name="",
        server_id=None,
        hidden=True,
        talents=(),
        report_code=None,
        fight_id=None,
    )


def test_unknown_fields_and_any_gear_cost_nothing() -> None:
    page = page_of(
        row(gear="none", guild=7, patch=[1], medal=None, talents=[{"talentID": 1, "icon": "x"}]),
        row(gear=[{"id": "x"}], affixes="?", amount=None),
    )
    assert [ranking.readable for ranking in page.rows] == [True, True]
    assert page.rows[0].talents == ((1, 1),)


def test_ids_may_come_as_text() -> None:
    ranking = only_row(
        talents=[{"talentID": "103687", "points": "2"}, {"talentID": 5, "points": 0}],
        server={"id": "283", "name": "Draenor", "region": "EU"},
        report={"code": "x", "fightID": "16"},
    )
    assert ranking.talents == ((103687, 2), (5, 0))
    assert (ranking.server_id, ranking.fight_id) == (283, 16)


@pytest.mark.parametrize(
    "broken",
    [
        None,
        7,
        "row",
        [],
        row() | {"talents": {"1": 2}},
        row() | {"talents": [{"talentID": 1, "points": None}]},
        row() | {"talents": "none"},
        row() | {"talents": [{"points": 1}]},
        row() | {"talents": [[1, 2]]},
    ],
)
def test_a_broken_row_costs_that_row_only_and_keeps_its_rank(broken: Any) -> None:
    page = page_of(row("First"), broken, row("Last"))
    assert [ranking.name for ranking in page.rows] == ["First", "", "Last"]
    assert [ranking.readable for ranking in page.rows] == [True, False, True]


@pytest.mark.parametrize("rankings", [7, "text", [], {"rankings": 3}, {}, None])
def test_rankings_of_another_shape_cost_the_page(rankings: Any) -> None:
    found = read(rankings)
    assert isinstance(found, RankingsError)
    assert found.retry


TALENTS = [{"talentID": 103687, "points": 2}]


@pytest.mark.parametrize(
    "fields",
    [
        {"server": {"id": 283, "name": "Draenor", "region": {"slug": "EU"}}},
        {"server": {"id": "283", "name": {"en": "Draenor"}, "region": 3}},
        {"report": []},
        {"report": {"code": {}, "fightID": "last"}},
        {"startTime": "yesterday"},
        {"talents": {"0": TALENTS[0]}},
        {"guild": [], "medal": {}, "gear": "none", "duration": "long"},
    ],
)
def test_what_is_not_counted_costs_nothing_whatever_its_shape(fields: dict[str, Any]) -> None:
    (ranking,) = page_of(row("A", talents=TALENTS) | fields).rows
    assert (ranking.name, ranking.server_id, ranking.hidden) == ("A", 283, False)
    assert list(ranking.talents) == [(103687, 2)]


@pytest.mark.parametrize(
    "fields",
    [{"server": []}, {"server": "Draenor"}, {"server": {"id": "x"}}, {"name": {"en": "A"}}],
)
def test_talents_count_also_where_nobody_can_be_told_from_anybody(fields: dict[str, Any]) -> None:
    (ranking,) = page_of(row("A", talents=TALENTS) | fields).rows
    assert ranking.hidden
    assert list(ranking.talents) == [(103687, 2)]


def test_rankings_as_a_php_array_are_read_by_their_places() -> None:
    rows = {str(place): row(f"Player{place}", talents=TALENTS) for place in (10, 0, 2, 1)}
    page = read({"rankings": rows, "hasMorePages": 1})
    assert isinstance(page, RankingsPage)
    assert [ranking.name for ranking in page.rows] == ["Player0", "Player1", "Player2", "Player10"]
    assert page.has_more
    empty = read({"rankings": {}})
    assert isinstance(empty, RankingsPage)
    assert empty.rows == ()


@pytest.mark.parametrize(
    ("good", "bad", "readable"),
    [
        (b'"Spoiled"', b'"Spo\xffiled"', False),
        (b'"Spoiled"', b'"Spo\\ud800iled"', True),
        (b'"duration": 7', b'"duration": NaN', True),
        (b'"points": 7', b'"points": -Infinity', False),
    ],
)
def test_bytes_that_are_no_json_cost_their_row_at_most(
    good: bytes, bad: bytes, readable: bool
) -> None:
    spoiled = row("Spoiled", talents=[{"talentID": 1, "points": 7}], duration=7)
    world = {
        "b0": {"characterRankings": {"rankings": [row("First"), spoiled, row("Last")]}},
        "b1": {"characterRankings": {"rankings": [row("Else")], "hasMorePages": True}},
    }
    body = json.dumps({"data": {"worldData": world}}).encode()
    assert good in body
    answer = read_answer(Response(status=200, headers={}, body=body.replace(good, bad)))
    first, second = read_rankings(answer, [request(), request(3445)])
    assert isinstance(first, RankingsPage)
    assert isinstance(second, RankingsPage)
    assert [ranking.readable for ranking in first.rows] == [True, readable, True]
    assert [ranking.name for ranking in first.rows][::2] == ["First", "Last"]
    assert [ranking.name for ranking in second.rows] == ["Else"]


def test_an_error_in_place_of_rankings_is_quoted_in_one_short_line() -> None:
    found = read({"error": "No\n such   thing " + "x" * 500})
    assert isinstance(found, RankingsError)
    assert not found.retry
    assert found.code == "wcl.says"
    message = found.fields["message"]
    assert message.startswith("No such thing xxx")
    assert len(message) <= 200


@pytest.mark.parametrize(
    "odd", ["one lone \ud83d half", "\ude00", float("nan"), float("-inf"), "\ud83d\ud83d\ude00"]
)
@pytest.mark.parametrize("field", ["name", "amount", "report", "talents"])
def test_text_that_is_none_costs_at_most_its_row(odd: Any, field: str) -> None:
    """json.dumps writes half a pair as an escape, and NaN as such, like careless servers."""
    rankings = [request(encounter_id) for encounter_id in (3470, 3445, 3455)]
    world = {
        f"b{index}": {
            "characterRankings": {"rankings": [row("A"), row("B"), row("C")], "hasMorePages": True}
        }
        for index in range(3)
    }
    world["b1"]["characterRankings"]["rankings"][1][field] = odd
    found = read_world(world, *rankings)
    for at, page in enumerate(found):
        assert isinstance(page, RankingsPage)
        good = [ranking.name for ranking in page.rows if ranking.readable]
        assert len(page.rows) == 3
        assert good == ["A", "B", "C"] or (at == 1 and good[0] == "A" and good[-1] == "C")


def test_an_empty_page_is_a_page() -> None:
    page = page_of()
    assert (page.rows, page.has_more) == ((), False)


@pytest.mark.parametrize("broken", [7, "text", [], None, {}, {"characterRankings": "text"}])
def test_an_alias_of_another_shape_costs_that_page_only(broken: Any) -> None:
    page = {"rankings": [row()], "hasMorePages": True}
    world = {"b0": broken, "b1": {"characterRankings": page}}
    first, second, missing = read_world(world, request(3470), request(3445), request(3455))
    assert isinstance(first, RankingsError)
    assert isinstance(second, RankingsPage)
    assert second.has_more
    assert len(second.rows) == 1
    assert isinstance(missing, RankingsError)
    assert [each.request.encounter_id for each in (first, second, missing)] == [3470, 3445, 3455]


@pytest.mark.parametrize("world", [None, [], 7, "text", {}])
def test_a_world_of_another_shape_costs_all_pages(world: Any) -> None:
    found = read_world(world, request(3470), request(3445))
    assert len(found) == 2
    assert all(isinstance(each, RankingsError) and each.retry for each in found)
    assert {each.code for each in found if isinstance(each, RankingsError)} <= set(MESSAGES)
