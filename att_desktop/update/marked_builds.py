"""The builds that the player has marked for raid night; the addon lists them first.

They are the player's choice and stay until they are marked anew, whatever an update brings. Those
of sample data are kept apart, so that they never get into a real game.
"""

from __future__ import annotations

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

__all__ = ["Marked", "mark", "marked_path", "read_marked", "write_again"]

Marked: TypeAlias = "Callable[[], tuple[MarkedBuild, ...]]"

_MOST_BYTES: Final = 1 << 20


class _File(msgspec.Struct):
    marked: list[MarkedBuild] = []


def marked_path(folders: Folders, *, sample: bool = False) -> Path:
    """Where they are kept."""
    return (folders.sample_cache if sample else folders.config) / "raid-night.json"


def read_marked(path: Path) -> tuple[MarkedBuild, ...]:
    """The marked builds of all specs; none where the file is missing or makes no sense."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES)
        return tuple(decode_json(data, _File).marked)
    except (OSError, UnreadableJson):
        return ()


def mark(path: Path, spec_id: int, builds: Sequence[MarkedBuild]) -> None:
    """Put ``builds`` in the place of those of a spec; none takes the mark away.

    Raises AttError (``marked.not_writable``).
    """
    kept = [build for build in read_marked(path) if build.spec_id != spec_id]
    data = msgspec.json.format(msgspec.json.encode(_File(marked=[*kept, *builds])))
    try:
        write_own(path, data)
    except OSError as error:
        raise AttError("marked.not_writable", path=path, reason=os_reason(error)) from error


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
