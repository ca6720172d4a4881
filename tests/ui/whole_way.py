"""The way of a new player, step by step; ``test_whole_way`` gives it a keyring and runs it."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING, Any

import keyring.core
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from att_desktop.config.client_credentials import ClientCredentials
from att_desktop.config.credentials import KeyringStore
from att_desktop.config.environment import Environment
from att_desktop.config.settings import Settings
from att_desktop.game.import_codes import decode, encode
from att_desktop.game.specs import SPECS
from att_desktop.sources.sample.random_builds import random_build
from att_desktop.ui.builds.page import BuildsPage
from att_desktop.ui.compare.page import ComparePage
from att_desktop.ui.credentials_dialog import CredentialsDialog
from att_desktop.ui.first_run.dialog import FirstStart
from att_desktop.ui.page_ids import PageId
from att_desktop.ui.tree.node_state import Mark
from tests.sources.warcraftlogs.rows import RAID_BOSSES, row, talents_of
from tests.sources.warcraftlogs.server import FakeWarcraftLogs
from tests.ui.driven import open_controller
from tests.ui.sample_library import TREES
from tests.wow.game_folders import make_retail

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from att_desktop.game.builds import Selection
    from att_desktop.ui.window.window_controller import WindowController

CLIENT = ("9a1b2c3d-my-id", "canary-secret-3")
FROST = SPECS[64]
TREE = TREES.tree(FROST.spec_id)
BOSS = RAID_BOSSES[4]


def liked(seed: int) -> Selection:
    """A legal build with random weights."""
    preferences = Random(seed)
    ids = sorted([*TREE.nodes, *(e.entry_id for n in TREE.nodes.values() for e in n.entries)])
    return random_build(
        TREE, TREE.hero_trees[0], {some_id: preferences.uniform(0, 10) for some_id in ids}
    )


USUAL, FOR_THE_BOSS = liked(1), liked(2)
USUAL_CODE, BOSS_CODE = encode(TREE, USUAL), encode(TREE, FOR_THE_BOSS)


def test_the_way_of_a_new_player(qtbot: QtBot, tmp_path: Path) -> None:
    keyring.core.init_backend()  # the one of this session; conftest sets none
    game = make_retail(tmp_path / "World of Warcraft")
    with FakeWarcraftLogs() as wcl:
        play(wcl)
        controller = open_controller(
            settings=Settings(icon_download=False, content="raid"),
            store=KeyringStore(),
            environment=Environment(
                token_url=wcl.token_url, api_url=wcl.api_url, request_interval_ms=0
            ),
            games=[game],
        )
        qtbot.addWidget(controller.window)
        controller.open()
        qtbot.waitUntil(lambda: not controller.account.busy and not controller.folders.searching)
        through_the_first_steps(qtbot, controller)
        assert wcl.invalid == []
    # What any later start, and the terminal, finds.
    assert KeyringStore().state().kind == "stored"
    assert KeyringStore().load() == ClientCredentials(*CLIENT)
    data = game / "_retail_" / "Interface" / "AddOns" / "AzerothsTopTalent" / "TalentData.lua"
    assert {USUAL_CODE, BOSS_CODE} <= set(re.findall(r'"(C[A-Za-z0-9+/]+)"', data.read_text()))

    look_at_the_boss(qtbot, controller)
    compare_with_the_usual(qtbot, controller)
    controller.window.close()


def play(wcl: FakeWarcraftLogs) -> None:
    """Forty Frost Mages on each boss; most use the same build, but on one boss another."""
    wcl.client = CLIENT
    for boss in RAID_BOSSES:
        best, other = (FOR_THE_BOSS, USUAL) if boss == BOSS else (USUAL, FOR_THE_BOSS)
        wcl.rankings[FROST.class_slug, FROST.slug, boss, 5] = [
            row(f"Player{number}", talents=talents_of(TREE, best if number < 30 else other))
            for number in range(40)
        ]


def through_the_first_steps(qtbot: QtBot, controller: WindowController) -> None:
    """The own account with its live test, then the first update."""
    first = next(each for each in controller.window.findChildren(FirstStart) if each.isVisible())
    assert first.game.sentence.startswith("Retail")
    first.account_button.click()
    dialog = next(
        each for each in controller.window.findChildren(CredentialsDialog) if each.isVisible()
    )
    form = dialog.form
    qtbot.keyClicks(form.client_id, CLIENT[0])
    qtbot.keyClicks(form.secret, "mistyped")
    form.test_button.click()
    qtbot.waitUntil(lambda: not form.asking)
    assert form.message.state == "error"
    form.secret.clear()
    qtbot.keyClicks(form.secret, CLIENT[1])
    form.test_button.click()
    qtbot.waitUntil(lambda: not form.asking)
    assert form.message.state == "ok"
    assert "points" in form.message.sentence
    with qtbot.waitSignal(controller.updater.ended, timeout=60_000) as ended:
        dialog.save_button.click()
    assert controller.account.state is not None
    assert controller.account.state.backend.startswith("SecretService")
    assert ended.args is not None
    assert ended.args[1], ended.args[0]
    # The first install: the game must be restarted, not only reloaded.
    assert "estart" in ended.args[0]


def look_at_the_boss(qtbot: QtBot, controller: WindowController) -> None:
    """Pick the spec by typing, the boss by a click; take its code along by the keyboard."""
    controller.window.raise_window()
    qtbot.waitUntil(controller.window.isActiveWindow)
    qtbot.keyClick(controller.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    page = controller.window.page(PageId.BUILDS)
    assert isinstance(page, BuildsPage)
    assert page.isVisible()
    edit = page.picker.lineEdit()
    assert edit is not None
    edit.selectAll()
    qtbot.keyClicks(edit, "frost mage")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert page.spec_id == FROST.spec_id
    usual = {node_id for node_id, _, _ in USUAL} - hero_choices()
    qtbot.waitUntil(lambda: drawn(page) == usual)
    proxy: Any = page.encounters.model()
    index = proxy.mapFromSource(page.encounter_model.index_of(str(BOSS)))
    page.encounters.scrollTo(index)
    qtbot.mouseClick(
        page.encounters.viewport(),
        Qt.MouseButton.LeftButton,
        pos=page.encounters.visualRect(index).center(),
    )
    qtbot.waitUntil(lambda: "30 of 40" in page.header.text and bool(page.header.cluster_text))
    assert drawn(page) == {node_id for node_id, _, _ in FOR_THE_BOSS} - hero_choices()
    qtbot.keyClick(
        page,
        Qt.Key.Key_C,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert QGuiApplication.clipboard().text() == BOSS_CODE
    decoded = decode(QGuiApplication.clipboard().text(), TREES)
    assert (decoded.spec_id, decoded.selection) == (FROST.spec_id, FOR_THE_BOSS)


def compare_with_the_usual(qtbot: QtBot, controller: WindowController) -> None:
    """'Compare with…' the general build: both trees, what differs, and the other code."""
    builds = controller.window.page(PageId.BUILDS)
    assert isinstance(builds, BuildsPage)
    menu = builds.header.compare_menu
    menu.aboutToShow.emit()
    general = next(
        action for action in menu.actions() if action.text().startswith("All raid bosses")
    )
    general.trigger()
    page = controller.window.page(PageId.COMPARE)
    assert isinstance(page, ComparePage)
    assert page.isVisible()
    assert page.comparison is not None
    nodes = page.panel.scene.nodes.values()
    marked = {mark: {i.node.node_id for i in nodes if i.state.mark is mark} for mark in Mark}
    assert marked[Mark.ONLY_A] == {node for node, _, _ in FOR_THE_BOSS} - {n for n, _, _ in USUAL}
    assert marked[Mark.ONLY_B] == {node for node, _, _ in USUAL} - {n for n, _, _ in FOR_THE_BOSS}
    assert marked[Mark.ONLY_A]
    assert marked[Mark.ONLY_B]
    qtbot.mouseClick(page.differences.copy_b, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == USUAL_CODE
    qtbot.mouseClick(page.differences.copy_a, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == BOSS_CODE


def drawn(page: BuildsPage) -> set[int]:
    """The nodes that are drawn as taken."""
    nodes = page.panel.scene.nodes.items()
    return {node_id for node_id, item in nodes if item.state.mark is Mark.TAKEN}


def hero_choices() -> set[int]:
    """The nodes at which a hero tree is chosen; they are not drawn."""
    return {hero.selection_node_id for hero in TREE.hero_trees}
