"""Import codes of talent loadouts, serialization version 2, as the game writes and reads them.

Format (Blizzard_ClassTalentImportExport.lua and ExportUtil.lua of the game): characters stand for
6 bits each, least significant first. Header: version 8 bits, spec id 16, tree hash 128 (zero: not
checked). Then for every node of the class tree in ascending node id: selected? purchased?
partially ranked? (6 bits ranks), choice? (2 bits entry index). A node that is selected but not
purchased is granted. A code that ends early stands for one with zeros behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from att_desktop.game.problems import Problem
from att_desktop.game.selections import hero_tree_of, selection_of, selection_problems
from att_desktop.game.trees import NO_TREE_HASH

if TYPE_CHECKING:
    from att_desktop.game.builds import Pick, Selection
    from att_desktop.game.trees import TalentNode, TalentTree, TalentTrees

__all__ = [
    "VERSION",
    "CodeError",
    "DecodedCode",
    "EncodeError",
    "decode",
    "encode",
    "spread",
]

VERSION: Final = 2
_HEADER_BITS: Final = 8 + 16 + 128
# The longest class tree fills about 200 characters; the game itself ignores what follows.
_MAX_CHARACTERS: Final = 1024
_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_BITS_OF: Final = {ch: f"{value:06b}"[::-1] for value, ch in enumerate(_ALPHABET)}
_CHARACTER_OF: Final = {bits: ch for ch, bits in _BITS_OF.items()}


class CodeError(ValueError):
    """The text is no import code that can be read with these trees."""

    def __init__(self, problem: Problem) -> None:
        """``problem`` says why."""
        super().__init__(problem.code)
        self.problem = problem


class EncodeError(ValueError):
    """No import code can say this selection."""


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
    picks, granted, problems = _read_nodes(bits, tree)
    selection = selection_of(tree, picks)
    hero = hero_tree_of(tree, selection)
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
    ranks = _ranks_to_write(tree, selection)
    if granted is None:
        hero = hero_tree_of(tree, selection)
        granted = tree.granted_always | ({hero.root_id} if hero else set())
    bits = [_field(VERSION, 8), _field(tree.spec_id, 16), "0" * 128]
    for node_id in tree.node_order:
        picked = ranks.get(node_id)
        if picked is not None:
            bits.append("11" + _node_bits(tree.nodes[node_id], *picked))
        elif node_id in granted:
            bits.append("10")
        else:
            bits.append("0")
    text = "".join(bits)
    text += "0" * (-len(text) % 6)
    return "".join(_CHARACTER_OF[text[at : at + 6]] for at in range(0, len(text), 6))


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


def _header(bits: str) -> tuple[int, bytes]:
    if len(bits) < _HEADER_BITS:
        raise CodeError(Problem(code="code.too_short"))
    version = _number(bits, 0, 8)
    if version != VERSION:
        raise CodeError(Problem(code="code.version", number=version, limit=VERSION))
    tree_hash = bytes(_number(bits, at, 8) for at in range(24, _HEADER_BITS, 8))
    return _number(bits, 8, 16), tree_hash


def _read_nodes(bits: str, tree: TalentTree) -> tuple[list[Pick], list[int], list[Problem]]:
    picks: list[Pick] = []
    granted: list[int] = []
    problems: list[Problem] = []
    at = _HEADER_BITS
    end = len(bits)
    # A missing tail reads as zeros, like in the game; one node takes 12 bits at most.
    bits += "0" * 12
    for node_id in tree.node_order:
        if at >= end:
            problems.append(Problem(code="code.ends_early"))
            break
        if bits[at] == "0":
            at += 1
            continue
        if bits[at + 1] == "0":
            granted.append(node_id)
            at += 2
            continue
        at += 2
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
        node = tree.nodes.get(node_id)
        if node is None or not node.entries:
            problems.append(Problem(code="code.unknown_node", number=node_id))
        elif node.free:
            granted.append(node_id)  # many writers mark granted talents as purchased
        else:
            picks += _picks(node, ranks, choice, problems)
    else:
        problems += _end_of(bits[at:end], missing=at - end)
    return picks, granted, problems


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


def _ranks_to_write(tree: TalentTree, selection: Selection) -> dict[int, tuple[int, int]]:
    """(rank, entry index) by node id, once everything is known to be expressible."""
    picks_of: dict[int, list[Pick]] = {}
    for pick in selection:
        picks_of.setdefault(pick[0], []).append(pick)
    found: dict[int, tuple[int, int]] = {}
    for node_id, picks in picks_of.items():
        node = tree.nodes.get(node_id)
        if node is None:
            raise EncodeError(f"Talent node {node_id} is not in this spec's tree.")
        rank = sum(pick[2] for pick in picks)
        if node.free or not 0 < rank <= node.max_ranks:
            raise EncodeError(f"{node.name}: rank {rank} can not be purchased.")
        if node.kind == "tiered":
            if sorted(picks) != sorted(spread(node, rank)):
                raise EncodeError(f"{node.name}: its ranks are not taken in order.")
            found[node_id] = (rank, 0)
        elif len(picks) > 1:
            raise EncodeError(f"{node.name}: two talents of one node.")
        else:
            found[node_id] = (rank, _entry_index(node, picks[0][1]))
    return found


def _entry_index(node: TalentNode, entry_id: int) -> int:
    for index, entry in enumerate(node.entries):
        if entry.entry_id == entry_id and (index == 0 or node.is_choice):
            return index
    raise EncodeError(f"{node.name}: entry {entry_id} can not be written.")


def _node_bits(node: TalentNode, rank: int, index: int) -> str:
    ranks = "0" if rank == node.max_ranks else "1" + _field(rank, 6)
    choice = "1" + _field(index, 2) if node.is_choice else "0"
    return ranks + choice


def _field(value: int, width: int) -> str:
    return f"{value:0{width}b}"[::-1]


def _number(bits: str, at: int, width: int) -> int:
    return int(bits[at : at + width][::-1] or "0", 2)
