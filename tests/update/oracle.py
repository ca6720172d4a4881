"""The rules of the sample once more, written the long way round on raw rows.

It shares no code with the app: it reads Raidbots' JSON, import codes and rows by itself, and
counts swaps as sets of ranks.
"""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

Picks: TypeAlias = frozenset[tuple[int, int, int]]

_PACKAGE: Any = importlib.util.find_spec("simc_support")
_FILE = Path(_PACKAGE.submodule_search_locations[0]).joinpath(
    "game_data", "data_files", "trees", "raw_raidbots_talent_information.json"
)
RAW: dict[int, dict[str, Any]] = {tree["specId"]: tree for tree in json.loads(_FILE.read_bytes())}
GROUPS = ("classNodes", "specNodes", "heroNodes", "subTreeNodes")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


@dataclass
class Sample:
    """What one encounter's rows come to."""

    picks: list[Picks] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    pages: int = 0


@dataclass
class Found:
    """What a sample says of one build: players, percent of the sample, support."""

    picks: Picks
    count: int
    popularity: float
    support: int


class Oracle:
    """One spec's tree, as Raidbots has it."""

    def __init__(self, spec_id: int) -> None:
        raw = RAW[spec_id]
        self.spec_id = spec_id
        self.order: list[int] = sorted(raw["fullNodeOrder"])
        self.nodes: dict[int, dict[str, Any]] = {}
        self.node_of: dict[int, dict[str, Any]] = {}
        self.tree_of_choice: dict[int, int] = {}
        for group in GROUPS:
            for node in raw[group]:
                self.nodes[node["id"]] = {**node, "group": group}
                for entry in node["entries"]:
                    if entry:
                        self.node_of[entry["id"]] = self.nodes[node["id"]]
                        if group == "subTreeNodes":
                            self.tree_of_choice[entry["id"]] = entry["traitSubTreeId"]
        self.budget = {
            group: len(raw["pointLevels"][group.removesuffix("Nodes")]) for group in GROUPS[:3]
        }

    def usable(self, talents: list[dict[str, int]]) -> Picks | str:
        """The selection of a row, or why it is of no use."""
        taken = [(row["talentID"], row["points"]) for row in talents if row["points"] > 0]
        if any(entry not in self.node_of for entry, _ in taken):
            return "row.other_talents"
        bought: Counter[tuple[int, int]] = Counter()
        most: dict[tuple[int, int], int] = {}
        for entry, points in taken:
            node = self.node_of[entry]
            if node.get("freeNode"):
                continue
            if node["type"] == "single":  # a second entry stands for the first
                entry = node["entries"][0]["id"]
            bought[node["id"], entry] += points
            named = next(each for each in node["entries"] if each and each["id"] == entry)
            most[node["id"], entry] = named.get("maxRanks") or 1
        if not bought:
            return "row.no_talents"
        for node_id, node in self.nodes.items():
            entries = [entry for its_node, entry in bought if its_node == node_id]
            if node["type"] in ("choice", "subtree") and len(entries) > 1:
                return "row.two_of_one_choice"
        chosen = {self.tree_of_choice[entry] for _, entry in bought if entry in self.tree_of_choice}
        trees = {
            self.nodes[node]["subTreeId"]
            for node, _ in bought
            if self.nodes[node]["group"] == "heroNodes"
        }
        if len(trees) > 1 and not chosen:
            return "row.two_hero_trees"
        for (node_id, entry), rank in bought.items():
            in_all = sum(points for (its_node, _), points in bought.items() if its_node == node_id)
            if rank > most[node_id, entry] or in_all > (self.nodes[node_id].get("maxRanks") or 1):
                return "row.above_max_rank"
        picks = frozenset(
            (node_id, entry, rank)
            for (node_id, entry), rank in bought.items()
            if self.nodes[node_id]["group"] != "heroNodes"
            or self.nodes[node_id]["subTreeId"] in chosen
        )
        return picks or "row.no_talents"

    def sample(self, pages: list[list[dict[str, Any]]], top_n: int) -> Sample:
        """One encounter: read until the sample is full or five times its size were seen."""
        found = Sample()
        names: set[tuple[str, int]] = set()
        seen = 0
        for page in pages:
            if len(found.picks) >= top_n or seen >= 5 * top_n:
                break
            found.pages += 1
            for row in page:
                if len(found.picks) >= top_n:
                    break
                seen += 1
                picks = self.usable(row.get("talents") or [])
                if isinstance(picks, str):
                    found.skipped[picks] += 1
                    continue
                if not row.get("hidden"):
                    who = (row["name"], row["server"]["id"])
                    if who in names:
                        found.repeated += 1
                        continue
                    names.add(who)
                found.picks.append(picks)
        return found

    def hero(self, picks: Picks) -> int:
        """The chosen hero tree, 0 for none."""
        return next((self.tree_of_choice[e] for _, e, _ in picks if e in self.tree_of_choice), 0)

    def swaps(self, a: Picks, b: Picks) -> tuple[int, bool]:
        """Swaps, and whether the hero trees differ."""
        other = self.hero(a) != self.hero(b)

        def ranks(picks: Picks) -> set[tuple[int, int, int]]:
            return {
                (node, entry, step)
                for node, entry, rank in picks
                for step in range(rank)
                if not other or self.nodes[node]["group"] in ("classNodes", "specNodes")
            }

        of_a, of_b = ranks(a), ranks(b)
        return max(len(of_a - of_b), len(of_b - of_a)), other

    def writable(self, picks: Picks) -> bool:
        """Whether the game could have this build: within the points, apex entries in order."""
        spent: Counter[str] = Counter()
        for node, _, rank in picks:
            spent[self.nodes[node]["group"]] += rank
        if any(spent[group] > budget for group, budget in self.budget.items()):
            return False
        for node_id, node in self.nodes.items():
            if node["type"] == "tiered":
                ranks = {entry: rank for its_node, entry, rank in picks if its_node == node_id}
                left = sum(ranks.values())
                for entry in node["entries"]:
                    fills = min(left, entry.get("maxRanks") or 1)
                    if ranks.get(entry["id"], 0) != fills:
                        return False
                    left -= fills
        return True

    def most_popular(self, sample: list[Picks], of: list[Picks] | None = None) -> Found | None:
        """The most popular build of the players ``of`` (all); percent is of the whole sample."""
        players = sample if of is None else of
        counts = Counter(players)
        builds = [picks for picks in counts if self.writable(picks)]
        if not builds:
            return None
        c1 = max(counts[picks] for picks in builds)
        candidates = [p for p in builds if (c1 - counts[p]) ** 2 <= 4 * (c1 + counts[p])]

        def far(picks: Picks) -> int:
            total = 0
            for other, count in counts.items():
                number, other_hero = self.swaps(picks, other)
                total += count * (number + 13 * other_hero)
            return total

        best = min(candidates, key=lambda p: (far(p), -counts[p], players.index(p)))
        return Found(
            picks=best,
            count=counts[best],
            popularity=round(counts[best] / len(sample) * 100, 2),
            support=self.support(best, sample),
        )

    def support(self, picks: Picks, sample: list[Picks]) -> int:
        """Players of the same hero tree within three swaps."""
        apart = [self.swaps(picks, other) for other in sample]
        return sum(number <= 3 and not other_hero for number, other_hero in apart)

    def others(self, best: Found, sample: list[Picks]) -> list[Found]:
        """The most popular build of each other hero tree with 5 players and 10 % of the sample."""
        found = []
        players = Counter(map(self.hero, sample))
        for hero, number in players.most_common():
            if not hero or hero == self.hero(best.picks):
                continue
            if number >= 5 and number / len(sample) >= 0.1:
                its = self.most_popular(sample, [p for p in sample if self.hero(p) == hero])
                if its is not None:
                    found.append(its)
        return found

    def general_fits(self, own: Picks, general: Picks, sample: list[Picks]) -> bool:
        """Whether its players are on average less than one swap nearer to their own build."""
        if self.hero(own) != self.hero(general):
            return False
        players = [picks for picks in sample if self.hero(picks) == self.hero(own)]
        gain = sum(self.swaps(p, general)[0] - self.swaps(p, own)[0] for p in players)
        return gain / len(players) < 1

    def read(self, code: str) -> Picks:
        """What a code of this spec purchases."""
        bits = "".join(f"{LETTERS.index(letter):06b}"[::-1] for letter in code)
        assert int(bits[:8][::-1], 2) == 2
        assert int(bits[8:24][::-1], 2) == self.spec_id
        assert set(bits[24:152]) == {"0"}
        at = 152

        def take(width: int) -> int:
            nonlocal at
            at += width
            return int(bits[at - width : at][::-1], 2)

        picks = []
        for node_id in self.order:
            if not take(1) or not take(1):
                continue
            node = self.nodes[node_id]
            rank = take(6) if take(1) else node.get("maxRanks") or 1
            index = take(2) if take(1) else 0
            if node["type"] == "tiered":
                for entry in node["entries"]:
                    fills = min(rank, entry.get("maxRanks") or 1)
                    rank -= fills
                    picks += [(node_id, entry["id"], fills)] if fills else []
            else:
                picks.append((node_id, node["entries"][index]["id"], rank))
        assert len(bits) - at < 6
        return frozenset(picks)
