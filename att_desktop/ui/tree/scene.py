"""The scene: the nodes, edges, gates and titles of one spec's tree."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QPalette, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from att_desktop.text import _
from att_desktop.text.formats import listed
from att_desktop.text.names import hero_tree_name
from att_desktop.ui.tree.layout import Place, TreeLayout, lay_out
from att_desktop.ui.tree.line_items import EdgeItem, GateItem, HeadingItem, edge_mark
from att_desktop.ui.tree.node_item import NodeItem
from att_desktop.ui.tree.node_outline import radius_of, shape_of
from att_desktop.ui.tree.node_state import Mark
from att_desktop.ui.tree.style import CanvasStyle
from att_desktop.ui.tree.texts import plain, section_name, tooltip
from att_desktop.ui.widgets.plain_text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from att_desktop.game.trees import HeroTree, TalentTree
    from att_desktop.ui.tree.node_state import TreeState


class TreeScene(QGraphicsScene):
    """Draws a ``TreeState``. Items of the same tree stay and only change what they show."""

    def __init__(self, palette: QPalette, icon_of: Callable[[str], QPixmap | None]) -> None:
        super().__init__()
        self.style_ = CanvasStyle(palette, icon_of)
        self.state: TreeState | None = None
        self.nodes: dict[int, NodeItem] = {}
        self.edges: list[EdgeItem] = []
        self.gates: list[GateItem] = []
        self.headings: list[HeadingItem] = []
        self.places: Mapping[int, Place] = {}
        self._all_places: Mapping[int, Place] = {}
        self._only_differences = False
        self._current: int | None = None
        self._drawn: tuple[TalentTree, tuple[HeroTree, ...]] | None = None
        # The tree is small: a spatial index costs more than it saves.
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setBackgroundBrush(QBrush(self.style_.colours.ground))

    @property
    def current(self) -> int | None:
        """The node with the keyboard focus."""
        return self._current

    def show_state(self, state: TreeState) -> None:
        """Draw a tree; the one that is drawn already is only recoloured."""
        before, self.state = self._drawn, state
        if before is None or before[0] is not state.tree or before[1] != state.heroes:
            self._build(state)
            self._drawn = (state.tree, state.heroes)
        for node_id, item in self.nodes.items():
            node_state = state.nodes[node_id]
            item.show_state(node_state)
            item.setToolTip(tooltip(node_state, state.tree))
        for edge in self.edges:
            ends = (state.nodes[edge.source], state.nodes[edge.target])
            edge.show_mark(edge_mark(*ends, state.view), self.style_)
        for heading in self.headings:
            self._title(heading, state)
        self._hide_equal()

    def empty(self) -> None:
        """Draw nothing."""
        self.clear()
        self.style_.show_tree(None)
        self.state, self._drawn, self._current = None, None, None
        self.nodes, self.edges, self.gates, self.headings = {}, [], [], []
        self.places, self._all_places = {}, {}

    def set_current(self, node_id: int | None) -> None:
        """Put the ring of the keyboard focus on a node; None takes it away."""
        self._current = node_id if node_id in self.places else None
        for other, item in self.nodes.items():
            item.set_current(current=other == self._current)
        for heading in self.headings:
            own = heading.state.node.node_id if heading.state else None
            heading.set_current(current=own is not None and own == self._current)

    def set_pick_rates(self, *, shown: bool) -> None:
        """Show pick rates as colour and percent, or not."""
        if shown != self.style_.pick_rates:
            self.style_.pick_rates = shown
            for item in self.nodes.values():
                item.update()

    def set_only_differences(self, *, only: bool) -> None:
        """Leave out what two builds share, also for the keyboard."""
        if only != self._only_differences:
            self._only_differences = only
            self._hide_equal()

    def set_zooming(self, *, zooming: bool) -> None:
        """At rest nodes are painted once and copied; while the scale changes, a copy is no use."""
        self.style_.set_zooming(zooming=zooming)
        mode = QGraphicsItem.CacheMode
        for item in self.nodes.values():
            item.setCacheMode(mode.NoCache if zooming else mode.DeviceCoordinateCache)

    def set_palette(self, palette: QPalette) -> None:
        """Take the colours that go with another palette."""
        self.style_.set_palette(palette)
        self.setBackgroundBrush(QBrush(self.style_.colours.ground))
        if self.state is not None:
            self.show_state(self.state)
        self.update()

    def _hide_equal(self) -> None:
        state = self.state
        if state is None:
            return
        hide = self._only_differences and state.view != "one"
        hidden = {
            node_id for node_id, node in state.nodes.items() if hide and node.emphasis == "pale"
        }
        for node_id, item in self.nodes.items():
            item.setVisible(node_id not in hidden)
        for edge in self.edges:
            edge.setVisible(not hide or edge.lit)
        self.places = {key: at for key, at in self._all_places.items() if key not in hidden}
        if self._current not in self.places:
            self.set_current(None)

    def icon_arrived(self, name: str) -> None:
        """Redraw the nodes that show an icon."""
        for item in self.nodes.values():
            if any(entry.icon == name for entry in item.state.shown):
                item.update()

    def _build(self, state: TreeState) -> None:
        self.empty()
        self.state = state
        self.style_.show_tree(state.tree)
        layout = lay_out(state.tree, state.heroes)
        for gate in layout.gates:
            item = GateItem(gate, self.style_)
            self.gates.append(item)
            self.addItem(item)
        self._add_edges(state, layout)
        for node_id, place in layout.places.items():
            node_item = NodeItem(state.nodes[node_id], self.style_)
            node_item.setPos(place.x, place.y)
            self.nodes[node_id] = node_item
            self.addItem(node_item)
        for heading in layout.headings:
            heading_item = HeadingItem(heading, self.style_)
            self.headings.append(heading_item)
            self.addItem(heading_item)
        self.places = self._all_places = self._focus_places(state, layout)
        left, top, right, bottom = layout.bounds
        self.setSceneRect(QRectF(left, top, right - left, bottom - top))

    def _add_edges(self, state: TreeState, layout: TreeLayout) -> None:
        for node_id, place in layout.places.items():
            node = state.tree.nodes[node_id]
            for target in node.next:
                end = layout.places.get(target)
                if end is None:
                    continue
                radii = (
                    radius_of(shape_of(node)),
                    radius_of(shape_of(state.tree.nodes[target])),
                )
                edge = EdgeItem(node_id, target, (place, end), radii)
                self.edges.append(edge)
                self.addItem(edge)

    @staticmethod
    def _focus_places(state: TreeState, layout: TreeLayout) -> dict[int, Place]:
        """Places for the keyboard focus: every node; the choice of the hero tree at its title."""
        places = dict(layout.places)
        selection = state.tree.selection_node
        for heading in layout.headings:
            if heading.section == "hero" and selection is not None:
                places.setdefault(selection.node_id, Place(x=heading.x, y=heading.y))
        return places

    def _title(self, item: HeadingItem, state: TreeState) -> None:
        heading = item.heading
        if heading.section != "hero":
            name = section_name(state.tree, heading.section)
            item.show_text(name, state.spent[heading.section])
            points = _("{tree}: {points} points")
            item.setToolTip(
                plain_tip(points.format(tree=name, points=state.spent[heading.section]))
            )
            return
        selection = state.tree.selection_node
        choice = state.nodes.get(selection.node_id) if selection else None
        mark = Mark.TAKEN
        if choice and heading.hero and state.view == "both":
            has_a = bool(choice.a and choice.a.entry.entry_id == heading.hero.entry_id)
            has_b = bool(choice.b and choice.b.entry.entry_id == heading.hero.entry_id)
            if has_a != has_b:
                mark = Mark.ONLY_A if has_a else Mark.ONLY_B
        title = hero_tree_name(heading.hero.name) if heading.hero else _("No hero tree")
        unchosen = [
            hero_tree_name(hero.name) for hero in state.tree.hero_trees if hero not in state.heroes
        ]
        subtitle = state.spent["hero"] if mark is Mark.TAKEN and heading.hero else ""
        item.show_text(title, subtitle, choice, mark)
        if choice is not None:
            text = tooltip(choice, state.tree)
            if unchosen:
                sentence = _("Not chosen: {names}").format(names=listed(unchosen))
                text += f"<br>{escape(sentence)}"
            item.setToolTip(text)

    def describe(self, node_id: int) -> str:
        """One line on a node, for a screen reader."""
        return plain(self.state.nodes[node_id]) if self.state else ""
