"""Zoom, pan, the keyboard walk, the list, and the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QPainter, QPixmap, QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsItem, QMenu

from att_desktop.game.pick_rates import Counted, pick_rates
from att_desktop.game.specs import SPECS
from att_desktop.text.formats import share
from att_desktop.ui.theme import dark_palette, light_palette
from att_desktop.ui.tree import talent_menu
from att_desktop.ui.tree.keyboard_nav import first_node, next_node
from att_desktop.ui.tree.node_state import Mark, compare_state, tree_state
from att_desktop.ui.tree.panel import TreePanel
from att_desktop.ui.tree.picture import Caption, image_of
from att_desktop.ui.tree.table import NODE_ROLE, TalentTableModel
from att_desktop.ui.tree.text_scale import LARGEST, text_scale
from att_desktop.ui.tree.texts import initials
from att_desktop.ui.widgets.picture_actions import png_of
from tests.ui.drawn_tree import full
from tests.ui.pages import context_with
from tests.ui.sample_library import TREES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from att_desktop.game.builds import Selection
    from att_desktop.game.trees import TalentTree
    from att_desktop.ui.tree.node_state import TreeState

BLOOD = TREES.tree(250)


def otherwise(tree: TalentTree, selection: Selection) -> Selection:
    """The other talent of every choice."""
    return frozenset(
        (node_id, next(e.entry_id for e in node.entries if e.entry_id != entry_id), rank)
        if (node := tree.nodes[node_id]).kind == "choice"
        else (node_id, entry_id, rank)
        for node_id, entry_id, rank in selection
    )


def rated(tree: TalentTree) -> TreeState:
    builds = [Counted(selection=full(tree, 0), count=3), Counted(selection=full(tree, 1), count=1)]
    return tree_state(tree, full(tree), pick_rates(tree, builds))


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[TreePanel]:
    context = context_with(None)
    panel = TreePanel(context)
    qtbot.addWidget(panel)
    panel.resize(1000, 700)
    panel.show_state(rated(BLOOD))
    panel.show()
    qtbot.waitExposed(panel)
    yield panel
    panel.close()


@pytest.mark.parametrize("spec_id", sorted(SPECS))
def test_the_arrow_keys_reach_every_node(spec_id: int, qtbot: QtBot) -> None:
    context = context_with(None)
    panel = TreePanel(context)
    qtbot.addWidget(panel)
    tree = TREES.tree(spec_id)
    panel.show_state(tree_state(tree, full(tree)))
    places = panel.scene.places
    start = first_node(places)
    assert start is not None
    reached, front = {start}, [start]
    while front:
        here = front.pop()
        for direction in ("left", "right", "up", "down"):
            there = next_node(places, here, direction)
            if there is not None and there not in reached:
                reached.add(there)
                front.append(there)
    assert reached == set(places)
    selection = tree.selection_node
    assert selection is not None
    assert selection.node_id in places


def test_keys_walk_and_enter_tells_details(qtbot: QtBot, panel: TreePanel) -> None:
    chosen: list[int] = []
    panel.view.node_chosen.connect(chosen.append)
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    first = panel.scene.current
    qtbot.keyClick(panel.view, Qt.Key.Key_Right)
    assert first is not None
    assert chosen == [first, panel.scene.current]
    places = panel.scene.places
    assert places[chosen[1]].x > places[chosen[0]].x
    assert panel.view.accessibleDescription() == panel.scene.describe(chosen[1])
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    assert panel.scene.current is None


def test_zoom_stays_in_bounds_and_fit_brings_all_back(qtbot: QtBot, panel: TreePanel) -> None:
    fitted = panel.view.zoom
    for _ in range(60):
        qtbot.keyClick(panel.view, Qt.Key.Key_Plus)
    assert panel.view.zoom == pytest.approx(6.0)
    for _ in range(60):
        qtbot.keyClick(panel.view, Qt.Key.Key_Minus)
    assert panel.view.zoom == pytest.approx(0.15)
    qtbot.keyClick(panel.view, Qt.Key.Key_0)
    assert panel.view.zoom == pytest.approx(fitted)
    shown = panel.view.mapToScene(panel.view.viewport().rect()).boundingRect()
    assert shown.adjusted(-2, -2, 2, 2).contains(panel.scene.sceneRect())


def test_the_wheel_zooms_where_the_mouse_is(qtbot: QtBot, panel: TreePanel) -> None:
    before = panel.view.zoom
    at = QPointF(300, 300)
    event = QWheelEvent(
        at,
        panel.view.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(panel.view.viewport(), event)
    assert panel.view.zoom == pytest.approx(before * 1.2)
    assert not panel.view.fitted


def test_a_fitted_tree_stays_fitted_when_the_window_grows(qtbot: QtBot, panel: TreePanel) -> None:
    before = panel.view.zoom
    panel.resize(1600, 1100)
    assert panel.view.zoom > before


def test_clicking_a_node_chooses_it_in_the_list_too(qtbot: QtBot, panel: TreePanel) -> None:
    panel.list_action.trigger()
    node_id = next(iter(panel.scene.nodes))
    place = panel.scene.places[node_id]
    at = panel.view.mapFromScene(QPointF(place.x, place.y))
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert panel.scene.current == node_id
    assert panel.list.currentIndex().data(NODE_ROLE) == node_id


def test_the_list_leads_the_canvas(qtbot: QtBot, panel: TreePanel) -> None:
    panel.list_action.trigger()
    index = panel.list.model().index(20, 1)
    panel.list.setCurrentIndex(index)
    assert panel.scene.current == index.data(NODE_ROLE)


def test_the_list_says_what_the_canvas_shows(
    qtbot: QtBot, qtmodeltester: ModelTester, panel: TreePanel
) -> None:
    qtmodeltester.check(panel.model)
    listed = {panel.model.index(row, 0).data(NODE_ROLE) for row in range(panel.model.rowCount())}
    assert listed == set(panel.scene.places)


def test_the_list_has_sections_ranks_and_rates() -> None:
    model = TalentTableModel()
    model.show_state(rated(BLOOD))
    rows = {
        model.index(row, 1).data(): [model.index(row, column).data() for column in range(4)]
        for row in range(model.rowCount())
    }
    assert rows["Deathbringer"] == ["Hero tree", "Deathbringer", "taken", "75%"]
    assert rows["Death Strike"] == ["Death Knight", "Death Strike", "granted", ""]
    assert rows["Reaper's Mark"][0] == "Deathbringer"
    model.show_state(None)
    assert model.rowCount() == 0


def test_pick_rates_are_only_there_with_a_sample(qtbot: QtBot, panel: TreePanel) -> None:
    panel.rates_action.setChecked(True)
    assert panel.scene.style_.pick_rates
    panel.show_state(tree_state(BLOOD, full(BLOOD)))
    assert not panel.scene.style_.pick_rates
    assert not panel.rates_action.isEnabled()


def shot(panel: TreePanel) -> QImage:
    QApplication.processEvents()
    return panel.view.grab().toImage()


def colour_at(panel: TreePanel, node_id: int) -> str:
    """A node's colour left of its middle, where neither letters nor badges are."""
    place = panel.scene.places[node_id]
    view = panel.view
    at = view.mapFromScene(QPointF(place.x - 14, place.y)) * view.devicePixelRatioF()
    return shot(panel).pixelColor(at).name()


def test_nodes_are_painted_anew_when_pick_rates_or_colours_change(panel: TreePanel) -> None:
    pictures = [shot(panel)]
    panel.rates_action.setChecked(True)
    pictures.append(shot(panel))
    for palette in (light_palette(), dark_palette()):
        panel.view.setPalette(palette)
        pictures.append(shot(panel))
    panel.rates_action.setChecked(False)
    pictures.append(shot(panel))
    assert len({bytes(picture.constBits()) for picture in pictures}) >= 4
    assert pictures[1] != pictures[0]
    assert pictures[2] != pictures[3]
    assert pictures[4] != pictures[3]


def test_pick_rates_shine_through_icons(panel: TreePanel) -> None:
    icon = QPixmap(56, 56)
    icon.fill(QColor("#208040"))
    panel.scene.style_._icon_of = lambda _name: icon
    panel.rates_action.setChecked(True)
    for item in panel.scene.nodes.values():
        item.update()
    rates = {node_id: item.state.share for node_id, item in panel.scene.nodes.items()}
    hot = next(node_id for node_id, share in rates.items() if share == 1.0)
    cold = next(node_id for node_id, share in rates.items() if share == 0.0)
    assert panel.scene.nodes[hot].shape_name != "apex"
    # Cold is bluish, hot is reddish, in light and dark.
    assert QColor(colour_at(panel, cold)).blue() > QColor(colour_at(panel, hot)).blue() + 40


def test_zooming_leaves_the_same_picture_as_drawing_it_there(
    qtbot: QtBot, panel: TreePanel
) -> None:
    """Copies of nodes that were made while it moved would stay coarse."""
    icon = QPixmap(56, 56)
    icon.fill(QColor("#208040"))
    QPainter(icon).drawText(4, 40, "icon")
    panel.scene.style_._icon_of = lambda _name: icon
    panel.view.zoom_by(1.6)
    shot(panel)
    qtbot.waitUntil(
        lambda: bool(panel.view.renderHints() & QPainter.RenderHint.SmoothPixmapTransform)
    )
    zoomed = shot(panel)
    for item in panel.scene.nodes.values():
        item.update()
    assert shot(panel) == zoomed


@pytest.mark.parametrize("zoom", [1.0, 3.0])
def test_copies_of_nodes_cut_nothing_off(qtbot: QtBot, panel: TreePanel, zoom: float) -> None:
    """A copy is as large as its item says: signs and badges must not reach further."""
    panel.resize(520, 380)
    panel.show_state(compare_state(BLOOD, full(BLOOD, 0), otherwise(BLOOD, full(BLOOD, 1))))
    panel.view.zoom_by(zoom)
    qtbot.waitUntil(
        lambda: bool(panel.view.renderHints() & QPainter.RenderHint.SmoothPixmapTransform)
    )
    marks = {item.state.mark for item in panel.scene.nodes.values()}
    assert marks >= {Mark.ONLY_A, Mark.ONLY_B, Mark.CHOICE, Mark.GRANTED}
    pictures = []
    for mode in (QGraphicsItem.CacheMode.DeviceCoordinateCache, QGraphicsItem.CacheMode.NoCache):
        for item in panel.scene.nodes.values():
            item.setCacheMode(mode)
        picture = shot(panel)  # its bits are gone with it
        pictures.append(bytes(picture.constBits()))
    assert max(abs(one - other) for one, other in zip(*pictures, strict=True)) < 16


@pytest.mark.parametrize(
    ("detail", "scale"), [(0.0, LARGEST), (0.2, LARGEST), (0.95, 1.0), (3.0, 1.0)]
)
def test_small_text_grows_on_a_small_tree_only(detail: float, scale: float) -> None:
    assert text_scale(detail) == scale


def test_a_message_takes_the_place_of_the_tree(qtbot: QtBot, panel: TreePanel) -> None:
    panel.show_message("Nothing here yet.")
    assert panel.state is None
    assert panel.scene.nodes == {}
    assert panel.model.rowCount() == 0
    panel.show_state(rated(BLOOD))
    assert panel.scene.nodes


def test_the_canvas_follows_light_and_dark(qtbot: QtBot, panel: TreePanel) -> None:
    panel.view.setPalette(light_palette())
    light = panel.scene.style_.colours.ground
    panel.view.setPalette(dark_palette())
    assert panel.scene.style_.colours.ground.lightnessF() < light.lightnessF()


def test_the_picture_is_a_png_of_the_whole_tree(qtbot: QtBot, panel: TreePanel) -> None:
    panel.scene.show_state(compare_state(BLOOD, full(BLOOD, 0), full(BLOOD, 1)))
    caption = Caption(title="A: one   B: another", notes=("C" * 300,))
    data = png_of(image_of(panel.scene, caption, scale=1.0))
    assert data.startswith(b"\x89PNG")
    image = QImage.fromData(data, "PNG")
    assert image.width() == round(panel.scene.sceneRect().width())
    colours = {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    }
    assert panel.scene.style_.colours.ground.name() in colours
    assert len(colours) > 20


@pytest.mark.parametrize(
    ("part", "text"),
    [(0.0, "0%"), (0.001, "1%"), (0.5, "50%"), (0.999, "99%"), (1.0, "100%")],
)
def test_percents_never_round_to_all_or_nothing(part: float, text: str) -> None:
    assert share(part) == text


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Blood Boil", "BB"),
        ("Marrowrend", "Ma"),
        ("Will of the Necropolis", "WN"),
        ("Anti-Magic Zone", "AM"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(("ratio", "pictures"), [(1.0, False), (2.0, True)])
def test_the_screens_pixels_decide_what_is_drawn(
    qtbot: QtBot, panel: TreePanel, ratio: float, pictures: bool
) -> None:
    """At 200 % a tree that is half as large in the window's pixels shows what it does at 100 %."""
    scene = panel.scene
    size = scene.sceneRect().size() * 0.12
    image = QImage((size * ratio).toSize(), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    asked: list[str] = []
    scene.style_._icon_of = lambda name: asked.append(name)
    painter = QPainter(image)
    scene.render(painter, QRectF(0, 0, size.width(), size.height()), scene.sceneRect())
    painter.end()
    assert bool(asked) == pictures


def test_the_menu_of_a_talent_leads_to_wowhead_and_copies_its_name(
    qtbot: QtBot, panel: TreePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(talent_menu, "open_link", lambda address, _parent: opened.append(address))
    node = next(item.node for item in panel.scene.nodes.values() if len(item.state.shown) == 1)
    panel.view.choose(node.node_id)
    key = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(panel.view.viewport(), QContextMenuEvent(key, QPoint(), QPoint()))
    menu = panel.findChild(QMenu)
    assert menu is not None
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    entry = panel.scene.nodes[node.node_id].state.shown[0]
    assert texts == [
        f"Open “{entry.name}” on Wowhead",
        "Copy name",
        "Copy picture",
        "Save picture…",
    ]
    menu.actions()[0].trigger()
    assert opened == [f"https://www.wowhead.com/spell={entry.spell_id}"]
    menu.actions()[1].trigger()
    assert QApplication.clipboard().text() == entry.name
    menu.close()


def test_a_picture_is_copied_and_saved_with_what_it_shows(
    qtbot: QtBot, panel: TreePanel, tmp_path: Path
) -> None:
    panel.show_state(rated(BLOOD), Caption(title="Blood Death Knight", lines=("17 of 50",)))
    plain = panel.scene.sceneRect().height() * 2
    told: list[str] = []
    panel.pictures.told.connect(told.append)
    panel.pictures.copy_action.trigger()
    assert QApplication.clipboard().image().height() > plain + 60
    assert panel.pictures.save(tmp_path / "talents.png")
    image = QImage(str(tmp_path / "talents.png"))
    assert image.size() == QApplication.clipboard().image().size()
    assert not panel.pictures.save(tmp_path / "no such folder" / "talents.png")
    copied, saved, problem = told
    assert (copied, saved) == ("The picture is copied.", "Saved as talents.png.")
    assert "could not be saved" in problem
