"""Bytes that are no UTF-8, wherever text is read: damage to tell, never an error of the app."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from att_desktop.game.trees import TalentTrees, TreeDataError, embedded_tree_data
from att_desktop.sources.http.transfer import Response
from att_desktop.sources.warcraftlogs.rankings_decoder import read_rankings
from att_desktop.sources.warcraftlogs.rankings_page import (
    RankingsError,
    RankingsPage,
    RankingsRequest,
)
from att_desktop.sources.warcraftlogs.responses import read_answer
from att_desktop.system.locks import AlreadyRunning, current_holder, single_writer
from att_desktop.update.events import Reason
from att_desktop.update.library import Library

if TYPE_CHECKING:
    from pathlib import Path

BAD = b"\xcf\xcf"


def rows(text: bytes) -> bytes:
    """An answer of two pages; the first has ``text`` in two places."""
    row = b'{"name":"%s","talents":[{"talentID":1,"points":1}],"server":{"id":1,"name":"%s"}}'
    good = row % (b"Good", b"Draenor")
    return (
        b'{"data":{"worldData":{"b0":{"characterRankings":{"rankings":['
        + good + b"," + row % (text, text)
        + b']}},"b1":{"characterRankings":{"rankings":[' + good + b"]}}}}}"
    )  # fmt: skip


def test_a_row_costs_that_row_only() -> None:
    wanted = [RankingsRequest(encounter_id=n, difficulty=5, metric="dps") for n in (1, 2)]
    answer = read_answer(Response(status=200, headers={}, body=rows(BAD)))
    first, second = read_rankings(answer, wanted)
    assert isinstance(second, RankingsPage)
    assert [row.name for row in second.rows] == ["Good"]
    assert isinstance(first, RankingsPage)
    assert [(row.name, row.readable) for row in first.rows] == [("Good", True), ("", False)]


def test_an_alias_costs_that_page_only() -> None:
    wanted = [RankingsRequest(encounter_id=1, difficulty=5, metric="dps")]
    body = b'{"data":{"worldData":{"b\xff0":null}}}'
    answer = read_answer(Response(status=200, headers={}, body=body))
    assert isinstance(read_rankings(answer, wanted)[0], RankingsError)


@pytest.mark.parametrize("key", [b"difficulty", b"tree_version", b"version"])
def test_saved_results_are_damaged_not_fatal(tmp_path: Path, key: bytes) -> None:
    config = (
        b'{"version": 1, "config": {"raid_zone_id": 1, "mplus_zone_id": 1, "raid_partition": 1, '
        b'"mplus_partition": 1, "difficulty": "auto", "top_n_players": 10, "tree_version": "x"}}'
    )
    path = tmp_path / "checkpoint.json"
    path.write_bytes(config)
    assert not Library.load(path).problem
    path.write_bytes(config.replace(b'"%s": ' % key, b'"%s": "%s", "x": ' % (key, BAD)))
    assert Library.load(path).problem == Reason("checkpoint.damaged")


def test_trees_are_refused() -> None:
    data = embedded_tree_data()
    broken = re.sub(rb'("className":\s*")', rb"\1" + BAD, data)
    assert broken != data
    with pytest.raises(TreeDataError):
        TalentTrees(broken).tree(62)
    with pytest.raises(TreeDataError):
        TalentTrees(b'["' + BAD + b'"]')


def test_a_note_of_the_lock_is_no_name(tmp_path: Path) -> None:
    lock = tmp_path / "writer.lock"
    with single_writer(lock, what="terminal"):
        lock.with_name("writer.lock.holder").write_bytes(b'{"pid": 1, "what": "%s"}' % BAD)
        assert current_holder(lock) is not None
        with pytest.raises(AlreadyRunning) as caught, single_writer(lock, what="x"):
            pass
        assert caught.value.holder is None
