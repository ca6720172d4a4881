"""Blizzard's pipe-separated tables: ``.flavor.info`` and ``.build.info``.

The first line names the columns as ``Name!TYPE:size``; their set and order differ between
versions of the Battle.net agent, so cells are found by name, never by place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from att_desktop.wow.paths import find_child, read_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_HEADER_CELL: Final = re.compile(r"\s*([^!|]+?)\s*![A-Za-z]+:\d+\s*")
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")
_VERSION: Final = re.compile(r"\d+(\.\d+){1,3}")
_MOST_BYTES: Final = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildInfo:
    """Installed versions of a game folder.

    ``by_product`` has version by product code. ``only`` is the version of a table that has no
    product column (old agents) and just one version, else None.
    """

    by_product: Mapping[str, str]
    only: str | None = None

    def version_of(self, code: str | None) -> str | None:
        """The version of a product, None if the table does not tell."""
        if code is not None and code in self.by_product:
            return self.by_product[code]
        return self.only


def parse_bpsv(text: str) -> list[dict[str, str]]:
    """The rows as column name (lower case) -> cell.

    Tolerant: any line ends, comments (``##``), blank lines, rows that are too short or too long.
    Text without a header gives no rows.
    """
    lines = [line.strip("\r\n \0") for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith("##")]
    if not lines:
        return []
    cells = [_HEADER_CELL.fullmatch(cell) for cell in lines[0].split("|")]
    if not any(cells):
        return []
    names = [cell[1].casefold() if cell else "" for cell in cells]
    rows = []
    for line in lines[1:]:
        row = dict(zip(names, (cell.strip() for cell in line.split("|")), strict=False))
        row.pop("", None)
        rows.append(row)
    return rows


def read_flavor_info(flavour: Path) -> str | None:
    """The product code in a flavour folder's ``.flavor.info``; None if missing or broken."""
    text = _read(flavour, ".flavor.info")
    for row in parse_bpsv(text or ""):
        # One column; by its place too, should it ever be renamed.
        code = row.get("product flavor") or next(iter(row.values()), "")
        if _CODE.fullmatch(code):
            return code
    return None


def read_build_info(root: Path) -> BuildInfo:
    """The versions in a game folder's ``.build.info``; empty if missing or broken.

    Of several rows for a product the active one counts, then the highest version.
    """
    rows = parse_bpsv(_read(root, ".build.info") or "")
    best: dict[str, tuple[bool, tuple[int, ...], str]] = {}
    for row in rows:
        version = row.get("version", "")
        if _VERSION.fullmatch(version):
            numbers = tuple(int(part) for part in version.split("."))
            found = (row.get("active") == "1", numbers, version)
            code = row.get("product", "")
            best[code] = max(found, best.get(code, found))
    without_product = best.pop("", None)
    only = without_product[2] if without_product and not best and len(rows) == 1 else None
    return BuildInfo(by_product={code: found[2] for code, found in best.items()}, only=only)


def _read(folder: Path, name: str) -> str | None:
    path = find_child(folder, name)
    return read_text(path, _MOST_BYTES) if path else None
