"""Import codes: what the game writes is read, and what is read can be written again."""

from __future__ import annotations

import contextlib
import csv
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from att_desktop.game.import_codes import CodeError, DecodedCode, EncodeError, decode, encode
from att_desktop.game.selections import points_of, selection_problems
from att_desktop.game.specs import SPECS
from att_desktop.game.trees import TalentTrees
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


def test_a_tree_hash_is_read_and_checks_nothing() -> None:
    hashed = decode(BLOOD[:4] + "FYH4Gm9K7v5XIAAnPn6Px" + BLOOD[25:], TREES)
    plain = decode(BLOOD, TREES)
    assert plain.tree_hash == bytes(16)
    assert hashed.tree_hash[:3] == bytes([0x05, 0x76, 0xE0])
    assert (hashed.selection, hashed.problems) == (plain.selection, ())


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


def test_the_second_talent_of_a_node_without_choice_can_not_be_written() -> None:
    brewmaster = TREES.tree(268)
    node = next(
        node for node in brewmaster.nodes.values() if node.kind == "single" and node.entries[1:]
    )
    first, second = node.entries
    assert encode(brewmaster, frozenset({(node.node_id, first.entry_id, 1)}))
    with pytest.raises(EncodeError):
        encode(brewmaster, frozenset({(node.node_id, second.entry_id, 1)}))


def test_a_loaded_spec_costs_no_other_spec() -> None:
    trees = TalentTrees.embedded()
    trees.tree(250)
    assert list(trees._trees) == [250]  # the laziness is the promise here


def test_the_tree_data_file_is_found_without_importing_its_package() -> None:
    assert TREES.spec_ids
    assert not any(name.startswith("simc_support") for name in sys.modules)
