"""``decode``, ``encode`` and ``compare``: import codes in the terminal."""

from __future__ import annotations

import io
import re
import sys
from typing import TYPE_CHECKING, Any

import msgspec

from att_desktop.commands.progress import printable
from att_desktop.commands.usage import WrongUsage
from att_desktop.game.comparison import compare, taken
from att_desktop.game.import_codes import CodeError, DecodedCode, EncodeError, decode, encode
from att_desktop.game.problems import Problem
from att_desktop.game.selections import (
    hero_tree_of,
    points_of,
    selection_from_rows,
    selection_problems,
)
from att_desktop.game.specs import find_specs
from att_desktop.sources.talent_trees import load_trees
from att_desktop.system.errors import AttError
from att_desktop.text import say
from att_desktop.text.comparisons import difference_lines, summary_text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from att_desktop.game.builds import Selection
    from att_desktop.game.comparison import Taken
    from att_desktop.game.trees import TalentTree, TalentTrees
    from att_desktop.system.folders import Folders

__all__ = ["BadCode", "run_compare", "run_decode", "run_encode"]

_PICK = re.compile(r"([0-9]{1,9}):([0-9]{1,3})")
_CODE_FOR_PEOPLE = 60


class BadCode(AttError):
    """A code, or what should become one, makes no sense."""


def run_decode(arguments: argparse.Namespace, folders: Folders) -> int:
    """Print what codes say. Exit code 1 when one of them is no code at all. Raises BadCode."""
    trees = load_trees(folders)
    codes: Iterable[str] = _codes_from_stdin() if arguments.code == "-" else [arguments.code]
    failed = False
    for code in codes:
        try:
            decoded = decode(code, trees)
        except CodeError as error:
            failed = True
            if arguments.json:
                _print_json(_unreadable(error))
            else:
                shown = printable(code.strip()[:_CODE_FOR_PEOPLE])
                sentence = say(error.problem)
                print(f"{shown}: {sentence}" if shown else sentence, file=sys.stderr)
            continue
        tree = trees.tree(decoded.spec_id)
        if arguments.json:
            _print_json(_as_json(decoded, tree))
        else:
            _print_words(decoded, tree)
    return 1 if failed else 0


def _codes_from_stdin() -> Iterator[str]:
    """The lines that are not blank. Raises BadCode when nothing can be read."""
    if sys.stdin is None:
        raise BadCode("There are no codes to read: the standard input is closed.")
    if isinstance(sys.stdin, io.TextIOWrapper):
        # Codes are ASCII; Windows would take the mark below for letters of its code page.
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for line in sys.stdin:
        # Windows' own programs begin a text file with a byte order mark.
        code = line.removeprefix("\ufeff")
        if code.strip():
            yield code


def run_encode(arguments: argparse.Namespace, folders: Folders) -> int:
    """Print the import code of talents given as ENTRY:RANK. Raises BadCode and WrongUsage."""
    trees = load_trees(folders)
    specs = find_specs(spec_name=arguments.spec)
    if len(specs) != 1:
        words = f"'{printable(arguments.spec)}' names {len(specs) or 'no'} specs"
        raise WrongUsage(f"{words}; give the id of one, like 250.")
    tree = trees.tree(specs[0].spec_id)
    rows = []
    for text in arguments.picks:
        match = _PICK.fullmatch(text)
        if match is None:
            raise WrongUsage(f"'{printable(text)}' is not ENTRY:RANK, like 112134:1.")
        rows.append((int(match[1]), int(match[2])))
    strangers = [str(entry) for entry, rank in rows if rank and entry not in tree.entries]
    if strangers:
        raise BadCode(
            f"These entries are not in the talent tree of {tree.full_name}: {', '.join(strangers)}."
        )
    selection = selection_from_rows(tree, rows)
    if isinstance(selection, str):
        raise BadCode(f"These talents make no build of {tree.full_name}: {selection}.")
    try:
        code = encode(tree, selection)
    except EncodeError as error:
        raise BadCode(f"These talents can not be written as a code. {error}") from error
    for problem in (*_left_out(tree, rows, selection), *selection_problems(tree, selection)):
        print(f"Note: {say(problem)}", file=sys.stderr)
    print(code)
    return 0


def _left_out(
    tree: TalentTree, rows: Iterable[tuple[int, int]], selection: Selection
) -> list[Problem]:
    """That hero talents were given which are not of the chosen hero tree."""
    taken_nodes = {node_id for node_id, _, _ in selection}
    given = {tree.node_of_entry[entry_id] for entry_id, rank in rows if rank > 0}
    if not any(n.section == "hero" and not n.free and n.node_id not in taken_nodes for n in given):
        return []
    hero = hero_tree_of(tree, selection)
    if hero is None:
        return [Problem(code="code.hero_talents_alone")]
    return [Problem(code="code.hero_talents_outside", name=hero.name)]


def run_compare(arguments: argparse.Namespace, folders: Folders) -> int:
    """Print what one code has and the other lacks. Raises BadCode."""
    trees = load_trees(folders)
    a, b = (_read(code, trees) for code in (arguments.code_a, arguments.code_b))
    tree = trees.tree(a.spec_id)
    if a.spec_id != b.spec_id:
        raise BadCode(
            f"The codes are of two specs: {tree.full_name} and "
            f"{trees.tree(b.spec_id).full_name}. Only builds of one spec can be compared."
        )
    comparison = compare(tree, a.selection, b.selection)
    if not arguments.json:
        for name, decoded in (("A", a), ("B", b)):
            for problem in decoded.problems:
                print(f"Note on {name}: {say(problem)}", file=sys.stderr)
        print(summary_text(comparison))
        for line in difference_lines(comparison):
            print(f"  {line}")
        return 0
    _print_json(
        {
            "specId": a.spec_id,
            "swaps": comparison.swaps.number,
            "otherHeroTree": comparison.swaps.other_hero,
            "heroTree": [a.hero_tree, b.hero_tree],
            "onlyA": [_taken(item) for item in comparison.only_a],
            "onlyB": [_taken(item) for item in comparison.only_b],
            "ranks": [{"a": _taken(x.a), "b": _taken(x.b)} for x in comparison.ranks],
            "choices": [{"a": _taken(x.a), "b": _taken(x.b)} for x in comparison.choices],
            "lines": difference_lines(comparison),
            "problems": [list(map(say, side.problems)) for side in (a, b)],
        }
    )
    return 0


def _read(code: str, trees: TalentTrees) -> DecodedCode:
    try:
        return decode(code, trees)
    except CodeError as error:
        raise BadCode(say(error.problem)) from error


def _taken(item: Taken) -> dict[str, Any]:
    return {
        "node": item.node.node_id,
        "entry": item.entry.entry_id,
        "rank": item.rank,
        "name": item.name,
    }


def _as_json(decoded: DecodedCode, tree: TalentTree) -> dict[str, Any]:
    points = points_of(tree, decoded.selection)
    return {
        "version": decoded.version,
        "specId": decoded.spec_id,
        # Named by the trees, which may know a spec that is newer than this app.
        "className": tree.class_name.replace(" ", ""),
        "specName": tree.spec_name.replace(" ", ""),
        "heroTree": decoded.hero_tree,
        "points": {"class": points.class_, "spec": points.spec, "hero": points.hero},
        "purchased": [list(pick) for pick in sorted(decoded.selection)],
        "problems": list(map(say, decoded.problems)),
        "treeHash": decoded.tree_hash.hex(),
        "otherTree": decoded.other_tree,
    }


def _unreadable(error: CodeError) -> dict[str, Any]:
    return {
        "version": None,
        "specId": None,
        "className": None,
        "specName": None,
        "heroTree": None,
        "points": {"class": 0, "spec": 0, "hero": 0},
        "purchased": [],
        "problems": [say(error.problem)],
        "treeHash": None,
        "otherTree": False,
    }


def _print_words(decoded: DecodedCode, tree: TalentTree) -> None:
    points = points_of(tree, decoded.selection)
    hero = decoded.hero_tree or "no hero tree"
    print(f"{tree.full_name}, {hero}")
    print(f"Points: class {points.class_}, spec {points.spec}, hero {points.hero}")
    # By node, so that an apex talent is named once with all of its ranks.
    talents = sorted(taken(tree, decoded.selection).values(), key=lambda t: (t.node.y, t.node.x))
    for section in ("class", "hero", "spec"):
        labels = [talent.label for talent in talents if talent.node.section == section]
        if labels:
            print(f"{section.capitalize()}: {', '.join(labels)}")
    for problem in decoded.problems:
        print(f"Problem: {say(problem)}")


def _print_json(value: dict[str, Any]) -> None:
    print(msgspec.json.encode(value).decode())
