"""``att-desktop compare``: what one build has and another lacks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from att_desktop.commands.code_output import BadCode, print_json
from att_desktop.game.comparison import compare
from att_desktop.game.import_codes import CodeError, DecodedCode, decode
from att_desktop.sources.talent_trees import load_trees
from att_desktop.text import _, say
from att_desktop.text.comparisons import difference_lines, summary_text
from att_desktop.text.names import tree_name

if TYPE_CHECKING:
    import argparse

    from att_desktop.game.comparison import PickedTalent
    from att_desktop.game.trees import TalentTrees
    from att_desktop.system.folders import Folders


def run_compare(arguments: argparse.Namespace, folders: Folders) -> int:
    """Print what one code has and the other lacks. Raises BadCode."""
    trees = load_trees(folders)
    a, b = (_read(code, trees) for code in (arguments.code_a, arguments.code_b))
    tree = trees.tree(a.spec_id)
    if a.spec_id != b.spec_id:
        raise BadCode("compare.two_specs", a=tree_name(tree), b=tree_name(trees.tree(b.spec_id)))
    comparison = compare(tree, a.selection, b.selection)
    if not arguments.json:
        for name, decoded in (("A", a), ("B", b)):
            for problem in decoded.problems:
                note = _("Note on {build}: {problem}")
                print(note.format(build=name, problem=say(problem)), file=sys.stderr)
        print(summary_text(comparison))
        for line in difference_lines(comparison):
            print(f"  {line}")
        return 0
    print_json(
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
        raise BadCode(error.problem.code, **error.problem.fields) from error


def _taken(item: PickedTalent) -> dict[str, Any]:
    return {
        "node": item.node.node_id,
        "entry": item.entry.entry_id,
        "rank": item.rank,
        "name": item.name,
    }
