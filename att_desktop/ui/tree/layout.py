"""Where everything of a talent tree stands on the canvas, in scene units.

Nodes of a section stand to each other as the game's data put them, at a tenth of the game's units
(a grid step is 60). The class keeps the data's place. The hero trees, which lie over others in the
data, are moved between class and spec like in the game, and the spec close to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from att_desktop.game.trees import HeroTree, Section, TalentNode, TalentTree

SCALE: Final = 0.1
STEP: Final = 60.0
"""One grid step of the game in scene units."""

_TITLE_GAP: Final = 46.0  # from a section's first row up to its title
_HERO_TITLE_GAP: Final = 46.0
_HERO_SPACING: Final = 98.0  # between two hero trees, the title of the second included
_HERO_WIDTH: Final = 180.0
_GAP: Final = 74.0  # from centre to centre, between class, hero tree and spec
HERO_ROOM: Final = 2 * _GAP + _HERO_WIDTH - 54.0
"""What a hero tree's title may take between the nodes of class and spec."""
_MARGIN: Final = 34.0
GATE_LABEL: Final = 20.0
"""What the points of a gate take before its line, where names are shown."""
_BELOW: Final = 44.0  # the apex node, and its pick rate below it


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The centre of a node."""

    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A line that can be passed once ``points`` are spent in the section above it."""

    section: Section
    points: int
    left: float
    right: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Where the title of a section is centred. ``hero`` None in section hero: none is chosen."""

    section: Section
    x: float
    y: float
    hero: HeroTree | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeLayout:
    """Places by node id of every node that is drawn, and what stands around them.

    ``bounds`` is (left, top, right, bottom) with a margin.
    """

    places: Mapping[int, Place]
    gates: tuple[Gate, ...]
    headings: tuple[Heading, ...]
    bounds: tuple[float, float, float, float]


def lay_out(tree: TalentTree, heroes: Sequence[HeroTree]) -> TreeLayout:
    """Lay out class and spec, and ``heroes`` (none, one or two) one below the other between them.

    Nodes without any talent are placeholders of the data and have no place.
    """
    drawn = [node for node in tree.nodes.values() if node.entries]
    sections: dict[Section, list[TalentNode]] = {
        "class": [node for node in drawn if node.section == "class"],
        "spec": [node for node in drawn if node.section == "spec"],
    }
    classes = {node.node_id: _raw(node) for node in sections["class"]}
    specs = {node.node_id: _raw(node) for node in sections["spec"]}
    spec_left = _box(classes.values())[2] + 2 * _GAP + _HERO_WIDTH
    shift = spec_left - _box(specs.values())[0]
    places = classes | {key: Place(x=at.x + shift, y=at.y) for key, at in specs.items()}
    headings, gates = [], []
    for section, nodes in sections.items():
        box = _box(places[node.node_id] for node in nodes)
        headings.append(Heading(section=section, x=(box[0] + box[2]) / 2, y=box[1] - _TITLE_GAP))
        gates += _gates(section, nodes, box)
    headings += _place_heroes(tree, heroes, sections, places)
    box = _box(places.values())
    top = min(box[1], *(heading.y for heading in headings))
    return TreeLayout(
        places=places,
        gates=tuple(gates),
        headings=tuple(headings),
        bounds=(
            box[0] - STEP / 2 - GATE_LABEL,
            top - _MARGIN / 2,
            box[2] + _MARGIN,
            box[3] + _BELOW,
        ),
    )


def _place_heroes(
    tree: TalentTree,
    heroes: Sequence[HeroTree],
    sections: Mapping[Section, list[TalentNode]],
    places: dict[int, Place],
) -> list[Heading]:
    """Place the hero trees in the middle between class and spec; returns their headings."""
    left = max(places[node.node_id].x for node in sections["class"])
    right = min(places[node.node_id].x for node in sections["spec"])
    # The apex node hangs below the grid: it does not count for the height.
    rows = [places[node.node_id].y for node in sections["class"]]
    middle = (left + right) / 2
    if not heroes:
        return [Heading(section="hero", x=middle, y=(min(rows) + max(rows)) / 2)]
    boxes = [_box(_raw(tree.nodes[node_id]) for node_id in hero.node_ids) for hero in heroes]
    height = sum(box[3] - box[1] for box in boxes) + _HERO_SPACING * (len(boxes) - 1)
    top = (min(rows) + max(rows) - height) / 2 + _HERO_TITLE_GAP / 2
    headings = []
    for hero, box in zip(heroes, boxes, strict=True):
        dx = (left + right - box[0] - box[2]) / 2
        dy = top - box[1]
        for node_id in hero.node_ids:
            raw = _raw(tree.nodes[node_id])
            places[node_id] = Place(x=raw.x + dx, y=raw.y + dy)
        headings.append(Heading(section="hero", x=middle, y=top - _HERO_TITLE_GAP, hero=hero))
        top += box[3] - box[1] + _HERO_SPACING
    return headings


def _raw(node: TalentNode) -> Place:
    return Place(x=node.x * SCALE, y=node.y * SCALE)


def _gates(
    section: Section, nodes: list[TalentNode], box: tuple[float, float, float, float]
) -> list[Gate]:
    """A gate stands half a step above the first row that asks for its points."""
    # The apex node asks for points too, but it hangs below a gate that is drawn already.
    first_row: dict[int, int] = {}
    for node in nodes:
        if node.req_points:
            first_row[node.req_points] = min(first_row.get(node.req_points, node.y), node.y)
    return [
        Gate(
            section=section,
            points=points,
            left=box[0] - STEP / 2,
            right=box[2] + STEP / 2,
            y=y * SCALE - STEP / 2,
        )
        for points, y in sorted(first_row.items())
    ]


def _box(places: Iterable[Place]) -> tuple[float, float, float, float]:
    found = list(places)
    return (
        min(place.x for place in found),
        min(place.y for place in found),
        max(place.x for place in found),
        max(place.y for place in found),
    )
