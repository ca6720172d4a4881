"""Which talent trees are used."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from att_desktop.game.trees import TalentTrees, embedded_tree_data
from att_desktop.sources.talent_trees import load_trees, refreshed_trees_path
from att_desktop.system.folders import find_folders

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("spoil", "used"),
    [
        (lambda trees: trees, True),
        (lambda trees: trees[:-1], False),
        (lambda trees: [*trees[:-1], {**trees[-1], "classNodes": 7}], False),
        (lambda trees: {"trees": trees}, False),
    ],
)
def test_refreshed_trees_are_used_when_all_of_them_can_be_read(
    own_home: Path, spoil: object, *, used: bool
) -> None:
    path = refreshed_trees_path(find_folders())
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(spoil(json.loads(embedded_tree_data())), indent=1), "utf-8")
    mine = TalentTrees.embedded().version
    assert (load_trees(find_folders()).version != mine) == used


def test_without_refreshed_trees_the_apps_own_are_used(own_home: Path) -> None:
    assert load_trees(find_folders()).version == TalentTrees.embedded().version
