"""What is new since the last data, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from att_desktop.game.changes import BuildChange
from att_desktop.text.changes import change_lines, change_text, own_changes_text
from att_desktop.text.formats import since

DEVOURER, BLOOD = 1480, 250
# Noon of this computer's own day, in whatever zone it is.
TUESDAY = datetime(2026, 11, 24, 12, tzinfo=UTC).astimezone().replace(day=24, hour=12)


def change(spec_id: int = DEVOURER, **more: Any) -> BuildChange:
    fields: dict[str, Any] = {
        "content_type": "raid", "encounter_id": 3129, "encounter_name": "Ula'tek", "swaps": 3,
    }  # fmt: skip
    return BuildChange(spec_id=spec_id, **fields | more)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "New most played build on Ula'tek for your Devourer: 3 swaps."),
        ({"swaps": 1}, "New most played build on Ula'tek for your Devourer: 1 swap."),
        (
            {"content_type": "mythicplus", "encounter_name": "Ara-Kara"},
            "New most played build in Ara-Kara for your Devourer: 3 swaps.",
        ),
        (
            {"encounter_id": 0},
            "New most played general build (Raid) for your Devourer: 3 swaps.",
        ),
        (
            {"other_hero": True, "hero_tree": "San'layn", "former_hero_tree": "Deathbringer"},
            (
                "New most played build on Ula'tek for your Devourer: "
                "San'layn instead of Deathbringer, and 3 swaps."
            ),
        ),
        (
            {"other_hero": True, "swaps": 0, "hero_tree": "San'layn"},
            "New most played build on Ula'tek for your Devourer: San'layn instead of no hero tree.",
        ),
    ],
)
def test_a_change_in_words(more: dict[str, Any], said: str) -> None:
    assert change_text(change(**more), [DEVOURER]) == said


def test_another_players_spec_is_named_with_its_class() -> None:
    said = change_text(change(BLOOD), [DEVOURER])
    assert said == "New most played build on Ula'tek for Blood Death Knight: 3 swaps."


@pytest.mark.parametrize(("count", "shown", "more"), [(2, 2, 0), (5, 5, 0), (6, 6, 0), (7, 5, 2)])
def test_a_long_list_ends_with_how_many_more(count: int, shown: int, more: int) -> None:
    lines, left = change_lines([change()] * count, [], total=count, most=5)
    assert (len(lines), left) == (shown, more)


def test_that_nothing_changed_is_said() -> None:
    said = "The most played builds are the same as before."
    assert change_lines([], [], total=0, most=5) == ([said], 0)


def test_what_is_new_for_the_player_alone() -> None:
    assert own_changes_text([change(BLOOD)], [DEVOURER]) == ""
    said = own_changes_text([change(BLOOD), *[change()] * 3], [DEVOURER])
    assert said.splitlines() == [change_text(change(), [DEVOURER]), "and 2 more"]


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "since today"), (1, "since yesterday"), (2, "since Tuesday"), (6, "since Tuesday"),
     (7, "since 2026-11-24"), (-1, "since today")],
)  # fmt: skip
def test_since_when_in_words(days: int, words: str) -> None:
    assert since(TUESDAY, TUESDAY + timedelta(days=days)) == words
