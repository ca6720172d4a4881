"""Marks builds for the addon's list, and writes them into the game at once."""

from __future__ import annotations

from collections import deque
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
    from typing import TypeAlias

    from att_desktop.game.results import MarkedBuild
    from att_desktop.system.errors import AttError
    from att_desktop.ui.context import AppContext
    from att_desktop.ui.game_folders import GameFolders
    from att_desktop.ui.window_jobs import MarkedOutcome

    # None for those that are marked already: they are to be written.
    _Wish: TypeAlias = tuple[int, tuple[MarkedBuild, ...] | None]


class Installing(QObject):
    """``told(sentence)`` is what came of it; ``changed`` that other builds are marked now.

    One after the other: the marked builds of all specs are one file.
    """

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
        self._wishes: deque[_Wish] = deque()
        self._busy = False
        self._left_to_update: int | None = None

    def marked_of(self, spec_id: int) -> tuple[MarkedBuild, ...]:
        """What is marked of a spec."""
        return tuple(build for build in self._marked if build.spec_id == spec_id)

    def mark(self, spec_id: int, builds: Sequence[MarkedBuild]) -> None:
        """Mark these builds of a spec and no others; ``told`` follows."""
        self._wish((spec_id, tuple(builds)))

    def write_what_is_left(self) -> None:
        """An update has ended: it may have been stopped, or done with writing, before a mark."""
        left, self._left_to_update = self._left_to_update, None
        if left is not None:
            self._wish((left, None))

    def _wish(self, wish: _Wish) -> None:
        self._wishes.append(wish)
        if not self._busy:
            self._begin()

    def _begin(self) -> None:
        self._busy = True
        spec_id, wanted = self._wishes.popleft()
        builds = self.marked_of(spec_id) if wanted is None else wanted
        running = self._update_runs()
        job = MarkBuilds(
            folders=self._context.folders,
            sample=self._context.sample,
            checkpoints=self._context.checkpoints,
            addons=tuple(place.addons_path for place in self._folders.chosen),
            spec_id=spec_id,
            builds=builds,
            write=not running,
        )
        run_task(job.run, partial(self._on_marked, job), self._on_failed)

    def _on_marked(self, job: MarkBuilds, outcome: MarkedOutcome) -> None:
        self._end(outcome.marked)
        said = in_a_row(_done_text(len(job.builds)), *_next_steps(outcome, running=not job.write))
        self.told.emit(said)
        if not job.write:
            self._left_to_update = job.spec_id
            if not self._update_runs():
                self.write_what_is_left()

    def _on_failed(self, error: AttError) -> None:
        self._end(read_marked(self._path))
        self.told.emit(say(error))

    def _end(self, marked: tuple[MarkedBuild, ...]) -> None:
        self._marked = marked
        self._busy = False
        if self._wishes:
            self._begin()
        self.changed.emit()


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
