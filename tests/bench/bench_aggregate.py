"""What it costs to make the records of all specs of their rows, and how many swaps a second.

Run: ``python -m tests.bench.bench_aggregate``. Rows of the sample source's builds, 100 players for
each of 17 encounters and 40 specs; and the worst that can be, where every player has a build of
his own. CPU time of this process, of one run.
"""

from __future__ import annotations

import time
from random import Random
from typing import TYPE_CHECKING

from att_desktop.game.results import WARCRAFT_LOGS, Unit
from att_desktop.game.seasons import Season, SeasonEncounter
from att_desktop.game.specs import SPECS
from att_desktop.game.swaps import apart, mark
from att_desktop.game.trees import TalentTrees
from att_desktop.sources.sample.builds import BuildPool, talent_rows
from att_desktop.sources.sample.random_builds import random_build
from att_desktop.sources.sample.zones import SAMPLE_MYTHIC_PLUS, SAMPLE_RAID
from att_desktop.sources.warcraftlogs.rankings_page import Ranking, RankingsRequest
from att_desktop.update.fetch import EncounterSample
from att_desktop.update.sampling import CodeCache, Sample
from att_desktop.update.unit_results import count_unit
from tests.bench.rows import Row

if TYPE_CHECKING:
    from att_desktop.game.builds import Selection
    from att_desktop.game.content_types import ContentType
    from att_desktop.game.trees import TalentTree

TOP_N = 100
ZONES: tuple[tuple[ContentType, int], ...] = (
    ("raid", len(SAMPLE_RAID.encounters)),
    ("mythicplus", len(SAMPLE_MYTHIC_PLUS.encounters)),
)
SWAPS = 200_000


def like_players(tree: TalentTree, encounter: str) -> list[Selection]:
    """Builds as the sample source's players have them: favourites, and a long tail."""
    return POOLS.setdefault(tree.spec_id, BuildPool(tree, "bench")).of_encounter(encounter, TOP_N)


POOLS: dict[int, BuildPool] = {}


def all_different(tree: TalentTree, encounter: str) -> list[Selection]:
    """Nearly every player has a build of his own."""
    rng = Random(f"{tree.spec_id}/{encounter}")
    weights = {node_id: rng.gauss(0, 1) for node_id in tree.nodes}
    return [
        random_build(
            tree, tree.hero_trees[rng.random() < 0.3], weights, noise=rng, noise_spread=0.35
        )
        for _ in range(TOP_N)
    ]


def unit_seconds(trees: TalentTrees, spec_id: int, players: object) -> tuple[float, float, int]:
    """CPU seconds for (rows to selections, selections to records) of both units; builds."""
    assert callable(players)
    tree = trees.tree(spec_id)
    reading = counting = 0.0
    builds = 0
    for content, encounters in ZONES:
        samples = []
        for number in range(encounters):
            rows = [
                Ranking(
                    name=f"P{at}",
                    server_id=1,
                    hidden=False,
                    talents=talent_rows(tree, selection),
                    report_code=None,
                    fight_id=None,
                )
                for at, selection in enumerate(players(tree, f"{content}{number}"))
            ]
            begun = time.process_time()
            sample = Sample(tree, TOP_N)
            sample.add(rows)
            reading += time.process_time() - begun
            encounter = SeasonEncounter(
                encounter_id=number + 1, name=f"{number}", journal_id=0, order=number + 1
            )
            request = RankingsRequest(encounter_id=number + 1, difficulty=5, metric="dps")
            samples.append(EncounterSample(encounter=encounter, sample=sample, request=request))
        season = Season(
            zone_id=1,
            name="",
            content_type=content,
            encounters=tuple(sample.encounter for sample in samples),
        )
        begun = time.process_time()
        found = count_unit(
            Unit(spec_id=spec_id, content_type=content),
            SPECS[spec_id],
            season,
            samples,
            CodeCache(tree, trees),
            now="2026-11-29T12:00:00+00:00",
            source=WARCRAFT_LOGS,
            complete=True,
            known_general=None,
        )
        counting += time.process_time() - begun
        assert found.unit is not None
        builds += len(found.unit.all_builds)
    return reading, counting, builds


def swaps_a_second(trees: TalentTrees) -> float:
    """Swaps between selections that are prepared, both of one hero tree."""
    tree = trees.tree(250)
    marks = [mark(tree, each) for each in like_players(tree, "swaps")]
    pairs = [(left, right) for left in marks for right in marks][:10_000]
    begun = time.perf_counter()
    for _ in range(SWAPS // len(pairs)):
        for left, right in pairs:
            apart(tree, left, right)
    return SWAPS / (time.perf_counter() - begun)


def measure() -> list[Row]:
    trees = TalentTrees.embedded()
    rows = []
    for what, players, most in (
        ("the sample's builds", like_players, 5),
        ("each player another build", all_different, None),
    ):
        times = [unit_seconds(trees, spec_id, players) for spec_id in SPECS]
        reading, counting, builds = (sum(column) for column in zip(*times, strict=True))
        title = f"40 specs at top {TOP_N}, {what} ({builds:,.0f} in all)"
        rows.append(Row.plain(f"{title}: rows read, CPU s", reading))
        counted = f"{title}: counted and written, CPU s"
        rows.append(Row.limit(counted, counting, most) if most else Row.plain(counted, counting))
    rows.append(Row.plain("swaps counted a second", swaps_a_second(trees)))
    return rows


if __name__ == "__main__":
    for row in measure():
        print(row.line)
