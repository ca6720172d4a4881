"""From the selections of a sample to its builds: counts, support, and the most popular build.

Exact counts are often noise: of 50 players 40 may play 40 selections that differ in a talent or
two. Where no sure lead separates the counts, the build nearest to all players is taken.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from att_desktop.game.confidence import cannot_be_told_apart
from att_desktop.game.swaps import NEAR, apart, ranks_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from att_desktop.game.builds import Pick, Selection
    from att_desktop.game.swaps import Marked
    from att_desktop.game.trees import TalentTree

OTHER_HERO_TREE: Final = 13
"""What a player of another hero tree adds to the swaps, the points that a hero tree takes."""

_OTHER_PLAYERS: Final = 5
_OTHER_SHARE: Final = 10  # percent of the sample


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedBuild:
    """A selection of a sample: its players, where its first row stands, and its support."""

    selection: Selection
    marked: Marked
    count: int
    first: int
    support: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """What a sample comes to. ``size`` counts all of its players.

    ``builds`` are those that can be written as a code: most players first, ties by the first row.
    ``best`` is the most popular of them, ``others`` the most popular build of each other hero tree
    that is used enough, most players first. ``players`` are the builds of everyone.
    """

    size: int
    builds: tuple[CountedBuild, ...]
    players: tuple[CountedBuild, ...]
    best: CountedBuild
    others: tuple[CountedBuild, ...]


def aggregate(
    tree: TalentTree,
    selections: Sequence[Selection],
    mark: Callable[[Selection], Marked],
    writable: Callable[[Selection], bool],
) -> Aggregate | None:
    """The builds of a sample, given in the order of the ranking; None when none can be written.

    ``mark`` prepares a selection of ``tree`` for comparing.
    """
    counts = Counter(selections)  # keeps the order of first appearance
    marks = {selection: mark(selection) for selection in counts}
    support = _support(Counter({marks[each]: count for each, count in counts.items()}))
    everyone = [
        CountedBuild(
            selection=selection,
            marked=marks[selection],
            count=count,
            first=first,
            support=support[marks[selection]],
        )
        for first, (selection, count) in enumerate(counts.items())
    ]
    builds = [build for build in everyone if writable(build.selection)]
    if not builds:
        return None
    best = _most_popular(tree, builds, everyone)
    return Aggregate(
        size=len(selections),
        builds=tuple(sorted(builds, key=lambda build: (-build.count, build.first))),
        players=tuple(everyone),
        best=best,
        others=tuple(_others(tree, best, builds, everyone, len(selections))),
    )


def general_fits(tree: TalentTree, own: Aggregate, general: Marked) -> bool:
    """Whether the general build serves the players of ``own`` nearly as well as their own build.

    Both are of one hero tree, and its players are on average less than one swap nearer to their
    own build.
    """
    best = own.best.marked
    if best.hero != general.hero:
        return False
    players = [build for build in own.players if build.marked.hero == best.hero]
    gain = sum(
        build.count
        * (apart(tree, build.marked, general).number - apart(tree, build.marked, best).number)
        for build in players
    )
    return gain < sum(build.count for build in players)


def _others(
    tree: TalentTree,
    best: CountedBuild,
    builds: Sequence[CountedBuild],
    everyone: Sequence[CountedBuild],
    size: int,
) -> list[CountedBuild]:
    players: Counter[int] = Counter()
    for build in everyone:
        players[build.marked.hero] += build.count
    found = []
    for hero, number in players.most_common():
        if hero in (0, best.marked.hero):
            continue
        of_hero = [build for build in builds if build.marked.hero == hero]
        if of_hero and number >= _OTHER_PLAYERS and number * 100 >= _OTHER_SHARE * size:
            theirs = [build for build in everyone if build.marked.hero == hero]
            found.append(_most_popular(tree, of_hero, theirs))
    return found


def _most_popular(
    tree: TalentTree, builds: Sequence[CountedBuild], players: Sequence[CountedBuild]
) -> CountedBuild:
    """Of the builds that no sure lead separates from the first, the one nearest to all players."""
    most = max(build.count for build in builds)
    candidates = [build for build in builds if cannot_be_told_apart(most, build.count)]
    if len(candidates) == 1:
        return candidates[0]
    distances = _Distances(tree, players)
    return min(candidates, key=lambda build: (distances.to_all(build), -build.count, build.first))


class _Distances:
    """Sums of swaps from a build to all players of a sample.

    With |a| the ranks of a, and |a&b| those that a and b share, their swaps are
    max(|a|, |b|) - |a&b|. Over many b the first term depends on the number of ranks only, and the
    second is a sum over the picks of a: a sum over all players costs one look at each pick.
    """

    def __init__(self, tree: TalentTree, players: Sequence[CountedBuild]) -> None:
        self._common = ~tree.hero_bits
        self._ranks: defaultdict[int, Counter[int]] = defaultdict(Counter)
        self._common_ranks: defaultdict[int, Counter[int]] = defaultdict(Counter)
        takers: Counter[Pick] = Counter()
        for build in players:
            bits, hero = build.marked
            self._ranks[hero][bits.bit_count()] += build.count
            self._common_ranks[hero][(bits & self._common).bit_count()] += build.count
            for _ in range(build.count):
                takers.update(build.selection)
        self._shared = _shared_ranks(tree, takers)
        self._larger: dict[tuple[int, int, int], int] = {}

    def to_all(self, build: CountedBuild) -> int:
        """The sum of swaps, with ``OTHER_HERO_TREE`` more for each player of another one."""
        bits, hero = build.marked
        key = (hero, bits.bit_count(), (bits & self._common).bit_count())
        if key not in self._larger:
            self._larger[key] = self._sum_of_larger(*key)
        # Players of another hero tree have none of its talents.
        return self._larger[key] - sum(map(self._shared.__getitem__, build.selection))

    def _sum_of_larger(self, own: int, ranks: int, common_ranks: int) -> int:
        """The sum of max(|a|, |b|), without hero talents where b has another hero tree."""
        return sum(
            _larger(ranks, theirs)
            if hero == own
            else _larger(common_ranks, self._common_ranks[hero]) + OTHER_HERO_TREE * theirs.total()
            for hero, theirs in self._ranks.items()
        )


def _larger(ranks: int, of_players: Counter[int]) -> int:
    return sum(max(ranks, theirs) * count for theirs, count in of_players.items())


def _shared_ranks(tree: TalentTree, takers: Mapping[Pick, int]) -> dict[Pick, int]:
    """How many ranks the players share with each pick; with others they share none."""
    by_entry: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for (node_id, entry_id, rank), players in takers.items():
        by_entry[(node_id, entry_id)].append((rank, players))
    return {
        pick: sum([min(pick[2], theirs) * count for theirs, count in by_entry.get(pick[:2], ())])
        for pick in tree.pick_bits
    }


def _support(players: Mapping[Marked, int]) -> dict[Marked, int]:
    """The support of each build among ``players``, its own players included."""
    by_hero: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for (bits, hero), count in players.items():
        by_hero[hero][bits] = count
    found = {hero: _support_in(counts) for hero, counts in by_hero.items()}
    return {marked: found[marked.hero][marked.bits] for marked in players}


def _support_in(counts: Mapping[int, int]) -> dict[int, int]:
    """The support of builds of one hero tree, by their bits.

    Swaps are a metric there: two builds that support each other are nearly as far from any third.
    """
    pivot = next(iter(counts))
    support = dict(counts)
    seen: defaultdict[int, _Seen] = defaultdict(_Seen)  # by the number of ranks
    for step, bits in sorted((ranks_apart(bits, pivot), bits) for bits in counts):
        ranks, count = bits.bit_count(), counts[bits]
        for theirs, builds in seen.items():
            least = max(ranks, theirs) - NEAR  # as max(|a|, |b|) - |a&b| <= NEAR
            near = builds.from_step(step - NEAR)
            for other in [other for other in near if (bits & other).bit_count() >= least]:
                support[other] += count
                support[bits] += counts[other]
        seen[ranks].add(step, bits)
    return support


class _Seen:
    """Builds with their swaps from a pivot, which never fall."""

    def __init__(self) -> None:
        self._steps: list[int] = []
        self._builds: list[int] = []

    def add(self, step: int, bits: int) -> None:
        self._steps.append(step)
        self._builds.append(bits)

    def from_step(self, step: int) -> list[int]:
        return self._builds[bisect_left(self._steps, step) :]
