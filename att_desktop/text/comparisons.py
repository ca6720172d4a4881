"""What one build has and another lacks, as players say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from att_desktop.game.comparison import PickedTalent
from att_desktop.text.language import _, ngettext
from att_desktop.text.names import hero_tree_name

if TYPE_CHECKING:
    from att_desktop.game.comparison import Comparison, Difference, Exchange


def summary_text(comparison: Comparison) -> str:
    """'4 swaps apart.', '1 swap apart, other hero tree.' or 'The builds are the same.'"""
    count, other_hero = comparison.swaps
    if comparison.swaps.is_equal:
        return _("The builds are the same.")
    if other_hero:
        return ngettext(
            "{count} swap apart, other hero tree.", "{count} swaps apart, other hero tree.", count
        ).format(count=count)
    return ngettext("{count} swap apart.", "{count} swaps apart.", count).format(count=count)


def difference_lines(comparison: Comparison, a_name: str = "A", b_name: str = "B") -> list[str]:
    """The differences, a sentence each without full stop; empty when there are none."""
    lines = [exchange_text(exchange, a_name, b_name) for exchange in comparison.exchanges]
    if comparison.hero_differs:
        hero_a, hero_b = comparison.hero_a, comparison.hero_b
        sentence = _("{a} plays {hero_a}, {b} plays {hero_b}").format(
            a=a_name,
            hero_a=hero_tree_name(hero_a.name) if hero_a else _("no hero tree"),
            b=b_name,
            hero_b=hero_tree_name(hero_b.name) if hero_b else _("no hero tree"),
        )
        lines.insert(0, sentence)
    return lines


def exchange_text(exchange: Exchange, a_name: str = "A", b_name: str = "B") -> str:
    """A sentence without a full stop: 'A takes Blood Feast over Bloodied Blade'."""
    left, right = _side(exchange.a, "a"), _side(exchange.b, "b")
    if left and right:
        sentence = _("{build} takes {talent} over {other}")
        return sentence.format(build=a_name, talent=left, other=right)
    sentence = _("{build} also takes {talent}")
    return sentence.format(build=a_name if left else b_name, talent=left or right)


def moved_talents(comparison: Comparison) -> tuple[list[str], list[str]]:
    """What a player of A gives up for B, and what they take instead; hero trees not among it.

    'Blood Feast', or 'Anticipation 2/2 → 1/2' for a talent that both take.
    """
    sides = ([each.a for each in comparison.exchanges], [each.b for each in comparison.exchanges])
    lost, gained = ([_moved(one) for one in side if one is not None] for side in sides)
    return lost, gained


def _moved(side: PickedTalent | Difference) -> str:
    if isinstance(side, PickedTalent):
        return side.label
    most = side.node.max_ranks
    return f"{side.a.name} {side.a.rank}/{most} → {side.b.rank}/{most}"


def _side(side: PickedTalent | Difference | None, of: Literal["a", "b"]) -> str:
    if side is None:
        return ""
    if isinstance(side, PickedTalent):
        return side.label
    mine, other = (side.a, side.b) if of == "a" else (side.b, side.a)
    # TRANSLATORS: a talent with its rank, and the other build's rank: 'Anticipation 2/2 (not 1/2)'.
    return _("{talent} (not {rank})").format(
        talent=mine.label, rank=f"{other.rank}/{other.node.max_ranks}"
    )
