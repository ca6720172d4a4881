"""Codes a second, and how long a save of the full checkpoint takes.

Run: ``python -m tests.bench.bench_core``. The file system is that of the temporary folder; the
fsync that makes a save durable is counted apart, because it is the disk's time.
"""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from att_desktop.game.import_codes import decode, encode
from att_desktop.game.specs import SPECS
from att_desktop.game.trees import TalentTrees
from att_desktop.sources.sample.random_builds import random_build
from att_desktop.system import files
from att_desktop.update.checkpoint import Checkpoint, read_checkpoint
from att_desktop.update.compose import connect_to_sample
from att_desktop.update.job import UpdateJob
from att_desktop.update.library import talent_data
from att_desktop.update.plan import UpdateOptions
from att_desktop.update.result_writer import Destination
from att_desktop.update.target import FileTarget
from att_desktop.wow.talent_data import render
from tests.bench.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable

CODES = 2000
SAVES = 40


def per_second(work: Callable[[int], object], times: int) -> float:
    """The best of three rounds."""
    best = 0.0
    for _ in range(3):
        begun = time.perf_counter()
        for number in range(times):
            work(number)
        best = max(best, times / (time.perf_counter() - begun))
    return best


def measure_codes() -> list[Row]:
    trees = TalentTrees.embedded()
    specs = sorted(SPECS)
    builds = []
    for number in range(200):
        tree = trees.tree(specs[number % len(specs)])
        builds.append((tree, random_build(tree, tree.hero_trees[number % 2], {})))
    codes = [encode(tree, selection) for tree, selection in builds]
    decoded = per_second(lambda n: decode(codes[n % 200], trees), CODES)
    encoded = per_second(lambda n: encode(*builds[n % 200]), CODES)
    return [
        Row.plain("import codes decoded and checked a second", decoded),
        Row.plain("import codes encoded a second", encoded),
    ]


def full_checkpoint(folder: Path) -> Path:
    """All specs, all encounters, 50 players each, of the sample source."""
    trees = TalentTrees.embedded()
    path = folder / "cache" / "checkpoint.json"
    UpdateJob(
        options=UpdateOptions(top_n=50, freshness=timedelta(hours=12)),
        connect=connect_to_sample(trees),
        trees=trees,
        checkpoint_path=path,
        seasons_path=folder / "cache" / "seasons.json",
        destination=Destination(target=FileTarget(folder / "TalentData.lua")),
    ).run(lambda _event: None, threading.Event())
    return path


def _as_lua(checkpoint: Checkpoint) -> bytes:
    return render(
        talent_data(checkpoint.units.values(), checkpoint.encounters.values(), sample=False)
    )


def measure_save() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        path = full_checkpoint(Path(name))
        contents = read_checkpoint(path)
        assert contents.config is not None
        checkpoint, problem = Checkpoint.open(path, contents.config)
        assert not problem
        assert len(checkpoint.units) == 80
        checkpoint.save()
        unit, record = next(iter(checkpoint.units.items()))
        mine = [
            e
            for e in checkpoint.encounters.values()
            if (e.spec_id, e.content_type) == (unit.spec_id, unit.content_type)
        ]
        times, synced = [], []
        sync = files.os.fsync
        spent = [0.0]

        def timed(handle: int) -> None:
            begun = time.perf_counter()
            sync(handle)
            spent[0] += time.perf_counter() - begun

        files.os.fsync = timed
        try:
            for _ in range(SAVES):
                spent[0] = 0.0
                begun = time.perf_counter()
                checkpoint.add_unit(record, mine)
                checkpoint.save()
                times.append(time.perf_counter() - begun)
                synced.append(spent[0])
        finally:
            files.os.fsync = sync
        rendered = 1 / per_second(lambda _: _as_lua(checkpoint), 3)
        read = 1 / per_second(lambda _: read_checkpoint(path), 3)
        lua = _as_lua(checkpoint)
        size = path.stat().st_size / 1e6
    own = [whole - disk for whole, disk in zip(times, synced, strict=True)]
    return [
        Row.plain("full checkpoint, MB", size),
        Row.limit("save of the full checkpoint, ms", statistics.median(times) * 1000, 20),
        Row.plain("of which fsync, ms", statistics.median(synced) * 1000),
        Row.plain("of which the app, ms", statistics.median(own) * 1000),
        Row.plain("full checkpoint read, ms", read * 1000),
        Row.plain(
            f"TalentData.lua of {len(lua) / 1000:.0f} KB written as text, ms", rendered * 1000
        ),
    ]


def measure() -> list[Row]:
    return measure_codes() + measure_save()


if __name__ == "__main__":
    for row in measure():
        print(row.line)
