"""YAML of launchers: any value that their own library reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from att_desktop.wow.paths import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a file; empty for anything else and for what cannot be read."""
    text = read_text(path)
    if not text:
        return {}
    import yaml  # here, because few computers have such files

    # The C parser where it is built: a Lutris library has hundreds of files.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        found = yaml.load(text, loader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def absolute_paths(home: Path, *values: object) -> Iterator[Path]:
    """Those of some values that name an absolute path, ``~/`` included."""
    for value in values:
        if isinstance(value, str) and "\0" not in value:
            path = home / value[2:] if value.startswith("~/") else Path(value.strip())
            if path.is_absolute():
                yield path


def yaml_files(folder: Path) -> list[Path]:
    """The YAML files in a folder, sorted; empty if it cannot be read."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in {".yml", ".yaml"})
    except OSError:
        return []
