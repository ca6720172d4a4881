"""Import codes: what the game writes is read, and what is read can be written again."""

from __future__ import annotations

import contextlib
import csv
import json
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from att_desktop.game.import_codes import CodeError, DecodedCode, EncodeError, decode, encode
from att_desktop.game.problems import Problem
from att_desktop.game.selections import points_of, selection_problems
from att_desktop.game.specs import SPECS
from att_desktop.game.trees import TalentTrees, embedded_tree_data
from tests.own_codes import TREES, own_code, own_selection
from tests.shared_data import shared_data

BLOOD = own_code(250, 1)


def real_codes(verdict_ok: bool) -> list[dict[str, str]]:
    path = shared_data("talents/import-codes.tsv")
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [row for row in rows if (row["verdict"] == "ok") is verdict_ok]


def test_a_code_says_what_its_author_meant() -> None:
    decoded = decode(f"  {BLOOD}\n", TREES)
    assert (decoded.spec_id, decoded.hero_tree, decoded.problems) == (250, "San'layn", ())
    points = points_of(TREES.tree(250), decoded.selection)
    assert (points.class_, points.spec, points.hero) == (34, 34, 13)


def test_every_good_real_code_is_clean_and_writes_back_to_itself() -> None:
    rows = real_codes(verdict_ok=True)
    assert len(rows) > 200
    for row in rows:
        decoded = decode(row["string"], TREES)
        tree = TREES.tree(decoded.spec_id)
        assert decoded.problems == (), row
        assert decoded.hero_tree == row["hero"]
        assert encode(tree, decoded.selection, granted=decoded.granted) == row["string"]
        ours = decode(encode(tree, decoded.selection), TREES)
        assert ours.selection == decoded.selection
        assert ours.problems == ()


def test_granted_talents_are_written_as_warcraft_logs_writes_them() -> None:
    # Archon passes on what Warcraft Logs wrote.
    rows = [row for row in real_codes(verdict_ok=True) if "archon" in row["source"]]
    assert len(rows) > 100
    for row in rows:
        decoded = decode(row["string"], TREES)
        assert encode(TREES.tree(decoded.spec_id), decoded.selection) == row["string"]


@pytest.mark.parametrize("spec_id", SPECS)
def test_only_the_root_of_the_chosen_hero_tree_is_granted(spec_id: int) -> None:
    tree = TREES.tree(spec_id)
    of_class = {n.node_id for n in tree.nodes.values() if n.free and n.section == "class"}
    assert decode(encode(tree, frozenset()), TREES).granted == of_class
    for hero in tree.hero_trees:
        chosen = frozenset({(hero.selection_node_id, hero.entry_id, 1)})
        decoded = decode(encode(tree, chosen), TREES)
        assert decoded.granted == of_class | {hero.root_id}
        assert decoded.hero_tree == hero.name


def test_what_other_writers_do_with_granted_talents_changes_no_selection() -> None:
    for row in real_codes(verdict_ok=True):
        decoded = decode(row["string"], TREES)
        tree = TREES.tree(decoded.spec_id)
        for granted in (frozenset[int](), frozenset(tree.node_order)):
            again = decode(encode(tree, decoded.selection, granted=granted), TREES)
            assert (again.selection, again.problems) == (decoded.selection, ())
    # Granted marks of another spec's hero root, and the own one marked as purchased.
    odd = [row for row in real_codes(verdict_ok=False) if row["verdict"] == "exact, 1 oddities"]
    assert odd
    for row in odd:
        decoded = decode(row["string"], TREES)
        tree = TREES.tree(decoded.spec_id)
        assert (decoded.problems, points_of(tree, decoded.selection).hero) == ((), 13)


def with_hash(code: str, tree_hash: bytes) -> str:
    """The code with this hash: 128 bits from bit 24, each byte's lowest bit first."""
    bits = "".join(f"{byte:08b}"[::-1] for byte in tree_hash)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    head = "".join(letters[int(bits[at : at + 6][::-1], 2)] for at in range(0, 126, 6))
    rest = f"{letters.index(code[25]):06b}"[::-1]
    return code[:4] + head + letters[int((bits[126:] + rest[2:])[::-1], 2)] + code[26:]


def test_another_hash_is_the_only_problem_of_a_code() -> None:
    plain = decode(BLOOD, TREES)
    assert (plain.tree_hash, plain.other_tree) == (bytes(16), False)
    own = decode(with_hash(BLOOD, TREES.tree(250).tree_hash), TREES)
    assert (own.tree_hash, own.other_tree) == (TREES.tree(250).tree_hash, False)
    assert (own.selection, own.problems) == (plain.selection, ())
    other = decode(with_hash(BLOOD, bytes(range(16))), TREES)
    assert (other.tree_hash, other.other_tree) == (bytes(range(16)), True)
    assert (other.selection, other.problems) == (
        plain.selection,
        (Problem(code="code.other_tree"),),
    )
    assert not other.fits


def test_a_tree_whose_hash_is_not_known_checks_none() -> None:
    raw = json.loads(embedded_tree_data())
    for tree in raw:
        del tree["treeHash"]
    trees = TalentTrees(json.dumps(raw).encode())
    decoded = decode(with_hash(BLOOD, bytes(range(16))), trees)
    assert (decoded.other_tree, decoded.problems) == (False, ())


_SAID_OF: dict[str, tuple[str, ...]] = {
    "both-hero-trees": (),
    "ok-buys-granted": (),
    "stale-hash": ("code.other_tree",),
    "illegal-points": ("code.points",),
    "odd-short": ("code.ends_early",),
    "odd-long": ("code.spare_characters",),
}


def test_each_verdict_on_codes_that_the_game_and_sites_wrote_gets_its_answer() -> None:
    path = shared_data("talents/game-codes.tsv")
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert {row["verdict"] for row in rows} == set(_SAID_OF)
    for row in rows:
        decoded = decode(row["string"], TREES)
        tree = TREES.tree(decoded.spec_id)
        assert decoded.spec_id == int(row["spec_id"])
        assert tuple(problem.code for problem in decoded.problems) == _SAID_OF[row["verdict"]], row
        assert decoded.other_tree is (row["verdict"] == "stale-hash")
        if row["hash"]:
            assert decoded.tree_hash.hex() == row["hash"]
        points = points_of(tree, decoded.selection)
        class_, spec, hero = map(int, row["points"].split("/"))
        if not decoded.other_tree:
            # The file counts both hero trees; a build has one.
            assert (points.class_, points.spec) == (class_, spec), row
            assert points.hero <= min(hero, tree.hero_points), row
        if not decoded.problems:
            again = decode(encode(tree, decoded.selection), TREES)
            assert (again.selection, again.problems) == (decoded.selection, ())


def test_points_are_counted_as_the_codes_authors_counted_them() -> None:
    for row in real_codes(verdict_ok=True):
        decoded = decode(row["string"], TREES)
        tree = TREES.tree(decoded.spec_id)
        points = points_of(tree, decoded.selection)
        apex = sum(r for n, _, r in decoded.selection if tree.nodes[n].kind == "tiered")
        words = f"class={points.class_} spec={points.spec - apex} apex={apex} hero={points.hero}"
        assert words == row["points"]


def test_codes_that_do_not_fit_say_so() -> None:
    stale = [row for row in real_codes(verdict_ok=False) if "left=" in row["verdict"]]
    assert stale
    for row in stale:
        assert decode(row["string"], TREES).problems


def test_spare_characters_and_missing_ones_are_told() -> None:
    good = decode(BLOOD, TREES)
    longer = decode(BLOOD + "AAA", TREES)
    assert longer.selection == good.selection
    assert longer.problems
    shorter = decode(BLOOD[:-3], TREES)
    assert shorter.selection < good.selection
    assert shorter.problems


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "hello world",
        "C",
        "CoPA",
        BLOOD[:20],
        "CoPA\u202e" + BLOOD[4:],
        "B" + BLOOD[1:],
        "C//" + BLOOD[3:],
        "A" * 10_000,
        BLOOD * 100,
        "x" * 1_000_000,
    ],
)
def test_garbage_is_refused_with_a_typed_error(text: str) -> None:
    with pytest.raises(CodeError) as caught:
        decode(text, TREES)
    assert len(str(caught.value)) < 200


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
def test_any_text_behind_a_real_header_is_read_without_a_crash(tail: str) -> None:
    decoded = decode(BLOOD[:26] + tail, TREES)
    assert isinstance(decoded, DecodedCode)
    tree = TREES.tree(250)
    if not decoded.problems:
        assert decode(encode(tree, decoded.selection), TREES).selection == decoded.selection


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_a_code_or_a_typed_error(text: str) -> None:
    with contextlib.suppress(CodeError):
        decode(text, TREES)


@pytest.mark.parametrize("spec_id", SPECS)
def test_every_legal_selection_of_every_spec_survives_its_code(spec_id: int) -> None:
    tree = TREES.tree(spec_id)
    for seed in range(25):
        selection = own_selection(spec_id, seed)
        assert selection_problems(tree, selection) == []
        decoded = decode(encode(tree, selection), TREES)
        assert decoded.selection == selection
        assert decoded.problems == ()


def test_a_selection_that_no_code_can_say_is_refused() -> None:
    tree = TREES.tree(250)
    good = decode(BLOOD, TREES).selection
    apex = next(node for node in tree.nodes.values() if node.kind == "tiered")
    out_of_order = frozenset(p for p in good if p[0] != apex.node_id) | {
        (apex.node_id, apex.entries[2].entry_id, 1)
    }
    with pytest.raises(EncodeError):
        encode(tree, out_of_order)
    with pytest.raises(EncodeError):
        encode(tree, good | {(1, 1, 1)})
    choice = next(n for n in tree.nodes.values() if n.kind == "choice")
    both = {(choice.node_id, entry.entry_id, 1) for entry in choice.entries}
    with pytest.raises(EncodeError):
        encode(tree, good | both)
    free = next(node for node in tree.nodes.values() if node.free)
    with pytest.raises(EncodeError):
        encode(tree, good | {(free.node_id, free.entries[0].entry_id, 1)})
    single = next(n for n in tree.nodes.values() if n.kind == "single" and not n.free)
    for rank in (-1, 0, single.max_ranks + 1):
        with pytest.raises(EncodeError):
            encode(tree, frozenset({(single.node_id, single.entries[0].entry_id, rank)}))


def test_the_second_talent_of_a_node_without_choice_cannot_be_written() -> None:
    brewmaster = TREES.tree(268)
    node = next(
        node for node in brewmaster.nodes.values() if node.kind == "single" and node.entries[1:]
    )
    first, second = node.entries
    assert encode(brewmaster, frozenset({(node.node_id, first.entry_id, 1)}))
    with pytest.raises(EncodeError):
        encode(brewmaster, frozenset({(node.node_id, second.entry_id, 1)}))


def test_the_fifth_option_of_a_choice_cannot_be_written() -> None:
    choice = next(n for n in TREES.tree(250).nodes.values() if n.kind == "choice")
    raw = json.loads(embedded_tree_data())
    (blood,) = (tree for tree in raw if tree["specId"] == 250)
    nodes = [*blood["classNodes"], *blood["specNodes"], *blood["heroNodes"]]
    (node,) = (node for node in nodes if node["id"] == choice.node_id)
    node["entries"] = [{**node["entries"][0], "id": number} for number in range(1, 6)]
    trees = TalentTrees(json.dumps(raw).encode())
    for number in range(1, 5):
        selection = frozenset({(choice.node_id, number, 1)})
        assert decode(encode(trees.tree(250), selection), trees).selection == selection
    with pytest.raises(EncodeError):
        encode(trees.tree(250), frozenset({(choice.node_id, 5, 1)}))


def test_a_loaded_spec_costs_no_other_spec() -> None:
    trees = TalentTrees.embedded()
    trees.tree(250)
    assert list(trees._trees) == [250]  # the laziness is the promise here


def test_the_tree_data_file_is_found_without_importing_its_package() -> None:
    assert TREES.spec_ids
    assert not any(name.startswith("simc_support") for name in sys.modules)
