"""What a release needs to know: its version, its notes, its files and their sums.

    python -m tools.release check v1.2.3   the tag is the app's version, with notes for it
    python -m tools.release notes          the release's notes, as Markdown
    python -m tools.release files DIR      every file of a release is in DIR, and no other
    python -m tools.release sums DIR       writes DIR/SHA256SUMS, as sha256sum --check reads it

Exit code 1 with one sentence when something does not fit.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from datetime import date
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
SUMS: Final = "SHA256SUMS"
# One of each is in a release: 'AzerothsTopTalent-1.2.3-linux-x64.AppImage'.
KINDS: Final = (
    "addon.zip",
    "linux-x64.AppImage",
    "linux-x64.tar.gz",
    "macos-arm64.dmg",
    "macos-x64.dmg",
    "windows-x64-setup.exe",
    "windows-x64.zip",
)


class ReleaseError(Exception):
    """The release cannot be made; the message says why."""


def app_version(root: Path = ROOT) -> str:
    """The app's own version, read from ``att_desktop/__init__.py`` without importing it."""
    return _assigned("__version__", root)


def app_id(root: Path = ROOT) -> str:
    """The app's reverse-DNS id, read in the same way."""
    return _assigned("APP_ID", root)


def file_name(kind: str, version: str) -> str:
    """The name of a file of the release; ``kind`` is one of KINDS."""
    if kind not in KINDS:
        raise ReleaseError(f"'{kind}' is no kind of file of a release.")
    return f"AzerothsTopTalent-{version}-{kind}"


def check_tag(tag: str, root: Path = ROOT) -> str:
    """The version of ``tag`` ('v1.2.3'); raises ReleaseError unless app, addon and notes agree."""
    version = app_version(root)
    if tag != f"v{version}":
        raise ReleaseError(f"The tag is {tag}, but the app says {version}: it wants v{version}.")
    toc = root / "addon_template" / "AzerothsTopTalent" / "AzerothsTopTalent.toc"
    found = re.search(r"^## Version: (\S+)\r?$", toc.read_text("utf-8"), re.MULTILINE)
    if found is None or found[1] != version:
        said = found[1] if found else "nothing"
        raise ReleaseError(f"The addon's .toc says {said}, but the app says {version}.")
    release_notes(version, root)
    return version


def release_notes(version: str, root: Path = ROOT) -> str:
    """The text below ``## [version] - date`` of CHANGELOG.md (Keep a Changelog 1.1)."""
    return _section(version, root)[1]


def release_date(version: str, root: Path = ROOT) -> date:
    """The day that CHANGELOG.md names for ``version``."""
    return _section(version, root)[0]


def check_files(folder: Path, version: str) -> list[Path]:
    """The release's files in ``folder``. Raises ReleaseError for a missing, empty or alien one."""
    expected = {file_name(kind, version) for kind in KINDS}
    there = {path.name for path in folder.iterdir()} - {SUMS}
    for lacking in sorted(expected - there):
        raise ReleaseError(f"{lacking} is missing.")
    for alien in sorted(there - expected):
        raise ReleaseError(f"{alien} does not belong to release {version}.")
    files = [folder / name for name in sorted(expected)]
    for path in files:
        if path.stat().st_size == 0:
            raise ReleaseError(f"{path.name} is empty.")
    return files


def write_sums(folder: Path, version: str) -> Path:
    """Write ``SHA256SUMS`` for the release's files in ``folder`` and return its path."""
    lines = []
    for path in check_files(folder, version):
        with path.open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    sums = folder / SUMS
    sums.write_text("".join(lines), "utf-8", newline="\n")
    return sums


def _assigned(name: str, root: Path) -> str:
    text = (root / "att_desktop" / "__init__.py").read_text("utf-8")
    found = re.search(rf'^{name}(?:: Final)? = "([^"]+)"', text, re.MULTILINE)
    if found is None:
        raise ReleaseError(f"att_desktop/__init__.py has no {name}.")
    return found[1]


def _section(version: str, root: Path) -> tuple[date, str]:
    text = (root / "CHANGELOG.md").read_text("utf-8")
    heading = rf"^## \[{re.escape(version)}\] - (\d{{4}}-\d\d-\d\d)\s*$"
    parts = re.split(heading, text, maxsplit=1, flags=re.MULTILINE)
    if len(parts) == 1:
        raise ReleaseError(f"CHANGELOG.md has no '## [{version}] - YYYY-MM-DD'.")
    _, day, rest = parts
    # It ends at the next version, or where the links of the headings begin.
    notes = re.split(r"^(?:## |\[[^\]]+\]: )", rest, maxsplit=1, flags=re.MULTILINE)[0].strip()
    if not notes:
        raise ReleaseError(f"CHANGELOG.md says nothing about {version}.")
    try:
        return date.fromisoformat(day), notes
    except ValueError as error:
        raise ReleaseError(f"CHANGELOG.md: {day} is no date.") from error


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Version, notes, files and sums of a release.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check").add_argument("tag")
    commands.add_parser("notes")
    commands.add_parser("files").add_argument("folder", type=Path)
    commands.add_parser("sums").add_argument("folder", type=Path)
    arguments = parser.parse_args(argv)
    try:
        version = app_version()
        if arguments.command == "check":
            print(check_tag(arguments.tag))
        elif arguments.command == "notes":
            print(release_notes(version))
        elif arguments.command == "files":
            print(*(path.name for path in check_files(arguments.folder, version)), sep="\n")
        else:
            print(write_sums(arguments.folder, version))
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
