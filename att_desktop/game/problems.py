"""What can be wrong with an import code or a selection, by code and fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = ["Problem", "ProblemCode", "problem_text"]

ProblemCode: TypeAlias = Literal[
    # not a code that can be read at all
    "no_code",
    "too_long",
    "bad_character",
    "too_short",
    "version",
    "unknown_spec",
    # read, but not as the game would read it
    "other_tree",
    "unknown_node",
    "not_a_choice",
    "a_choice",
    "rank",
    "choice",
    "ends_early",
    "ends_within_a_talent",
    "bits_behind",
    "spare_characters",
    # a selection that no player can have
    "points",
    "hero_talents_outside",
    "hero_talents_alone",
    "not_for_sale",
    "not_together",
    "out_of_reach",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong; fields that do not concern it are empty.

    ``name`` is the talent, hero tree, or section of the tree ('class', 'spec', 'hero'), ``number``
    what was found (a rank, points, a node or spec id, characters) and ``limit`` what is possible.
    """

    code: ProblemCode
    name: str = ""
    number: int = 0
    limit: int = 0


def problem_text(problem: Problem) -> str:
    """The problem in words."""
    return _PATTERNS[problem.code].format(
        name=problem.name, number=problem.number, limit=problem.limit
    )


_PATTERNS: dict[ProblemCode, str] = {
    "no_code": "There is no code to read.",
    "too_long": "This is no import code: it has {number} characters.",
    "bad_character": "This is no import code: it contains {name}.",
    "too_short": "This is no import code: it is too short.",
    "version": "The code has version {number}; the game writes version {limit}.",
    "unknown_spec": "The code is for spec {number}, which these talent trees do not have.",
    "other_tree": "The code is from another version of the talents.",
    "unknown_node": "It buys talent node {number}, which this spec does not have.",
    "not_a_choice": "{name}: the code takes it for a choice.",
    "a_choice": "{name}: the code takes it for a talent without choice.",
    "rank": "{name}: rank {number} of {limit} is not possible here.",
    "choice": "{name}: there is no choice number {number}.",
    "ends_early": "The code ends before the last talent.",
    "ends_within_a_talent": "The code ends in the middle of a talent.",
    "bits_behind": "The code has set bits behind the last talent.",
    "spare_characters": "The code has spare characters at its end: {number}.",
    "points": "It spends {number} {name} points, more than there are ({limit}).",
    "hero_talents_outside": "It has hero talents outside of {name}.",
    "hero_talents_alone": "It has hero talents without a hero tree.",
    "not_for_sale": "{name}: rank {number} cannot be purchased.",
    "not_together": "{name}: its entries cannot be taken together like this.",
    "out_of_reach": "{name}: no way down the tree leads to it.",
}
