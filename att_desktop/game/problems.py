"""What can be wrong with an import code or a selection, by code and fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

ProblemCode: TypeAlias = Literal[
    # not a code that can be read at all
    "code.no_code",
    "code.too_long",
    "code.bad_character",
    "code.too_short",
    "code.version",
    "code.unknown_spec",
    # read, but not as the game would read it
    "code.other_tree",
    "code.unknown_node",
    "code.not_a_choice",
    "code.a_choice",
    "code.rank",
    "code.choice",
    "code.ends_early",
    "code.ends_within_a_talent",
    "code.bits_behind",
    "code.spare_characters",
    # a selection that no player can have
    "code.points",
    "code.hero_talents_outside",
    "code.hero_talents_alone",
    "code.not_for_sale",
    "code.not_together",
    "code.out_of_reach",
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

    @property
    def fields(self) -> dict[str, str | int]:
        """What the message names."""
        return {"name": self.name, "number": self.number, "limit": self.limit}
