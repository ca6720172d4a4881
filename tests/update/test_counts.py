"""What an update counts is what an independent count makes of the same rows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from att_desktop.game.results import Unit
from att_desktop.game.specs import SPECS
from att_desktop.update.checkpoint import read_checkpoint
from tests.sources.warcraftlogs.rows import DUNGEONS, RAID_BOSSES
from tests.sources.warcraftlogs.server import PAGE_ROWS
from tests.update.harness import Machine, fill, messy_rows
from tests.update.oracle import RAW, Found, Oracle

if TYPE_CHECKING:
    from att_desktop.game.results import Build, EncounterRecord, UnitRecord
    from tests.update.oracle import Picks

MESSY = dict.fromkeys(RAID_BOSSES[:5], (5, 160))
MESSY |= {RAID_BOSSES[5]: (5, 9), RAID_BOSSES[6]: (5, 100), RAID_BOSSES[7]: (5, 30)}
KEYS = dict.fromkeys(DUNGEONS, (0, 250))


def pages(rows: list[dict[str, object]]) -> list[list[dict[str, object]]]:
    return [rows[at : at + PAGE_ROWS] for at in range(0, len(rows), PAGE_ROWS)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spec_id", "top_n"), [(250, 10), (250, 50), (250, 100), (62, 50), (1480, 100)]
)
def test_results_equal_an_independent_count(machine: Machine, spec_id: int, top_n: int) -> None:
    rankings = {**MESSY, **KEYS}
    fill(machine.wcl, [spec_id], rankings)
    spec, few = SPECS[spec_id], RAID_BOSSES[5]
    # A boss with too few Mythic rows: its Heroic ones count.
    heroic = messy_rows(spec_id, 1, 60)
    machine.wcl.rankings[(spec.class_slug, spec.slug, few, 4)] = heroic
    check_against_oracle(machine, spec_id, top_n, {few: heroic})


@pytest.mark.parametrize(
    "spec_id",
    [
        pytest.param(spec_id, marks=() if number % 10 == 0 else pytest.mark.slow)
        for number, spec_id in enumerate(SPECS)
    ],
)
def test_every_spec_is_counted_as_the_rules_say(machine: Machine, spec_id: int) -> None:
    rankings = {RAID_BOSSES[0]: (5, 90), RAID_BOSSES[1]: (5, 40), DUNGEONS[0]: (0, 120)}
    fill(machine.wcl, [spec_id], rankings)
    check_against_oracle(machine, spec_id, 40, {})


def check_against_oracle(
    machine: Machine, spec_id: int, top_n: int, instead: dict[int, list[dict[str, Any]]]
) -> None:
    """Run an update; its records are what an independent count makes of the server's rows."""
    summary = machine.update(spec_ids=(spec_id,), top_n=top_n)
    assert (summary.done, summary.failed, summary.stopped) == (2, 0, "")
    library = read_checkpoint(machine.checkpoint)
    count, spec = Oracle(spec_id), SPECS[spec_id]
    for content, difficulty, encounters in (("raid", 5, RAID_BOSSES), ("mythicplus", 0, DUNGEONS)):
        samples = {}
        for encounter in encounters:
            key = (spec.class_slug, spec.slug, encounter, difficulty)
            rows = instead.get(encounter) or machine.wcl.rankings.get(key) or []
            samples[encounter] = count.sample(pages(rows), top_n)
        pooled = [picks for sample in samples.values() for picks in sample.picks]
        unit = library.units[Unit(spec_id=spec_id, content_type=content)]
        general = check_record(count, unit, pooled)
        assert unit.encounters == list(encounters)
        for encounter, sample in samples.items():
            record = library.encounters.get((spec_id, encounter))
            assert (record is None) == (not sample.picks)
            if record is None:
                continue
            best = check_record(count, record, sample.picks)
            assert (record.skipped, record.repeated) == (dict(sample.skipped), sample.repeated)
            assert record.general_fits is count.general_fits(best, general, sample.picks)


def check_record(count: Oracle, record: UnitRecord | EncounterRecord, sample: list[Picks]) -> Picks:
    """Every figure of a record. Returns the most popular build."""
    best = count.most_popular(sample)
    assert best is not None

    def said(build: Build) -> Found:
        assert build.support is not None
        picks = count.read(build.talent_code)
        return Found(picks, build.count, build.popularity, build.support)

    assert record.sample_size == len(sample)
    assert said(record.best_build) == best
    assert [said(build) for build in record.others] == count.others(best, sample)
    ordered = [picks for picks, _ in Counter(sample).most_common() if count.writable(picks)]
    assert [said(build).picks for build in record.all_builds] == ordered
    for build in record.all_builds[:5]:
        picks = count.read(build.talent_code)
        assert (build.count, build.support) == (sample.count(picks), count.support(picks, sample))
    assert record.tree_hash == RAW[count.spec_id]["treeHash"]
    return best.picks
