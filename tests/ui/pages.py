"""A window's context with real files behind it, for tests of whole pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec
from PySide6.QtWidgets import QWidget

from att_desktop.config.settings import Settings
from att_desktop.game.results import CheckpointConfig
from att_desktop.system.folders import find_folders
from att_desktop.ui.context import AppContext
from att_desktop.update.checkpoint import VERSION
from tests.ui.sample_library import TREES

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from att_desktop.game.trees import TalentTrees
    from att_desktop.update.library import Library

_Page = TypeVar("_Page", bound=QWidget)
_CONFIG = CheckpointConfig(
    raid_zone_id=44,
    mplus_zone_id=45,
    raid_partition=1,
    mplus_partition=1,
    difficulty="auto",
    top_n_players=50,
    tree_version="test",
)


def context_with(
    library: Library | None,
    *,
    load_trees: Callable[[], TalentTrees] = lambda: TREES,
    **settings: object,
) -> AppContext:
    """A context in the test's own home that finds ``library`` on disk; None: nothing there."""
    # Sample mode: no test looks for the game on the machine it runs on.
    settings = {"icon_download": False} | settings  # no test asks Blizzard for anything
    context = AppContext(
        folders=find_folders(), settings=Settings(**settings), sample=True, load_trees=load_trees
    )
    if library is not None:
        keep(context, library)
    return context


def keep(context: AppContext, library: Library) -> None:
    """Write a library as the checkpoint that the window reads."""
    path = context.checkpoints[0]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        msgspec.json.encode(
            {
                "version": VERSION,
                "config": _CONFIG,
                "results": list(library.units.values()),
                "encounter_results": list(library.encounters.values()),
                "empty": [],
            }
        )
    )


def show(qtbot: QtBot, page: _Page) -> _Page:
    """Show a page by itself, without a window around it."""
    qtbot.addWidget(page)
    page.resize(1200, 760)
    page.show()
    qtbot.waitExposed(page)
    return page
