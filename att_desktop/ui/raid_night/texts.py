"""An evening in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from att_desktop.text import _, ngettext
from att_desktop.text.builds import swaps_text
from att_desktop.text.comparisons import moved_talents
from att_desktop.text.formats import in_a_row, listed, number
from att_desktop.text.names import hero_tree_name

if TYPE_CHECKING:
    from att_desktop.game.comparison import Comparison
    from att_desktop.game.trees import HeroTree
    from att_desktop.ui.results.raid_night import ChosenBuild, Evening


def summary_line(evening: Evening) -> str:
    """'3 builds cover 9 bosses. Your talents cover 4 of them.'"""
    said = [_cover_text(evening)]
    if evening.own is not None and evening.covered:
        said.append(_own_text(evening))
    unreadable = len(evening.stops) - evening.covered
    if unreadable:
        said.append(
            ngettext(
                "{count} has a code of other talent trees: update the builds.",
                "{count} have codes of other talent trees: update the builds.",
                unreadable,
            ).format(count=number(unreadable))
        )
    return in_a_row(*said)


def covers_text(chosen: ChosenBuild) -> str:
    """'Plexus Sentinel, Loom'ithar': what a build is for."""
    return listed(stop.result.title for stop in chosen.stops)


def swaps_away(change: Comparison | None) -> str:
    """'same', '4 swaps', '4 swaps, other hero tree'; '' without own talents."""
    return swaps_text(change.swaps) if change is not None else ""


def lost_and_gained(change: Comparison | None) -> tuple[str, str]:
    """What the player gives up and takes; another hero tree is named and not counted."""
    if change is None:
        return "", ""
    lost, gained = moved_talents(change)
    if change.hero_differs:
        lost.insert(0, _hero(change.hero_a))
        gained.insert(0, _hero(change.hero_b))
    return listed(filter(None, lost)), listed(filter(None, gained))


def _hero(hero: HeroTree | None) -> str:
    return _("Hero: {name}").format(name=hero_tree_name(hero.name)) if hero else ""


def _cover_text(evening: Evening) -> str:
    builds, count = len(evening.chosen), evening.covered
    if count == 0:
        return ""
    if count == 1:
        return _("One build, for one encounter.")
    kinds = {stop.result.content_type for stop in evening.stops}
    if kinds == {"raid"}:
        text = ngettext(
            "{builds} build covers {count} bosses.", "{builds} builds cover {count} bosses.", builds
        )
    elif kinds == {"mythicplus"}:
        text = ngettext(
            "{builds} build covers {count} dungeons.",
            "{builds} builds cover {count} dungeons.",
            builds,
        )
    else:
        text = ngettext(
            "{builds} build covers {count} bosses and dungeons.",
            "{builds} builds cover {count} bosses and dungeons.",
            builds,
        )
    return text.format(builds=number(builds), count=number(count))


def _own_text(evening: Evening) -> str:
    if evening.own_covers == evening.covered:
        # TRANSLATORS: all of the bosses and dungeons that the sentence before has counted.
        return _("Your talents cover all of them.")
    if evening.own_covers == 0:
        # TRANSLATORS: none of the bosses and dungeons that the sentence before has counted.
        return _("Your talents cover none of them.")
    return ngettext(
        "Your talents cover {count} of them.",
        "Your talents cover {count} of them.",
        evening.own_covers,
    ).format(count=number(evening.own_covers))
