"""What stands in the way before a run begins: damaged files, and things in wrong places."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

from att_desktop.game.trees import embedded_tree_data
from att_desktop.sources.raidbots import check_tree_data
from tests.faults import hostile
from tests.faults.plans import DataFault, KeyringFault, Obstacle, Plan
from tests.faults.world import ADDON, SPEC_IDS, Place

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random


def make(plan: Plan, place: Place) -> list[str]:
    """Make the damages and obstacles of a plan. Returns what was made."""
    made = []
    for index, fault in enumerate(plan.faults):
        if isinstance(fault, DataFault):
            rng = plan.rng(f"damage {index}")
            path = _file_of(fault.file, place)
            path.parent.mkdir(parents=True, exist_ok=True)
            data = _seed_of(fault.file, path)
            path.write_bytes(_damaged(data, fault.damage, rng))
            made.append(f"damaged {fault.file}: {fault.damage}")
        elif isinstance(fault, Obstacle):
            _put(fault.kind, place)
            made.append(f"in the way: {fault.kind}")
        elif isinstance(fault, KeyringFault):  # made when the run begins
            made.append(f"keyring {fault.kind}")
    return made


def clear(plan: Plan, place: Place) -> None:
    """Take away what a player can take away: obstacles, settings that were meant differently.

    Trees of another season are replaced in the settings. Broken ones stay: who would know?
    """
    gone = place.game.with_name("elsewhere")
    if gone.is_dir():
        shutil.rmtree(place.game, ignore_errors=True)
        gone.rename(place.game)
    for fault in plan.faults:
        if isinstance(fault, Obstacle):
            _take_away(fault.kind, place)
        elif isinstance(fault, DataFault):
            path = _file_of(fault.file, place)
            if fault.file == "settings" or (fault.file == "trees" and _can_be_used(path)):
                path.unlink(missing_ok=True)


def _can_be_used(trees: Path) -> bool:
    try:
        data = trees.read_bytes()
    except OSError:
        return False
    return not check_tree_data(data, ())


def _damaged(data: bytes, damage: str, rng: Random) -> bytes:
    if damage not in ("one spec broken", "wrong season"):
        return hostile.damage(data, damage, rng)
    trees = json.loads(data)
    for tree in trees:
        if damage == "wrong season":  # the same talents under other numbers
            for section in ("classNodes", "specNodes", "heroNodes", "subTreeNodes"):
                for entry in (entry for node in tree[section] for entry in node["entries"]):
                    entry["id"] = entry.get("id", 0) + 1_000_000
        elif tree["specId"] == SPEC_IDS[0]:
            del tree[rng.choice(("classNodes", "fullNodeOrder", "specName"))]
    return json.dumps(trees).encode()


def _file_of(file: str, place: Place) -> Path:
    return {
        "checkpoint": place.checkpoint,
        "seasons": place.home / "cache" / "seasons.json",
        "settings": place.home / "config" / "settings.json",
        "manifest": place.addon / "installed-files.json",
        "talent data": place.talent_data,
        "trees": place.home / "data" / "talents.json",
        "history": place.home / "data" / "history.json",
        "feed note": place.results_folder / "feed.json",
        "index": place.results_folder / "index.json",
        "index etag": place.results_folder / "index.json.etag",
        "export": place.results_folder / "d16-all.json",
        "export etag": place.results_folder / "d16-all.json.etag",
        "lock": place.home / "cache" / "writer.lock.holder",
    }[file]


def _seed_of(file: str, path: Path) -> bytes:
    if file == "trees":
        return embedded_tree_data()
    if path.is_file():
        return path.read_bytes()
    if file == "settings":
        return b'{"content": "both", "difficulty": "auto", "top_n": 50, "game_folders": ["/x"]}'
    return b'{"version": 1, "pid": 1, "since": "2026-11-22T12:00:00+00:00", "what": "terminal"}'


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
