"""The installation that a folder chosen by the player belongs to."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from att_desktop.wow.errors import NotAGameFolder
from att_desktop.wow.flavours import flavours_in
from att_desktop.wow.installations import describe, ranked
from att_desktop.wow.paths import descend, is_dir, is_file, real_key
from att_desktop.wow.places.base import BY_HAND, GAME
from att_desktop.wow.places.wine import Prefix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from att_desktop.system.errors import Field
    from att_desktop.wow.installations import Installation

# From a file of an addon, or the program inside the app on macOS, up to the flavour folder and
# one more to the root; not so far that any folder would lead to a game somewhere above it.
_STEPS_UP: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectedFolder:
    """``installation`` is the one meant, ``others`` are in the same folder.

    ``findings`` tell the player what was found, and where the addon would not work.
    """

    installation: Installation
    others: tuple[Installation, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """For ``text.say``, one after the other."""
        found = self.installation
        findings = [
            Finding("wow.found", {"game": found.name, "folder": str(found.folder)}),
        ]
        if not found.supported:
            findings.append(Finding("wow.not_supported"))
        elif not found.writable.ok:
            findings.append(Finding(found.writable.code, found.writable.fields))
        if self.others:
            names: list[str] = [other.name for other in self.others]
            findings.append(Finding("wow.also_there", {"games": names}))
        return tuple(findings)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell, by code and fields."""

    code: str
    fields: Mapping[str, Field] = field(default_factory=dict)


def installation_from(path: Path) -> SelectedFolder:
    """The installation that ``path`` belongs to.

    ``path`` may be the game folder, a flavour folder, ``Interface``, ``AddOns`` or anything in
    them, the program or app, a folder that holds ``World of Warcraft``, or a Wine prefix. Of
    several flavours the live game is taken. Classic games are found as well, with
    ``supported`` False and a finding that says so.

    Raises NotAGameFolder.
    """
    path = _in_full(path)
    if not is_dir(path) and not is_file(path):
        raise _not_readable(path)
    for place in _places(path):
        found = flavours_in(place)
        if found:
            unique = {real_key(flavour.folder): flavour for flavour in reversed(found)}
            known = ranked(describe(flavour, found_by=BY_HAND) for flavour in unique.values())
            return SelectedFolder(installation=known[0], others=tuple(known[1:]))
    raise NotAGameFolder("wow.no_game_folder", path=path)


def _in_full(path: Path) -> Path:
    try:
        return path.expanduser().absolute()
    except (OSError, RuntimeError) as error:
        # '~somebody' who is not here, or the working folder was removed.
        raise NotAGameFolder("wow.nothing_there", path=path) from error


def _not_readable(path: Path) -> NotAGameFolder:
    try:
        path.stat()
    except PermissionError:
        return NotAGameFolder("wow.not_readable", folder=path)
    except (OSError, ValueError):
        pass
    return NotAGameFolder("wow.nothing_there", path=path)


def _places(path: Path) -> Iterator[Path]:
    """Where to look, in order: here, above, above what a link leads to, below."""
    real = Path(os.path.realpath(path))
    for start in (path, real) if real != path else (path,):
        yield start
        yield from list(start.parents)[:_STEPS_UP]
    below = descend(path, GAME)
    if below is not None:
        yield below
    for prefix in (path, path / "pfx", path.parent):
        for place in Prefix(path=prefix, found_by=BY_HAND).places():
            yield place.path
