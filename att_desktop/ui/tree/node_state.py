"""What each node of the tree shows: one selection, or two laid over each other. No Qt here.

Canvas and list are two views of these records.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

from att_desktop.game.comparison import taken
from att_desktop.game.selections import hero_tree_of
from att_desktop.text import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from att_desktop.game.builds import Selection
    from att_desktop.game.comparison import PickedTalent
    from att_desktop.game.pick_rates import NodeRate, PickRates
    from att_desktop.game.trees import HeroTree, Section, TalentEntry, TalentNode, TalentTree

Emphasis: TypeAlias = Literal["plain", "pale", "strong"]
"""How a node is drawn: as it is, stepping back because it is equal, or large because it differs."""

View: TypeAlias = Literal["one", "both", "side", "changes"]
"""One build, two laid over each other, one of two, or what one changes of another."""


class Mark(StrEnum):
    """How a node is marked. The last four are only there when two builds are compared."""

    EMPTY = "not taken"
    TAKEN = "taken"
    GRANTED = "granted"
    ONLY_A = "only A"
    ONLY_B = "only B"
    RANK = "other rank"
    CHOICE = "other choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeState:
    """One node as it is drawn.

    ``a`` and ``b`` are what each build takes there; with one build only ``a`` is used. ``rate``
    is None when no sample is shown. ``changes``: A is shown, marked where it is other than B.
    """

    node: TalentNode
    mark: Mark
    a: PickedTalent | None = None
    b: PickedTalent | None = None
    rate: NodeRate | None = None
    rate_b: NodeRate | None = None
    emphasis: Emphasis = "plain"
    changes: bool = False

    @property
    def shown(self) -> tuple[TalentEntry, ...]:
        """The talents to draw: the one that is taken, both where that is open or differs."""
        if self.mark is Mark.CHOICE and self.a and self.b and not self.changes:
            return (self.a.entry, self.b.entry)
        one = self.a or self.b
        if one is not None:
            return (one.entry,)
        return self.node.entries[:2] if self.node.kind == "choice" else self.node.entries[:1]

    @property
    def name(self) -> str:
        """The shown talents' names: 'Blood Boil', 'Death's Reach / Asphyxiate'."""
        return " / ".join(entry.name for entry in self.shown)

    @property
    def share(self) -> float | None:
        """The share of A's sample, 0.0 .. 1.0, that takes the shown talent.

        Of an open choice, either of its talents. None without a sample and for granted nodes.
        """
        return self._share(self.rate, self.a or self.b)

    @property
    def share_b(self) -> float | None:
        """The same of B's sample and B's talent."""
        return self._share(self.rate_b, self.b or self.a)

    def _share(self, rate: NodeRate | None, one: PickedTalent | None) -> float | None:
        if rate is None or self.node.free:
            return None
        if one is not None and self.node.is_choice:
            return rate.entry_share(one.entry.entry_id)
        return rate.share

    @property
    def lit(self) -> bool:
        """True when anybody has it; of the changes of one build, when that one has it."""
        return self.mark is not Mark.EMPTY and not (self.changes and self.mark is Mark.ONLY_B)

    @property
    def rank_text(self) -> str:
        """'1/2' where there is more than one rank; '2 | 1' where A and B differ."""
        ranks = self.node.max_ranks
        if self.mark is Mark.RANK and self.a and self.b and not self.changes:
            return f"{self.a.rank} | {self.b.rank}"
        if ranks < 2:
            return ""
        one = self.a or self.b
        return f"{one.rank if one else 0}/{ranks}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeState:
    """A whole tree as it is drawn.

    ``heroes`` are the hero trees to draw, ``spent`` points by section ('34/34', with two builds
    'A 34 · B 33').
    """

    tree: TalentTree
    heroes: tuple[HeroTree, ...]
    nodes: Mapping[int, NodeState]
    spent: Mapping[Section, str]
    view: View = "one"
    sample: int = 0


def tree_state(tree: TalentTree, selection: Selection, rates: PickRates | None = None) -> TreeState:
    """One build. Raises ComparisonError when it is not of this tree."""
    of = taken(tree, selection)
    hero = hero_tree_of(tree, selection)
    heroes = (hero,) if hero else ()
    nodes: dict[int, NodeState] = {}
    for node in _drawn(tree, heroes):
        mark = Mark.TAKEN if node.node_id in of else Mark.EMPTY
        if _granted(node):
            mark = Mark.GRANTED
        nodes[node.node_id] = NodeState(
            node=node,
            mark=mark,
            a=of.get(node.node_id),
            rate=rates.nodes.get(node.node_id) if rates else None,
        )
    spent = _spent(of)
    return TreeState(
        tree=tree,
        heroes=heroes,
        nodes=nodes,
        spent=_of_budgets(tree, spent),
        sample=rates.sample if rates else 0,
    )


def compare_state(
    tree: TalentTree,
    a: Selection,
    b: Selection,
    rates_a: PickRates | None = None,
    rates_b: PickRates | None = None,
) -> TreeState:
    """Two builds laid over each other. Raises ComparisonError when one is not of this tree."""
    of_a, of_b = taken(tree, a), taken(tree, b)
    heroes: list[HeroTree] = []
    for selection in (a, b):
        hero = hero_tree_of(tree, selection)
        if hero is not None and hero not in heroes:
            heroes.append(hero)
    nodes = {}
    for node in _drawn(tree, tuple(heroes)):
        left, right = of_a.get(node.node_id), of_b.get(node.node_id)
        mark = Mark.GRANTED if _granted(node) else _compared(left, right)
        nodes[node.node_id] = NodeState(
            node=node,
            mark=mark,
            emphasis=_emphasis(node, mark, other_hero=len(heroes) > 1),
            a=left,
            b=right,
            rate=rates_a.nodes.get(node.node_id) if rates_a else None,
            rate_b=rates_b.nodes.get(node.node_id) if rates_b else None,
        )
    spent_a, spent_b = _spent(of_a), _spent(of_b)
    return TreeState(
        tree=tree,
        heroes=tuple(heroes),
        nodes=nodes,
        spent={
            section: _("A {a} · B {b} of {budget}").format(
                a=spent_a[section], b=spent_b[section], budget=budget
            )
            if spent_a[section] != spent_b[section]
            else f"{spent_a[section]}/{budget}"
            for section, budget in _budgets(tree).items()
        },
        view="both",
    )


def change_state(
    tree: TalentTree, of: Selection, to: Selection, rates: PickRates | None = None
) -> TreeState:
    """The build ``to``, marked where it is other than ``of``. ``rates`` are of their sample.

    Raises ComparisonError when one is not of this tree.
    """
    both = compare_state(tree, to, of, rates)
    hero = hero_tree_of(tree, to)
    kept = _drawn(tree, (hero,) if hero else ())
    spent = _spent(taken(tree, to))
    return TreeState(
        tree=tree,
        heroes=(hero,) if hero else (),
        nodes={node.node_id: replace(both.nodes[node.node_id], changes=True) for node in kept},
        spent=_of_budgets(tree, spent),
        view="changes",
        sample=rates.sample if rates else 0,
    )


def side_of(both: TreeState, side: Literal["a", "b"]) -> TreeState:
    """One of two compared builds by itself; where it differs from the other stays marked."""
    nodes = {}
    for node_id, state in both.nodes.items():
        mine = state.a if side == "a" else state.b
        mark = state.mark if mine or state.mark is Mark.GRANTED else Mark.EMPTY
        rate = state.rate if side == "a" else state.rate_b
        nodes[node_id] = replace(
            state,
            mark=mark,
            a=mine if side == "a" else None,
            b=mine if side == "b" else None,
            rate=rate,
            rate_b=None,
            emphasis=state.emphasis if mine else "pale",
        )
    chosen = nodes[both.tree.selection_node.node_id] if both.tree.selection_node else None
    taken_hero = (chosen.a or chosen.b) if chosen else None
    heroes = tuple(
        hero for hero in both.heroes if taken_hero and hero.entry_id == taken_hero.entry.entry_id
    )
    ids = {hero.hero_tree_id for hero in heroes}
    kept = {
        node_id: state
        for node_id, state in nodes.items()
        if state.node.section != "hero" or state.node.hero_tree_id in ids
    }
    spent = _spent({node_id: one for node_id, state in kept.items() if (one := state.a or state.b)})
    return TreeState(
        tree=both.tree,
        heroes=heroes,
        nodes=kept,
        spent=_of_budgets(both.tree, spent),
        view="side",
    )


def _compared(a: PickedTalent | None, b: PickedTalent | None) -> Mark:
    if a is None or b is None:
        return Mark.ONLY_A if a else Mark.ONLY_B if b else Mark.EMPTY
    if a.entry != b.entry:
        return Mark.CHOICE
    return Mark.TAKEN if a.rank == b.rank else Mark.RANK


def _emphasis(node: TalentNode, mark: Mark, *, other_hero: bool) -> Emphasis:
    """With two hero trees each has its own: that is said by their titles, not node by node."""
    if node.section == "hero" and other_hero:
        return "plain"
    return "pale" if mark in (Mark.EMPTY, Mark.TAKEN, Mark.GRANTED) else "strong"


def _drawn(tree: TalentTree, heroes: tuple[HeroTree, ...]) -> list[TalentNode]:
    """Nodes with talents: class, spec, the given hero trees and the choice between them."""
    ids = {hero.hero_tree_id for hero in heroes}
    return [
        node
        for node in tree.nodes.values()
        if node.entries and (node.section != "hero" or node.hero_tree_id in ids)
    ]


def _granted(node: TalentNode) -> bool:
    # Only chosen hero trees are drawn: their roots come with the choice.
    return node.free


def _spent(of: Mapping[int, PickedTalent]) -> dict[Section, int]:
    spent: dict[Section, int] = {"class": 0, "spec": 0, "hero": 0}
    for one in of.values():
        if one.node.section in spent:
            spent[one.node.section] += one.rank
    return spent


def _of_budgets(tree: TalentTree, spent: Mapping[Section, int]) -> dict[Section, str]:
    return {section: f"{spent[section]}/{budget}" for section, budget in _budgets(tree).items()}


def _budgets(tree: TalentTree) -> dict[Section, int]:
    return {"class": tree.class_points, "spec": tree.spec_points, "hero": tree.hero_points}
