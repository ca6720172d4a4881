"""Codes in the addon: read and written as the app does, and refused with the right reason."""

from __future__ import annotations

import csv
import functools
import itertools
from typing import Any

import pytest

from att_desktop.game.import_codes import CodeError, decode, encode
from att_desktop.game.swaps import swaps
from tests.addon.builds import random_code, random_selection, rank_and_entry, trees
from tests.addon.client import GameClient
from tests.addon.data import set_talents
from tests.shared_data import shared_data

SPECS = sorted(trees().spec_ids)


@functools.cache
def client_of(spec_id: int) -> GameClient:
    game = GameClient(spec_id)
    game.login()
    return game


@functools.cache
def all_codes() -> list[dict[str, str]]:
    """Codes that sites, players and the game wrote, each with a verdict."""
    rows: list[dict[str, str]] = []
    for name in ("import-codes", "game-codes"):
        with shared_data(f"talents/{name}.tsv").open(encoding="utf-8") as file:
            rows += csv.DictReader(file, delimiter="\t")
    return rows


def real_codes(spec_id: int) -> list[str]:
    return [row["string"] for row in all_codes() if int(row["spec_id"]) == spec_id]


def read(game: GameClient, code: str) -> tuple[Any, str | None]:
    """(selection or None, reason or None) as the addon reads the code."""
    selection, rest = game.addon.ImportExport.Decode(code, game.addon.TalentTree.Read())
    return (selection, None) if selection else (None, rest)


def as_python(selection: Any) -> dict[int, tuple[int, int]]:
    return {node: (pick.rank, pick.entryID) for node, pick in selection.items()}


def check_agreement(spec_id: int, code: str, *, hidden: bool = False) -> None:
    """Same selection, same code written. ``hidden``: the client shows only the chosen hero tree."""
    game = client_of(spec_id)
    game.client.hideOtherHero = hidden
    selection, reason = read(game, code)
    app = decode(code, trees())
    if not app.fits:
        points = {problem.code for problem in app.problems} == {"code.points"}
        expected = "CODE_TOO_MANY_POINTS" if points else "CODE_OTHER_TREE"
        assert (selection, reason) == (None, expected), app.problems
        return
    assert as_python(selection) == rank_and_entry(spec_id, app.selection)
    set_talents(game, code)  # the hero tree of the code is the chosen one
    written = game.addon.ImportExport.Encode(game.addon.TalentTree.Read(), selection)
    assert written == encode(trees().tree(spec_id), app.selection)


@pytest.mark.slow
@pytest.mark.parametrize("hidden", [False, True], ids=["both hero trees shown", "only the chosen"])
@pytest.mark.parametrize("spec_id", SPECS)
def test_addon_and_app_agree_on_real_codes(spec_id: int, hidden: bool) -> None:
    codes = real_codes(spec_id)
    assert codes
    for code in codes:
        check_agreement(spec_id, code, hidden=hidden)


@pytest.mark.slow
@pytest.mark.parametrize("spec_id", SPECS)
def test_addon_and_app_agree_on_builds_of_the_app(spec_id: int) -> None:
    for seed in range(6):
        check_agreement(spec_id, random_code(spec_id, seed))


def test_granted_nodes_do_not_count_whichever_way_they_are_written() -> None:
    tree = trees().tree(250)
    selection = random_selection(250, 3)
    hero_roots = frozenset(hero.root_id for hero in tree.hero_trees)
    for granted in (frozenset(), tree.granted_always, tree.granted_always | hero_roots):
        code = encode(tree, selection, granted=granted)
        read_back, _ = read(client_of(250), code)
        assert as_python(read_back) == rank_and_entry(250, selection)


def test_a_hero_root_marked_as_purchased_is_granted_all_the_same() -> None:
    tree = trees().tree(250)
    selection = random_selection(250, 4)
    code = encode(tree, selection)
    chosen = next(hero for hero in tree.hero_trees if hero.name == decode(code, trees()).hero_tree)
    before = encode(tree, selection, granted=tree.granted_always)
    bits = _bits(before)
    at = _position(tree, bits, chosen.root_id)
    changed = bits[:at] + "1100" + bits[at + 1 :]  # selected, purchased, full, no choice
    read_back, reason = read(client_of(250), _text(changed[: len(changed) // 6 * 6 + 6]))
    assert reason is None
    assert as_python(read_back) == rank_and_entry(250, selection)


def test_what_is_wrong_in_the_other_hero_tree_is_no_problem() -> None:
    tree = trees().tree(250)
    selection = random_selection(250, 3)
    chosen = decode(encode(tree, selection), trees()).hero_tree
    other = next(hero for hero in tree.hero_trees if hero.name != chosen)
    nodes = [tree.nodes[node_id] for node_id in sorted(other.node_ids)]
    node = next(n for n in nodes if n.kind == "single" and n.max_ranks == 1 and not n.free)
    bits = _bits(encode(tree, selection | {(node.node_id, node.entries[0].entry_id, 1)}))
    at = _position(tree, bits, node.node_id)
    assert bits[at : at + 4] == "1100"
    code = _text((bits[: at + 3] + "100" + bits[at + 4 :]).rstrip("0"))  # a choice where none is
    code += "A" * (len(_text(bits)) - len(code))
    assert decode(code, trees()).problems == ()
    assert decode(code, trees()).selection == selection
    read_back, reason = read(client_of(250), code)
    assert reason is None
    assert as_python(read_back) == rank_and_entry(250, selection)


def test_the_tree_hash_tells_a_code_of_another_tree() -> None:
    code = random_code(250, 5)
    bits = _bits(code)
    other = _text(bits[:24] + "10" * 64 + bits[152:])
    assert read(client_of(250), other) == (None, "CODE_OTHER_TREE")
    game = client_of(250)
    tree = game.addon.TalentTree.Read()
    assert tree.hash == trees().tree(250).tree_hash.hex()
    own = game.addon.ImportExport.Encode(tree, read(game, code)[0], tree.hash)
    assert own != code
    assert decode(own, trees()).tree_hash == trees().tree(250).tree_hash
    assert as_python(read(game, own)[0]) == as_python(read(game, code)[0])


VERDICTS = {
    "both-hero-trees": None,
    "ok-buys-granted": None,
    "odd-long": None,
    "stale-hash": "CODE_OTHER_TREE",
    "odd-short": "CODE_OTHER_TREE",
    "illegal-points": "CODE_TOO_MANY_POINTS",
}


def test_each_verdict_gets_the_right_answer() -> None:
    seen = set()
    for row in all_codes():
        if row["verdict"] in VERDICTS:
            seen.add(row["verdict"])
            _, reason = read(client_of(int(row["spec_id"])), row["string"])
            assert reason == VERDICTS[row["verdict"]], row
    assert seen == set(VERDICTS)


def test_below_the_highest_level_points_are_not_counted() -> None:
    code = next(r["string"] for r in all_codes() if r["verdict"] == "illegal-points")
    game = GameClient(decode(code, trees()).spec_id)
    game.login()
    assert read(game, code)[1] == "CODE_TOO_MANY_POINTS"
    game.client.player.level = 83
    assert read(game, code)[1] is None


@pytest.mark.slow
@pytest.mark.parametrize("spec_id", SPECS)
def test_swaps_are_those_of_the_app(spec_id: int) -> None:
    game, tree = client_of(spec_id), trees().tree(spec_id)
    live = game.addon.TalentTree.Read()
    codes = [code for code in real_codes(spec_id) if decode(code, trees()).fits]
    codes += [random_code(spec_id, seed) for seed in range(3)]
    for one, other in itertools.pairwise(codes):
        expected = swaps(tree, decode(one, trees()).selection, decode(other, trees()).selection)
        found = game.addon.Swaps.Between(live, read(game, one)[0], read(game, other)[0])
        assert (found.count, found.otherHeroTree) == expected
        lost = sum(swap.rank for swap in found.lost.values())
        gained = sum(swap.rank for swap in found.gained.values())
        assert max(lost, gained) == found.count


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "CODE_MALFORMED"),
        ("CoPA", "CODE_MALFORMED"),
        ("not a code!", "CODE_MALFORMED"),
        ("A" * 2000, "CODE_MALFORMED"),
        ("B" + random_code(250, 1)[1:], "CODE_OTHER_VERSION"),
        (random_code(251, 1), "CODE_OTHER_SPEC"),
        (random_code(250, 1)[:-8], "CODE_OTHER_TREE"),
        (random_code(250, 1) + "BA", "CODE_OTHER_TREE"),
    ],
)
def test_a_code_that_cannot_be_used_says_why(code: str, reason: str) -> None:
    with_reason = read(client_of(250), code)
    assert with_reason == (None, reason)
    if reason == "CODE_MALFORMED":
        with pytest.raises(CodeError):
            decode(code, trees())


def test_a_build_from_before_a_rework_of_the_tree_is_noticed() -> None:
    """A node went away in front of the others: everything behind it shifts by some bits."""
    game = GameClient(250)
    game.login()
    order = game.client.trees[250].order
    shorter = [node for node in order.values() if node != order[1]]
    code = random_code(250, 1)
    game.client.trees[250].order = game.lua.table_from(shorter)
    assert read(game, code) == (None, "CODE_OTHER_TREE")


_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def _bits(code: str) -> str:
    return "".join(f"{_ALPHABET.index(ch):06b}"[::-1] for ch in code)


def _text(bits: str) -> str:
    bits += "0" * (-len(bits) % 6)
    return "".join(_ALPHABET[int(bits[at : at + 6][::-1], 2)] for at in range(0, len(bits), 6))


def _position(tree: Any, bits: str, wanted: int) -> int:
    at = 152
    for node_id in tree.node_order:
        if node_id == wanted:
            return at
        if bits[at] == "0":
            at += 1
        elif bits[at + 1] == "0":
            at += 2
        else:
            at += 2
            at += 7 if bits[at] == "1" else 1
            at += 3 if bits[at] == "1" else 1
    raise AssertionError(wanted)
