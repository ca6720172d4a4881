"""Newer talent trees from Raidbots' public ``talents.json``, taken only when they pass a test."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

import httpx

from att_desktop.game.import_codes import CodeError, EncodeError, decode, encode
from att_desktop.game.specs import SPECS
from att_desktop.game.trees import TalentTrees, TreeDataError
from att_desktop.sources.http.transfer import (
    CorruptBody,
    Limits,
    check_address,
    open_http,
    receive,
)
from att_desktop.sources.sample.random_builds import purchase_problems, random_build
from att_desktop.sources.warcraftlogs.errors import TooLarge, TreesNotRefreshed
from att_desktop.system.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from att_desktop.game.trees import TalentTree

__all__ = ["TREES_URL", "check_tree_data", "fetch_tree_data", "refresh_tree_data"]

TREES_URL: Final = "https://www.raidbots.com/static/data/live/talents.json"

# The file has about 2 MB.
_LIMITS: Final = Limits(total_s=60.0, wire_bytes=16 * 1024 * 1024, body_bytes=32 * 1024 * 1024)
_HERO_TREES: Final = 2
# A large patch leaves about a third of all older codes intact. Fewer: other trees altogether.
_LEAST_SHARE: Final = 0.2
_OLD_ONES_STAY: Final = "The trees that are here stay in use."


async def refresh_tree_data(
    path: Path,
    known_codes: Iterable[str],
    *,
    url: str = TREES_URL,
    transport: httpx.AsyncBaseTransport | None = None,
) -> TalentTrees:
    """Fetch trees, test them against codes of real players, and only then write ``path``.

    Raises TreesNotRefreshed (or UnsafeAddress, TooLarge) with ``path`` as it was.
    """
    data = await fetch_tree_data(url=url, transport=transport)
    problems = check_tree_data(data, known_codes)
    if problems:
        raise TreesNotRefreshed(
            f"The new talent trees are not fit for use: {problems[0]} {_OLD_ONES_STAY}"
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, data)
    except OSError as error:
        raise TreesNotRefreshed(
            f"The new talent trees can not be saved in {path.parent}. {_OLD_ONES_STAY}"
        ) from error
    return TalentTrees(data)


async def fetch_tree_data(
    *, url: str = TREES_URL, transport: httpx.AsyncBaseTransport | None = None
) -> bytes:
    """The bytes of talents.json, untested. Raises TreesNotRefreshed, UnsafeAddress, TooLarge."""
    check_address(url)
    http = open_http(transport=transport, limits=_LIMITS, url=url)
    try:
        received = await receive(http, http.build_request("GET", url), _LIMITS, lambda _: None)
    except (httpx.TransportError, TimeoutError, CorruptBody) as error:
        raise TreesNotRefreshed(
            f"Raidbots can not be reached for new talent trees. {_OLD_ONES_STAY}"
        ) from error
    except TooLarge as error:
        raise TreesNotRefreshed(
            f"What Raidbots sent is too large to be talent trees. {_OLD_ONES_STAY}"
        ) from error
    finally:
        await http.aclose()
    if received.status != httpx.codes.OK:
        raise TreesNotRefreshed(
            f"Raidbots did not send new talent trees (HTTP {received.status}). {_OLD_ONES_STAY}"
        )
    return bytes(received.body)


def check_tree_data(new: bytes, known_codes: Iterable[str]) -> list[str]:
    """What is wrong with tree data, a sentence each; empty when they are fit for use.

    All 40 specs must be there, each with two hero trees, points to spend, and builds that can be
    purchased, written as code and read again; and the codes of real players, when there are any,
    must not look as if they were of another game.
    """
    try:
        trees = TalentTrees(new)
    except TreeDataError as error:
        return [f"{_sentence(error)}"]
    problems = []
    for spec in SPECS.values():
        if spec.spec_id not in trees:
            problems.append(f"There is no tree for {spec.full_name}.")
            continue
        try:
            tree = trees.tree(spec.spec_id)
        except TreeDataError as error:
            problems.append(_sentence(error))
            continue
        problem = _problem_of(tree, trees)
        if problem:
            problems.append(f"{spec.full_name}: {problem}")
    return problems or _problems_with_codes(trees, list(known_codes))


def _problem_of(tree: TalentTree, trees: TalentTrees) -> str:
    if len(tree.hero_trees) != _HERO_TREES:
        return f"it has {len(tree.hero_trees)} hero trees."
    if min(tree.class_points, tree.spec_points, tree.hero_points) <= 0:
        return "there are no points to spend."
    for hero in tree.hero_trees:
        build = random_build(tree, hero, {}, noise=Random(hero.name), noise_spread=1.0)  # noqa: S311 - a trial
        if purchase_problems(tree, build):
            return "its talents can not be purchased."
        try:
            again = decode(encode(tree, build), trees)
        except (CodeError, EncodeError):
            return "its builds can not be written."
        if again.selection != build or again.problems:
            return "its builds can not be read again."
    return ""


def _problems_with_codes(trees: TalentTrees, codes: list[str]) -> list[str]:
    good = sum(_reads(code, trees) for code in codes)
    if good >= len(codes) * _LEAST_SHARE:
        return []
    return [f"Only {good} of {len(codes)} builds that players use fit them."]


def _reads(code: str, trees: TalentTrees) -> bool:
    try:
        return not decode(code, trees).problems
    except CodeError:
        return False


def _sentence(error: TreeDataError) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."
