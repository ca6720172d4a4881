"""What stands in the way before a run begins: damaged files, and things in wrong places."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from att_desktop.game.trees import embedded_tree_data
from tests.faults import hostile
from tests.faults.plans import DataFault, Obstacle, Plan
from tests.faults.world import ADDON, Place

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["clear", "make"]


def make(plan: Plan, place: Place) -> int:
    """Make the damages and obstacles of a plan. Returns how many there are."""
    made = 0
    for index, fault in enumerate(plan.faults):
        if isinstance(fault, DataFault):
            rng = plan.rng(f"damage {index}")
            path = _file_of(fault.file, place)
            path.parent.mkdir(parents=True, exist_ok=True)
            data = _seed_of(fault.file, path)
            path.write_bytes(hostile.damage(data, fault.damage, rng))
            made += 1
        elif isinstance(fault, Obstacle):
            _put(fault.kind, place)
            made += 1
    return made


def clear(plan: Plan, place: Place) -> None:
    """Take away what a player can take away: obstacles, settings and trees that are wrong."""
    gone = place.game.with_name("elsewhere")
    if gone.is_dir():
        shutil.rmtree(place.game, ignore_errors=True)
        gone.rename(place.game)
    for fault in plan.faults:
        if isinstance(fault, Obstacle):
            _take_away(fault.kind, place)
        elif isinstance(fault, DataFault) and fault.file in ("settings", "trees"):
            _file_of(fault.file, place).unlink(missing_ok=True)


def _file_of(file: str, place: Place) -> Path:
    return {
        "checkpoint": place.checkpoint,
        "seasons": place.home / "cache" / "seasons.json",
        "settings": place.home / "config" / "settings.json",
        "manifest": place.addon / "installed-files.json",
        "talent data": place.talent_data,
        "trees": place.home / "data" / "talents.json",
        "lock": place.home / "cache" / "writer.lock.holder",
    }[file]


def _seed_of(file: str, path: Path) -> bytes:
    if file == "trees":
        return embedded_tree_data()
    if path.is_file():
        return path.read_bytes()
    if file == "settings":
        return b'{"content": "both", "difficulty": "auto", "top_n": 50, "game_folders": ["/x"]}'
    return b'{"version": 1, "pid": 1, "since": "2026-11-22T12:00:00+00:00", "what": "a terminal"}'


def _put(kind: str, place: Place) -> None:  # noqa: C901 - a list of kinds
    cache, addon = place.home / "cache", place.addon
    match kind:
        case "addon is a link loop":
            _clear_way(addon)
            addon.symlink_to(addon.name)
        case "addon is a link to elsewhere":
            _clear_way(addon)
            elsewhere = place.root / "user" / "checkout"
            elsewhere.mkdir()
            (elsewhere / f"{ADDON}.toc").write_text("the player's own\n")
            addon.symlink_to(elsewhere, target_is_directory=True)
        case "addon is a file":
            _clear_way(addon)
            addon.write_bytes(b"a file")
        case "toc is a folder":
            _in_the_way(addon / f"{ADDON}.toc").mkdir()
        case "locale folder is a link":
            _in_the_way(addon / "Locales").symlink_to(place.root / "user" / "Documents")
        case "cache is a link loop":
            _in_the_way(cache).symlink_to(cache.name)
        case "cache is a file":
            _in_the_way(cache).write_bytes(b"a file")
        case "logs is a file":
            _in_the_way(place.home / "logs").write_bytes(b"a file")
        case "config is a file":
            _in_the_way(place.home / "config").write_bytes(b"a file")
        case "checkpoint is a folder":
            _in_the_way(place.checkpoint).mkdir()
        case "lock is a folder":
            _in_the_way(cache / "writer.lock").mkdir()
        case "game is gone":
            place.game.rename(place.game.with_name("elsewhere"))
        case "addons is a dangling link":
            _in_the_way(place.addons).symlink_to(place.root / "nowhere")


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name} was here")


def _in_the_way(path: Path) -> Path:
    """The path, with what was there moved beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(path):
        path.rename(_aside(path))
    return path


def _clear_way(addon: Path) -> None:
    if addon.is_dir():
        shutil.rmtree(addon)


def _take_away(kind: str, place: Place) -> None:
    path = {
        "addon is a link loop": place.addon,
        "addon is a link to elsewhere": place.addon,
        "addon is a file": place.addon,
        "toc is a folder": place.addon / f"{ADDON}.toc",
        "locale folder is a link": place.addon / "Locales",
        "cache is a link loop": place.home / "cache",
        "cache is a file": place.home / "cache",
        "logs is a file": place.home / "logs",
        "config is a file": place.home / "config",
        "checkpoint is a folder": place.checkpoint,
        "lock is a folder": place.home / "cache" / "writer.lock",
        "addons is a dangling link": place.addons,
    }.get(kind)
    if path is None:
        return
    if kind == "addon is a link to elsewhere":
        shutil.rmtree(place.root / "user" / "checkout")
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)
    if os.path.lexists(_aside(path)):
        _aside(path).rename(path)
