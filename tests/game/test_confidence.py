"""Leads and intervals against figures worked out elsewhere."""

from __future__ import annotations

import pytest

from att_desktop.game.confidence import cannot_be_told_apart, interval, undecided


# Newcombe, Statistics in Medicine 17 (1998), table I: Wilson's score method without correction.
@pytest.mark.parametrize(
    ("count", "size", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_wilsons(count: int, size: int, low: float, high: float) -> None:
    assert interval(count, size) == pytest.approx((low, high), abs=5e-5)


def test_an_interval_of_everybody_mirrors_that_of_nobody() -> None:
    low, high = interval(20, 20)
    assert (1 - high, 1 - low) == pytest.approx(interval(0, 20))
    assert interval(0, 0) == (0.0, 1.0)
    assert (interval(10**6, 20), interval(-3, 20)) == (interval(20, 20), interval(0, 20))


def test_a_lead_is_sure_beyond_two_standard_deviations() -> None:
    assert not cannot_be_told_apart(17, 3)  # 196 > 80
    assert not cannot_be_told_apart(17, 7)  # 100 > 96
    assert cannot_be_told_apart(17, 8)  # 81 <= 100
    assert cannot_be_told_apart(4, 0)
    assert not cannot_be_told_apart(5, 0)


def test_undecided_are_those_that_no_sure_lead_separates_from_the_most_played_one() -> None:
    assert undecided([17, 8, 3, 8, 7]) == 2  # of 17 against 7: 100 > 96
    assert undecided([5, 0]) == 0
    assert undecided([1, 1, 1]) == 2
    assert undecided([9]) == 0
    assert undecided([]) == 0
