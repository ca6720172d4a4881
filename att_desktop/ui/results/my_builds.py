"""The talents of the player's own characters: as the addon noted them in the game's files, and
those that the player has asked Raider.IO for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from att_desktop.config.characters import characters_path, read_characters
from att_desktop.game.import_codes import CodeError, decode
from att_desktop.text import ngettext, say
from att_desktop.text.formats import listed
from att_desktop.ui.tasks import Task, run_task
from att_desktop.wow.installations import find_installations
from att_desktop.wow.saved_variables import MyBuild, read_my_builds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from att_desktop.config.characters import OwnCharacter
    from att_desktop.game.trees import TalentTrees
    from att_desktop.system.errors import AttError
    from att_desktop.ui.context import AppContext


class OwnBuilds(QObject):
    """Own builds, newest first; read off the GUI thread, ``changed`` tells when they are there.

    ``changed`` also tells that the player has named other specs as their own.

    No game folder, or an addon that has not noted anything yet, is no problem: there are none.
    """

    changed = Signal()

    def __init__(
        self, context: AppContext, read: Callable[[Sequence[Path]], list[MyBuild]] | None = None
    ) -> None:
        super().__init__(context)
        self._context = context
        self._read = read or _read_all
        self._reading: Task | None = None
        self._read_again = False
        self._asked: tuple[Path, ...] = ()
        self.builds: tuple[MyBuild, ...] = ()
        self._named = context.settings.own_specs
        context.settings_changed.connect(self._follow_settings)

    @property
    def busy(self) -> bool:
        """True while the game's files are being read."""
        return self._reading is not None and self._reading.running

    @property
    def spec_ids(self) -> list[int]:
        """The player's own specs: those named in the settings, then those of characters."""
        played = (build.spec_id for build in self.builds)
        return list(dict.fromkeys([*self._context.settings.own_specs, *played]))

    def refresh(self) -> None:
        """Read again, as the game writes at each logout; ``changed`` follows on something new.

        While that is going on already, it is read once more afterwards.
        """
        self._read_again = self.busy
        if self._read_again:
            return
        self._asked = folders = self._folders()
        read, named = self._read, characters_path(self._context.folders)
        self._reading = run_task(
            lambda: with_characters(read(folders), read_characters(named)),
            self._on_read,
            self._on_failed,
        )

    def _folders(self) -> tuple[Path, ...]:
        if self._context.sample:
            # Trying the app out never reads the player's own game.
            return (self._context.folders.sample_game / "_retail_",)
        return tuple(map(Path, self._context.settings.game_folders))

    def _follow_settings(self) -> None:
        if self._folders() != self._asked:
            self.refresh()
        if self._context.settings.own_specs != self._named:
            self._named = self._context.settings.own_specs
            self.changed.emit()

    def _on_read(self, found: list[MyBuild]) -> None:
        if tuple(found) != self.builds:
            self.builds = tuple(found)
            self.changed.emit()
            self._compare_trees()
        if self._read_again:
            self.refresh()

    def _compare_trees(self) -> None:
        """Tell when the game writes codes of other talent trees than the app's."""
        names = characters_of_other_trees(self.builds, self._context.trees)
        if names:
            sentence = ngettext(
                "The game has other talents than the app for {characters}. Refresh the talent "
                "trees in the settings, or log in once with this character after a patch.",
                "The game has other talents than the app for {characters}. Refresh the talent "
                "trees in the settings, or log in once with these characters after a patch.",
                len(names),
            )
            self._context.told.emit(sentence.format(characters=listed(names)))

    def _on_failed(self, error: AttError) -> None:
        self._context.told.emit(say(error))


def with_characters(noted: Sequence[MyBuild], characters: Sequence[OwnCharacter]) -> list[MyBuild]:
    """Builds of the game's files and of named characters, of each character and spec the newest;
    newest first."""
    asked = [
        MyBuild(
            character=one.name, realm=one.realm, spec_id=one.spec_id, code=one.code, time=one.time
        )
        for one in characters
    ]
    newest: dict[tuple[str, str, int], MyBuild] = {}
    for build in sorted([*noted, *asked], key=lambda build: -(build.time or 0)):
        newest.setdefault(
            (build.character.casefold(), _realm_key(build.realm), build.spec_id), build
        )
    return list(newest.values())


def _realm_key(realm: str) -> str:
    """The game writes 'KilJaeden' or 'Kil'jaeden', depending on where."""
    return "".join(filter(str.isalnum, realm.casefold()))


def characters_of_other_trees(builds: Sequence[MyBuild], trees: TalentTrees) -> list[str]:
    """Who was last seen with talents of another version than ``trees``: by the game's tree hash."""
    found = []
    for mine in builds:
        try:
            other_tree = decode(mine.code, trees).other_tree
        except CodeError:
            continue
        if other_tree and mine.character not in found:
            found.append(mine.character)
    return found


def own_builds_of(context: AppContext) -> OwnBuilds:
    """The one reader of a window, made and set to work when first asked for."""
    found = context.findChild(OwnBuilds)
    if isinstance(found, OwnBuilds):
        return found
    own = OwnBuilds(context)
    own.refresh()
    return own


def own_specs(context: AppContext) -> list[int]:
    """The player's own specs as far as they are known, without looking for the game."""
    found = context.findChild(OwnBuilds)
    if isinstance(found, OwnBuilds):
        return found.spec_ids
    return list(context.settings.own_specs)


def _read_all(folders: Sequence[Path]) -> list[MyBuild]:
    """Builds of these flavour folders, of all that are found when there are none."""
    places = list(folders) or [place.folder for place in find_installations()]
    builds = [build for place in places for build in read_my_builds(place)]
    return sorted(builds, key=lambda build: -(build.time or 0))
