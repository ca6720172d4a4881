"""``att-desktop decode``: what import codes say."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Any

from att_desktop.commands.code_output import BadCode, print_json
from att_desktop.commands.progress import printable
from att_desktop.game.comparison import taken
from att_desktop.game.import_codes import CodeError, DecodedCode, decode
from att_desktop.game.selections import points_of
from att_desktop.sources.talent_trees import load_trees
from att_desktop.text import _, say
from att_desktop.text.formats import listed
from att_desktop.text.names import hero_tree_name, tree_name

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from att_desktop.game.trees import TalentTree
    from att_desktop.system.folders import Folders

_CODE_FOR_PEOPLE = 60


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
                print_json(_unreadable(error))
            else:
                shown = printable(code.strip()[:_CODE_FOR_PEOPLE])
                sentence = say(error.problem)
                print(f"{shown}: {sentence}" if shown else sentence, file=sys.stderr)
            continue
        tree = trees.tree(decoded.spec_id)
        if arguments.json:
            print_json(_as_json(decoded, tree))
        else:
            _print_words(decoded, tree)
    return 1 if failed else 0


def _codes_from_stdin() -> Iterator[str]:
    """The lines that are not blank. Raises BadCode when nothing can be read."""
    if sys.stdin is None:
        raise BadCode("decode.no_input")
    if isinstance(sys.stdin, io.TextIOWrapper):
        # Codes are ASCII; Windows would take the mark below for letters of its code page.
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for line in sys.stdin:
        # Windows' own programs begin a text file with a byte order mark.
        code = line.removeprefix("\ufeff")
        if code.strip():
            yield code


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
    hero = hero_tree_name(decoded.hero_tree) if decoded.hero_tree else _("no hero tree")
    print(_("{spec}, {hero_tree}").format(spec=tree_name(tree), hero_tree=hero))
    print(
        _("Points: class {class_}, spec {spec}, hero {hero}").format(
            class_=points.class_, spec=points.spec, hero=points.hero
        )
    )
    # By node, so that an apex talent is named once with all of its ranks.
    talents = sorted(taken(tree, decoded.selection).values(), key=lambda t: (t.node.y, t.node.x))
    for section, title in _section_titles().items():
        labels = [talent.label for talent in talents if talent.node.section == section]
        if labels:
            print(title.format(talents=listed(labels)))
    for problem in decoded.problems:
        print(_("Problem: {problem}").format(problem=say(problem)))


def _section_titles() -> dict[str, str]:
    return {
        "class": _("Class: {talents}"),
        "hero": _("Hero: {talents}"),
        "spec": _("Spec: {talents}"),
    }
