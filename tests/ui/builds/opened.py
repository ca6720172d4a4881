"""The results that tests of the Builds page show, and how a player chooses one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from att_desktop.ui.tree.node_state import Mark
from tests.ui.sample_library import library_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from att_desktop.ui.builds.page import BuildsPage

LIBRARY = library_of([105, 250, 1480])


def choose(qtbot: QtBot, page: BuildsPage, key: str) -> None:
    proxy = page.encounters.model()
    index = proxy.mapFromSource(page.encounter_model.index_of(key))
    page.encounters.scrollTo(index)
    at = page.encounters.visualRect(index).center()
    qtbot.mouseClick(page.encounters.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: bool(page.header.cluster_text))


def drawn_selection(page: BuildsPage) -> set[int]:
    return {
        node_id for node_id, item in page.panel.scene.nodes.items() if item.state.mark is Mark.TAKEN
    }
