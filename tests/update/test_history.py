"""Which build was the most played one, and since when: kept small, and never in the way."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from att_desktop.game.builds import popularity
from att_desktop.game.import_codes import decode
from att_desktop.game.results import Build, EncounterRecord, Unit, UnitRecord
from att_desktop.game.swaps import swaps
from att_desktop.update import events
from att_desktop.update.history import HistoryWriter, read_history
from tests.own_codes import TREES, own_code

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime.now(UTC).replace(microsecond=0)
BLOOD, FROST = 250, 251


def stamp(days_ago: float) -> str:
    return (NOW - timedelta(days=days_ago)).isoformat()


def build(spec_id: int, seed: int, support: int | None = 30) -> Build:
    code = own_code(spec_id, seed)
    hero = decode(code, TREES).hero_tree
    return Build(
        talent_code=code, count=7, popularity=popularity(7, 50), hero_tree=hero, support=support
    )


def boss(spec_id: int, seed: int, days_ago: float, **more: Any) -> EncounterRecord:
    best = build(spec_id, seed)
    fields: dict[str, Any] = {
        "encounter_id": 3129, "encounter_name": "Plexus Sentinel", "content_type": "raid",
        "spec_id": spec_id, "best_build": best, "sample_size": 50, "all_builds": [best],
        "fetched_at": stamp(days_ago), "zone_id": 44,
    }  # fmt: skip
    return EncounterRecord(**fields | more)


def general(spec_id: int, seed: int, days_ago: float) -> UnitRecord:
    best = build(spec_id, seed)
    return UnitRecord(
        spec_id=spec_id, class_name="DeathKnight", spec_name="Blood", content_type="raid",
        best_build=best, sample_size=400, all_builds=[best], fetched_at=stamp(days_ago),
    )  # fmt: skip


class Runs:
    """Updates one after the other, each with some results."""

    def __init__(self, path: Path, own: tuple[int, ...] = ()) -> None:
        self.path = path
        self.own = own
        self.told: list[events.Event] = []

    def run(
        self,
        *records: EncounterRecord,
        units: tuple[UnitRecord, ...] = (),
        difficulty: str = "auto",
    ) -> events.BuildsChanged | None:
        """What the run reports as changed."""
        self.told = []
        writer = HistoryWriter(self.path, TREES, self.own)
        by_unit = {Unit(spec_id=one.spec_id, content_type="raid"): one for one in units}
        writer.note(by_unit, records, difficulty)
        writer.finish(self.told.append)
        return next((e for e in self.told if isinstance(e, events.BuildsChanged)), None)

    @property
    def notices(self) -> list[str]:
        return [event.code for event in self.told if isinstance(event, events.Notice)]


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(tmp_path / "history.json")


@pytest.mark.parametrize("code", ["", "xx%", own_code(FROST, 1)])
def test_a_former_code_that_is_none_of_the_spec_is_no_change_to_tell(runs: Runs, code: str) -> None:
    known = boss(BLOOD, 0, 4)
    best = msgspec.structs.replace(known.best_build, talent_code=code)
    runs.run(msgspec.structs.replace(known, best_build=best))
    assert runs.run(boss(BLOOD, 1, 1)) is None
    assert runs.notices == []


def test_the_first_results_are_no_change_and_begin_the_history(runs: Runs) -> None:
    first = boss(BLOOD, 0, 4)
    assert runs.run(first) is None
    played = read_history(runs.path).most_played(first)
    assert played is not None
    assert (played.since, played.former) == (NOW - timedelta(days=4), "")


def test_the_same_build_keeps_its_day_and_another_begins_anew(runs: Runs) -> None:
    runs.run(boss(BLOOD, 0, 9))
    same = boss(BLOOD, 0, 4)
    found = runs.run(same)
    assert found is not None, "that nothing changed is told, too"
    assert (found.changes, found.total) == ((), 0)
    assert runs.run(same) is None, "nothing was fetched anew"
    played = read_history(runs.path).most_played(same)
    assert played is not None
    assert played.since == NOW - timedelta(days=9)
    other = boss(BLOOD, 2, 1)
    found = runs.run(other)
    assert found is not None
    (change,) = found.changes
    tree = TREES.tree(BLOOD)
    sides = [decode(own_code(BLOOD, seed), TREES).selection for seed in (0, 2)]
    assert (change.swaps, change.other_hero) == swaps(tree, *sides)
    assert change.swaps > 0
    assert (change.encounter_name, change.encounter_id) == ("Plexus Sentinel", 3129)
    played = read_history(runs.path).most_played(other)
    assert played is not None
    assert (played.since, played.former) == (NOW - timedelta(days=1), own_code(BLOOD, 0))


def test_the_other_hero_tree_is_told(runs: Runs) -> None:
    runs.run(boss(BLOOD, 0, 2))
    found = runs.run(boss(BLOOD, 1, 1))
    assert found is not None
    heroes = [hero.name for hero in TREES.tree(BLOOD).hero_trees]
    (change,) = found.changes
    assert change.other_hero
    assert [change.former_hero_tree, change.hero_tree] == heroes


def test_own_specs_come_first_general_builds_before_encounters(tmp_path: Path) -> None:
    runs = Runs(tmp_path / "history.json", own=(FROST,))
    runs.run(boss(BLOOD, 0, 2), boss(FROST, 0, 2), units=(general(FROST, 0, 2),))
    found = runs.run(boss(BLOOD, 2, 1), boss(FROST, 2, 1), units=(general(FROST, 2, 1),))
    assert found is not None
    told = [(change.spec_id, change.encounter_id) for change in found.changes]
    assert told == [(FROST, 0), (FROST, 3129), (BLOOD, 3129)]
    assert (found.total, found.own) == (3, (FROST,))


@pytest.mark.parametrize(
    "other",
    [{"zone_id": 50}, {"source": "parses"}, {"content_type": "mythicplus"}],
    ids=["season", "source", "content"],
)
def test_only_like_is_held_against_like(runs: Runs, other: dict[str, Any]) -> None:
    runs.run(boss(BLOOD, 0, 2))
    assert runs.run(boss(BLOOD, 2, 1, **other)) is None


def test_another_difficulty_is_another_question(runs: Runs) -> None:
    runs.run(boss(BLOOD, 0, 3), difficulty="mythic")
    assert runs.run(boss(BLOOD, 2, 2), difficulty="heroic") is None
    assert runs.run(boss(BLOOD, 4, 1), difficulty="mythic") is not None


def test_results_that_are_older_change_nothing(runs: Runs) -> None:
    now = boss(BLOOD, 0, 1)
    runs.run(now)
    assert runs.run(boss(BLOOD, 2, 5)) is None
    assert read_history(runs.path).most_played(now) is not None


def test_a_clock_that_was_ahead_does_not_stop_the_history(runs: Runs) -> None:
    runs.run(boss(BLOOD, 0, -300))
    assert runs.run(boss(BLOOD, 2, 0)) is not None


def test_talents_of_before_a_patch_and_rare_builds_are_no_news(runs: Runs) -> None:
    old = msgspec.structs.replace(build(BLOOD, 0), talent_code="CoPAAAA")
    runs.run(boss(BLOOD, 0, 3, best_build=old))
    assert runs.run(boss(BLOOD, 0, 2)) is None
    assert runs.run(boss(BLOOD, 2, 1, best_build=build(BLOOD, 2, support=4))) is None
    assert runs.run(boss(BLOOD, 4, 0.5)) is not None


def test_the_file_stays_small(runs: Runs) -> None:
    for age in range(40, 0, -1):
        runs.run(boss(BLOOD, age, age), boss(FROST, age, age, zone_id=1000 + age))
    stored = json.loads(runs.path.read_bytes())
    assert len(stored["seasons"]) == 12
    steps = [len(t["steps"]) for season in stored["seasons"] for t in season["tracks"]]
    assert max(steps) == 3
    assert runs.path.stat().st_size < 10_000


@pytest.mark.parametrize(
    "spoilt",
    [
        b"", b"{", b"[]", b'{"version": 99}', b"\xff\xfe", b"[" * 100_000,
        b'{"version": 1, "seasons": [{"source": 5}]}',
        (
            b'{"version": 1, "seasons": [{"source": "x", "content_type": "raid", "zone_id": 1,'
            b' "difficulty": "", "tracks": [{"spec_id": 1, "encounter_id": 1, "steps": [{"code":'
            b' "", "count": 1, "players": 1, "since": "never", "last": "never"}]}]}]}'
        ),
    ],
)  # fmt: skip
def test_a_spoilt_file_is_said_kept_aside_and_begun_anew(runs: Runs, spoilt: bytes) -> None:
    runs.path.write_bytes(spoilt)
    first = boss(BLOOD, 0, 1)
    assert runs.run(first) is None
    assert runs.notices == ["history.damaged"]
    assert runs.path.with_name("history.broken.json").read_bytes() == spoilt
    assert read_history(runs.path).most_played(first) is not None
    runs.run(boss(BLOOD, 0, 0))
    assert runs.notices == []


def test_a_season_that_cannot_be_read_costs_itself_only(runs: Runs) -> None:
    runs.run(boss(BLOOD, 0, 2))
    stored = json.loads(runs.path.read_bytes())
    stored["seasons"].append({"source": None})
    runs.path.write_text(json.dumps(stored))
    assert runs.run(boss(BLOOD, 2, 1)) is not None
    assert runs.notices == ["history.damaged"]


def test_a_history_that_cannot_be_saved_costs_no_update(runs: Runs) -> None:
    runs.path.mkdir()
    runs.run(boss(BLOOD, 0, 1))
    assert runs.notices == ["history.unreadable"]
    blocked = Runs(runs.path.parent / "file" / "history.json")
    (runs.path.parent / "file").write_bytes(b"")
    blocked.run(boss(BLOOD, 0, 1))
    assert blocked.notices == ["history.not_saved"]
