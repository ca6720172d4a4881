"""Why rows and builds were left out, said in words."""

from __future__ import annotations

from att_desktop.text.messages import say_code
from att_desktop.text.units import skip_lines


def test_rows_are_told_by_reason_the_most_frequent_first() -> None:
    assert skip_lines({"row.no_talents": 3, "row.other_talents": 1204}) == [
        "1,204 × other talent tree",
        "3 × no talents",
    ]


def test_problems_of_builds_are_said_in_words_and_counted_together() -> None:
    said = say_code(
        "unit.no_usable_builds", {"skipped": {"code.rank": 1, "code.points": 2, "code.version": 1}}
    )
    assert "3 × not possible on this app's talent trees, 1 × cannot be read" in said
    assert "code." not in said


def test_the_words_of_an_older_checkpoint_are_shown_as_they_are() -> None:
    assert skip_lines({"two hero trees": 2}) == ["2 × two hero trees"]
