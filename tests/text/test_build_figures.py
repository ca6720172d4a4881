"""What builds are worth, in words."""

from __future__ import annotations

import pytest

from att_desktop.game.swaps import Swaps
from att_desktop.text.builds import support_text, swaps_text, undecided_text


@pytest.mark.parametrize(
    ("count", "support", "size", "pooled", "text"),
    [
        (4, 17, 50, False, "17 of 50 play this or within 3 swaps; 4 play exactly this (3 to 19%)."),
        (1, 6, 50, False, "6 of 50 play this or within 3 swaps; 1 plays exactly this (0 to 10%)."),
        (
            17,
            61,
            1600,
            True,
            "61 of 1,600 rankings have this or within 3 swaps; 17 have exactly this (1 to 2%).",
        ),
        (4, None, 50, False, "4 of 50 play exactly this (3 to 19%)."),
        (4, None, 50, True, "4 of 50 rankings have exactly this (3 to 19%)."),
        (
            1,
            4,
            50,
            False,
            (
                "No common build: 4 of 50 play this or within 3 swaps; "
                "1 plays exactly this (0 to 10%)."
            ),
        ),
    ],
)
def test_a_build_is_said_with_what_its_count_is_worth(
    count: int, support: int | None, size: int, pooled: bool, text: str
) -> None:
    assert support_text(count=count, support=support, size=size, pooled=pooled) == text


def test_builds_that_counts_do_not_tell_apart_are_said_to_be_that() -> None:
    assert undecided_text(0) == ""
    assert "from 1 other build;" in undecided_text(1)
    assert "from 12 other builds;" in undecided_text(12)


def test_swaps_are_said_with_the_other_hero_tree_beside_them() -> None:
    said = [swaps_text(each) for each in (None, Swaps(0, False), Swaps(1, False), Swaps(4, True))]
    assert said == ["", "same", "1 swap", "4 swaps, other hero tree"]
