"""Looking at folders without tripping over rights, loops, or upper and lower case."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_MOST_ENTRIES = 5000


def is_dir(path: Path) -> bool:
    """True for a folder that can be looked at; False, never an error, for all else."""
    try:
        return path.is_dir()
    except (OSError, ValueError, RuntimeError):
        return False


def is_file(path: Path) -> bool:
    """True for a file that can be looked at; False, never an error, for all else."""
    try:
        return path.is_file()
    except (OSError, ValueError, RuntimeError):
        return False


def find_child(folder: Path, name: str) -> Path | None:
    """The entry ``name`` of ``folder`` in any case, the exact one first. None if there is none.

    The game and Wine ask for ``Interface`` and open ``interface``: a second folder that differs
    only in case would hide one of the two.
    """
    exact = folder / name
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names only, no Path for each
    except (OSError, ValueError):
        return exact if is_dir(exact) or is_file(exact) else None
    if name in names:
        return exact
    wanted = name.casefold()
    same = sorted(found for found in names if found.casefold() == wanted)
    return folder / same[0] if same else None


def descend(folder: Path, *names: str) -> Path | None:
    """``find_child`` step by step; None as soon as one step is missing."""
    for name in names:
        child = find_child(folder, name)
        if child is None:
            return None
        folder = child
    return folder


def subfolders(folder: Path) -> list[Path]:
    """The folders in ``folder``, sorted by name; empty if it cannot be read."""
    return [path for path in entries(folder) if is_dir(path)]


def entries(folder: Path) -> list[Path]:
    """What is in ``folder``, sorted by name and not looked at; empty if it cannot be read."""
    try:
        with os.scandir(folder) as found:
            names = [entry.name for entry, _ in zip(found, range(_MOST_ENTRIES), strict=False)]
    except (OSError, ValueError):
        return []
    return [folder / name for name in sorted(names)]


def read_text(path: Path, limit: int = 1_000_000) -> str | None:
    """The first ``limit`` bytes as UTF-8 with broken bytes replaced; None if unreadable.

    Only of a file: a pipe of that name would be waited for.
    """
    if not is_file(path):
        return None
    try:
        with path.open("rb") as file:
            return file.read(limit).decode("utf-8-sig", "replace")
    except (OSError, ValueError):
        return None


def real_key(path: Path) -> str:
    """Equal for two ways to the same place. Safe with link loops, and with what is no path."""
    try:
        return os.path.normcase(os.path.realpath(path))
    except (OSError, ValueError):
        return os.path.normcase(path)
