"""Reads an addon's toc: metadata, files, and the condition behind a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_FILE = re.compile(r"^(?P<path>[^\[]+?)\s*(?:\[(?P<condition>[^\]]+)\])?$")
_KNOWN_CONDITIONS = frozenset({"AllowLoadTextLocale"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TocFile:
    """One file of the addon. ``locales`` empty: for every language of the game."""

    path: Path
    locales: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Toc:
    """A toc as the game reads it."""

    folder: Path
    metadata: dict[str, str]
    files: tuple[TocFile, ...]

    @classmethod
    def read(cls, folder: Path) -> Toc:
        """The toc of an addon folder; it has the folder's name. ValueError on unknown syntax."""
        metadata: dict[str, str] = {}
        files: list[TocFile] = []
        text = (folder / f"{folder.name}.toc").read_text(encoding="utf-8")
        for line in map(str.strip, text.splitlines()):
            if line.startswith("##"):
                key, _, value = line[2:].partition(":")
                metadata[key.strip()] = value.strip()
            elif line and not line.startswith("#"):
                files.append(_file(folder, line))
        return cls(folder=folder, metadata=metadata, files=tuple(files))

    def files_for(self, locale: str) -> list[Path]:
        """The files that a client of this text language loads, in order."""
        return [f.path for f in self.files if not f.locales or locale in f.locales]

    def saved_variables(self) -> list[str]:
        """Names of the account's and the character's saved variables."""
        names = []
        for key in ("SavedVariables", "SavedVariablesPerCharacter"):
            names += [name.strip() for name in self.metadata.get(key, "").split(",")]
        return [name for name in names if name]


def _file(folder: Path, line: str) -> TocFile:
    match = _FILE.match(line)
    if match is None:
        raise ValueError(f"toc line not understood: {line}")
    locales: frozenset[str] = frozenset()
    if match["condition"]:
        name, _, values = match["condition"].partition(" ")
        if name not in _KNOWN_CONDITIONS:
            raise ValueError(f"toc condition not known: {name}")
        locales = frozenset(value.strip() for value in values.split(","))
    return TocFile(path=folder / match["path"].replace("\\", "/"), locales=locales)
