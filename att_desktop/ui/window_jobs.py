"""What the window has done in its threads. No Qt in here; what is heavy is imported there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from att_desktop.config.addresses import RAIDER_IO_URL
from att_desktop.sources.talent_trees import refreshed_trees_path
from att_desktop.text import _, ngettext
from att_desktop.text.formats import clock, number
from att_desktop.update.result_folders import takes_own_client

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from att_desktop.config.characters import CharacterName, OwnCharacter
    from att_desktop.config.client_credentials import ClientCredentials
    from att_desktop.config.credentials import KeyringStore
    from att_desktop.config.environment import Environment
    from att_desktop.game.results import MarkedBuild
    from att_desktop.sources.warcraftlogs.client import WarcraftLogs
    from att_desktop.sources.warcraftlogs.points import PointsLeft
    from att_desktop.system.folders import Folders
    from att_desktop.ui.tree_source import TreeSource
    from att_desktop.update.events import Event, Reason, Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowJob:
    """An update as the window starts it. ``game_folders`` are those to write to, if any.

    A thread waits for it; the work is done by a process of its own, which reads the settings
    itself.
    """

    sample: bool
    source: str
    environment: Environment
    store: KeyringStore
    game_folders: tuple[Path, ...]

    def run(self, report: Callable[[Event], None], cancel: threading.Event) -> Summary:
        """The whole update, the keyring asked first. Raises AttError."""
        from att_desktop.system.keyring_access import KeyringDidNotAnswer
        from att_desktop.update.child_process import UpdateRequest, report_stopped, run_update

        try:
            credentials = self._credentials(cancel)
        except KeyringDidNotAnswer:
            if cancel.is_set():
                return report_stopped(report)
            raise
        request = UpdateRequest(
            sample=self.sample,
            game_folders=self.game_folders,
            variables=self.environment.variables(),
            credentials=credentials,
        )
        return run_update(request, report, cancel)

    def _credentials(self, cancel: threading.Event) -> ClientCredentials | None:
        """None where none are needed, or ``auto`` can do without."""
        from att_desktop.config.credentials import CredentialsMissing
        from att_desktop.system.keyring_access import NoKeyring

        if self.sample or not takes_own_client(self.source):
            return None
        try:
            return self.store.load(cancel)
        except (CredentialsMissing, NoKeyring):
            if self.source == "auto":
                return None
            raise


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedOutcome:
    """``marked`` are the builds of all specs now; ``advice`` is what to do in the game."""

    marked: tuple[MarkedBuild, ...]
    written: bool
    advice: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkBuilds:
    """Keeps the builds that were marked of a spec and, if ``write``, puts them into the game.

    ``addons`` are the AddOns folders to write to; sample data go into the practice folder.
    """

    folders: Folders
    sample: bool
    checkpoints: tuple[Path, ...]
    addons: tuple[Path, ...]
    spec_id: int
    builds: tuple[MarkedBuild, ...]
    write: bool

    def run(self) -> MarkedOutcome:
        """Blocks. Raises AttError; what was marked is kept when only the game refuses."""
        from att_desktop.update import compose
        from att_desktop.update.marked_builds import mark, marked_path, read_marked, write_again

        path = marked_path(self.folders, sample=self.sample)
        mark(path, self.spec_id, self.builds)
        marked = read_marked(path)
        if not self.write or not (self.sample or self.addons):
            return MarkedOutcome(marked=marked, written=False)
        target = (
            compose.sample_target(self.folders, output=None, game=None)
            if self.sample
            else compose.addon_targets(self.addons)
        )
        written = write_again(self.checkpoints, marked, target, sample=self.sample)
        return MarkedOutcome(marked=marked, written=written, advice=target.advice)


def check_credentials(environment: Environment, credentials: ClientCredentials) -> str:
    """Fetch a token and the points left; returns a sentence. Blocks. Raises AttError."""
    import asyncio

    from att_desktop.update import compose

    connect = compose.connect_to_warcraft_logs(environment, credentials)
    left = asyncio.run(_points(connect(lambda _event: None, wait=False)))
    return ngettext(
        "It works: {count} point of {limit} left, full again at {time}.",
        "It works: {count} points of {limit} left, full again at {time}.",
        int(left.left),
    ).format(count=number(int(left.left)), limit=number(left.limit), time=clock(left.resets_at))


async def _points(client: WarcraftLogs) -> PointsLeft:
    async with client:
        return await client.points()


def refresh_trees(folders: Folders, source: TreeSource) -> str:
    """Fetch the talent trees anew; returns a sentence. Blocks. Raises AttError.

    The codes at hand test the new trees: they must be able to read what players use.
    """
    import asyncio

    from att_desktop.sources.raidbots import refresh_tree_data
    from att_desktop.update.library import Library
    from att_desktop.update.result_folders import checkpoints_of

    library = Library.load(*checkpoints_of(folders, "auto"))
    codes = [unit.best_build.talent_code for unit in library.units.values()]
    before = source.trees().version
    path = refreshed_trees_path(folders)
    trees = asyncio.run(refresh_tree_data(path, codes))
    if trees.version == before:
        return _("The talent trees are up to date.")
    return _("New talent trees are here. An update fetches the builds for them.")


def find_character(
    folders: Folders, source: TreeSource, name: CharacterName, *, base_url: str = RAIDER_IO_URL
) -> OwnCharacter:
    """Ask Raider.IO for a character and keep its talents. Blocks. Raises AttError."""
    import asyncio

    from att_desktop.config.characters import add_character, characters_path
    from att_desktop.sources.raiderio import fetch_character

    character = asyncio.run(fetch_character(name, source.trees(), base_url=base_url))
    add_character(characters_path(folders), character)
    return character
