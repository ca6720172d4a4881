"""A talent tree and a build of it, to be drawn without icons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from att_desktop.sources.sample.random_builds import random_build
from att_desktop.ui.theme import dark_palette
from att_desktop.ui.tree.scene import TreeScene

if TYPE_CHECKING:
    from PySide6.QtGui import QPalette

    from att_desktop.game.builds import Selection
    from att_desktop.game.trees import TalentTree


def scene_of(palette: QPalette | None = None) -> TreeScene:
    return TreeScene(palette or dark_palette(), lambda _name: None)


def full(tree: TalentTree, hero: int = 0) -> Selection:
    return random_build(tree, tree.hero_trees[hero], {})
