"""What is new since the last data, in a player's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from att_desktop.game.changes import own_first
from att_desktop.game.swaps import Swaps
from att_desktop.text.builds import swaps_text
from att_desktop.text.formats import number
from att_desktop.text.language import N_, _, ngettext
from att_desktop.text.names import content_name, hero_tree_name, short_spec_name, spec_and_class

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from att_desktop.game.changes import BuildChange

_OWN: Final[Mapping[str, str]] = {
    "general": N_("New most played general build ({content}) for your {spec}: {change}."),
    "raid": N_("New most played build on {encounter} for your {spec}: {change}."),
    "mythicplus": N_("New most played build in {encounter} for your {spec}: {change}."),
}
_OTHERS: Final[Mapping[str, str]] = {
    "general": N_("New most played general build ({content}) for {spec}: {change}."),
    "raid": N_("New most played build on {encounter} for {spec}: {change}."),
    "mythicplus": N_("New most played build in {encounter} for {spec}: {change}."),
}


def change_lines(
    changes: Sequence[BuildChange], own: Sequence[int], *, total: int, most: int
) -> tuple[list[str], int]:
    """The first ``most`` changes in words, and how many of ``total`` are left unsaid.

    ``changes`` have the player's specs (``own``) first. A last line is not given up for 'and 1
    more': that one is said, too. Where nothing changed, that is said.
    """
    if not total:
        return [_("The most played builds are the same as before.")], 0
    shown = changes[: most + 1] if total == most + 1 else changes[:most]
    return [change_text(change, own) for change in shown], max(0, total - len(shown))


def change_text(change: BuildChange, own: Sequence[int]) -> str:
    """'New most played build on Ula'tek for your Devourer: 3 swaps.'"""
    is_own = change.spec_id in own
    kind = change.content_type if change.encounter_id else "general"
    # A content type without a row of its own reads like a dungeon.
    pattern = (_OWN if is_own else _OTHERS).get(kind, _OTHERS["mythicplus"])
    return _(pattern).format(
        encounter=change.encounter_name,
        content=content_name(change.content_type),
        spec=short_spec_name(change.spec_id) if is_own else spec_and_class(change.spec_id),
        change=_change(change),
    )


def own_changes_text(changes: Sequence[BuildChange], own: Sequence[int]) -> str:
    """What is new for the player's own specs, in a line or two; '' when nothing is."""
    mine = own_first((change for change in changes if change.spec_id in own), own)
    if not mine:
        return ""
    lines, more = change_lines(mine, own, total=len(mine), most=1)
    return "\n".join([*lines, more_text(more)] if more else lines)


def hero_change_text(new: str | None, former: str | None) -> str:
    """'San'layn instead of Deathbringer'; hero trees by the game's English names."""
    names = [hero_tree_name(name) if name else _("no hero tree") for name in (new, former)]
    # TRANSLATORS: hero trees: 'San'layn instead of Deathbringer'.
    return _("{hero_tree} instead of {other}").format(hero_tree=names[0], other=names[1])


def more_text(count: int) -> str:
    """'and 12 more'."""
    # TRANSLATORS: after a list of changes that is not complete.
    return ngettext("and {count} more", "and {count} more", count).format(count=number(count))


def _change(change: BuildChange) -> str:
    count = Swaps(change.swaps, other_hero=False)
    if not change.other_hero:
        return swaps_text(count)
    hero = hero_change_text(change.hero_tree, change.former_hero_tree)
    if not change.swaps:
        return hero
    # TRANSLATORS: another hero tree, and how many talents outside of it: 'San'layn instead of
    # Deathbringer, and 3 swaps'.
    return _("{hero_change}, and {swaps}").format(hero_change=hero, swaps=swaps_text(count))
