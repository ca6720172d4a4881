"""Replacing several files so that a failure leaves all of them as they were."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from att_desktop.system.files import replace_with_retries, sync_folder, write_atomic, write_beside

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """``data`` is to stand at ``target``, where ``before`` stands now (None: no file)."""

    target: Path
    data: bytes
    before: bytes | None


@dataclass(slots=True)
class _Staged:
    temps: list[tuple[FileChange, Path]] = field(default_factory=list)

    def discard(self) -> None:
        for _, temp in self.temps:
            with contextlib.suppress(OSError):
                temp.unlink()


def replace_all(changes: Sequence[FileChange]) -> None:
    """Make ``changes`` in their order, each by an atomic rename.

    All new bytes are on the disk before the first file is replaced, so a full disk or missing
    rights change nothing. All other new names are on the disk before the last change, so that a
    power failure never leaves the last without them. If a rename fails later on, the files
    replaced so far are put back. Raises OSError as the system gave it; no temporary file is left.
    """
    staged = _Staged()
    try:
        for change in changes:
            staged.temps.append((change, write_beside(change.target, change.data)))
    except BaseException:
        staged.discard()
        raise
    done: list[FileChange] = []
    try:
        for change, temp in staged.temps:
            if change is changes[-1]:
                _sync_folders(changes)
            replace_with_retries(temp, change.target)
            done.append(change)
        _sync_folders(changes[-1:])
    except BaseException as error:
        staged.discard()
        _put_back(done, error)
        raise


def _sync_folders(changes: Sequence[FileChange]) -> None:
    for folder in {change.target.parent for change in changes}:
        sync_folder(folder)


def _put_back(done: list[FileChange], error: BaseException) -> None:
    for change in reversed(done):
        try:
            if change.before is None:
                change.target.unlink()
            else:
                write_atomic(change.target, change.before)
        except OSError as second:
            error.add_note(f"{change.target} could not be put back: {second}")


def make_folders(folder: Path, *, below: Path) -> list[Path]:
    """Make ``folder`` and what lacks above it up to ``below``; those made, outermost first.

    ``below`` itself is never made: where the game was on a disk that has been taken off, a new
    folder of that name would only hide that it is gone. Raises OSError; what was made until then
    is removed again.
    """
    below.stat()
    missing: list[Path] = []
    while not folder.exists():
        missing.insert(0, folder)
        folder = folder.parent
    made: list[Path] = []
    try:
        for path in missing:
            path.mkdir(exist_ok=True)
            made.append(path)
    except BaseException:
        undo_folders(made)
        raise
    return made


def undo_folders(made: list[Path]) -> None:
    """Remove folders of ``make_folders`` again, as far as they are empty."""
    for path in reversed(made):
        with contextlib.suppress(OSError):
            path.rmdir()
