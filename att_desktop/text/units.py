"""A spec with its content, and why rows of its rankings were of no use."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from att_desktop.text.formats import number
from att_desktop.text.language import _
from att_desktop.text.message_tables import MESSAGES
from att_desktop.text.names import content_name, spec_and_class

if TYPE_CHECKING:
    from collections.abc import Mapping

# Builds of other sources are left out by the code of what is wrong with them, without its fields.
_LEFT_OUT: Final[Mapping[str, str]] = {
    "code.other_tree": "row.other_talents",
    "code.version": "row.unreadable",
    "code.other_spec": "row.other_spec",
}


def unit_name(spec_id: int, content_type: str) -> str:
    """'Frost Mage, Mythic+'."""
    return _("{spec}, {content}").format(
        spec=spec_and_class(spec_id), content=content_name(content_type)
    )


def skip_lines(skipped: Mapping[str, int]) -> list[str]:
    """'12 × other talent tree': rows or builds by reason, the most frequent first.

    ``skipped`` counts by a code of ``game.selections.SkipReason``, 'row.unreadable', or the code
    of a problem of an import code.
    """
    counts: Counter[str] = Counter()
    for reason, count in skipped.items():
        counts[skip_reason(reason)] += count
    by_size = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [f"{number(count)} × {reason}" for reason, count in by_size]


def skip_reason(reason: str) -> str:
    """Why a row was not used; as it is where an older or newer checkpoint says it otherwise."""
    if reason.startswith(("code.", "record.")):
        reason = _LEFT_OUT.get(reason, "row.illegal")
    message = MESSAGES.get(reason)
    return _(message) if isinstance(message, str) else reason
