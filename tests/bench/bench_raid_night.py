"""How long the fewest builds for an evening of 17 encounters take.

Run: ``python -m tests.bench.bench_raid_night``. Once with the builds that the sample source has for
each spec, as the page works them out; once with what is hardest to cover: each encounter's build
near a few others at random, all in one knot.
"""

from __future__ import annotations

import random
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from att_desktop.game.cover import smallest_cover
from att_desktop.game.specs import SPECS
from att_desktop.game.trees import TalentTrees
from att_desktop.ui.results.raid_night import plan_evening
from att_desktop.ui.results.spec_results import SpecResults
from att_desktop.update.library import Library
from tests.bench.bench_core import full_checkpoint
from tests.bench.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable

ENCOUNTERS = 17
KNOTS = 400


def _timed(work: Callable[[], object]) -> float:
    """The best of three rounds, in seconds: others use the machine too."""
    times = []
    for _round in range(3):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def measure_page() -> Row:
    """The slowest of all specs, each with its third boss's build as the player's own talents."""
    trees = TalentTrees.embedded()
    with tempfile.TemporaryDirectory() as name:
        library = Library.load(full_checkpoint(Path(name)))
    times = []
    for spec_id in SPECS:
        results = SpecResults(library, trees, spec_id)
        own = [one.best for one in results.results if one.group == "raid"][2]
        assert len([one for one in results.results if one.group != "general"]) == ENCOUNTERS
        times.append(_timed(partial(plan_evening, results, own)))
    return Row.limit("raid night of 17 encounters, slowest spec, ms", max(times) * 1000, 50)


def measure_knots() -> Row:
    """The slowest of many random knots, with a candidate more for the player's own talents."""
    rng = random.Random(17)
    times = []
    for number in range(KNOTS):
        near = [1 << one for one in range(ENCOUNTERS)]
        for one in range(ENCOUNTERS):
            for other in range(one):
                if rng.random() < (number % 20 + 1) / 40:
                    near[one] |= 1 << other
                    near[other] |= 1 << one
        near.append(rng.getrandbits(ENCOUNTERS) & rng.getrandbits(ENCOUNTERS))
        support = [rng.choice((5, 20, 20, 20, 40)) for _ in near]
        times.append(_timed(partial(smallest_cover, near, support)))
    return Row.limit("cover of 17 encounters, hardest of 400 knots, ms", max(times) * 1000, 50)


def measure() -> list[Row]:
    return [measure_page(), measure_knots()]


if __name__ == "__main__":
    for row in measure():
        print(row.line)
