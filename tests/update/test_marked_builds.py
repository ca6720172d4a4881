"""The builds that are marked for raid night stay marked, whatever comes."""

from __future__ import annotations

import errno
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest

from att_desktop.game.results import MarkedBuild
from att_desktop.system.errors import AttError
from att_desktop.system.folders import folders_below
from att_desktop.update.library import talent_data
from att_desktop.update.marked_builds import mark, marked_path, read_marked, write_again
from att_desktop.update.target import FileTarget
from tests.sources.warcraftlogs.rows import RAID_BOSSES
from tests.sources.warcraftlogs.server import FakeWarcraftLogs
from tests.update.harness import Machine, fill
from tests.update.test_merging import results
from tests.wow.lua_data import load_talent_data

if TYPE_CHECKING:
    from pathlib import Path

BLOOD = MarkedBuild(spec_id=250, talent_code="CoPA", hero_tree="San'layn", encounters=[3129, 7])
OTHER = MarkedBuild(spec_id=250, talent_code="CoPB")
FROST = MarkedBuild(spec_id=251, talent_code="CoPC", encounters=[3129])


def codes(lua: bytes, spec_id: int = 250) -> list[bytes]:
    night = load_talent_data(lua).get(b"RaidNight", {})
    return [build[b"talentCode"] for build in night.get(spec_id, {}).values()]


def test_marks_replace_those_of_their_spec_only(tmp_path: Path) -> None:
    path = marked_path(folders_below(tmp_path))
    assert read_marked(path) == ()
    mark(path, 250, [BLOOD, OTHER])
    mark(path, 251, [FROST])
    assert [build.talent_code for build in read_marked(path)] == ["CoPA", "CoPB", "CoPC"]
    mark(path, 250, [OTHER])
    assert read_marked(path) == (FROST, OTHER)
    mark(path, 250, [])
    assert read_marked(path) == (FROST,)


@pytest.mark.parametrize("data", [b"", b"[]", b'{"marked": [{}]}', b"\xff", b'{"marked": 3}'])
def test_a_file_that_makes_no_sense_marks_nothing_and_is_replaced(
    tmp_path: Path, data: bytes
) -> None:
    path = marked_path(folders_below(tmp_path))
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    assert read_marked(path) == ()
    mark(path, 250, [BLOOD])
    assert read_marked(path) == (BLOOD,)


def test_where_nothing_can_be_kept_the_reason_is_told(tmp_path: Path) -> None:
    path = marked_path(folders_below(tmp_path))
    path.mkdir(parents=True)
    with pytest.raises(AttError, match=r"marked\.not_writable"):
        mark(path, 250, [BLOOD])


def test_what_cannot_be_read_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fails for a moment must not cost the marks of the other specs."""
    path = marked_path(folders_below(tmp_path))
    mark(path, 251, [FROST])
    with monkeypatch.context() as broken:
        broken.setattr("pathlib.Path.open", refuse)
        assert read_marked(path) == ()
        with pytest.raises(AttError, match=r"marked\.not_writable"):
            mark(path, 250, [BLOOD])
    assert read_marked(path) == (FROST,)


def refuse(path: Path, *_: object) -> None:
    raise OSError(errno.EIO, "Input/output error", str(path))


def test_made_up_builds_are_kept_apart(tmp_path: Path) -> None:
    folders = folders_below(tmp_path)
    mark(marked_path(folders, sample=True), 250, [BLOOD])
    assert read_marked(marked_path(folders)) == ()


def test_an_update_writes_what_is_marked_while_it_runs(tmp_path: Path) -> None:
    path = tmp_path / "raid-night.json"
    with FakeWarcraftLogs() as wcl:
        machine = Machine(home=tmp_path, wcl=wcl)
        fill(wcl, [250], dict.fromkeys(RAID_BOSSES, (5, 20)))
        job = machine.job(content=("raid",), spec_ids=(250,))
        seen: list[tuple[MarkedBuild, ...]] = []

        def marked() -> tuple[MarkedBuild, ...]:
            # The player presses Install between two writes.
            seen.append(read_marked(path))
            mark(path, 250, [BLOOD])
            return seen[-1]

        job.destination = replace(job.destination, marked=marked)
        job.run(machine.seen.append, threading.Event())
    assert seen[0] == ()
    assert codes(machine.output.read_bytes()) == [b"CoPA"]
    # Once more, without the network: other marks, the same results.
    before = machine.output.read_bytes()
    target = FileTarget(tmp_path / "again.lua")
    assert write_again([machine.checkpoint], [OTHER, FROST], target, sample=False)
    again = target.path.read_bytes()
    assert (codes(again), codes(again, 251)) == ([b"CoPB"], [b"CoPC"])
    assert write_again([machine.checkpoint], [BLOOD], target, sample=False)
    assert target.path.read_bytes() == before


def test_without_results_nothing_is_written(tmp_path: Path) -> None:
    target = FileTarget(tmp_path / "TalentData.lua")
    assert not write_again([tmp_path / "none.json"], [BLOOD], target, sample=False)
    assert not target.path.exists()


def test_marks_of_before_a_patch_are_left_out_once_there_are_results_of_after_it() -> None:
    before, after = "1" * 32, "2" * 32
    marked = [replaced(BLOOD, before), OTHER, replaced(FROST, before)]
    (unit,) = results("warcraftlogs", 0, after, "raid").units.values()

    def kept(**changes: str) -> list[str]:
        known = [msgspec.structs.replace(unit, **changes)]
        return [
            one.talent_code for one in talent_data(known, [], sample=False, marked=marked).marked
        ]

    assert kept() == ["CoPB", "CoPC"]  # of Frost nothing newer is known
    assert kept(tree_hash=before) == kept(tree_hash="") == ["CoPA", "CoPB", "CoPC"]


def replaced(build: MarkedBuild, tree_hash: str) -> MarkedBuild:
    return msgspec.structs.replace(build, tree_hash=tree_hash)
