"""Talent trees as the game draws and numbers them, read lazily spec by spec.

Shape and meaning are those of Raidbots' ``talents.json``, which the simc-support package carries:
a list of 40 specs with ``classNodes``, ``specNodes``, ``heroNodes``, ``subTreeNodes`` and
``fullNodeOrder`` (every node id of the class tree, ascending: the order of an import code).
"""

from __future__ import annotations

import hashlib
import importlib.util
import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import msgspec

from att_desktop.game.raw_trees import NodeKind, RawNode, RawSpecId, RawTree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from att_desktop.game.builds import Pick

Section: TypeAlias = Literal["class", "spec", "hero", "subtree"]

NO_TREE_HASH: Final = bytes(16)
"""The hash of codes that are to be read without a check, and of trees whose hash is not known."""

_PACKAGE: Final = "simc_support"
_DATA_FILE: Final = "game_data/data_files/trees/raw_raidbots_talent_information.json"


class TreeDataError(Exception):
    """Tree data is missing or not of the known shape; for ``text.say`` by code and fields.

    'system.part_missing' has the ``name`` of the file, 'trees.unusable' a ``reason`` for who
    repairs it: ids, and what the decoder says of the data.
    """

    def __init__(
        self, code: Literal["system.part_missing", "trees.unusable"], **fields: str
    ) -> None:
        """``code`` is a key of ``text.messages``."""
        super().__init__(code, *fields.values())
        self.code: Final = code
        self.fields: Final = fields


@dataclass(frozen=True, slots=True, kw_only=True)
class TalentEntry:
    """One talent of a node. ``entry_id`` is the game's TraitNodeEntry id (WCL's talentID)."""

    entry_id: int
    name: str
    spell_id: int
    icon: str
    max_ranks: int
    is_active: bool
    hero_tree_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TalentNode:
    """One node. Positions are the game's units (a grid step is 600); ``y`` grows downwards.

    ``free`` nodes are granted, never purchased. ``req_points`` are the points that must be spent
    in the node's section before. ``entries`` are in the game's order: the index of a choice in
    an import code. ``rank_levels`` of an apex node are (character level, ranks allowed).
    """

    node_id: int
    name: str
    kind: NodeKind
    section: Section
    x: int
    y: int
    max_ranks: int
    req_points: int
    next: tuple[int, ...]
    prev: tuple[int, ...]
    entries: tuple[TalentEntry, ...]
    free: bool
    is_entry_node: bool
    hero_tree_id: int
    rank_levels: tuple[tuple[int, int], ...] = ()

    @property
    def is_choice(self) -> bool:
        """True for choice and sub-tree selection nodes: one entry is picked by its index."""
        return self.kind in ("choice", "subtree")


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchasable:
    """What an entry id of a ranking row stands for, gathered for reading many rows.

    ``entry_id`` is the entry that a code names: a few nodes without a choice carry two entries,
    of which the first stands for both. ``hero_tree_id`` is given for hero talents and for the
    choice of the hero tree itself.
    """

    node_id: int
    entry_id: int
    max_ranks: int
    is_choice: bool
    hero_tree_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeroTree:
    """One of the two hero trees of a spec; ``entry_id`` is its entry in the selection node."""

    hero_tree_id: int
    name: str
    selection_node_id: int
    entry_id: int
    node_ids: frozenset[int]
    root_id: int


@dataclass(frozen=True, kw_only=True, eq=False)  # one object for each tree: a key of caches
class TalentTree:
    """The talent tree of one spec: its own nodes, and the order of all nodes of the class.

    ``class_points``, ``spec_points`` (apex ranks included) and ``hero_points`` are the budget at
    the highest level. ``tree_hash`` are the 16 bytes of C_Traits.GetTreeHash, zeros when the data
    do not say it.
    """

    spec_id: int
    tree_id: int
    class_name: str
    spec_name: str
    node_order: tuple[int, ...]
    nodes: Mapping[int, TalentNode]
    hero_trees: tuple[HeroTree, ...]
    class_points: int
    spec_points: int
    hero_points: int
    tree_hash: bytes = NO_TREE_HASH

    @property
    def known_hash(self) -> str:
        """``tree_hash`` in 32 hex digits, as results have it; '' when the data do not say it."""
        return "" if self.tree_hash == NO_TREE_HASH else self.tree_hash.hex()

    @property
    def full_name(self) -> str:
        """The spec as players say it: 'Beast Mastery Hunter'."""
        return f"{self.spec_name} {self.class_name}"

    @cached_property
    def node_of_entry(self) -> Mapping[int, TalentNode]:
        """The node of each entry id; unique inside a spec."""
        return {entry.entry_id: node for node in self.nodes.values() for entry in node.entries}

    @cached_property
    def entries(self) -> Mapping[int, TalentEntry]:
        """Each entry of the spec by its id."""
        return {entry.entry_id: entry for node in self.nodes.values() for entry in node.entries}

    @cached_property
    def purchasable(self) -> Mapping[int, Purchasable]:
        """Every entry that can be purchased, by its id; granted ones are not in it."""
        return {
            entry.entry_id: Purchasable(
                node_id=node.node_id,
                entry_id=(
                    entry if node.is_choice or node.kind == "tiered" else node.entries[0]
                ).entry_id,
                max_ranks=entry.max_ranks,
                is_choice=node.is_choice,
                hero_tree_id=node.hero_tree_id or entry.hero_tree_id,
            )
            for node in self.nodes.values()
            if not node.free
            for entry in node.entries
        }

    @cached_property
    def pick_of_row(self) -> Mapping[tuple[int, int], Pick | None]:
        """What a (entry id, points) of a ranking row purchases; None for granted talents.

        Points that no player can spend on it are not in it.
        """
        picks: dict[tuple[int, int], Pick | None] = {}
        for entry_id, node in self.node_of_entry.items():
            talent = self.purchasable.get(entry_id)
            most = node.max_ranks if talent is None else min(node.max_ranks, talent.max_ranks)
            for points in range(1, most + 1):
                picks[(entry_id, points)] = (
                    None if talent is None else (talent.node_id, talent.entry_id, points)
                )
        return picks

    @cached_property
    def place_of_pick(self) -> Mapping[Pick, int]:
        """A number that no two picks of a selection share: the node, for an apex node the entry."""
        return {
            (node_id, entry_id, rank): -entry_id
            if self.nodes[node_id].kind == "tiered"
            else node_id
            for node_id, entry_id, rank in self.pick_bits
        }

    @cached_property
    def section_bits(self) -> Mapping[Section, int]:
        """The bits of ``pick_bits`` by section."""
        found: dict[Section, int] = {"class": 0, "spec": 0, "hero": 0, "subtree": 0}
        for (node_id, _, _), bits in self.pick_bits.items():
            found[self.nodes[node_id].section] |= bits
        return found

    @cached_property
    def selection_node(self) -> TalentNode | None:
        """The node that chooses the hero tree."""
        return next((node for node in self.nodes.values() if node.kind == "subtree"), None)

    @cached_property
    def hero_tree_of_node(self) -> Mapping[int, int]:
        """The hero tree id of each hero talent's node; nodes of other sections are not in it."""
        return {n.node_id: n.hero_tree_id for n in self.nodes.values() if n.section == "hero"}

    @cached_property
    def picks_outside(self) -> Mapping[int, frozenset[Pick]]:
        """By hero tree id, the hero talents that are not of it; for 0 all hero talents."""
        hero_of = self.hero_tree_of_node
        return {
            chosen: frozenset(p for p in self.pick_bits if hero_of.get(p[0], chosen) != chosen)
            for chosen in (0, *(hero.hero_tree_id for hero in self.hero_trees))
        }

    @cached_property
    def pick_bits(self) -> Mapping[Pick, int]:
        """A bit mask for every pick that can be purchased: one bit for each rank up to its own.

        Masks of different (node, entry) share no bit, so the mask of a selection is their sum.
        """
        bits: dict[Pick, int] = {}
        shift = 0
        for node_id, node in self.nodes.items():
            for entry in () if node.free else node.entries:
                most = max(entry.max_ranks, 1 if node.kind == "tiered" else node.max_ranks)
                for rank in range(1, most + 1):
                    bits[(node_id, entry.entry_id, rank)] = ((1 << rank) - 1) << shift
                shift += most
        return bits

    @cached_property
    def hero_bits(self) -> int:
        """The bits of all hero talents and of the choice between the hero trees."""
        return self.section_bits["hero"] | self.section_bits["subtree"]

    @cached_property
    def hero_picks(self) -> tuple[tuple[Pick, HeroTree], ...]:
        """The picks of the selection node, with what they choose."""
        return tuple(((hero.selection_node_id, hero.entry_id, 1), hero) for hero in self.hero_trees)

    @cached_property
    def granted_always(self) -> frozenset[int]:
        """Free nodes of the class and spec section."""
        return frozenset(
            node.node_id
            for node in self.nodes.values()
            if node.free and node.section in ("class", "spec")
        )


class TalentTrees:
    """All talent trees of one data file. Thread-safe; a spec is decoded when first asked for."""

    def __init__(self, data: bytes) -> None:
        """Index ``data`` (Raidbots' talents.json). Raises TreeDataError when it is not that."""
        self.version: Final = hashlib.sha256(data).hexdigest()[:12]
        try:
            raw = msgspec.json.decode(data, type=list[msgspec.Raw])
            self._raw = {
                msgspec.json.decode(item, type=RawSpecId).spec_id: bytes(item) for item in raw
            }
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise TreeDataError("trees.unusable", reason=str(error)) from error
        self._trees: dict[int, TalentTree] = {}
        self._lock = threading.Lock()

    @classmethod
    def embedded(cls) -> TalentTrees:
        """The trees that came with the app."""
        return cls(embedded_tree_data())

    @property
    def spec_ids(self) -> tuple[int, ...]:
        """Specs that the data hold."""
        return tuple(self._raw)

    def __contains__(self, spec_id: object) -> bool:
        return spec_id in self._raw

    def tree(self, spec_id: int) -> TalentTree:
        """The tree of a spec. Raises TreeDataError for an unknown spec or broken data."""
        with self._lock:
            tree = self._trees.get(spec_id)
            if tree is None:
                tree = self._trees[spec_id] = self._read(spec_id)
            return tree

    def _read(self, spec_id: int) -> TalentTree:
        raw = self._raw.get(spec_id)
        if raw is None:
            raise TreeDataError("trees.unusable", reason=f"specId {spec_id}")
        try:
            return _build(msgspec.json.decode(raw, type=RawTree))
        except (msgspec.MsgspecError, ValueError) as error:
            reason = f"specId {spec_id}: {error}"
            raise TreeDataError("trees.unusable", reason=reason) from error


def embedded_tree_data() -> bytes:
    """Raidbots' talents.json of the installed simc-support package.

    The package itself is not imported: only its data file is of use here.
    """
    spec: Any = importlib.util.find_spec(_PACKAGE)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    for folder in folders:
        path = Path(folder, _DATA_FILE)
        if path.is_file():
            return path.read_bytes()
    raise TreeDataError("system.part_missing", name=_DATA_FILE)


def _build(raw: RawTree) -> TalentTree:
    sections: tuple[tuple[Section, tuple[RawNode, ...]], ...] = (
        ("class", raw.class_nodes),
        ("spec", raw.spec_nodes),
        ("hero", raw.hero_nodes),
        ("subtree", raw.sub_tree_nodes),
    )
    nodes = {node.id: _node(node, section) for section, group in sections for node in group}
    missing = nodes.keys() - set(raw.full_node_order)
    if missing:
        raise ValueError(f"fullNodeOrder lacks {sorted(missing)}")
    return TalentTree(
        spec_id=raw.spec_id,
        tree_id=raw.trait_tree_id,
        class_name=raw.class_name,
        spec_name=raw.spec_name,
        # GetTreeNodes is ascending; sorting guards against data in another order.
        node_order=tuple(sorted(raw.full_node_order)),
        nodes=MappingProxyType(nodes),
        hero_trees=tuple(_hero_trees(raw, nodes)),
        class_points=len(raw.point_levels.class_),
        spec_points=len(raw.point_levels.spec),
        hero_points=len(raw.point_levels.hero),
        tree_hash=bytes.fromhex(raw.tree_hash).ljust(16, b"\0"),
    )


def _node(raw: RawNode, section: Section) -> TalentNode:
    return TalentNode(
        node_id=raw.id,
        name=raw.name,
        kind=raw.type,
        section=section,
        x=raw.pos_x,
        y=raw.pos_y,
        max_ranks=raw.max_ranks,
        req_points=raw.req_points,
        next=raw.next,
        prev=raw.prev,
        entries=tuple(
            TalentEntry(
                entry_id=entry.id,
                name=entry.name,
                spell_id=entry.visible_spell_id or entry.spell_id,
                icon=entry.icon,
                max_ranks=entry.max_ranks,
                is_active=entry.type == "active",
                hero_tree_id=entry.trait_sub_tree_id,
            )
            for entry in raw.entries
            if entry.id
        ),
        free=raw.free_node,
        is_entry_node=raw.entry_node,
        hero_tree_id=raw.sub_tree_id,
        rank_levels=tuple((step.level, step.max_ranks) for step in raw.rank_levels),
    )


def _hero_trees(raw: RawTree, nodes: Mapping[int, TalentNode]) -> list[HeroTree]:
    found = []
    for selection in raw.sub_tree_nodes:
        for entry in selection.entries:
            inside = frozenset(
                node.node_id
                for node in nodes.values()
                if node.section == "hero" and node.hero_tree_id == entry.trait_sub_tree_id
            )
            roots = [node_id for node_id in inside if nodes[node_id].free]
            if len(roots) != 1:
                raise ValueError(f"subTreeNodes {entry.name}: {len(roots)} freeNode")
            found.append(
                HeroTree(
                    hero_tree_id=entry.trait_sub_tree_id,
                    name=entry.name,
                    selection_node_id=selection.id,
                    entry_id=entry.id,
                    node_ids=inside,
                    root_id=roots[0],
                )
            )
    return found
