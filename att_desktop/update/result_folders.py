"""The sources of results: which one ``auto`` is, and where the results of each are kept.

They are kept apart, so that none spoils another's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from att_desktop.system.folders import Folders
    from att_desktop.update.events import SourceName

SOURCES: Final = ("warcraftlogs", "feed", "parses")
"""The sources whose results count beside each other, in the order in which ties are broken."""


def auto_source(*, own_client: bool, feed_address: str) -> SourceName:
    """The source that ``auto`` stands for: parses.gg needs neither an account nor an address."""
    if own_client:
        return "warcraftlogs"
    return "feed" if feed_address else "parses"


def takes_own_client(setting: str) -> bool:
    """Whether a setting of the source (``auto`` or a source) asks with the player's own client."""
    return setting in ("auto", "warcraftlogs")


def cache_folder(folders: Folders, source: str) -> Path:
    """The folder of a source."""
    if source == "sample":
        return folders.sample_cache
    return folders.cache if source == "warcraftlogs" else folders.cache / source


def checkpoint_of(folders: Folders, source: str) -> Path:
    """The checkpoint of a source."""
    return cache_folder(folders, source) / "checkpoint.json"


def checkpoints_of(folders: Folders, setting: str) -> tuple[Path, ...]:
    """The checkpoints that a setting of the source (``auto`` or a source) means."""
    names = SOURCES if setting == "auto" else (setting,)
    return tuple(checkpoint_of(folders, name) for name in names)


def seasons_file(folders: Folders, source: str) -> Path:
    """The seasons as a source told them last."""
    return cache_folder(folders, source) / "seasons.json"


def history_file(folders: Folders, *, sample: bool) -> Path:
    """What is kept of former results, of all sources; sample data are apart."""
    return (folders.data / "sample" if sample else folders.data) / "history.json"
