"""Selections: from rows of Warcraft Logs, and what makes one impossible."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from att_desktop.game.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from att_desktop.game.builds import Pick, Selection
    from att_desktop.game.trees import HeroTree, TalentTree

SkipReason: TypeAlias = Literal[
    "row.no_talents",
    "row.other_talents",
    "row.two_of_one_choice",
    "row.two_hero_trees",
    "row.above_max_rank",
]
"""Why a row of the rankings is of no use, in the order in which they are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Points spent by section; ``spec`` includes the apex ranks, ``hero`` not the granted root."""

    class_: int
    spec: int
    hero: int


def selection_from_rows(
    tree: TalentTree, rows: Iterable[tuple[int, int]]
) -> Selection | SkipReason:
    """The selection of one player, from (entry id, points) as ``rankings[].talents`` has them.

    Rows with no points are losers of a choice and do not count; granted talents are in nobody's
    selection. Talents of a hero tree that is not chosen are left out; where there are talents of
    two, the choice must be there too. Returns the reason instead when the rows do not fit this
    tree, or purchase nothing.
    """
    rows = list(rows)
    pick_of_row, place = tree.pick_of_row, tree.place_of_pick
    try:
        found = [pick_of_row[row] for row in rows if row[1] > 0]
    except KeyError:
        return _selection_or_reason(tree, rows)
    picks = [pick for pick in found if pick is not None]
    selection = selection_of(tree, picks)
    as_usual = len({place[pick] for pick in picks}) == len(picks)
    if selection and as_usual and (len(selection) == len(picks) or hero_tree_of(tree, selection)):
        return selection
    return _selection_or_reason(tree, rows)


def _selection_or_reason(
    tree: TalentTree, rows: Iterable[tuple[int, int]]
) -> Selection | SkipReason:
    """The same, entry by entry, for rows in which something is not as usual."""
    purchasable = tree.purchasable
    picks: dict[Pick, int] = {}
    two_talents = False
    taken_in: dict[int, int] = {}  # the entry by choice node
    ranks: dict[int, int] = {}  # by node
    heroes: set[int] = set()
    for entry_id, points in rows:
        if points <= 0:
            continue
        talent = purchasable.get(entry_id)
        if talent is None:
            if entry_id not in tree.entries:
                return "row.other_talents"
            continue  # granted
        node_id = talent.node_id
        if talent.is_choice and taken_in.setdefault(node_id, talent.entry_id) != talent.entry_id:
            two_talents = True
        if talent.hero_tree_id:
            heroes.add(talent.hero_tree_id)
        ranks[node_id] = ranks.get(node_id, 0) + points
        key = (node_id, talent.entry_id, talent.max_ranks)
        picks[key] = picks.get(key, 0) + points
    if not picks:
        return "row.no_talents"
    if two_talents:
        return "row.two_of_one_choice"
    choice = tree.selection_node
    if len(heroes) > 1 and (choice is None or choice.node_id not in taken_in):
        return "row.two_hero_trees"
    if any(rank > tree.nodes[node_id].max_ranks for node_id, rank in ranks.items()) or any(
        rank > most for (_, _, most), rank in picks.items()
    ):
        return "row.above_max_rank"
    bought = [(node, entry, rank) for (node, entry, _), rank in picks.items()]
    return selection_of(tree, bought) or "row.no_talents"


def selection_of(tree: TalentTree, picks: Collection[Pick]) -> Selection:
    """The selection that these purchases are: without those of a hero tree that is not chosen."""
    selection = frozenset(picks)
    outside = _outside(tree, selection)
    return selection.difference(outside) if outside else selection


def _outside(tree: TalentTree, selection: Selection) -> Selection:
    """The hero talents that are not of the chosen hero tree."""
    hero = hero_tree_of(tree, selection)
    chosen = hero.hero_tree_id if hero else 0
    outside = selection & tree.picks_outside[chosen]
    no_picks = selection.difference(tree.pick_bits)  # ranks that the tree has not
    if no_picks:
        hero_of = tree.hero_tree_of_node
        outside |= {pick for pick in no_picks if hero_of.get(pick[0], chosen) != chosen}
    return outside


def rank_of_nodes(selection: Iterable[Pick]) -> Mapping[int, int]:
    """Rank by node id: the sum over the entries of an apex node."""
    ranks: Counter[int] = Counter()
    for node_id, _, rank in selection:
        ranks[node_id] += rank
    return ranks


def hero_tree_of(tree: TalentTree, selection: Collection[Pick]) -> HeroTree | None:
    """The chosen hero tree: what the sub-tree selection node says."""
    for pick, hero in tree.hero_picks:
        if pick in selection:
            return hero
    return None


def points_of(tree: TalentTree, selection: Collection[Pick]) -> Points:
    """Points spent by section."""
    bits = _bits_of(tree, selection)
    if bits is None:
        return _points_of_any(tree, selection)
    in_section = tree.section_bits
    return Points(
        class_=(bits & in_section["class"]).bit_count(),
        spec=(bits & in_section["spec"]).bit_count(),
        hero=(bits & in_section["hero"]).bit_count(),
    )


def _bits_of(tree: TalentTree, selection: Iterable[Pick]) -> int | None:
    """``TalentTree.pick_bits`` of a selection; None when it has ranks that the tree has not."""
    try:
        return sum(map(tree.pick_bits.__getitem__, selection))
    except KeyError:
        return None


def _points_of_any(tree: TalentTree, selection: Iterable[Pick]) -> Points:
    """Points also for ranks and talents that the tree does not have."""
    spent: Counter[str] = Counter()
    for node_id, _, rank in selection:
        node = tree.nodes.get(node_id)
        if node is not None:
            spent[node.section] += rank
    return Points(class_=spent["class"], spec=spent["spec"], hero=spent["hero"])


def selection_problems(tree: TalentTree, selection: Selection) -> list[Problem]:
    """What is wrong with a selection on this tree; empty when nothing is.

    Hero talents must all be of the chosen hero tree, and points stay within the budget of the
    highest level.
    """
    problems = []
    hero = hero_tree_of(tree, selection)
    if _outside(tree, selection):
        problems.append(
            Problem(code="code.hero_talents_outside", name=hero.name)
            if hero
            else Problem(code="code.hero_talents_alone")
        )
    points = points_of(tree, selection)
    for name, spent, budget in (
        ("class", points.class_, tree.class_points),
        ("spec", points.spec, tree.spec_points),
        ("hero", points.hero, tree.hero_points),
    ):
        if spent > budget:
            problems.append(Problem(code="code.points", name=name, number=spent, limit=budget))
    return problems
