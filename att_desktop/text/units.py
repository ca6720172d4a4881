"""A spec with its content, and why rows of its rankings were of no use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from att_desktop.text.formats import number
from att_desktop.text.language import N_, _
from att_desktop.text.names import content_name, spec_and_class

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["skip_lines", "skip_reason", "unit_name"]

# Keys: ``game.selections.SkipReason``, and 'unreadable' of ``update.sampling``.
_SKIPPED: Final[Mapping[str, str]] = {
    "unreadable": N_("cannot be read"),
    "no talents": N_("no talents"),
    "other talent tree": N_("other talent tree"),
    "two talents of one choice": N_("two talents of one choice"),
    "two hero trees": N_("two hero trees"),
    "above max rank": N_("above the maximum rank"),
}


def unit_name(spec_id: int, content_type: str) -> str:
    """'Frost Mage, Mythic+'."""
    return _("{spec}, {content}").format(
        spec=spec_and_class(spec_id), content=content_name(content_type)
    )


def skip_lines(skipped: Mapping[str, int]) -> list[str]:
    """'12 × other talent tree': rows by reason, the most frequent first."""
    by_size = sorted(skipped.items(), key=lambda item: (-item[1], item[0]))
    return [f"{number(count)} × {skip_reason(reason)}" for reason, count in by_size]


def skip_reason(reason: str) -> str:
    """Why a row was not used; the reason as it is where a newer checkpoint brings one."""
    known = _SKIPPED.get(reason)
    return _(known) if known else reason
