"""The checkpoint: what is complete is never lost, and what is broken costs only itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from att_desktop.game.results import (
    Build,
    CheckpointConfig,
    EmptyRecord,
    EncounterRecord,
    Unit,
    UnitRecord,
)
from att_desktop.update.checkpoint import (
    Checkpoint,
    CheckpointNotReadable,
    CheckpointNotWritable,
    read_checkpoint,
)
from att_desktop.update.events import Reason
from att_desktop.update.library import Library
from tests.windows_errors import in_use

CONFIG = CheckpointConfig(
    raid_zone_id=53,
    mplus_zone_id=55,
    raid_partition=1,
    mplus_partition=1,
    difficulty="auto",
    top_n_players=50,
    tree_version="abc",
)
BUILD = Build(talent_code="CoPA", count=17, popularity=10.62, hero_tree="San'layn")
NOW = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)
RAID = Unit(spec_id=250, content_type="raid")


def unit(spec_id: int = 250, when: datetime = NOW) -> UnitRecord:
    return UnitRecord(
        spec_id=spec_id,
        class_name="DeathKnight",
        spec_name="Blood",
        content_type="raid",
        best_build=BUILD,
        sample_size=160,
        all_builds=[BUILD],
        fetched_at=when.isoformat(),
    )


def encounter(encounter_id: int, spec_id: int = 250) -> EncounterRecord:
    return EncounterRecord(
        encounter_id=encounter_id,
        encounter_name=f"Boss {encounter_id} \u2028 'ё\U0001f600",
        content_type="raid",
        spec_id=spec_id,
        best_build=BUILD,
        sample_size=50,
        all_builds=[BUILD],
        fetched_at=NOW.isoformat(),
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "checkpoint.json"


def filled(path: Path) -> Checkpoint:
    checkpoint, problems = Checkpoint.open(path, CONFIG)
    assert problems == []
    checkpoint.add_unit(unit(), [encounter(3470), encounter(3445)])
    checkpoint.add_empty(
        EmptyRecord(spec_id=65, content_type="raid", reason="none", fetched_at=NOW.isoformat())
    )
    checkpoint.save()
    return checkpoint


def changed(path: Path, change: Any) -> None:
    data = json.loads(path.read_bytes())
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def aside(path: Path) -> list[Path]:
    return sorted(path.parent.glob("checkpoint.broken-*.json"))


def test_what_was_saved_is_there_again(path: Path) -> None:
    before = filled(path)
    after, problems = Checkpoint.open(path, CONFIG)
    assert problems == []
    assert after.units == before.units
    assert after.encounters == before.encounters
    assert after.empty == before.empty
    data = json.loads(path.read_bytes())
    assert set(data) == {"version", "config", "results", "encounter_results", "empty"}
    assert data["config"] == msgspec.to_builtins(CONFIG)


def test_equal_results_make_equal_bytes(path: Path, tmp_path: Path) -> None:
    filled(path)
    again, _ = Checkpoint.open(path, CONFIG)
    again.path = tmp_path / "other.json"
    again.save()
    assert again.path.read_bytes() == path.read_bytes()


def test_a_complete_unit_replaces_its_old_encounters_and_no_others(path: Path) -> None:
    checkpoint = filled(path)
    checkpoint.add_unit(unit(251), [encounter(3470, 251)])
    checkpoint.add_unit(unit(), [encounter(3455)])
    assert sorted(checkpoint.encounters) == [(250, 3455), (251, 3470)]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"version": "1"}', b'{"version": 1}', b"\xff\xfe", b"[" * 9999],
)
def test_a_damaged_file_is_kept_aside_and_told(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    checkpoint, problems = Checkpoint.open(path, CONFIG)
    assert checkpoint.units == {}
    assert [file.read_bytes() for file in aside(path)] == [content]
    assert [problem.code for problem in problems] == ["checkpoint.damaged", "checkpoint.kept_aside"]
    assert problems[1].fields == {"file": aside(path)[0].name}


def test_a_scanner_that_holds_files_for_a_moment_stops_no_update(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    for day in range(1, 8):
        path.with_name(f"checkpoint.broken-2026110{day}T000000.json").touch()
    path.write_bytes(b"{")
    replace, times = Path.replace, [2]

    def held(self: Path, target: Path) -> Path:
        if times[0]:
            times[0] -= 1
            raise in_use()
        return replace(self, target)

    def unlink(_path: Path) -> None:
        raise in_use()

    monkeypatch.setattr("att_desktop.system.files.time.sleep", lambda _seconds: None)
    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(Path, "unlink", unlink)
    _, problems = Checkpoint.open(path, CONFIG)
    assert [problem.code for problem in problems] == ["checkpoint.damaged", "checkpoint.kept_aside"]
    assert not path.exists()


def test_another_version_is_kept_aside(path: Path) -> None:
    filled(path)
    changed(path, lambda data: data.update(version=3))
    checkpoint, problems = Checkpoint.open(path, CONFIG)
    assert not checkpoint.units
    assert problems[0] == Reason("checkpoint.version", {"version": 3, "readable": 2})
    assert len(aside(path)) == 1


def test_results_of_version_1_are_kept_until_they_are_fetched_anew(path: Path) -> None:
    filled(path)

    def as_version_1(data: Any) -> None:
        data["version"] = 1
        for record in (*data["results"], *data["encounter_results"], *data["empty"]):
            for name in ("others", "encounters", "source", "tree_hash", "general_fits"):
                record.pop(name, None)
            for build in [record.get("best_build"), *record.get("all_builds", [])]:
                (build or {}).pop("support", None)

    changed(path, as_version_1)
    checkpoint, problem = Checkpoint.open(path, CONFIG)
    assert problem == []
    assert checkpoint.units[RAID].best_build == BUILD
    assert (checkpoint.units[RAID].best_build.support, checkpoint.units[RAID].others) == (None, [])
    assert sorted(checkpoint.encounters) == [(250, 3445), (250, 3470)]
    # Units whose rows could not be read were noted as empty: they are asked for again.
    assert checkpoint.empty == {}
    checkpoint.save()
    assert json.loads(path.read_bytes())["version"] == 2
    assert Checkpoint.open(path, CONFIG)[0].units == checkpoint.units


def test_encounters_that_were_never_asked_for_are_lacking(path: Path) -> None:
    checkpoint = filled(path)
    # Of results of version 1 is known what has a build.
    assert not checkpoint.lacks(RAID, [3470, 3445])
    assert checkpoint.lacks(RAID, [3470, 3445, 3455])
    checkpoint.add_unit(
        msgspec.structs.replace(unit(), encounters=[3470, 3445, 3455]), [encounter(3470)]
    )
    assert not checkpoint.lacks(RAID, [3455, 3470])
    assert checkpoint.lacks(RAID, [3455, 3497])
    nobody = EmptyRecord(
        spec_id=62,
        content_type="raid",
        reason="unit.no_rankings",
        fetched_at=NOW.isoformat(),
        encounters=[3470],
    )
    checkpoint.add_empty(nobody)
    arcane = Unit(spec_id=62, content_type="raid")
    assert not checkpoint.lacks(arcane, [3470])
    assert checkpoint.lacks(arcane, [3470, 3445])


def test_another_choice_starts_fresh_and_says_what_changed(path: Path) -> None:
    filled(path)
    other = msgspec.structs.replace(CONFIG, difficulty="heroic", top_n_players=20)
    checkpoint, problems = Checkpoint.open(path, other)
    assert not checkpoint.units
    assert problems[0].code == "checkpoint.other_settings"
    assert problems[0].fields == {"changed": ["difficulty", "top_n_players"]}
    assert len(aside(path)) == 1


@pytest.mark.parametrize("time", ["yesterday", "0001-01-01T00:00:00+14:00"])
def test_a_broken_entry_costs_that_entry_only(path: Path, time: str) -> None:
    filled(path)

    def break_some(data: Any) -> None:
        data["encounter_results"][0]["sample_size"] = "many"
        data["results"].append({"spec_id": 251})
        data["empty"][0]["fetched_at"] = time

    changed(path, break_some)
    checkpoint, problems = Checkpoint.open(path, CONFIG)
    assert list(checkpoint.units) == [RAID]
    assert len(checkpoint.encounters) == 1
    assert checkpoint.empty == {}
    assert problems == [Reason("checkpoint.entries_left_out", {"count": 3})]
    assert aside(path) == []


def test_only_the_newest_broken_files_are_kept(path: Path) -> None:
    path.parent.mkdir()
    for number in range(8):
        path.write_text(f"broken {number}", encoding="utf-8")
        Checkpoint.open(path, CONFIG)
    assert len(aside(path)) == 5


def test_a_unit_is_fresh_until_its_time_is_over(path: Path) -> None:
    checkpoint = filled(path)
    half_day = timedelta(hours=12)
    assert checkpoint.is_fresh(RAID, half_day, NOW + timedelta(hours=11))
    assert not checkpoint.is_fresh(RAID, half_day, NOW + timedelta(hours=12))
    assert not checkpoint.is_fresh(RAID, half_day, NOW - timedelta(days=1))
    assert not checkpoint.is_fresh(Unit(spec_id=1, content_type="raid"), half_day, NOW)


def test_an_old_result_with_a_new_empty_note_is_fresh_and_still_there(path: Path) -> None:
    checkpoint = filled(path)
    later = NOW + timedelta(days=2)
    checkpoint.add_empty(
        EmptyRecord(spec_id=250, content_type="raid", reason="none", fetched_at=later.isoformat())
    )
    assert checkpoint.is_fresh(RAID, timedelta(hours=12), later + timedelta(hours=1))
    assert RAID in checkpoint.units


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("", encoding="utf-8")
    checkpoint, _ = Checkpoint.open(blocker / "checkpoint.json", CONFIG)
    with pytest.raises(CheckpointNotWritable, match=r"checkpoint\.not_writable"):
        checkpoint.save()


def test_results_that_cannot_be_read_now_are_not_written_over(path: Path) -> None:
    path.mkdir(parents=True)  # reading a folder fails for root too
    with pytest.raises(CheckpointNotReadable):
        Checkpoint.open(path, CONFIG)


def test_the_library_reads_without_moving_anything(path: Path) -> None:
    filled(path)
    library = Library.load(path)
    assert library.build_count == 3
    assert library.newest == NOW
    path.write_bytes(b"broken")
    broken = Library.load(path)
    assert broken.is_empty
    assert broken.problem
    assert path.read_bytes() == b"broken"
    assert read_checkpoint(path).unusable


def test_zones_of_further_content_types_stand_beside_the_known_fields(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.json"
    checkpoint, _ = Checkpoint.open(path, CONFIG)
    checkpoint.add_unit(unit(), [])
    checkpoint.save()
    assert json.loads(path.read_bytes())["config"] == {
        "raid_zone_id": 53,
        "mplus_zone_id": 55,
        "raid_partition": 1,
        "mplus_partition": 1,
        "difficulty": "auto",
        "top_n_players": 50,
        "tree_version": "abc",
    }
    more = msgspec.structs.replace(CONFIG, more_zones={"delves": (70, None)})
    checkpoint, problems = Checkpoint.open(path, more)
    assert problems[0].code == "checkpoint.other_season"
    checkpoint.add_unit(unit(), [])
    checkpoint.save()
    again, problems = Checkpoint.open(path, more)
    assert (list(again.units), problems) == ([RAID], [])
