"""``att-desktop encode``: the import code of talents."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from att_desktop.commands.code_output import BadCode
from att_desktop.commands.progress import printable
from att_desktop.commands.spec_names import chosen_specs
from att_desktop.commands.usage import WrongUsage
from att_desktop.game.import_codes import EncodeError, encode
from att_desktop.game.problems import Problem
from att_desktop.game.selections import hero_tree_of, selection_from_rows, selection_problems
from att_desktop.sources.talent_trees import load_trees
from att_desktop.text import _, say
from att_desktop.text.units import skip_reason

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from att_desktop.game.builds import Selection
    from att_desktop.game.trees import TalentTree
    from att_desktop.system.folders import Folders

_PICK = re.compile(r"([0-9]{1,9}):([0-9]{1,3})")


def run_encode(arguments: argparse.Namespace, folders: Folders) -> int:
    """Print the import code of talents given as ENTRY:RANK. Raises BadCode and WrongUsage."""
    trees = load_trees(folders)
    spec_ids = chosen_specs(None, arguments.spec)
    if len(spec_ids) != 1:
        raise WrongUsage("usage.not_one_spec", name=printable(arguments.spec), count=len(spec_ids))
    tree = trees.tree(spec_ids[0])
    rows = []
    for text in arguments.picks:
        match = _PICK.fullmatch(text)
        if match is None:
            raise WrongUsage("usage.not_a_pick", text=printable(text))
        rows.append((int(match[1]), int(match[2])))
    strangers = [str(entry) for entry, rank in rows if rank and entry not in tree.entries]
    if strangers:
        raise BadCode("encode.not_in_tree", spec_id=tree.spec_id, entries=strangers)
    selection = selection_from_rows(tree, rows)
    if isinstance(selection, str):
        raise BadCode("encode.no_build", spec_id=tree.spec_id, reason=skip_reason(selection))
    try:
        code = encode(tree, selection)
    except EncodeError as error:
        raise BadCode("encode.not_written", reason=say(error.problem)) from error
    for problem in (*_left_out(tree, rows, selection), *selection_problems(tree, selection)):
        print(_("Note: {problem}").format(problem=say(problem)), file=sys.stderr)
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
