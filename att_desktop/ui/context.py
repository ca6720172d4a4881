"""What every page of the window shares: data, settings, and the news about them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QObject, Signal

from att_desktop.config.settings import save_settings
from att_desktop.game.trees import TalentTrees
from att_desktop.sources.warcraftlogs.seasons import listed_zones
from att_desktop.text import _, say
from att_desktop.ui.tasks import Task, run_task
from att_desktop.ui.tree_source import TreeSource
from att_desktop.update.library import Library
from att_desktop.update.result_folders import checkpoints_of, history_file, seasons_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from att_desktop.config.settings import Settings
    from att_desktop.game.seasons import ListedZone
    from att_desktop.system.errors import AttError
    from att_desktop.system.folders import Folders


class AppContext(QObject):
    """The shared state of one window. Lives in, and is only touched from, the GUI thread.

    ``compare_requested(a, b)`` asks for the Compare page with two builds; the main window brings
    the page to the front and calls its ``compare(a, b)``. ``b`` may be None: 'with what?' is
    then asked there. ``ages_grew``: what is shown as '5 minutes ago' is to be said anew, all at
    once so that no two places differ. ``other_hosts`` are asked in place of Warcraft Logs.
    ``told`` is a sentence for the player; the status bar shows it.
    """

    library_changed = Signal()
    settings_changed = Signal()
    compare_requested = Signal(object, object)
    told = Signal(str)
    trees_changed = Signal()
    ages_grew = Signal()

    def __init__(
        self,
        *,
        folders: Folders,
        settings: Settings,
        sample: bool,
        other_hosts: tuple[str, ...] = (),
        feed_address: str = "",
        load_trees: Callable[[], TalentTrees] = TalentTrees.embedded,
    ) -> None:
        super().__init__()
        self.tree_source = TreeSource(load_trees)
        self.folders = folders
        self.sample = sample
        self.other_hosts = other_hosts
        self._feed_of_environment = feed_address
        self._settings = settings
        self._library: Library | None = None
        self._read_again = False
        self._reading: Task | None = None

    @property
    def trees(self) -> TalentTrees:
        """The talent trees; read when first needed so that the window is on screen before.

        Other threads ask ``tree_source``.
        """
        return self.tree_source.trees()

    @property
    def settings(self) -> Settings:
        """The settings as they are now; replaced, never changed in place."""
        return self._settings

    @property
    def feed_address(self) -> str:
        """The feed that is set, unchecked; the environment's goes first. Empty for none."""
        return self._feed_of_environment or self.settings.feed_address

    @property
    def checkpoints(self) -> tuple[Path, ...]:
        """The checkpoints this window shows: sample data is kept apart from real data."""
        setting = "sample" if self.sample else self.settings.source
        return checkpoints_of(self.folders, setting)

    def listed_zones(self) -> tuple[ListedZone, ...]:
        """Raids and Mythic+ seasons to choose from; none before the first update."""
        source = "sample" if self.sample else "warcraftlogs"
        return listed_zones(seasons_file(self.folders, source))

    def change_settings(self, **changes: Any) -> None:
        """Apply and save settings at once: ``change_settings(top_n=20)``.

        When the disk refuses, ``told`` says it, and the change holds for this run.
        """
        changed = msgspec.structs.replace(self._settings, **changes)
        if changed == self._settings:
            return
        former, self._settings = self._settings, changed
        if changed.source != former.source:
            self.reload_library()
        self.settings_changed.emit()
        try:
            save_settings(changed, self.folders)
        except OSError as error:
            sentence = _("The settings could not be saved ({reason}); they hold until you quit.")
            self.told.emit(sentence.format(reason=error.strerror or error))

    def renew_trees(self) -> None:
        """Read the talent trees anew: newer ones are on the disk."""
        self.tree_source.renew()
        self.trees_changed.emit()

    def library(self) -> Library:
        """All results at hand, read once and kept until they change on disk."""
        if self._library is None:
            self._library = self._load()()
        return self._library

    def reload_library(self) -> None:
        """Read the results again in a thread, then tell every page: the window goes on meanwhile.

        While that is going on already, they are read once more afterwards.
        """
        self._read_again = self._reading is not None and self._reading.running
        if not self._read_again:
            self._reading = run_task(self._load(), self._on_library_read, self._on_not_read)

    def _load(self) -> Callable[[], Library]:
        """What reads the library, fit for another thread."""
        history = history_file(self.folders, sample=self.sample)
        return partial(Library.load, *self.checkpoints, history=history)

    def _on_library_read(self, library: Library) -> None:
        self._library = library
        self.library_changed.emit()
        if self._read_again:
            self.reload_library()

    def _on_not_read(self, error: AttError) -> None:
        self.told.emit(say(error))
