"""Raidbots' ``talents.json``: the fields that are read of it, under the names it gives them."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

NodeKind: TypeAlias = Literal["single", "choice", "tiered", "subtree"]


class RawEntry(msgspec.Struct, rename="camel"):
    """A talent of a node; ``trait_sub_tree_id`` only where it chooses a hero tree."""

    id: int = 0  # 10 placeholder entries are empty objects
    name: str = ""
    spell_id: int = 0
    visible_spell_id: int = 0
    icon: str = ""
    max_ranks: int = 1
    type: str = ""
    trait_sub_tree_id: int = 0
    nodes: tuple[int, ...] = ()


class RawRankLevel(msgspec.Struct, rename="camel"):
    """Ranks that are allowed from a character level on."""

    level: int
    max_ranks: int


class RawNode(msgspec.Struct, rename="camel"):
    """A node with its place on the game's grid, its edges and its talents."""

    id: int
    name: str
    type: NodeKind
    pos_x: int
    pos_y: int
    max_ranks: int = 1
    req_points: int = 0
    next: tuple[int, ...] = ()
    prev: tuple[int, ...] = ()
    entries: tuple[RawEntry, ...] = ()
    free_node: bool = False
    entry_node: bool = False
    sub_tree_id: int = 0
    rank_levels: tuple[RawRankLevel, ...] = ()


class RawPointLevels(msgspec.Struct, rename={"class_": "class"}):
    """The character levels that give a point, by section."""

    class_: tuple[int, ...] = ()
    spec: tuple[int, ...] = ()
    hero: tuple[int, ...] = ()


class RawTree(msgspec.Struct, rename="camel"):
    """One spec."""

    trait_tree_id: int
    class_name: str
    spec_name: str
    spec_id: int
    class_nodes: tuple[RawNode, ...]
    spec_nodes: tuple[RawNode, ...]
    hero_nodes: tuple[RawNode, ...]
    sub_tree_nodes: tuple[RawNode, ...]
    full_node_order: tuple[int, ...]
    tree_hash: str = ""  # since 12.1.5
    point_levels: RawPointLevels = msgspec.field(default_factory=RawPointLevels)


class RawSpecId(msgspec.Struct, rename="camel"):
    """What is read of a spec before its tree is asked for."""

    spec_id: int
