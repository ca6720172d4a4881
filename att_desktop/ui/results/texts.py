"""Figures of builds as the window says them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from att_desktop.game.confidence import cannot_be_told_apart
from att_desktop.game.pick_rates import Cluster, cluster_around
from att_desktop.game.selections import hero_tree_of
from att_desktop.game.swaps import swaps
from att_desktop.text import _, ngettext, pgettext
from att_desktop.text.builds import support_text, undecided_text
from att_desktop.text.formats import in_a_row, number, share, short_age, since
from att_desktop.text.names import content_name, hero_tree_name, source_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from att_desktop.game.trees import TalentTree
    from att_desktop.ui.results.spec_results import BuildRef, Group, Result, Sampling


def group_name(group: Group) -> str:
    """'General', 'Raid', 'Mythic+'."""
    return pgettext("builds", "General") if group == "general" else content_name(group)


def zone_title(result: Result) -> str:
    """'Raid: Manaforge Omega': what a result stands below in a list."""
    zone = str(getattr(result.record, "zone", ""))
    title = group_name(result.group)
    # TRANSLATORS: a kind of content and its zone: 'Raid: Manaforge Omega'.
    return _("{content}: {zone}").format(content=title, zone=zone) if zone else title


def hero_text(english: str | None) -> str:
    """'San'layn', or 'no hero tree'."""
    return hero_tree_name(english) if english else _("no hero tree")


def sample_text(build: BuildRef) -> str:
    """'17 of 160', or '' where no sample stands behind it."""
    if not build.count or not build.sample:
        return ""
    # TRANSLATORS: so many of the sampled players: '17 of 160'.
    return _("{count} of {sample}").format(count=number(build.count), sample=number(build.sample))


def head_line(build: BuildRef, now: datetime | None = None) -> str:
    """'17 of 160 · San'layn · Warcraft Logs · 3 h old'."""
    parts = [sample_text(build), hero_text(build.hero_tree), source_name(build.source)]
    if build.fetched_at is not None:
        parts.append(_("{age} old").format(age=short_age(build.fetched_at, now)))
    parts.append(build.note)
    return " · ".join(part for part in parts if part)


def beside_text(tree: TalentTree, own: Sequence[BuildRef], build: BuildRef) -> str:
    """'you: 4 swaps apart': the player's own talents beside a build; '' where none are known.

    Of several characters of a spec the one that was seen last, by name.
    """
    if not own:
        return ""
    mine = own[0]
    # TRANSLATORS: the player's own talents, at the head of 'you: 4 swaps apart'.
    who = pgettext("own talents", "you") if len(own) == 1 else mine.title
    count, other_hero = swaps(tree, mine.selection, build.selection)
    fields = {"who": who, "count": number(count), "hero_tree": hero_text(mine.hero_tree)}
    if not other_hero and not count:
        return _("{who}: exactly this").format(**fields)
    if not other_hero:
        text = ngettext("{who}: {count} swap apart", "{who}: {count} swaps apart", count)
    elif not count:
        text = _("{who}: other hero tree ({hero_tree}), else the same")
    else:
        text = ngettext(
            "{who}: other hero tree ({hero_tree}), else {count} swap apart",
            "{who}: other hero tree ({hero_tree}), else {count} swaps apart",
            count,
        )
    return text.format(**fields)


def played_since(result: Result) -> str:
    """'since Tuesday': how long the best build has been the most played one.

    '' where nothing is known: of a first result, 'since today' would say too much.
    """
    played = result.played
    if played is None:
        return ""
    if not played.former and _day(played.since) == _day(result.fetched_at):
        return ""
    return since(played.since)


def _day(time: datetime) -> date:
    return time.astimezone().date()


def _cluster_of(tree: TalentTree, sampling: Sampling, build: BuildRef) -> Cluster:
    """As it was counted among all players: some may play what no code can say."""
    if build.support is None or build.count is None or build.sample is None:
        return cluster_around(tree, build.selection, sampling.builds)
    return Cluster(exact=build.count, support=build.support, sample=build.sample)


def cluster_text(
    tree: TalentTree, sampling: Sampling, build: BuildRef, *, pooled: bool, is_best: bool
) -> str:
    """'31 of 50 play this or within 3 swaps; 7 play exactly this (7 to 26%). 70% play San'layn.'

    Rankings are counted where the sample is ``pooled``. ``build`` is one of the sample.
    """
    said = []
    if sampling.builds:
        near = _cluster_of(tree, sampling, build)
        said.append(
            support_text(count=near.exact, support=near.support, size=near.sample, pooled=pooled)
        )
        most = max(each.count for each in sampling.builds)
        if is_best:
            said.append(undecided_text(sampling.undecided))
        elif cannot_be_told_apart(most, near.exact):
            said.append(_("By count it cannot be told from the best build."))
    most_used = sampling.heroes[0] if sampling.heroes else None
    if (
        most_used is not None
        and most_used.hero_tree
        and most_used.hero_tree != hero_tree_of(tree, build.selection)
    ):
        # The build that most use may be of the hero tree that fewer play.
        said.append(
            _("{share} play {hero_tree}.").format(
                share=share(most_used.players / sampling.rates.sample),
                hero_tree=hero_tree_name(most_used.hero_tree.name),
            )
        )
    if sampling.unreadable:
        said.append(
            ngettext(
                "{count} more has a code of other talent trees.",
                "{count} more have codes of other talent trees.",
                sampling.unreadable,
            ).format(count=number(sampling.unreadable))
        )
    return in_a_row(*said)
