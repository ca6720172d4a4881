"""The World of Warcraft folders as the window knows them: found, chosen, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Signal

from att_desktop.system.errors import AttError
from att_desktop.text import _, ngettext, say
from att_desktop.text.formats import in_a_row, listed
from att_desktop.text.names import game_title
from att_desktop.ui.tasks import Task, run_task
from att_desktop.wow.installations import find_installations, targets
from att_desktop.wow.selected_folder import installation_from

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from att_desktop.ui.context import AppContext
    from att_desktop.wow.installations import Installation
    from att_desktop.wow.selected_folder import SelectedFolder

Find: TypeAlias = "Callable[[], Sequence[Installation]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    installations: tuple[Installation, ...]
    chosen: tuple[Installation, ...]
    problem: str


class GameFolders(QObject):
    """Looks for the game off the GUI thread: disks may sleep, and some searches take seconds."""

    changed = Signal()

    def __init__(
        self,
        context: AppContext,
        find: Find = find_installations,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._find = find
        self._search: Task | None = None
        self._found: _Found | None = None
        self._failure = ""

    @property
    def searching(self) -> bool:
        """True until a search has an answer."""
        return self._found is None and self._search is not None and self._search.running

    @property
    def installations(self) -> tuple[Installation, ...]:
        """Everything that was found or picked."""
        return self._found.installations if self._found else ()

    @property
    def chosen(self) -> tuple[Installation, ...]:
        """The installations an update writes to."""
        return self._found.chosen if self._found else ()

    @property
    def problem(self) -> str:
        """Why an update has nowhere to write to; empty when it has."""
        if self._context.sample:
            return ""
        if self._failure:
            return self._failure
        return self._found.problem if self._found else ""

    @property
    def sentence(self) -> str:
        """What is chosen: flavour, version, path."""
        if self._context.sample:
            return _("Practice folder: {path}").format(path=self._context.folders.sample_game)
        if len(self.chosen) == 1:
            place = self.chosen[0]
            # TRANSLATORS: {title} is the flavour and version, {note} a whole sentence.
            return _("{title} in {path}. {note}").format(
                title=game_title(place.name, supported=place.supported),
                path=place.folder,
                note=say(place.writable),
            )
        count = len(self.chosen)
        titles = listed(game_title(place.name, supported=place.supported) for place in self.chosen)
        return ngettext("{count} folder: {titles}.", "{count} folders: {titles}.", count).format(
            count=count, titles=titles
        )

    def refresh(self) -> None:
        """Look again; ``changed`` follows."""
        set_by_hand = tuple(map(Path, self._context.settings.game_folders))
        find = self._find
        if self._search is not None:
            self._search.cancel()
        self._search = run_task(
            lambda: _search(find, set_by_hand), self._on_found, self._on_search_failed
        )
        if self.searching:
            self.changed.emit()

    def pick(
        self, path: Path, done: Callable[[SelectedFolder], None], failed: Callable[[AttError], None]
    ) -> None:
        """Find the game from a folder or file picked by hand."""
        run_task(lambda: installation_from(path), done, failed)

    def choose(self, places: Sequence[Installation]) -> None:
        """Write to these from now on; none: to the one that is found."""
        self._context.change_settings(game_folders=tuple(str(place.folder) for place in places))
        self._found = None
        self.refresh()

    def _on_found(self, found: _Found) -> None:
        self._failure = ""
        self._found = found
        self.changed.emit()

    def _on_search_failed(self, error: AttError) -> None:
        self._failure = say(error)
        self.changed.emit()


def _search(find: Find, set_by_hand: tuple[Path, ...]) -> _Found:
    found = {place.folder: place for place in find()}
    chosen = []
    problems = []
    for path in set_by_hand:
        try:
            place = installation_from(path).installation
        except AttError as error:
            problems.append(say(error))
            continue
        found[place.folder] = place
        chosen.append(place)
    if not chosen:
        # Nothing was chosen, or what was chosen has been moved.
        supported = targets(found.values())
        chosen = supported if len(supported) == 1 else []
        if chosen:
            problems = []
        elif not supported and not problems:
            problems.append(_("No World of Warcraft folder was found. Choose it by hand."))
        elif len(supported) > 1:
            count = len(supported)
            problems.append(
                ngettext(
                    "{count} game folder was found. Choose which to update.",
                    "{count} game folders were found. Choose which to update.",
                    count,
                ).format(count=count)
            )
    problems += [say(place.writable) for place in chosen if not place.writable.ok]
    return _Found(
        installations=tuple(found.values()), chosen=tuple(chosen), problem=in_a_row(*problems)
    )
