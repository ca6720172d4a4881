"""Marks builds for the addon's list, and writes them into the game at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from att_desktop.text import _, ngettext, say
from att_desktop.text.formats import in_a_row, number
from att_desktop.ui.tasks import run_task
from att_desktop.ui.window_jobs import MarkBuilds
from att_desktop.update.marked_builds import marked_path, read_marked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from att_desktop.game.results import MarkedBuild
    from att_desktop.system.errors import AttError
    from att_desktop.ui.context import AppContext
    from att_desktop.ui.game_folders import GameFolders
    from att_desktop.ui.window_jobs import MarkedOutcome


class Installing(QObject):
    """``told(sentence)`` is what came of it; ``changed`` that other builds are marked now."""

    told = Signal(str)
    changed = Signal()

    def __init__(
        self, context: AppContext, folders: GameFolders, update_runs: Callable[[], bool]
    ) -> None:
        super().__init__(context)
        self._context = context
        self._folders = folders
        self._update_runs = update_runs
        self._path = marked_path(context.folders, sample=context.sample)
        self._marked = read_marked(self._path)

    def marked_of(self, spec_id: int) -> tuple[MarkedBuild, ...]:
        """What is marked of a spec."""
        return tuple(build for build in self._marked if build.spec_id == spec_id)

    def mark(self, spec_id: int, builds: Sequence[MarkedBuild]) -> None:
        """Mark these builds of a spec and no others; ``told`` follows."""
        running = self._update_runs()
        job = MarkBuilds(
            folders=self._context.folders,
            sample=self._context.sample,
            checkpoints=self._context.checkpoints,
            addons=tuple(place.addons_path for place in self._folders.chosen),
            spec_id=spec_id,
            builds=tuple(builds),
            write=not running,
        )
        run_task(job.run, partial(self._on_marked, len(builds), running), self._on_failed)

    def _on_marked(self, count: int, running: bool, outcome: MarkedOutcome) -> None:  # noqa: FBT001 - a callback
        self._marked = outcome.marked
        self.changed.emit()
        self.told.emit(in_a_row(_done_text(count), *_next_steps(outcome, running=running)))

    def _on_failed(self, error: AttError) -> None:
        self._marked = read_marked(self._path)
        self.changed.emit()
        self.told.emit(say(error))


def _done_text(count: int) -> str:
    if not count:
        return _("Nothing is marked for raid night any more.")
    # TRANSLATORS: 'For raid night' as the addon has it in your language (BUILDS_RAID_NIGHT).
    return ngettext(
        "{count} build is marked: the addon lists it first, below 'For raid night'.",
        "{count} builds are marked: the addon lists them first, below 'For raid night'.",
        count,
    ).format(count=number(count))


def _next_steps(outcome: MarkedOutcome, *, running: bool) -> list[str]:
    if running:
        return [_("The update that is running writes it into the game.")]
    if not outcome.written:
        return [_("The next update that knows your game folder writes it into the game.")]
    return [say(reason) for reason in outcome.advice]
