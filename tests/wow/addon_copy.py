"""A small addon as the app would carry it, and AddOns folders for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TOC = "## Interface: 120100\n## Version: 1.2.3\nLocales\\enUS.lua\nTalentData.lua\nCore.lua\n"
PLACEHOLDER = b"local _, addon = ...\naddon.TalentData = {}\n"
DATA = b'local _, addon = ...\naddon.TalentDataTimestamp = "2026-11-22T13:00:00"\n'


def make_template(root: Path, **more: str) -> Path:
    """An addon of four files; ``more`` are further files as ``Name="text"`` -> ``Name.lua``."""
    template = root / "template" / "AzerothsTopTalent"
    (template / "Locales").mkdir(parents=True, exist_ok=True)
    (template / "AzerothsTopTalent.toc").write_text(
        TOC + "".join(f"{name}.lua\n" for name in more), encoding="utf-8"
    )
    (template / "Locales" / "enUS.lua").write_text("local _, addon = ...\n", encoding="utf-8")
    (template / "TalentData.lua").write_bytes(PLACEHOLDER)
    (template / "Core.lua").write_text("local _, addon = ...\naddon.one = 1\n", encoding="utf-8")
    for name, text in more.items():
        (template / f"{name}.lua").write_text(text, encoding="utf-8")
    return template


def make_addons(root: Path) -> Path:
    """An empty ``Interface/AddOns`` of a retail flavour."""
    addons = root / "World of Warcraft" / "_retail_" / "Interface" / "AddOns"
    addons.mkdir(parents=True)
    return addons


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder``: relative path -> contents."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
