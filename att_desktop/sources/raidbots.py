"""Newer talent trees from Raidbots' public ``talents.json``, taken only when they pass a test."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

from att_desktop.game.import_codes import CodeError, EncodeError, decode, encode
from att_desktop.game.legal_codes import decode_legal
from att_desktop.game.specs import SPECS
from att_desktop.game.trees import TalentTrees, TreeDataError
from att_desktop.sources.errors import TreesNotRefreshed
from att_desktop.sources.http.client import HttpClient
from att_desktop.sources.http.transfer import Limits
from att_desktop.sources.sample.random_builds import purchase_problems, random_build
from att_desktop.system.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import httpx

TREES_URL: Final = "https://www.raidbots.com/static/data/live/talents.json"

# The file has about 2 MB.
_LIMITS: Final = Limits(total_s=60.0, wire_bytes=16 * 1024 * 1024, body_bytes=32 * 1024 * 1024)
_HERO_TREES: Final = 2
# A large patch leaves about a third of all older codes intact. Fewer: other trees altogether.
_LEAST_SHARE: Final = 0.2


async def refresh_tree_data(
    path: Path,
    known_codes: Iterable[str],
    *,
    url: str = TREES_URL,
    transport: httpx.AsyncBaseTransport | None = None,
) -> TalentTrees:
    """Fetch trees, test them against codes of real players, and only then write ``path``.

    Raises TreesNotRefreshed, or what else HttpClient raises, with ``path`` as it was.
    """
    data = await fetch_tree_data(url=url, transport=transport)
    problems = check_tree_data(data, known_codes)
    if problems:
        raise problems[0]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, data)
    except OSError as error:
        raise TreesNotRefreshed("trees.not_saved", folder=path.parent) from error
    return TalentTrees(data)


async def fetch_tree_data(
    *, url: str = TREES_URL, transport: httpx.AsyncBaseTransport | None = None
) -> bytes:
    """The bytes of talents.json, untested. Raises SourceError."""
    async with HttpClient("Raidbots", url, limits=_LIMITS, transport=transport) as http:
        response = await http.request("GET", url)
    if response.status != 200:
        raise TreesNotRefreshed("trees.http_status", status=response.status)
    return bytes(response.body)


def check_tree_data(new: bytes, known_codes: Iterable[str]) -> list[TreesNotRefreshed]:
    """What is wrong with tree data; empty when they are fit for use.

    All 40 specs must be there, each with two hero trees, points to spend, and builds that can be
    purchased, written as code and read again; and the codes of real players, when there are any,
    must not look as if they were of another game.
    """
    try:
        trees = TalentTrees(new)
    except TreeDataError as error:
        return [TreesNotRefreshed("trees.unreadable", reason=error.fields["reason"])]
    found = [_problem_of(spec_id, trees) for spec_id in SPECS]
    return [problem for problem in found if problem] or _problems_with_codes(
        trees, list(known_codes)
    )


def _problem_of(spec_id: int, trees: TalentTrees) -> TreesNotRefreshed | None:
    if spec_id not in trees:
        return TreesNotRefreshed("trees.spec_missing", spec_id=spec_id)
    try:
        tree = trees.tree(spec_id)
    except TreeDataError as error:
        return TreesNotRefreshed("trees.unreadable", reason=error.fields["reason"])
    if len(tree.hero_trees) != _HERO_TREES:
        count = len(tree.hero_trees)
        return TreesNotRefreshed("trees.hero_trees", spec_id=spec_id, count=count)
    if min(tree.class_points, tree.spec_points, tree.hero_points) <= 0:
        return TreesNotRefreshed("trees.no_points", spec_id=spec_id)
    for hero in tree.hero_trees:
        build = random_build(tree, hero, {}, noise=Random(hero.name), noise_spread=1.0)  # noqa: S311 - a trial
        try:
            again = decode(encode(tree, build), trees)
        except (CodeError, EncodeError):
            again = None
        if (
            purchase_problems(tree, build)
            or again is None
            or again.selection != build
            or again.problems
        ):
            return TreesNotRefreshed("trees.unplayable", spec_id=spec_id)
    return None


def _problems_with_codes(trees: TalentTrees, codes: list[str]) -> list[TreesNotRefreshed]:
    good = sum(decode_legal(code, trees) is not None for code in codes)
    if good >= len(codes) * _LEAST_SHARE:
        return []
    return [TreesNotRefreshed("trees.foreign_codes", good=good, total=len(codes))]
