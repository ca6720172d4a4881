"""Import codes of talent loadouts, serialization version 2, as the game writes and reads them.

Format (Blizzard_ClassTalentImportExport.lua and ExportUtil.lua of the game): characters stand for
6 bits each, least significant first. Header: version 8 bits, spec id 16, tree hash 128 (zero: not
checked). Then for every node of the class tree in ascending node id: selected? purchased?
partially ranked? (6 bits ranks), choice? (2 bits entry index). A node that is selected but not
purchased is granted. A code that ends early stands for one with zeros behind.
"""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NoReturn

from att_desktop.game.problems import Problem
from att_desktop.game.selections import hero_tree_of, selection_of, selection_problems
from att_desktop.game.trees import NO_TREE_HASH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from att_desktop.game.builds import Pick, Selection
    from att_desktop.game.trees import TalentNode, TalentTree, TalentTrees

VERSION: Final = 2
_HEADER_BITS: Final = 8 + 16 + 128
# The longest class tree fills about 200 characters; the game ignores what follows.
_MAX_CHARACTERS: Final = 1024
_OPTIONS_SAID: Final = 4
"""Two bits say which entry of a choice."""
_NOT_SELECTED: Final = "0"
_GRANTED: Final = "10"
_PURCHASED: Final = "11"
_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_BITS_OF: Final = {ch: f"{value:06b}"[::-1] for value, ch in enumerate(_ALPHABET)}


class CodeError(ValueError):
    """The text is no import code that can be read with these trees."""

    def __init__(self, problem: Problem) -> None:
        """``problem`` says why."""
        super().__init__(problem.code)
        self.problem = problem


class EncodeError(ValueError):
    """No import code can say this selection; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedCode:
    """What a code says.

    ``granted`` are the node ids that are selected, but not purchased or not for sale: writers
    disagree on them. ``problems`` is empty when the code passes the validity test. Of a code from
    another version of the talents (``other_tree``) that is the only problem: what it buys is read
    as well as it can be.
    """

    version: int
    spec_id: int
    tree_hash: bytes
    other_tree: bool
    selection: Selection
    granted: frozenset[int]
    hero_tree: str | None
    problems: tuple[Problem, ...]

    @property
    def fits(self) -> bool:
        """Whether the game reads it as it is read here: it reads over spare characters."""
        return all(problem.code == "code.spare_characters" for problem in self.problems)


def decode(code: str, trees: TalentTrees) -> DecodedCode:
    """Read an import code; white space around it does not count.

    Raises CodeError when it is no code of a known spec in version 2; all else that is wrong with
    it stands in ``problems``.
    """
    bits = _bits(code)
    spec_id, tree_hash = _header(bits)
    if spec_id not in trees:
        raise CodeError(Problem(code="code.unknown_spec", number=spec_id))
    tree = trees.tree(spec_id)
    picks, granted, found = _read_nodes(bits, tree)
    selection = selection_of(tree, picks)
    hero = hero_tree_of(tree, selection)
    # What is wrong in a hero tree that is not chosen is no part of the build.
    problems = found[0] + (found[hero.hero_tree_id] if hero else [])
    other_tree = NO_TREE_HASH not in (tree_hash, tree.tree_hash) and tree_hash != tree.tree_hash
    return DecodedCode(
        version=VERSION,
        spec_id=spec_id,
        tree_hash=tree_hash,
        other_tree=other_tree,
        selection=selection,
        granted=frozenset(granted),
        hero_tree=hero.name if hero else None,
        problems=(Problem(code="code.other_tree"),)
        if other_tree
        else (*problems, *selection_problems(tree, selection)),
    )


def encode(tree: TalentTree, selection: Selection, *, granted: frozenset[int] | None = None) -> str:
    """The import code of a selection, with zero tree hash.

    ``granted`` None marks the nodes that Warcraft Logs marks: the class and spec free nodes and
    the root of the chosen hero tree. Raises EncodeError when a pick is not of this tree or the
    code could not be read back to the same selection.
    """
    layout = _layout(tree)
    if granted is None:
        nodes = list(layout.granted_always)
        hero = hero_tree_of(tree, selection)
        if hero is not None:
            nodes[layout.place[hero.root_id]] = _GRANTED
    else:
        nodes = [_GRANTED if node_id in granted else _NOT_SELECTED for node_id in tree.node_order]
    pieces = layout.purchased
    ranks = selection.difference(pieces)  # of an apex node
    purchases = [pieces[pick] for pick in selection - ranks]
    if ranks:
        purchases.append(layout.apex.get(ranks) or _unwritable(tree, selection))
    purchased = dict(purchases)
    if len(purchased) < len(purchases):
        _unwritable(tree, selection)
    for place, said in purchased.items():
        nodes[place] = said
    return _characters(layout.header + "".join(nodes))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """A tree as codes have it: what stands for each node, by its place in the node order.

    ``purchased`` says what stands where for a pick, ``apex`` for all picks of an apex node.
    ``full`` are the picks of a node without choice with all ranks, ``options`` those of a choice
    by its index; None where there is no such node that can be purchased.
    """

    header: str
    granted_always: tuple[str, ...]
    place: Mapping[int, int]
    purchased: Mapping[Pick, tuple[int, str]]
    apex: Mapping[frozenset[Pick], tuple[int, str]]
    nodes: tuple[TalentNode | None, ...]
    full: tuple[tuple[Pick, ...] | None, ...]
    options: tuple[tuple[Pick, ...] | None, ...]


@lru_cache(maxsize=64)
def _layout(tree: TalentTree) -> _Layout:
    purchased: dict[Pick, tuple[int, str]] = {}
    apex: dict[frozenset[Pick], tuple[int, str]] = {}
    full: list[tuple[Pick, ...] | None] = []
    options: list[tuple[Pick, ...] | None] = []
    for place, node_id in enumerate(tree.node_order):
        node = tree.nodes.get(node_id)
        full.append(None)
        options.append(None)
        if node is None or node.free or not node.entries:
            continue
        if node.kind == "tiered":
            for rank in range(1, node.max_ranks + 1):
                apex[frozenset(spread(node, rank))] = (place, _node_bits(node, rank, 0))
            full[place] = tuple(spread(node, node.max_ranks))
        else:
            entries = node.entries[: _OPTIONS_SAID if node.is_choice else 1]
            for index, entry in enumerate(entries):
                for rank in range(1, node.max_ranks + 1):
                    said = (place, _node_bits(node, rank, index))
                    purchased[(node_id, entry.entry_id, rank)] = said
            picks = tuple([(node_id, entry.entry_id, node.max_ranks) for entry in entries])
            full[place], options[place] = (None, picks) if node.is_choice else (picks, None)
    return _Layout(
        header=_field(VERSION, 8) + _field(tree.spec_id, 16) + "0" * 128,
        granted_always=tuple(
            _GRANTED if node_id in tree.granted_always else _NOT_SELECTED
            for node_id in tree.node_order
        ),
        place={node_id: place for place, node_id in enumerate(tree.node_order)},
        purchased=purchased,
        apex=apex,
        nodes=tuple(map(tree.nodes.get, tree.node_order)),
        full=tuple(full),
        options=tuple(options),
    )


def _node_bits(node: TalentNode, rank: int, index: int) -> str:
    ranks = "0" if rank == node.max_ranks else "1" + _field(rank, 6)
    choice = "1" + _field(index, 2) if node.is_choice else "0"
    return _PURCHASED + ranks + choice


def _unwritable(tree: TalentTree, selection: Selection) -> NoReturn:
    """Say why no code can say a selection. Raises EncodeError."""
    ranks: defaultdict[int, int] = defaultdict(int)
    entries: defaultdict[int, set[int]] = defaultdict(set)
    for node_id, entry_id, rank in selection:
        ranks[node_id] += rank
        entries[node_id].add(entry_id)
    for node_id, rank in ranks.items():
        node = tree.nodes.get(node_id)
        if node is None:
            raise EncodeError(Problem(code="code.unknown_node", number=node_id))
        if node.free or not 0 < rank <= node.max_ranks:
            raise EncodeError(Problem(code="code.not_for_sale", name=node.name, number=rank))
        if len(entries[node_id]) > 1 and node.kind != "tiered":
            raise EncodeError(Problem(code="code.not_together", name=node.name))
    strange = sorted(pick for pick in selection if pick not in _layout(tree).purchased)
    raise EncodeError(Problem(code="code.not_together", name=tree.nodes[strange[0][0]].name))


def _bits(code: str) -> str:
    code = code.strip()
    if not code:
        raise CodeError(Problem(code="code.no_code"))
    if len(code) > _MAX_CHARACTERS:
        raise CodeError(Problem(code="code.too_long", number=len(code)))
    try:
        return "".join([_BITS_OF[ch] for ch in code])
    except KeyError as error:
        raise CodeError(Problem(code="code.bad_character", name=repr(error.args[0]))) from None


def _characters(bits: str) -> str:
    """Six bits a character, the least significant first: Base64 with all turned round."""
    length = -(-len(bits) // 24) * 3
    number = int(bits[::-1], 2)
    return b64encode(number.to_bytes(length, "big")).decode()[::-1][: -(-len(bits) // 6)]


def _header(bits: str) -> tuple[int, bytes]:
    if len(bits) < _HEADER_BITS:
        raise CodeError(Problem(code="code.too_short"))
    version = _number(bits, 0, 8)
    if version != VERSION:
        raise CodeError(Problem(code="code.version", number=version, limit=VERSION))
    return _number(bits, 8, 16), _number(bits, 24, 128).to_bytes(16, "little")


def _read_nodes(
    bits: str, tree: TalentTree
) -> tuple[list[Pick], list[int], defaultdict[int, list[Problem]]]:
    """Picks, granted nodes, and problems by the hero tree that they are in, 0 for none."""
    picks: list[Pick] = []
    granted: list[int] = []
    problems: defaultdict[int, list[Problem]] = defaultdict(list)
    layout = _layout(tree)
    at = _HEADER_BITS
    end = len(bits)
    # A missing tail reads as zeros, like in the game; one node takes 12 bits at most.
    bits += "0" * 12
    place = 0
    count = len(tree.node_order)
    while place < count:
        # Each zero is a node that is not selected.
        next_place = at + count - place
        selected = bits.find("1", at, end)
        if selected < 0 or selected >= next_place:
            if next_place > end:
                problems[0].append(Problem(code="code.ends_early"))
                return picks, granted, problems
            at = next_place
            break
        place += selected - at
        at = selected + 2
        full = layout.full[place]
        if bits[selected + 1] == "0":
            granted.append(tree.node_order[place])
        elif full is not None and bits[at : at + 2] == "00":
            picks += full
            at += 2
        else:
            at = _read_purchase(bits, at, tree, place, (picks, granted, problems))
        place += 1
    problems[0] += _end_of(bits[at:end], missing=at - end)
    return picks, granted, problems


def _read_purchase(
    bits: str,
    at: int,
    tree: TalentTree,
    place: int,
    found: tuple[list[Pick], list[int], defaultdict[int, list[Problem]]],
) -> int:
    """Read ranks and choice of the node in this place. Returns where the next node begins."""
    picks, granted, problems = found
    ranks: int | None = None
    choice: int | None = None
    at += 1
    if bits[at - 1] == "1":
        ranks = _number(bits, at, 6)
        at += 6
    at += 1
    if bits[at - 1] == "1":
        choice = _number(bits, at, 2)
        at += 2
    layout = _layout(tree)
    node = layout.nodes[place]
    options = layout.options[place]
    if node is None or not node.entries:
        problems[0].append(Problem(code="code.unknown_node", number=tree.node_order[place]))
    elif node.free:
        granted.append(node.node_id)  # many writers mark granted talents as purchased
    elif options is not None and ranks is None and choice is not None and choice < len(options):
        picks.append(options[choice])
    else:
        picks += _picks(node, ranks, choice, problems[node.hero_tree_id])
    return at


def _end_of(rest: str, *, missing: int) -> list[Problem]:
    """What is wrong behind the last talent: only zeros that fill a character up belong there."""
    if missing > 0:
        return [Problem(code="code.ends_within_a_talent")]
    if "1" in rest:
        return [Problem(code="code.bits_behind")]
    spare = len(rest) // 6
    return [Problem(code="code.spare_characters", number=spare)] if spare else []


def _picks(
    node: TalentNode, ranks: int | None, choice: int | None, problems: list[Problem]
) -> list[Pick]:
    if (choice is not None) != node.is_choice:
        problems.append(
            Problem(code="code.a_choice" if node.is_choice else "code.not_a_choice", name=node.name)
        )
    if ranks is not None and not 0 < ranks < node.max_ranks:
        problems.append(
            Problem(code="code.rank", name=node.name, number=ranks, limit=node.max_ranks)
        )
    rank = node.max_ranks if ranks is None else ranks
    if rank <= 0:
        return []
    if node.kind == "tiered":
        return spread(node, rank)
    index = choice or 0
    if node.is_choice and index >= len(node.entries):
        problems.append(
            Problem(code="code.choice", name=node.name, number=index + 1, limit=len(node.entries))
        )
        index = 0
    entry = node.entries[index if node.is_choice else 0]
    return [(node.node_id, entry.entry_id, rank)]


def spread(node: TalentNode, ranks: int) -> list[Pick]:
    """The picks of an apex node with that many ranks in all: entries fill in order."""
    picks: list[Pick] = []
    for entry in node.entries:
        taken = min(ranks, entry.max_ranks)
        if taken > 0:
            picks.append((node.node_id, entry.entry_id, taken))
        ranks -= taken
    return picks


def _field(value: int, width: int) -> str:
    return f"{value:0{width}b}"[::-1]


def _number(bits: str, at: int, width: int) -> int:
    return int(bits[at : at + width][::-1] or "0", 2)
