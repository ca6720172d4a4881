"""The builds that the player has marked for raid night; the addon lists them first.

They are the player's choice and stay until they are marked anew, whatever an update brings. Those
of sample data are kept apart, so that they never get into a real game.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from att_desktop.game.results import MarkedBuild
from att_desktop.system.errors import AttError, os_reason
from att_desktop.system.files import write_own
from att_desktop.system.json_data import UnreadableJson, decode_json
from att_desktop.update.library import Library, talent_data
from att_desktop.wow.talent_data import render

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from att_desktop.system.folders import Folders
    from att_desktop.update.target import Target

Marked: TypeAlias = "Callable[[], tuple[MarkedBuild, ...]]"

_MOST_BYTES: Final = 1 << 20
_log = logging.getLogger(__name__)


class _File(msgspec.Struct):
    marked: list[MarkedBuild] = []


def marked_path(folders: Folders, *, sample: bool = False) -> Path:
    """Where they are kept."""
    return (folders.sample_cache if sample else folders.config) / "raid-night.json"


def read_marked(path: Path) -> tuple[MarkedBuild, ...]:
    """The marked builds of all specs; none where the file cannot be read or makes no sense."""
    try:
        return _read(path)
    except OSError as error:
        _log.warning("marked builds: %s", error)
        return ()


def mark(path: Path, spec_id: int, builds: Sequence[MarkedBuild]) -> None:
    """Put ``builds`` in the place of those of a spec; none takes the mark away.

    Raises AttError (``marked.not_writable``), also when those of other specs cannot be read.
    """
    try:
        kept = [build for build in _read(path) if build.spec_id != spec_id]
        data = msgspec.json.format(msgspec.json.encode(_File(marked=[*kept, *builds])))
        write_own(path, data)
    except OSError as error:
        raise AttError("marked.not_writable", path=path, reason=os_reason(error)) from error


def _read(path: Path) -> tuple[MarkedBuild, ...]:
    """Raises OSError for a file that is there and cannot be read."""
    try:
        with path.open("rb") as file:
            return tuple(decode_json(file.read(_MOST_BYTES), _File).marked)
    except (FileNotFoundError, NotADirectoryError, UnreadableJson):
        return ()


def write_again(
    checkpoints: Sequence[Path], marked: Sequence[MarkedBuild], target: Target, *, sample: bool
) -> bool:
    """Write the addon's data anew from the results at hand, nothing fetched.

    Returns False where there are no results to write. Raises AttError as the target does.
    """
    library = Library.load(*checkpoints)
    if library.is_empty:
        return False
    target.write(
        render(
            talent_data(
                library.units.values(), library.encounters.values(), sample=sample, marked=marked
            )
        )
    )
    return True
