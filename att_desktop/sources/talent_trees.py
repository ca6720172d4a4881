"""Which talent trees are used: those fetched since the app was built, or its own."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from att_desktop.game.specs import SPECS
from att_desktop.game.trees import TalentTrees, TreeDataError

if TYPE_CHECKING:
    from pathlib import Path

    from att_desktop.system.folders import Folders

_log = logging.getLogger(__name__)


def load_trees(folders: Folders) -> TalentTrees:
    """The talent trees: refreshed ones when there are any and all can be read, else the app's.

    Refreshed ones were whole when they were written; a disk may have damaged them since, and a
    spec that turns out broken later would stop every update. Raises TreeDataError when even
    those that came with the app are missing.
    """
    try:
        refreshed = TalentTrees(refreshed_trees_path(folders).read_bytes())
        for spec_id in SPECS:
            refreshed.tree(spec_id)
    except FileNotFoundError:
        pass
    except (OSError, TreeDataError) as error:
        _log.warning("refreshed talent trees cannot be used: %s", error)
    else:
        return refreshed
    return TalentTrees.embedded()


def refreshed_trees_path(folders: Folders) -> Path:
    """Where talent trees lie that were fetched after the app was built."""
    return folders.data / "talents.json"
