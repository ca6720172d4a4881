"""The rules of the sample once more, written the long way round on raw rows.

It shares nothing with the app but the tree data file: no codec, no selections, no sampling.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from att_desktop.game.trees import embedded_tree_data

Picks: TypeAlias = frozenset[tuple[int, int, int]]
RAW: dict[int, dict[str, Any]] = {tree["specId"]: tree for tree in json.loads(embedded_tree_data())}
GROUPS = ("classNodes", "specNodes", "heroNodes", "subTreeNodes")


@dataclass
class Counted:
    """What one encounter's rows come to."""

    picks: list[Picks] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    pages: int = 0


def usable(spec_id: int, talents: list[dict[str, int]]) -> Picks | str:
    nodes = {
        entry["id"]: node
        for group in GROUPS
        for node in RAW[spec_id][group]
        for entry in node["entries"]
        if entry
    }
    heroes = {
        entry["id"]: entry["traitSubTreeId"]
        for node in RAW[spec_id]["subTreeNodes"]
        for entry in node["entries"]
    }
    taken = [(row["talentID"], row["points"]) for row in talents if row["points"] > 0]
    if not taken:
        return "no talents"
    if any(entry not in nodes for entry, _ in taken):
        return "other talent tree"
    bought = [
        (nodes[entry], entry, rank) for entry, rank in taken if not nodes[entry].get("freeNode")
    ]
    per_node: dict[int, set[int]] = {}
    for node, entry, _ in bought:
        per_node.setdefault(node["id"], set()).add(entry)
    for node, _, _ in bought:
        if node["type"] == "choice" and len(per_node[node["id"]]) > 1:
            return "two talents of one choice"
    used = {heroes[entry] for _, entry, _ in bought if entry in heroes}
    used |= {node["subTreeId"] for node, _, _ in bought if node.get("subTreeId")}
    if len(used) > 1:
        return "two hero trees"
    sums: Counter[int] = Counter()
    for node, _, rank in bought:
        sums[node["id"]] += rank
    for node, _, _ in bought:
        if sums[node["id"]] > (node.get("maxRanks") or 1):
            return "above max rank"
    return frozenset((node["id"], entry, rank) for node, entry, rank in bought)


def count(spec_id: int, pages: list[list[dict[str, Any]]], top_n: int) -> Counted:
    """One encounter: pages are read until the sample is full or five times its size were seen."""
    counted = Counted()
    names: set[tuple[str, int]] = set()
    seen = 0
    for page in pages:
        if len(counted.picks) >= top_n or seen >= 5 * top_n:
            break
        counted.pages += 1
        for row in page:
            if len(counted.picks) >= top_n:
                break
            seen += 1
            found = usable(spec_id, row.get("talents") or [])
            if isinstance(found, str):
                counted.skipped[found] += 1
            elif not row.get("hidden"):
                who = (row["name"], row["server"]["id"])
                if who not in names:
                    names.add(who)
                    counted.picks.append(found)
            else:
                counted.picks.append(found)
    return counted


def best(picks: list[Picks]) -> tuple[Picks, int, float]:
    """The most frequent selection, ties to the better first row; its count and popularity."""
    counts = Counter(picks)
    top = max(counts.values())
    winner = next(each for each in picks if counts[each] == top)
    return winner, top, round(top / len(picks) * 100, 2)
