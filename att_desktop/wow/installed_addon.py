"""What is installed of the addon: its version and the age of its data, without running Lua."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from att_desktop.wow.addon_folder import ADDON_NAME, TOC_FILE
from att_desktop.wow.paths import descend, find_child, read_text
from att_desktop.wow.talent_data import TALENT_DATA_FILE, DataMarks, read_marks
from att_desktop.wow.template import toc_version

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledAddon:
    """``installed`` is False without a ``.toc``. ``data_timestamp`` is aware, in UTC."""

    installed: bool = False
    version: str | None = None
    data_timestamp: datetime | None = None
    data_is_sample: bool = False
    data_sources: tuple[str, ...] = ()


def read_installed_addon(addons: Path) -> InstalledAddon:
    """The addon in an AddOns folder, which need not exist."""
    folder = find_child(addons, ADDON_NAME)
    toc = descend(folder, TOC_FILE) if folder else None
    if folder is None or toc is None:
        return InstalledAddon()
    data = find_child(folder, TALENT_DATA_FILE)
    marks = read_marks(data) if data else DataMarks()
    return InstalledAddon(
        installed=True,
        version=toc_version(read_text(toc, 64_000) or ""),
        data_timestamp=marks.timestamp,
        data_is_sample=marks.is_sample,
        data_sources=marks.sources,
    )
