"""The real talent trees as the tables that the client's model of C_Traits works on."""

from __future__ import annotations

import functools
import json
from typing import Any

from att_desktop.game.trees import embedded_tree_data

_TYPES = {"single": 0, "tiered": 1, "choice": 2, "subtree": 3}
_SECTIONS = (
    ("class", "classNodes"),
    ("spec", "specNodes"),
    ("hero", "heroNodes"),
    ("subtree", "subTreeNodes"),
)


@functools.cache
def _raw() -> dict[int, dict[str, Any]]:
    return {spec["specId"]: spec for spec in json.loads(embedded_tree_data())}


@functools.cache
def class_specs() -> dict[int, list[int]]:
    """The spec ids of each class, in the game's order, by any of them."""
    by_class: dict[int, list[int]] = {}
    for spec_id, spec in sorted(_raw().items()):
        by_class.setdefault(spec["classId"], []).append(spec_id)
    return {spec_id: specs for specs in by_class.values() for spec_id in specs}


def _node(section: str, raw: dict[str, Any]) -> dict[str, Any]:
    entries = [entry for entry in raw["entries"] if entry]
    node: dict[str, Any] = {
        "id": raw["id"],
        "section": section,
        "type": _TYPES[raw["type"]],
        "x": raw["posX"],
        "y": raw["posY"],
        "maxRanks": raw.get("maxRanks", 1),
        "reqPoints": raw.get("reqPoints", 0),
        "free": raw.get("freeNode", False),
        "entryNode": raw.get("entryNode", False),
        "prev": raw["prev"],
        "entryIDs": [entry["id"] for entry in entries],
    }
    if raw.get("subTreeId"):
        node["subTreeID"] = raw["subTreeId"]
    if raw.get("rankLevels"):
        node["rankLevels"] = raw["rankLevels"]
    if section == "subtree":
        node["subTreeOf"] = {entry["id"]: entry["traitSubTreeId"] for entry in entries}
    return node


def _own_nodes(spec: dict[str, Any]) -> dict[int, dict[str, Any]]:
    return {
        raw["id"]: _node(section, raw)
        for section, key in _SECTIONS
        for raw in spec[key]
        if any(raw["entries"])
    }


@functools.cache
def tree_tables(spec_id: int) -> dict[str, Any]:
    """One spec: its own nodes, those of the class's other specs, entries, budget and names."""
    spec = _raw()[spec_id]
    own = _own_nodes(spec)
    other: dict[int, dict[str, Any]] = {}
    for sibling in class_specs()[spec_id]:
        other |= {
            node_id: node
            for node_id, node in _own_nodes(_raw()[sibling]).items()
            if node_id not in own
        }
    entries: dict[int, dict[str, Any]] = {}
    names: dict[int, str] = {}
    for _, key in _SECTIONS:
        for raw in spec[key]:
            for entry in filter(None, raw["entries"]):
                entries[entry["id"]] = {
                    "maxRanks": entry.get("maxRanks", 1),
                    "definitionID": entry["id"],
                    "subTreeID": entry.get("traitSubTreeId"),
                }
                names[entry["id"]] = entry["name"]
    subtrees = {
        entry["traitSubTreeId"]: entry["name"]
        for raw in spec["subTreeNodes"]
        for entry in raw["entries"]
    }
    return {
        "treeID": spec["traitTreeId"],
        "order": sorted(spec["fullNodeOrder"]),
        "own": own,
        "other": other,
        "entries": entries,
        "spellNames": names,
        "heroTrees": sorted(subtrees),
        "subTreeNames": subtrees,
        "pointLevels": spec["pointLevels"],
        "treeHash": spec["treeHash"],
    }
