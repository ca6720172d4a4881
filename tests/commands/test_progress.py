"""An update in the terminal: lines, a bar, and nothing that could steer the terminal."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from unicodedata import east_asian_width

import msgspec
import pytest

from att_desktop.commands.progress import BarProgress, LineProgress, printable
from att_desktop.game.changes import BuildChange
from att_desktop.game.results import Unit
from att_desktop.text import say, use_language
from att_desktop.update import events
from tests.portable import not_on_windows

MAGE = Unit(spec_id=64, content_type="raid")
UNTIL = datetime(2026, 11, 22, 14, 32, tzinfo=UTC)


def done(
    index: int, state: events.UnitState = "done", reason: events.Reason | None = None
) -> events.UnitDone:
    return events.UnitDone(
        unit=MAGE,
        state=state,
        index=index,
        total=4,
        sample_size=450,
        skipped={"row.no_talents": 3},
        reason=reason,
    )


STORY: tuple[events.Event, ...] = (
    events.RunStarted(units=(MAGE,) * 4, source="sample", zones={"raid": "Abyss"}),
    events.UnitStarted(unit=MAGE, index=1, total=4),
    events.PointsChanged(left=310.4, limit=3600, resets_at=UNTIL),
    done(1),
    events.Waiting(until=UNTIL, reason="points"),
    events.UnitStarted(unit=MAGE, index=2, total=4),
    done(2, "failed", events.Reason("unit.incomplete", {"encounters": ["\x1b[2JEvil\nBoss"]})),
    events.Finished(summary=events.Summary(), code="update.done", fields={"count": 1}),
)


def told(progress: LineProgress) -> None:
    for event in STORY:
        progress(event)
    progress.close()


def test_plain_lines_tell_what_is_worth_knowing(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    told(LineProgress(stream))
    wait = say(events.Waiting(until=UNTIL, reason="points"))
    assert stream.getvalue().splitlines() == [
        "Sample data (made up): 4 units of Abyss.",
        "[1/4] Frost Mage, Raid: 450 rankings, 3 rows skipped",
        wait,
        "[2/4] Frost Mage, Raid: failed. Not complete: ?[2JEvil?Boss.",
        "1 unit updated.",
    ]


@pytest.mark.parametrize("undecided", [0, 2])
def test_a_unit_is_told_with_what_its_counts_are_worth(undecided: int) -> None:
    stream = io.StringIO()
    counted = msgspec.structs.replace(done(1), count=17, support=61, undecided=undecided)
    LineProgress(stream)(counted)
    line = (
        "[1/4] Frost Mage, Raid: 61 of 450 rankings have this or within 3 swaps; "
        "17 have exactly this (2 to 6%), 3 rows skipped"
    )
    more = ". By count it cannot be told from 2 other builds; it is the nearest to all of them"
    assert stream.getvalue() == f"{line}{more if undecided else ''}\n"


@pytest.mark.parametrize("kind", [LineProgress, BarProgress])
def test_the_written_file_is_named_before_the_last_sentence(kind: type[LineProgress]) -> None:
    stream = io.StringIO()
    progress = kind(stream)
    for event in (
        events.DataWritten(path="AddOns/TalentData.lua", specs=1, builds=1),
        events.DataWritten(path="AddOns/TalentData.lua", specs=1, builds=2),
        STORY[-1],
    ):
        progress(event)
    lines = stream.getvalue().replace("\r\x1b[2K", "").splitlines()
    assert lines == ["AddOns/TalentData.lua", "1 unit updated."]


def test_a_wait_tells_how_long_it_takes() -> None:
    stream = io.StringIO()
    wait = events.Waiting(
        until=datetime.now(UTC) + timedelta(minutes=12, seconds=20), reason="asked"
    )
    LineProgress(stream)(wait)
    assert stream.getvalue() == f"{say(wait)} That is in 12 min.\n"


def test_no_break_spaces_of_a_language_stay() -> None:
    assert printable("4 bis 8\u00a0%, 1\u202f204\x1b[2J") == "4 bis 8\u00a0%, 1\u202f204?[2J"


def test_one_is_told_in_the_singular() -> None:
    stream = io.StringIO()
    progress = LineProgress(stream)
    progress(
        events.RunStarted(
            units=(MAGE,), source="warcraftlogs", zones={"raid": "Abyss", "mythicplus": "S2"}
        )
    )
    one = events.UnitDone(
        unit=MAGE, state="done", index=1, total=1, sample_size=1, skipped={"row.no_talents": 1}
    )
    progress(one)
    assert stream.getvalue().splitlines() == [
        "1 unit of Abyss.",
        "[1/1] Frost Mage, Raid: 1 ranking, 1 row skipped",
    ]


def test_the_bar_shows_units_time_and_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    stream = io.StringIO()
    clock = iter(range(0, 1000, 10))
    told(BarProgress(stream, clock=lambda: next(clock)))
    drawn = stream.getvalue().split("\r\x1b[2K")
    assert any("unit 1 of 4" in each and "310 points left" in each for each in drawn)
    assert any("about 30 s left" in each for each in drawn)
    assert all("\x1b" not in each and len(each.splitlines()) <= 2 for each in drawn)
    assert drawn[-1] == ""


def test_the_bar_fits_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    stream = io.StringIO()
    progress = BarProgress(stream)
    progress(STORY[1])
    assert len(stream.getvalue().split("\x1b[2K")[-1]) < 40


@pytest.mark.parametrize("columns", [39, 40, 80])
def test_the_bar_fits_where_letters_are_two_cells_wide(
    monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    use_language("ko")
    stream = io.StringIO()
    told(BarProgress(stream))
    use_language("en")
    drawn = re.findall(r"\x1b\[2K(\[[#-]+\][^\r\n]*)", stream.getvalue())
    assert any("개 중" in line for line in drawn)
    cells = [sum(2 if east_asian_width(c) in "WF" else 1 for c in line) for line in drawn]
    assert columns - 3 < max(cells) < columns


def test_a_terminal_without_such_letters_is_no_error() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", newline="\n")
    LineProgress(stream)(events.Notice(code="血色十字军 – Críms"))
    stream.flush()
    assert stream.buffer.getvalue() == b"????? ? Cr?ms\n"


def test_what_changed_is_a_bounded_list_with_the_own_specs_first() -> None:
    stream = io.StringIO()
    changes = tuple(
        BuildChange(
            spec_id=64, content_type="raid", encounter_id=at, encounter_name=f"Boss {at}", swaps=at
        )
        for at in range(1, 21)
    )
    progress = BarProgress(stream)
    progress(events.BuildsChanged(changes=changes, total=20, own=(64,)))
    lines = stream.getvalue().replace("\r\x1b[2K", "").splitlines()
    assert lines[0] == "New most played build on Boss 1 for your Frost Mage: 1 swap."
    assert len(lines) == 9
    assert lines[-1] == "and 12 more"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@not_on_windows  # a stream without a console behind it
def test_a_terminal_has_colours_unless_it_asks_for_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    plain, terminal = io.StringIO(), _Terminal()
    told(LineProgress(plain))
    told(LineProgress(terminal))
    lines = terminal.getvalue().splitlines()
    codes = [re.findall(r"\x1b\[(\d+)m", line) for line in lines]
    assert codes == [[], [], ["33", "0"], ["31", "0"], ["32", "0"]]
    assert re.sub(r"\x1b\[\d+m", "", terminal.getvalue()) == plain.getvalue()
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb")):
        monkeypatch.setenv(name, value)
        quiet = _Terminal()
        told(LineProgress(quiet))
        assert quiet.getvalue() == plain.getvalue()


def test_the_bar_does_not_jump(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    stream = io.StringIO()
    told(BarProgress(stream))
    bars = re.findall(r"\[([#-]+)\]", stream.getvalue())
    assert len(bars) > 3
    assert {len(bar) for bar in bars} == {26}
    assert [bar.count("#") for bar in bars] == sorted(bar.count("#") for bar in bars)
    drawn = re.findall(r"\x1b\[2K(\[[#-]+\][^\r\n]*)", stream.getvalue())
    assert len(drawn) == len(bars)
    assert all(len(line) < 80 for line in drawn)
