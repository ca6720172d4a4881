"""The drawn tree against the tree data as they were published, for every spec."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QFontMetricsF

from att_desktop.game.specs import SPECS
from att_desktop.game.trees import embedded_tree_data
from att_desktop.ui.tree.node_outline import radius_of
from att_desktop.ui.tree.node_state import Mark, compare_state, tree_state
from att_desktop.ui.tree.text_scale import LARGEST
from tests.ui.drawn_tree import full, scene_of
from tests.ui.sample_library import TREES

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

RAW: dict[int, dict[str, Any]] = {one["specId"]: one for one in json.loads(embedded_tree_data())}
GRID = 600
EACH_SPEC = [
    pytest.param(spec_id, marks=() if number % 6 == 0 else pytest.mark.slow)
    for number, spec_id in enumerate(sorted(SPECS))
]


def raw_nodes(spec_id: int, section: str, hero_id: int = 0) -> list[dict[str, Any]]:
    return [
        node
        for node in RAW[spec_id][section]
        if any(node["entries"]) and (not hero_id or node["subTreeId"] == hero_id)
    ]


@pytest.mark.parametrize("spec_id", EACH_SPEC)
def test_positions_edges_ranks_and_choices_are_those_of_the_data(
    qtbot: QtBot, spec_id: int
) -> None:
    tree = TREES.tree(spec_id)
    for number, hero in enumerate(tree.hero_trees):
        scene = scene_of()
        scene.show_state(tree_state(tree, full(tree, number)))
        sections = [
            raw_nodes(spec_id, "classNodes"),
            raw_nodes(spec_id, "specNodes"),
            raw_nodes(spec_id, "heroNodes", hero.hero_tree_id),
        ]
        assert set(scene.nodes) == {node["id"] for nodes in sections for node in nodes}
        for nodes in sections:
            origin = nodes[0]
            at = scene.nodes[origin["id"]].pos()
            for node in nodes:
                item = scene.nodes[node["id"]]
                # A grid step of the game is 60 units of the scene, inside each section.
                assert item.pos().x() - at.x() == pytest.approx(
                    (node["posX"] - origin["posX"]) / GRID * 60
                )
                assert item.pos().y() - at.y() == pytest.approx(
                    (node["posY"] - origin["posY"]) / GRID * 60
                )
                assert item.node.max_ranks == node["maxRanks"]
                assert [entry.name for entry in item.node.entries] == [
                    entry["name"] for entry in node["entries"] if entry
                ]
        drawn = {(edge.source, edge.target) for edge in scene.edges}
        expected = {
            (node["id"], target)
            for nodes in sections
            for node in nodes
            for target in node["next"]
            if target in scene.nodes
        }
        assert drawn == expected
        assert len(scene.edges) == len(expected)


@pytest.mark.parametrize("spec_id", EACH_SPEC)
def test_shapes_tell_active_passive_choice_and_apex(qtbot: QtBot, spec_id: int) -> None:
    scene = scene_of()
    tree = TREES.tree(spec_id)
    scene.show_state(tree_state(tree, full(tree)))
    raw = {
        node["id"]: node
        for name in ("classNodes", "specNodes", "heroNodes")
        for node in RAW[spec_id][name]
    }
    for node_id, item in scene.nodes.items():
        node = raw[node_id]
        if node["type"] == "tiered":
            expected = "apex"
        elif node["type"] == "choice":
            expected = "octagon"
        else:
            expected = "square" if node["entries"][0]["type"] == "active" else "circle"
        assert item.shape_name == expected


@pytest.mark.parametrize("spec_id", EACH_SPEC)
def test_nothing_overlaps_and_all_is_inside(qtbot: QtBot, spec_id: int) -> None:
    scene = scene_of()
    tree = TREES.tree(spec_id)
    other = full(tree, 1)
    scene.show_state(compare_state(tree, full(tree, 0), other))
    items = list(scene.nodes.values())
    for number, item in enumerate(items):
        assert scene.sceneRect().contains(item.mapRectToScene(item.shape().boundingRect()))
        for following in items[number + 1 :]:
            assert not item.collidesWithItem(following), (item.node.name, following.node.name)
    for heading in scene.headings:
        box = heading.mapRectToScene(heading.boundingRect())
        assert scene.sceneRect().contains(box)
        for item in items:
            assert not box.intersects(item.mapRectToScene(item.shape().boundingRect()))


@pytest.mark.parametrize("spec_id", EACH_SPEC)
@pytest.mark.parametrize("scale", [1.0, LARGEST])
def test_signs_points_and_ranks_leave_each_other_free(
    qtbot: QtBot, spec_id: int, scale: float
) -> None:
    """Also where small text is enlarged most: no ◇ in the points of a title, no rank in a node."""
    scene = scene_of()
    tree = TREES.tree(spec_id)
    scene.show_state(tree_state(tree, full(tree)))
    items = list(scene.nodes.values())
    signs = [item.mapRectToScene(item.sign_box(scale)) for item in items]
    signs = [sign for sign in signs if not sign.isEmpty()]
    ranks = [item.mapRectToScene(item.rank_box(scale)) for item in items if item.state.rank_text]
    titles = [heading.mapRectToScene(heading.boundingRect()) for heading in scene.headings]
    assert signs
    for sign in signs:
        assert not any(sign.intersects(other) for other in (*titles, *ranks))
    for rank in ranks:
        shapes = (item.mapRectToScene(item.shape().boundingRect()) for item in items)
        assert sum(shape.intersects(rank) for shape in shapes) == 1


@pytest.mark.parametrize("spec_id", EACH_SPEC)
def test_names_leave_ranks_and_points_of_gates_free(qtbot: QtBot, spec_id: int) -> None:
    scene = scene_of()
    tree = TREES.tree(spec_id)
    scene.show_state(tree_state(tree, full(tree)))
    names = []
    for item in scene.nodes.values():
        below = radius_of(item.shape_name)
        room = scene.style_.name_room(item.state.name).translated(0, below)
        names.append(item.mapRectToScene(room))
        assert not room.intersects(item.rank_box(1.2, named=True))
    for scale in (1.0, LARGEST):
        rates = [item.mapRectToScene(item.rate_box(1.0, scale)) for item in scene.nodes.values()]
        for label in (item.label_box(scale) for item in scene.gates):
            assert scene.sceneRect().contains(label)
            assert not any(label.intersects(rate) for rate in rates)
            assert scale > 1 or not any(label.intersects(name) for name in names)


@pytest.mark.parametrize("spec_id", EACH_SPEC)
def test_letters_leave_a_line_of_each_name_free(qtbot: QtBot, spec_id: int) -> None:
    """Of a comparison in which each talent differs: all are named, and all have a letter."""
    scene = scene_of()
    tree = TREES.tree(spec_id)
    taken = full(tree)
    scene.show_state(compare_state(tree, taken, frozenset()))
    items = [one for one in scene.nodes.values() if one.state.mark is Mark.ONLY_A]
    assert len(items) > 40
    first = QFontMetricsF(scene.style_.fonts.name).height()
    names = []
    for item in items:
        room = scene.style_.name_room(item.state.name)
        room.setHeight(min(room.height(), first))
        names.append(item.mapRectToScene(room.translated(0, item._radius + item._grow)))
    for item in items:
        sign = item.mapRectToScene(item.sign_box(1.0))
        assert not any(sign.intersects(name) for name in names), item.state.name


@pytest.mark.parametrize("spec_id", EACH_SPEC)
def test_gates_stand_between_the_rows_they_part(qtbot: QtBot, spec_id: int) -> None:
    scene = scene_of()
    tree = TREES.tree(spec_id)
    scene.show_state(tree_state(tree, full(tree)))
    for section, name in (("class", "classNodes"), ("spec", "specNodes")):
        gates = [item.gate for item in scene.gates if item.gate.section == section]
        asked = {node["reqPoints"] for node in raw_nodes(spec_id, name) if node.get("reqPoints")}
        assert {gate.points for gate in gates} == asked
        for gate in gates:
            for node in raw_nodes(spec_id, name):
                y = scene.nodes[node["id"]].pos().y()
                assert (y > gate.y) == (node.get("reqPoints", 0) >= gate.points)
