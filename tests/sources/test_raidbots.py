"""New talent trees: taken when they pass, else the old ones stay."""

from __future__ import annotations

import asyncio
import gzip
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from att_desktop.game.import_codes import encode
from att_desktop.game.trees import TalentTrees, embedded_tree_data
from att_desktop.sources.errors import SourceError, TreesNotRefreshed, UnsafeAddress
from att_desktop.sources.raidbots import TREES_URL, check_tree_data, refresh_tree_data
from att_desktop.sources.sample.random_builds import random_build
from att_desktop.text import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def good() -> bytes:
    return embedded_tree_data()


def changed(good: bytes, change: Callable[[list[dict[str, Any]]], object]) -> bytes:
    data = json.loads(good)
    change(data)
    return json.dumps(data).encode()


def codes_of(trees: TalentTrees) -> list[str]:
    found = []
    for spec_id in trees.spec_ids:
        tree = trees.tree(spec_id)
        found += [encode(tree, random_build(tree, hero, {})) for hero in tree.hero_trees]
    return found


def test_the_trees_that_came_with_the_app_pass(trees: TalentTrees, good: bytes) -> None:
    assert check_tree_data(good, []) == []
    assert check_tree_data(good, codes_of(trees)) == []


def drop_spec(data: list[dict[str, Any]]) -> None:
    del data[3]


def drop_order(data: list[dict[str, Any]]) -> None:
    data[5]["fullNodeOrder"] = data[5]["fullNodeOrder"][:50]


def drop_points(data: list[dict[str, Any]]) -> None:
    data[0]["pointLevels"] = {"class": [], "spec": [], "hero": []}


def drop_hero_tree(data: list[dict[str, Any]]) -> None:
    data[0]["subTreeNodes"][0]["entries"] = data[0]["subTreeNodes"][0]["entries"][:1]


def drop_field(data: list[dict[str, Any]]) -> None:
    del data[7]["classNodes"][0]["posX"]


@pytest.mark.parametrize("change", [drop_spec, drop_order, drop_points, drop_hero_tree, drop_field])
def test_what_is_missing_is_found(
    good: bytes, change: Callable[[list[dict[str, Any]]], object]
) -> None:
    (problem,) = check_tree_data(changed(good, change), [])
    assert say(problem).endswith(" stay in use.")


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"<html>", b"null", b"\xff", b"[1]"])
def test_what_is_no_tree_data_is_found(data: bytes) -> None:
    assert check_tree_data(data, [])


def test_trees_of_another_game_are_found_by_players_codes(trees: TalentTrees, good: bytes) -> None:
    def renumber(data: list[dict[str, Any]]) -> None:
        for tree in data:
            tree["fullNodeOrder"] = [1, 2, 3, *tree["fullNodeOrder"]]

    problems = check_tree_data(changed(good, renumber), codes_of(trees))
    assert len(problems) == 1
    assert problems[0].code == "trees.foreign_codes"
    assert problems[0].fields["good"] < problems[0].fields["total"]


def refresh(path: Path, answer: httpx.Response | Exception, codes: list[str]) -> TalentTrees:
    def handle(request: httpx.Request) -> httpx.Response:
        assert str(request.url) == TREES_URL
        assert "authorization" not in request.headers
        if isinstance(answer, Exception):
            raise answer
        return answer

    return asyncio.run(refresh_tree_data(path, codes, transport=httpx.MockTransport(handle)))


def packed(data: bytes) -> httpx.Response:
    return httpx.Response(
        200,
        headers={"content-encoding": "gzip"},
        stream=httpx.ByteStream(gzip.compress(data)),
    )


def test_good_trees_are_written(trees: TalentTrees, good: bytes, tmp_path: Path) -> None:
    path = tmp_path / "data" / "talents.json"
    found = refresh(path, packed(good), codes_of(trees))
    assert found.version == trees.version
    assert path.read_bytes() == good


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(404, text="gone"),
        httpx.Response(302, headers={"location": "https://example.org/"}),
        httpx.Response(200, text="<html>maintenance</html>"),
        httpx.Response(200, headers={"content-length": "999999999"}, stream=httpx.ByteStream(b"")),
        packed(bytes(64 << 20)),
        httpx.ConnectError("down"),
    ],
    ids=["404", "redirect", "html", "huge", "bomb", "no network"],
)
def test_the_old_trees_stay_when_the_new_ones_fail(
    tmp_path: Path, answer: httpx.Response | Exception
) -> None:
    path = tmp_path / "talents.json"
    path.write_bytes(b"old")
    with pytest.raises(SourceError):
        refresh(path, answer, [])
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_is_told(good: bytes, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(TreesNotRefreshed, match=r"trees\.not_saved"):
        refresh(blocked / "talents.json", packed(good), [])


def test_trees_are_not_fetched_in_the_clear(tmp_path: Path) -> None:
    with pytest.raises(UnsafeAddress):
        asyncio.run(refresh_tree_data(tmp_path / "x", [], url="http://example.org/talents.json"))
