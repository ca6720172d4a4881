"""Runs plans, each on a machine of its own, and holds the invariant against them."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import graphql
import msgspec

from att_desktop import cli
from att_desktop.config import settings
from att_desktop.game.trees import TalentTrees
from att_desktop.system.bundled import ADDON_TEMPLATE, bundled_path
from att_desktop.update import compose
from tests.faults import invariant, obstacles
from tests.faults.drawing import draw_plan
from tests.faults.network import CanaryServer
from tests.faults.runs import CLEAN, Ran, run, warm_up
from tests.faults.world import ADDON, Place, World, read_results

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.faults.plans import Plan

_NEEDED_BYTES: Final = 1 << 29
_KEPT_FILES: Final = "ABCDdez"  # first letters: 16 files, and the languages d, e and z


@dataclass(kw_only=True)
class Outcome:
    """One plan: what was injected, what broke, and the last words of its run."""

    number: int
    injected: dict[str, int] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    plan: str = ""
    said: str = ""


@dataclass(kw_only=True)
class Report:
    """All plans of a campaign."""

    seed: int
    seconds: float
    outcomes: list[Outcome]

    @property
    def broken(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.violations]

    @property
    def injected(self) -> Counter[str]:
        total: Counter[str] = Counter()
        for outcome in self.outcomes:
            total.update(outcome.injected)
        return total

    @property
    def line(self) -> str:
        """The summary."""
        held = "held in every plan" if not self.broken else f"BROKEN in {len(self.broken)} plans"
        return (
            f"fault campaign, seed {self.seed}: {len(self.outcomes)} plans run, "
            f"{self.injected.total()} faults of {len(self.injected)} kinds injected, "
            f"invariant {held}, canary secret "
            f"{'found nowhere' if not self._canaries else 'FOUND'}, {self.seconds:.0f} s"
        )

    @property
    def _canaries(self) -> list[str]:
        return [v for outcome in self.outcomes for v in outcome.violations if "secret in" in v]


def run_campaign(numbers: Iterable[int], seed: int, jobs: int) -> Report:
    """Run these plans in ``jobs`` processes."""
    begun = time.monotonic()
    numbers = list(numbers)
    with tempfile.TemporaryDirectory(prefix="att-faults-", dir=_fast_folder()) as folder:
        base = Path(folder).resolve()
        workers = []
        for job in range(jobs):
            child = os.fork()
            if child == 0:
                _work(base / f"w{job}", seed, numbers[job::jobs])
            workers.append(child)
        states = [os.waitpid(worker, 0)[1] for worker in workers]
        outcomes: list[Outcome] = []
        for job in range(jobs):
            with contextlib.suppress(FileNotFoundError):
                lines = (base / f"w{job}.jsonl").read_bytes().splitlines()
                outcomes += [msgspec.json.decode(line, type=Outcome) for line in lines]
        assert not any(states), "a worker of the campaign failed"
    outcomes.sort(key=lambda outcome: outcome.number)
    return Report(seed=seed, seconds=time.monotonic() - begun, outcomes=outcomes)


def _fast_folder() -> str | None:
    """Memory where there is enough: what a disk would keep is known to ``Disk`` alone."""
    memory = Path("/dev/shm")
    if memory.is_dir() and shutil.disk_usage(memory).free > _NEEDED_BYTES:
        return str(memory)
    return None


def _work(base: Path, seed: int, numbers: list[int]) -> NoReturn:
    code = 1
    try:
        base.mkdir()
        template = base / "template" / ADDON  # of one moment, also while somebody works on it
        _copy_a_part(bundled_path(ADDON_TEMPLATE), template)
        compose.bundled_path = lambda _relative: template
        world = World(base=base, template=template, server=CanaryServer(time.monotonic))
        world.prepare(lambda place, content: _clean(world, place, content))
        # That the documents fit the schema is proven elsewhere; here it is a third of the time.
        graphql.validate = lambda *_: []
        _share(world)
        gc.collect()
        gc.freeze()  # children share these pages
        with base.with_suffix(".jsonl").open("wb") as file:
            for number in numbers:
                outcome = run_plan(world, draw_plan(seed, number))
                file.write(msgspec.json.encode(outcome) + b"\n")
                file.flush()
        code = 0
    except BaseException:  # noqa: BLE001 - told, and told by the exit code
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


def _copy_a_part(template: Path, target: Path) -> None:
    """The addon with a share of its files: as many kinds of them, a third of the steps."""
    shutil.copytree(template, target)
    toc = target / f"{ADDON}.toc"
    lines = toc.read_text("utf-8").splitlines(keepends=True)
    for path in sorted(target.rglob("*.lua")):
        name = path.relative_to(target).as_posix()
        if path.name[0] not in _KEPT_FILES and path.name != "TalentData.lua":
            path.unlink()
            lines = [line for line in lines if name not in line.replace("\\", "/")]
    toc.write_text("".join(lines), "utf-8")


def _share(world: World) -> None:
    """Do in this process, once, what each of its children would do alike."""
    cli.make_parser = cache(cli.make_parser)
    settings._hints = cache(settings._hints)
    trees = TalentTrees.embedded()
    TalentTrees.embedded = classmethod(lambda _: trees)
    for source, prior, content in (
        ("warcraftlogs", "nothing", "both"),
        ("warcraftlogs", "old", "raid"),
        ("feed", "old", "both"),
        ("parses", "old", "both"),
    ):
        place = world.copy_of(source, prior, world.base / "warm")
        warm_up(world, place, content)
        shutil.rmtree(place.root)
    assert threading.active_count() == 1, "a fork would have only one of them"


def _clean(world: World, place: Place, content: str) -> None:
    plan = replace(CLEAN, source=place.source, content=content)
    ran = run(world, place, plan)
    assert ran.code == 0, ran.said


def run_plan(world: World, plan: Plan) -> Outcome:
    """One plan: a disturbed run, the invariant, an undisturbed run, the invariant again.

    The undisturbed run is left out where the disturbed one has made everything right already.
    """
    place = world.place_of(plan)
    outcome = Outcome(number=plan.number, plan=repr(plan.faults))
    try:
        before = read_results(place)
        untouched = place.foreign()
        code = place.code()
        made = obstacles.make(plan, place)
        results = place.results()
        foreign = place.foreign()
        ran = run(world, place, plan)
        injected = Counter(ran.injected)
        injected.update(made)
        expected = world.expected[plan.source, plan.prior, plan.content]
        outcome.injected = dict(injected)
        outcome.violations += invariant.violations_after(
            plan, place, ran, before, foreign, expected
        )
        outcome.violations += invariant.refused_yet_changed(plan, place, ran, results)
        outcome.violations += invariant.half_updated(plan, place, ran, code, world.template)
        outcome.said = f"exit {ran.code}, {ran.steps} steps: {ran.said[-1500:]}"
        if ran.code == 0 and not outcome.violations and not invariant.may_leave_work(plan):
            return outcome
        obstacles.clear(plan, place)
        last = _undisturbed(world, place, plan)
        outcome.violations += invariant.violations_at_the_end(
            plan, place, last, untouched, expected
        )
    finally:
        shutil.rmtree(world.base / "plans" / str(plan.number), ignore_errors=True)
    return outcome


def _undisturbed(world: World, place: Place, plan: Plan) -> Ran:
    return run(
        world,
        place,
        replace(CLEAN, source=plan.source, content=plan.content, fresh=plan.data_may_differ),
    )
