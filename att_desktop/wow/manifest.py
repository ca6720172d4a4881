"""The list of files that the app installed: only these may it remove."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

from att_desktop.wow.addon_folder import relative_parts
from att_desktop.wow.paths import read_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MANIFEST_FILE: Final = "installed-files.json"
_VERSION: Final = 1
# The app's own has a few kilobytes.
_MOST_BYTES: Final = 100_000


def read_manifest(folder: Path) -> dict[str, str]:
    """Relative path (``/`` between names) -> SHA-256 in hex as installed.

    Empty for a missing, broken or oversized list. Paths that could lead out of the folder are
    dropped: anyone can write this file.
    """
    text = read_text(folder / MANIFEST_FILE, _MOST_BYTES)
    if text is None:
        return {}
    try:
        files = json.loads(text)["files"]
        return {
            path: digest
            for path, digest in files.items()
            if isinstance(digest, str) and relative_parts(path) is not None
        }
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}


def digest_of(path: Path) -> str:
    """The digest of a file as it is now. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def render_manifest(files: Mapping[str, bytes], left: Mapping[str, str]) -> bytes:
    """The list for files with these contents and for those ``left`` over (path -> digest).

    Sorted, so that equal installs are equal bytes.
    """
    digests = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    content = {"version": _VERSION, "files": dict(sorted({**left, **digests}.items()))}
    return (json.dumps(content, indent=1) + "\n").encode("ascii")
