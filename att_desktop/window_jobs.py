"""What the window has done in its threads. No Qt in here; what is heavy is imported there."""

from __future__ import annotations

import contextlib
import gc
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from att_desktop.locks import single_writer, writer_lock_path
from att_desktop.ui.words import clock, points

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from att_desktop.credentials import ClientCredentials, KeyringStore
    from att_desktop.environment import Environment
    from att_desktop.folders import Folders
    from att_desktop.game.trees import TalentTrees
    from att_desktop.settings import Settings
    from att_desktop.sync.events import Event, Summary
    from att_desktop.sync.target import Target
    from att_desktop.sync.update import UpdateJob
    from att_desktop.ui.tree_source import TreeSource
    from att_desktop.warcraftlogs.budget import PointsLeft
    from att_desktop.warcraftlogs.client import WarcraftLogs

_HAND_OVER_S: Final = 0.00005

__all__ = ["WindowJob", "check_credentials", "load_trees", "refresh_trees"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowJob:
    """An update as the window starts it. ``addons`` are the AddOns folders to write to.

    Settings are those of the moment it was started. It runs in a thread, so nothing of the window
    is in it.
    """

    folders: Folders
    sample: bool
    trees: TreeSource
    environment: Environment
    settings: Settings
    store: KeyringStore
    addons: tuple[Path, ...]

    def run(self, report: Callable[[Event], None], cancel: threading.Event) -> Summary:
        """The whole update, with the keyring asked and the trees read in this thread.

        Raises AttError.
        """
        lock = writer_lock_path(self.folders)
        with single_writer(lock, what="the window"), _kind_to_the_window():
            return self._job().run(report, cancel)

    def _job(self) -> UpdateJob:
        from att_desktop import assembly

        folders, sample, trees = self.folders, self.sample, self.trees.trees()
        options = assembly.options_from(self.settings, self.environment)
        target: Target
        if sample:
            target = assembly.sample_target(folders, output=None, game=None)
            connect = assembly.connect_to_sample(trees)
        else:
            target = assembly.addon_targets(self.addons)
            connect = assembly.connect_to_warcraft_logs(self.environment, self.store.load())
        return assembly.make_job(folders, options, connect, trees, target, sample=sample)


@contextlib.contextmanager
def _kind_to_the_window() -> Iterator[None]:
    """Let no thread of the update hold the window up for long.

    The window asks for the interpreter after each of its many calls into Qt, and each time waits
    this long for a busy thread: a hundredth of the default turns 200 ms into 2. And the garbage
    collector leaves the old generation alone: with a whole library in memory each of its visits
    there holds every thread for some 80 ms. What is alive at the end is not looked at again; an
    update makes next to no garbage that only such a visit would find.
    """
    young, middle, old = gc.get_threshold()
    interval = sys.getswitchinterval()
    gc.set_threshold(young, middle, 1_000_000)
    sys.setswitchinterval(_HAND_OVER_S)
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(young, middle, old)
        sys.setswitchinterval(interval)


def check_credentials(environment: Environment, credentials: ClientCredentials) -> str:
    """Fetch a token and the points left; returns a sentence. Blocks. Raises AttError."""
    import asyncio

    from att_desktop import assembly

    connect = assembly.connect_to_warcraft_logs(environment, credentials)
    left = asyncio.run(_points(connect(lambda _event: None, wait=False)))
    return (
        f"It works: {points(left.left)} of {left.limit:,.0f} left, "
        f"full again at {clock(left.resets_at)}."
    )


async def _points(client: WarcraftLogs) -> PointsLeft:
    async with client:
        return await client.points()


def load_trees(folders: Folders) -> TalentTrees:
    """The talent trees, refreshed ones if there are any. Raises TreeDataError."""
    from att_desktop import assembly

    return assembly.load_trees(folders)


def refresh_trees(folders: Folders, source: TreeSource) -> str:
    """Fetch the talent trees anew; returns a sentence. Blocks. Raises AttError.

    The codes at hand test the new trees: they must be able to read what players use.
    """
    import asyncio

    from att_desktop import assembly
    from att_desktop.sync.library import Library
    from att_desktop.warcraftlogs.raidbots import refresh_tree_data

    library = Library.load(folders.checkpoint)
    codes = [unit.best_build.talent_code for unit in library.units.values()]
    before = source.trees().version
    path = assembly.refreshed_trees_path(folders)
    trees = asyncio.run(refresh_tree_data(path, codes))
    if trees.version == before:
        return "The talent trees are up to date."
    return "New talent trees are here. An update fetches the builds for them."
