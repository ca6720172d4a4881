"""The validity test: codes put together bit by bit, and what is said of each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from att_desktop.game.import_codes import decode
from att_desktop.game.problems import Problem
from att_desktop.game.selections import selection_problems
from att_desktop.game.trees import TalentTrees
from att_desktop.sources.sample.random_builds import random_build
from att_desktop.text import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from att_desktop.game.import_codes import DecodedCode
    from att_desktop.game.trees import TalentNode

TREES: Final = TalentTrees.embedded()
TREE: Final = TREES.tree(250)
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
GRANTED: Final = "10"
BOUGHT: Final = "1100"  # all ranks, no choice


def bits(value: int, width: int) -> str:
    return f"{value:0{width}b}"[::-1]


def partly(ranks: int) -> str:
    return "111" + bits(ranks, 6) + "0"


def choice(index: int) -> str:
    return "1101" + bits(index, 2)


def first(fits: Callable[[TalentNode], bool]) -> TalentNode:
    return next(node for node in TREE.nodes.values() if fits(node) and not node.free)


SINGLE: Final = first(lambda node: node.kind == "single" and node.max_ranks == 1)
DOUBLE: Final = first(lambda node: node.kind == "single" and node.max_ranks == 2)
CHOICE: Final = first(lambda node: node.kind == "choice" and node.section == "class")
APEX: Final = first(lambda node: node.kind == "tiered")
HERO_CHOICE: Final = first(lambda node: node.kind == "subtree")
ROOT: Final = TREE.nodes[TREE.hero_trees[0].root_id]
OF_NO_SPEC: Final = next(node_id for node_id in TREE.node_order if node_id not in TREE.nodes)
CLASS_NODES: Final = [
    node for node in TREE.nodes.values() if node.section == "class" and node.kind == "single"
]


def text_of(said: str) -> str:
    said += "0" * (-len(said) % 6)
    return "".join(LETTERS[int(said[at : at + 6][::-1], 2)] for at in range(0, len(said), 6))


def body(nodes: Mapping[int, str]) -> str:
    header = bits(2, 8) + bits(250, 16) + "0" * 128
    return header + "".join(nodes.get(node_id, "0") for node_id in TREE.node_order)


def read(nodes: Mapping[int, str]) -> DecodedCode:
    return decode(text_of(body(nodes)), TREES)


@pytest.mark.parametrize(
    ("nodes", "picks"),
    [
        ({}, set()),
        ({SINGLE.node_id: BOUGHT}, {(SINGLE.node_id, SINGLE.entries[0].entry_id, 1)}),
        ({DOUBLE.node_id: BOUGHT}, {(DOUBLE.node_id, DOUBLE.entries[0].entry_id, 2)}),
        ({DOUBLE.node_id: partly(1)}, {(DOUBLE.node_id, DOUBLE.entries[0].entry_id, 1)}),
        ({CHOICE.node_id: choice(1)}, {(CHOICE.node_id, CHOICE.entries[1].entry_id, 1)}),
        ({SINGLE.node_id: GRANTED, OF_NO_SPEC: GRANTED}, set()),
        ({ROOT.node_id: BOUGHT}, set()),
        (
            {APEX.node_id: partly(2)},
            {
                (APEX.node_id, APEX.entries[0].entry_id, 1),
                (APEX.node_id, APEX.entries[1].entry_id, 1),
            },
        ),
        (
            {APEX.node_id: BOUGHT},
            {
                (APEX.node_id, entry.entry_id, ranks)
                for entry, ranks in zip(APEX.entries, (1, 2, 1), strict=True)
            },
        ),
        (
            {HERO_CHOICE.node_id: choice(1)},
            {(HERO_CHOICE.node_id, HERO_CHOICE.entries[1].entry_id, 1)},
        ),
    ],
)
def test_what_a_code_may_say(nodes: dict[int, str], picks: set[tuple[int, int, int]]) -> None:
    decoded = read(nodes)
    assert decoded.problems == ()
    assert decoded.selection == picks


@pytest.mark.parametrize(
    ("nodes", "problem"),
    [
        (
            {DOUBLE.node_id: partly(0)},
            Problem(code="code.rank", name=DOUBLE.name, number=0, limit=2),
        ),
        (
            {DOUBLE.node_id: partly(2)},
            Problem(code="code.rank", name=DOUBLE.name, number=2, limit=2),
        ),
        (
            {DOUBLE.node_id: partly(63)},
            Problem(code="code.rank", name=DOUBLE.name, number=63, limit=2),
        ),
        ({APEX.node_id: partly(4)}, Problem(code="code.rank", name=APEX.name, number=4, limit=4)),
        ({SINGLE.node_id: choice(0)}, Problem(code="code.not_a_choice", name=SINGLE.name)),
        (
            {CHOICE.node_id: BOUGHT},
            Problem(code="code.a_choice", name=CHOICE.name),
        ),
        (
            {CHOICE.node_id: choice(2)},
            Problem(code="code.choice", name=CHOICE.name, number=3, limit=2),
        ),
        (
            {OF_NO_SPEC: BOUGHT},
            Problem(code="code.unknown_node", number=OF_NO_SPEC),
        ),
    ],
)
def test_what_a_code_cannot_say_is_told(nodes: dict[int, str], problem: Problem) -> None:
    assert problem in read(nodes).problems
    assert say(problem)


def test_a_rank_of_nothing_is_no_talent() -> None:
    assert read({DOUBLE.node_id: partly(0)}).selection == frozenset()


def test_a_node_without_a_talent_cannot_be_bought() -> None:
    evoker = TREES.tree(1467)
    empty = next(node.node_id for node in evoker.nodes.values() if not node.entries)
    nodes = "".join(BOUGHT if node_id == empty else "0" for node_id in evoker.node_order)
    decoded = decode(text_of(bits(2, 8) + bits(1467, 16) + "0" * 128 + nodes), TREES)
    assert decoded.selection == frozenset()
    assert len(decoded.problems) == 1


def body_reaching(into_last: int, nodes: Mapping[int, str] | None = None) -> str:
    """Bits that end so far into a character: every granted talent takes one more."""
    return next(
        said
        for marked in range(6)
        if len(said := body({n.node_id: GRANTED for n in CLASS_NODES[:marked]} | dict(nodes or {})))
        % 6
        == into_last
    )


@pytest.mark.parametrize("into_last", range(6))
def test_zeros_may_only_fill_the_last_character_up(into_last: int) -> None:
    code = text_of(body_reaching(into_last))
    assert decode(code, TREES).problems == ()
    one_more = decode(code + "A", TREES)
    assert one_more.problems == (Problem(code="code.spare_characters", number=1),)
    three_more = decode(code + "AAA", TREES)
    assert three_more.problems == (Problem(code="code.spare_characters", number=3),)
    if into_last:
        set_bit = decode(text_of(body_reaching(into_last) + "1"), TREES)
        assert set_bit.problems == (Problem(code="code.bits_behind"),)


def test_a_code_that_ends_early_reads_as_if_zeros_followed() -> None:
    code = text_of(body_reaching(0, {min(SINGLE.node_id, DOUBLE.node_id): BOUGHT}))
    whole = decode(code, TREES)
    assert whole.selection
    for cut in range(1, 30):
        short = decode(code[:-cut], TREES)
        assert short.problems == (Problem(code="code.ends_early"),)
        assert short.selection == whole.selection


def test_a_code_that_ends_within_its_last_talent_is_told() -> None:
    *_, last = TREE.node_order
    cut = decode(text_of(body_reaching(0, {last: "111"})), TREES)
    assert cut.problems[-1] == Problem(code="code.ends_within_a_talent")
    one_node_short = decode(text_of(body_reaching(1)[:-1]), TREES)
    assert one_node_short.problems == (Problem(code="code.ends_early"),)


@pytest.mark.parametrize("section", ["class", "spec", "hero"])
def test_one_point_too_many_is_told(section: str) -> None:
    build = random_build(TREE, TREE.hero_trees[0], {})
    assert selection_problems(TREE, build) == []
    budget = getattr(TREE, f"{section}_points")
    poorer = replace(TREE, **{f"{section}_points": budget - 1})
    assert selection_problems(poorer, build) == [
        Problem(code="code.points", name=section, number=budget, limit=budget - 1)
    ]


def test_talents_of_the_other_hero_tree_are_told() -> None:
    build = random_build(TREE, TREE.hero_trees[0], {})
    other = next(
        TREE.nodes[node_id]
        for node_id in sorted(TREE.hero_trees[1].node_ids)
        if not TREE.nodes[node_id].free
    )
    mine = next(pick for pick in sorted(build) if pick[0] in TREE.hero_trees[0].node_ids)
    mixed = build - {mine} | {(other.node_id, other.entries[0].entry_id, 1)}
    name = TREE.hero_trees[0].name
    assert selection_problems(TREE, mixed) == [Problem(code="code.hero_talents_outside", name=name)]
    chosen = (TREE.hero_trees[0].selection_node_id, TREE.hero_trees[0].entry_id, 1)
    assert selection_problems(TREE, build - {chosen}) == [Problem(code="code.hero_talents_alone")]
