"""Ways to break the app, each of which the campaign must notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from att_desktop.commands import sync as terminal_sync
from att_desktop.config import credentials
from att_desktop.system import files, redaction
from att_desktop.system.errors import AttError
from att_desktop.update import checkpoint
from att_desktop.wow import installer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["SPOILERS"]


def _plain_writes() -> None:
    """A checkpoint that is written in place, not beside and renamed."""

    def write(path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        with path.open("wb") as file:
            file.write(data)

    checkpoint.write_atomic = write  # type: ignore[attr-defined]


def _no_fsync() -> None:
    """Renames that overtake the data."""

    class NoSync:
        def __getattr__(self, name: str) -> object:
            return (lambda _handle: None) if name == "fsync" else getattr(_os, name)

    _os = files.os
    files.os = NoSync()  # type: ignore[assignment]


def _leftovers() -> None:
    """Temporary files of killed runs that nobody removes."""
    for module in (checkpoint, installer):
        module.remove_leftovers = lambda *_: None  # type: ignore[attr-defined]


def _toc_first() -> None:
    """An addon whose toc is there before the files that it names."""
    installer._turn = lambda path, *, is_new: (0 if path.endswith(".toc") else 1, path)


def _no_redaction() -> None:
    """A log that keeps what it is told, told a secret."""
    redaction.Redactor.clean = lambda _self, text: text  # type: ignore[method-assign]
    load = credentials.KeyringStore.load

    def loud(self: credentials.KeyringStore) -> credentials.ClientCredentials:
        found = load(self)
        files_logger.warning("using %s", found.client_secret)
        return found

    import logging

    files_logger = logging.getLogger("att_desktop.spoiled")
    credentials.KeyringStore.load = loud  # type: ignore[method-assign]


def _no_lock() -> None:
    """Two writers at once."""
    import contextlib

    terminal_sync.single_writer = lambda *_, **__: contextlib.nullcontext()  # type: ignore[assignment]


def _vague() -> None:
    """Errors that say nothing."""
    AttError.__str__ = lambda _self: "An error occurred"  # type: ignore[method-assign]


SPOILERS: Final[dict[str, Callable[[], None]]] = {
    "plain writes": _plain_writes,
    "no fsync": _no_fsync,
    "leftovers": _leftovers,
    "toc first": _toc_first,
    "no redaction": _no_redaction,
    "no lock": _no_lock,
    "vague sentences": _vague,
}
