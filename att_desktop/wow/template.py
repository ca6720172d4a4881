"""The app's own copy of the addon, as it goes into the game."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from att_desktop.wow.addon_folder import TOC_FILE
from att_desktop.wow.errors import BrokenTemplate

if TYPE_CHECKING:
    from pathlib import Path

_VERSION: Final = re.compile(
    r"^##[ \t]*Version[ \t]*:[ \t]*(.*?)[ \t\r]*$", re.MULTILINE | re.IGNORECASE
)


def read_template(template: Path) -> dict[str, bytes]:
    """Every file of the template: relative path (``/`` between names) -> contents.

    Hidden files and caches of tools stay out. Raises BrokenTemplate when the folder cannot be
    read, has no ``.toc``, or lacks a file that the ``.toc`` loads.
    """
    try:
        files = {
            path.relative_to(template).as_posix(): path.read_bytes()
            for path in sorted(template.rglob("*"))
            if path.is_file() and not _is_foreign(path.relative_to(template).parts)
        }
    except OSError as error:
        raise BrokenTemplate("wow.template_unreadable", folder=template) from error
    if not files.get(TOC_FILE):
        raise BrokenTemplate("wow.template_incomplete", file=TOC_FILE, folder=template)
    for path in _loaded_by(files[TOC_FILE].decode("utf-8", "replace")):
        if path not in files:
            raise BrokenTemplate("wow.template_incomplete", file=path, folder=template)
    return files


def toc_version(toc: str) -> str | None:
    """The ``## Version`` of a ``.toc``, None if it has none."""
    found = _VERSION.search(toc)
    return found[1] or None if found else None


def _loaded_by(toc: str) -> list[str]:
    """The files that a ``.toc`` loads for every player.

    Not those with a condition (``Locales\\deDE.lua [AllowLoadTextLocale deDE]``): without them
    the addon still works, in English. Nor lines with a variable, which name no single file.
    """
    lines = (line.strip().replace("\\", "/") for line in toc.lstrip("\ufeff").splitlines())
    return [line for line in lines if line and not line.startswith("#") and "[" not in line]


def _is_foreign(parts: tuple[str, ...]) -> bool:
    return any(part.startswith((".", "__")) for part in parts)
