"""What checks look at, composed once from the top down."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from att_desktop.config.credentials import KeyringStore
from att_desktop.config.settings import load_settings
from att_desktop.sources.talent_trees import load_trees
from att_desktop.system.logs import hide_secret
from att_desktop.wow.installations import find_installations

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from att_desktop.config.environment import Environment
    from att_desktop.config.settings import LoadedSettings
    from att_desktop.game.trees import TalentTrees
    from att_desktop.system.folders import Folders
    from att_desktop.wow.installations import Installation


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """``draw_window`` opens the window of these folders once and says what was drawn.

    Below ``scratch`` anything may be written; it is removed afterwards.
    """

    folders: Folders
    scratch: Path
    environ: Mapping[str, str]
    environment: Environment
    loaded: LoadedSettings
    store: KeyringStore
    trees: TalentTrees
    draw_window: Callable[[Path], str]

    @cached_property
    def games(self) -> list[Installation]:
        """The games here; looked for once, which may take seconds."""
        return find_installations(also=map(Path, self.loaded.settings.game_folders))


def find_surroundings(
    folders: Folders,
    scratch: Path,
    environ: Mapping[str, str],
    environment: Environment,
    draw_window: Callable[[Path], str],
) -> Surroundings:
    """Read settings and trees. Raises AttError."""
    return Surroundings(
        folders=folders,
        scratch=scratch,
        environ=environ,
        environment=environment,
        loaded=load_settings(folders),
        store=KeyringStore(on_secret=hide_secret),
        trees=load_trees(folders),
        draw_window=draw_window,
    )
