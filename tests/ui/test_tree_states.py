"""What the drawn tree says of one build, and of two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from att_desktop.ui.theme import contrast, dark_palette, light_palette
from att_desktop.ui.tree.node_state import Mark, change_state, compare_state, side_of, tree_state
from att_desktop.ui.tree.texts import plain, state_text, tooltip
from tests.ui.drawn_tree import full, scene_of
from tests.ui.sample_library import TREES

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from att_desktop.game.builds import Selection
    from att_desktop.game.trees import TalentTree


def test_taken_nodes_are_lit_and_edges_between_them(qtbot: QtBot) -> None:
    tree = TREES.tree(250)
    selection = full(tree)
    scene = scene_of()
    scene.show_state(tree_state(tree, selection))
    taken = {node_id for node_id, _, _ in selection}
    for node_id, item in scene.nodes.items():
        if item.node.free:
            assert item.state.mark is Mark.GRANTED
        else:
            assert (item.state.mark is Mark.TAKEN) == (node_id in taken)
    lit = taken | {node_id for node_id, item in scene.nodes.items() if item.node.free}
    for edge in scene.edges:
        assert edge.lit == (edge.source in lit and edge.target in lit)
    spent = {heading.title: heading.subtitle for heading in scene.headings}
    assert spent == {"Death Knight": "34/34", "Deathbringer": "13/13", "Blood": "34/34"}


def test_ranks_are_written_where_there_are_several(qtbot: QtBot) -> None:
    tree = TREES.tree(250)
    double = next(n for n in tree.nodes.values() if n.max_ranks == 2 and n.section == "class")
    scene = scene_of()
    scene.show_state(tree_state(tree, frozenset({(double.node_id, double.entries[0].entry_id, 1)})))
    assert scene.nodes[double.node_id].state.rank_text == "1/2"
    apex = next(item for item in scene.nodes.values() if item.node.kind == "tiered")
    assert apex.state.rank_text == "0/4"
    assert all(
        item.state.rank_text == "" for item in scene.nodes.values() if item.node.max_ranks == 1
    )


def test_only_the_chosen_hero_tree_is_drawn(qtbot: QtBot) -> None:
    tree = TREES.tree(250)
    scene = scene_of()
    scene.show_state(tree_state(tree, full(tree, 1)))
    heroes = {item.node.hero_tree_id for item in scene.nodes.values()} - {0}
    assert heroes == {tree.hero_trees[1].hero_tree_id}
    titles = [heading.title for heading in scene.headings]
    assert titles == ["Death Knight", "Blood", "San'layn"]
    tip = next(h.toolTip() for h in scene.headings if h.title == "San'layn")
    assert "Not chosen: Deathbringer" in tip


def test_without_hero_tree_that_is_said(qtbot: QtBot) -> None:
    scene = scene_of()
    scene.show_state(tree_state(TREES.tree(62), frozenset()))
    assert "No hero tree" in [heading.title for heading in scene.headings]
    assert all(item.node.section != "hero" for item in scene.nodes.values())


def differing(tree: TalentTree, a: Selection) -> tuple[Selection, dict[int, Mark]]:
    """Another choice, one rank fewer, one talent for another; and how each is to be marked."""
    choice = next(
        n
        for n in tree.nodes.values()
        if n.kind == "choice" and any(n.node_id == p[0] for p in a) and n.section == "class"
    )
    now = next(pick for pick in a if pick[0] == choice.node_id)
    other = next(e for e in choice.entries if e.entry_id != now[1])
    double = next(pick for pick in a if pick[2] == 2 and tree.nodes[pick[0]].kind == "single")
    lost = next(
        pick
        for pick in a
        if tree.nodes[pick[0]].kind == "single"
        and pick[2] == 1
        and tree.nodes[pick[0]].section == "spec"
    )
    added = next(
        n
        for n in tree.nodes.values()
        if n.section == "class"
        and n.kind == "single"
        and not n.free
        and n.max_ranks == 1
        and all(n.node_id != pick[0] for pick in a)
    )
    b = (a - {now, double, lost}) | {
        (choice.node_id, other.entry_id, 1),
        (double[0], double[1], 1),
        (added.node_id, added.entries[0].entry_id, 1),
    }
    return b, {
        choice.node_id: Mark.CHOICE,
        double[0]: Mark.RANK,
        lost[0]: Mark.ONLY_A,
        added.node_id: Mark.ONLY_B,
    }


def test_a_comparison_marks_each_difference_once(qtbot: QtBot) -> None:
    tree = TREES.tree(250)
    a = full(tree, 0)
    b, expected = differing(tree, a)
    choice, double, lost = (
        next(node_id for node_id, mark in expected.items() if mark is wanted)
        for wanted in (Mark.CHOICE, Mark.RANK, Mark.ONLY_A)
    )
    now, other = (next(p[1] for p in build if p[0] == choice) for build in (a, b))
    scene = scene_of()
    look = compare_state(tree, a, b)
    scene.show_state(look)
    marks = {
        node_id: item.state.mark
        for node_id, item in scene.nodes.items()
        if item.state.mark not in (Mark.TAKEN, Mark.EMPTY, Mark.GRANTED)
    }
    assert marks == expected
    assert scene.nodes[double].state.rank_text == "2 | 1"
    assert len(scene.nodes[choice].state.shown) == 2
    sides = [side_of(look, "a").nodes, side_of(look, "b").nodes]
    assert [side[double].rank_text for side in sides] == ["2/2", "1/2"]
    assert [side[lost].lit for side in sides] == [True, False]
    assert [[e.entry_id for e in side[choice].shown] for side in sides] == [
        [now],
        [other],
    ]


def test_two_hero_trees_are_drawn_below_each_other_when_they_differ(qtbot: QtBot) -> None:
    tree = TREES.tree(1480)
    scene = scene_of()
    scene.show_state(compare_state(tree, full(tree, 0), full(tree, 1)))
    heroes = {item.node.hero_tree_id for item in scene.nodes.values()} - {0}
    assert len(heroes) == 2
    assert {item.state.mark for item in scene.nodes.values() if item.node.section == "hero"} == {
        Mark.ONLY_A,
        Mark.ONLY_B,
        Mark.GRANTED,
    }


def test_drawing_the_same_tree_again_keeps_its_items(qtbot: QtBot) -> None:
    tree = TREES.tree(250)
    scene = scene_of()
    scene.show_state(tree_state(tree, full(tree)))
    before = dict(scene.nodes)
    scene.show_state(tree_state(tree, frozenset(pick for pick in full(tree) if pick[2] == 1)))
    assert scene.nodes == before
    scene.show_state(tree_state(TREES.tree(62), full(TREES.tree(62))))
    assert not set(scene.nodes) & set(before)


def test_text_is_readable_in_both_sets_of_colours(qtbot: QtBot) -> None:
    for palette in (dark_palette(), light_palette()):
        colours = scene_of(palette).style_.colours
        for mark in Mark:
            assert contrast(colours.texts[mark], colours.fills[mark].color()) >= 4.5, mark
        assert contrast(colours.text, colours.ground) >= 4.5
        assert contrast(colours.faint_text, colours.ground) >= 4.5
        assert contrast(colours.faint_text, colours.badge.color()) >= 4.5
        for badge in (colours.badge_a, colours.badge_b):
            assert contrast(colours.ground, badge.color()) >= 4.5
        for share in (0.0, 0.5, 1.0):
            assert contrast(colours.text, colours.rate(share)) >= 4.5, share


def test_tooltips_say_names_and_never_markup_of_the_data(qtbot: QtBot) -> None:
    tree = TREES.tree(250)
    look = tree_state(tree, full(tree))
    for one in look.nodes.values():
        assert tooltip(one, tree).startswith("<b>")
        assert "<" not in plain(one)


def test_what_two_builds_share_steps_back_and_can_be_left_out(qtbot: QtBot) -> None:
    scene = scene_of()
    tree = TREES.tree(250)
    one = full(tree, 0)
    other, expected = differing(tree, one)
    scene.show_state(compare_state(tree, one, other))
    strong = {n for n, item in scene.nodes.items() if item.state.emphasis == "strong"}
    assert strong == set(expected)
    assert {item.state.emphasis for n, item in scene.nodes.items() if n not in strong} == {"pale"}
    lit = [edge for edge in scene.edges if edge.lit]
    assert lit
    assert all({edge.source, edge.target} & strong for edge in lit)

    scene.set_only_differences(only=True)
    assert {n for n, item in scene.nodes.items() if item.isVisible()} == strong
    assert set(scene.places) <= strong
    scene.show_state(tree_state(tree, one))
    assert all(item.isVisible() for item in scene.nodes.values())


def test_two_hero_trees_are_told_apart_by_their_titles(qtbot: QtBot) -> None:
    scene = scene_of()
    tree = TREES.tree(250)
    scene.show_state(compare_state(tree, full(tree, 0), full(tree, 1)))
    hero = [item for item in scene.nodes.values() if item.node.section == "hero"]
    assert {item.state.emphasis for item in hero} == {"plain"}


def test_an_alternative_is_shown_with_what_it_changes(qtbot: QtBot) -> None:
    scene = scene_of()
    tree = TREES.tree(250)
    best = full(tree, 0)
    alternative, _ = differing(tree, best)
    state = change_state(tree, best, alternative)
    scene.show_state(state)
    taken_nodes = {node_id for node_id, _, _ in alternative}
    for node_id, look in state.nodes.items():
        if look.node.kind != "subtree" and not look.node.free:
            assert look.lit == (node_id in taken_nodes)
    said = {state_text(look) for look in state.nodes.values() if look.emphasis == "strong"}
    assert {"added", "left out", "1/2 instead of 2/2"} < said
    assert len(said) == 4
    assert any(text.startswith("instead of ") for text in said)
