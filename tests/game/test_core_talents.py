"""Which talents are settled, which are open, and which encounters turn them."""

from __future__ import annotations

import pytest

from att_desktop.game.core_talents import Turn, agreement, turns
from att_desktop.game.pick_rates import Counted, pick_rates
from att_desktop.game.trees import TalentNode, TalentTrees

BLOOD = TalentTrees.embedded().tree(250)
SINGLE = next(
    node
    for node in BLOOD.nodes.values()
    if node.section == "class" and node.kind == "single" and not node.free
)
CHOICE = next(n for n in BLOOD.nodes.values() if n.section == "class" and n.kind == "choice")
HERO = next(
    node
    for node in BLOOD.nodes.values()
    if node.section == "hero" and node.kind == "single" and not node.free
)


@pytest.mark.parametrize(
    ("share", "said"),
    [(1.0, "core"), (0.901, "core"), (0.9, "open"), (0.5, "open"), (0.101, "open"), (0.1, "rare"),
     (0.0, "rare")],
)  # fmt: skip
def test_more_than_nine_tenths_is_core_and_at_most_one_tenth_is_rare(
    share: float, said: str
) -> None:
    assert agreement(share) == said


def pick(node: TalentNode, index: int = 0) -> tuple[int, int, int]:
    return (node.node_id, node.entries[index].entry_id, 1)


def key(node: TalentNode, index: int = 0) -> tuple[int, int]:
    return pick(node, index)[:2]


def sample(*builds: tuple[int, set[tuple[int, int, int]]]) -> list[Counted]:
    return [Counted(selection=frozenset(picks), count=count) for count, picks in builds]


def test_an_encounter_turns_what_its_majority_decides_otherwise() -> None:
    left, right = pick(CHOICE), pick(CHOICE, 1)
    single = pick(SINGLE)
    found = turns(
        pick_rates(BLOOD, sample((60, {left, single}), (40, {right}))),
        {
            "Turns": pick_rates(BLOOD, sample((20, {left}), (30, {right, single}))),
            "Agrees": pick_rates(BLOOD, sample((30, {left, single}), (20, {right}))),
            "Divided": pick_rates(BLOOD, sample((25, {left, single}), (25, {right}))),
        },
    )
    assert found == {
        # Half is no majority: there the choice is left open.
        key(CHOICE): Turn(taken=False, encounters=("Turns", "Divided")),
        key(CHOICE, 1): Turn(taken=True, encounters=("Turns",)),
        key(SINGLE): Turn(taken=False, encounters=("Divided",)),
    }


def test_hero_talents_of_a_few_players_turn_nothing() -> None:
    hero = next(h for h in BLOOD.hero_trees if h.hero_tree_id == HERO.hero_tree_id)
    chosen = (hero.selection_node_id, hero.entry_id, 1)
    general = pick_rates(BLOOD, sample((50, {chosen, pick(HERO)}), (1, {chosen})))
    for players, turned in ((4, False), (5, True)):
        there = pick_rates(BLOOD, sample((players, {chosen}), (40, set())))
        assert (key(HERO) in turns(general, {"There": there})) is turned
