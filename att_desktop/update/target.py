"""Where an update puts what it learned: the addon in the game, or a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from att_desktop.system.errors import AttError, os_reason
from att_desktop.system.files import remove_leftovers, write_atomic
from att_desktop.update.events import Reason, reason_of
from att_desktop.wow.addon_folder import ADDON_NAME, TOC_FILE
from att_desktop.wow.installer import UPDATED, UPDATED_NEW_FILES, install, write_talent_data
from att_desktop.wow.lock import folder_lock
from att_desktop.wow.paths import is_file
from att_desktop.wow.saved_variables import has_loaded_addon

if TYPE_CHECKING:
    from pathlib import Path


class OutputNotWritable(AttError):
    """The file the player named cannot be written."""


class Target(Protocol):
    """Takes ``TalentData.lua`` as often as it changes."""

    @property
    def path(self) -> Path | None:
        """Where ``TalentData.lua`` lies; None where nothing is written."""

    def write(self, data: bytes) -> None:
        """Put ``data`` there. Raises AttError."""

    @property
    def advice(self) -> tuple[Reason, ...]:
        """What to do in the game now."""


@dataclass
class AddonTarget:
    """The addon in an AddOns folder: installed or brought up to date with the first data."""

    addons: Path
    template: Path
    advice: tuple[Reason, ...] = ()
    _folder: Path | None = None
    _changed: bool = False

    @property
    def path(self) -> Path:
        """``TalentData.lua`` of the installed addon, in the case that the disk has."""
        return (self._folder or self.addons / ADDON_NAME) / "TalentData.lua"

    def write(self, data: bytes) -> None:
        """Install on the first call, rewrite the data on later ones."""
        if self._folder is not None:
            if write_talent_data(self.path, data) and not self._changed:
                self.advice, self._changed = (self._advice(UPDATED),), True
            # Without the addon's other files TalentData.lua is of no use: the addon was deleted.
            if is_file(self.path.parent / TOC_FILE):
                return
        result = install(self.template, self.addons, data)
        self._changed = self._changed or result.changed
        if result.changed or self._folder is None:
            self.advice = (self._advice(result.code),)
        self._folder = result.folder

    def _advice(self, code: str) -> Reason:
        """A game that has not loaded the addon yet finds it at its start only."""
        if code in (UPDATED, UPDATED_NEW_FILES) and not has_loaded_addon(self.addons.parent.parent):
            return Reason("wow.updated_not_loaded")
        return Reason(code)


@dataclass
class SeveralTargets:
    """Game folders, each written in turn; ``gone`` says why some chosen ones are not there."""

    targets: tuple[Target, ...]
    gone: tuple[AttError, ...] = ()
    _refused: tuple[AttError, ...] = ()

    @property
    def path(self) -> Path | None:
        """``TalentData.lua`` of the first."""
        return self.targets[0].path

    @property
    def advice(self) -> tuple[Reason, ...]:
        """What to do in the games, each advice once, and which of them were not written to."""
        told: list[Reason] = []
        for each in self.targets:
            told += [reason for reason in each.advice if reason not in told]
        return (*told, *map(reason_of, self._refused))

    def write(self, data: bytes) -> None:
        """Write to all that take it. Raises AttError when none does."""
        refused = [*self.gone]
        for each in self.targets:
            try:
                each.write(data)
            except AttError as error:
                refused.append(error)
        self._refused = tuple(refused)
        if len(refused) == len(self.gone) + len(self.targets):
            raise refused[0]


@dataclass(frozen=True)
class NoTarget:
    """Results are kept to look at, and written into no game: none is chosen yet."""

    path: None = None
    advice: tuple[Reason, ...] = (Reason("update.not_into_a_game"),)

    def write(self, data: bytes) -> None:
        """Nothing."""


@dataclass
class FileTarget:
    """A file that the player named."""

    path: Path
    advice: tuple[Reason, ...] = ()

    def check(self) -> None:
        """Raise OutputNotWritable when something else than a file is there."""
        try:
            something_else = self.path.exists() and not self.path.is_file()
        except OSError:
            return  # not even to be looked at: writing tells why
        if something_else:
            raise OutputNotWritable("output.not_a_file", path=self.path)

    def write(self, data: bytes) -> None:
        """Replace the file, and remove what a killed run left beside it.

        Raises OutputNotWritable; InstallError when another run writes there.
        """
        try:
            self.check()
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with folder_lock(self.path.parent):
                remove_leftovers(self.path.parent, self.path.name)
                write_atomic(self.path, data)
        except OSError as error:
            reason = os_reason(error)
            raise OutputNotWritable("output.not_writable", path=self.path, reason=reason) from error
