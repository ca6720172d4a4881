"""A library whose encounters' builds are a known number of swaps apart."""

from __future__ import annotations

import msgspec

from att_desktop.game.import_codes import encode
from att_desktop.game.results import Build
from att_desktop.sources.sample.random_builds import random_build
from att_desktop.update.library import Library
from tests.ui.sample_library import ENCOUNTERS, TREES, library_of

TREE = TREES.tree(250)
BASE = random_build(TREE, TREE.hero_trees[0], {})
OTHER_HERO = random_build(TREE, TREE.hero_trees[1], {})
CHOICES = sorted(
    node_id
    for node_id, _entry, _rank in BASE
    if TREE.nodes[node_id].is_choice and TREE.nodes[node_id].kind != "subtree"
)

# Encounters in order: which choices their builds make otherwise; None is the other hero tree.
FLIPS: tuple[str | None, ...] = (
    "", "012", None, "345", "0", "", "012345", None, "", "345", "012345", "01",
)  # fmt: skip
SUPPORT = (30, 20, 40, 25, 10, 30, 26, 12, 9, 9, 9, 9)


def flipped(choices: str) -> frozenset[tuple[int, int, int]]:
    """The base build with the other talent in these of its choices: as many swaps away."""
    picks = []
    for node_id, entry_id, rank in BASE:
        if node_id in (CHOICES[int(digit)] for digit in choices):
            entries = [entry.entry_id for entry in TREE.nodes[node_id].entries]
            entries.remove(entry_id)
            picks.append((node_id, entries[0], rank))
        else:
            picks.append((node_id, entry_id, rank))
    return frozenset(picks)


def code_of(choices: str | None) -> str:
    """The import code of a build by how it differs."""
    return encode(TREE, OTHER_HERO if choices is None else flipped(choices))


def evening_library() -> Library:
    """Blood's results: every encounter with the build of ``FLIPS``."""
    library = library_of([250])
    encounters = dict(library.encounters)
    for (encounter_id, *_), choices, support in zip(ENCOUNTERS, FLIPS, SUPPORT, strict=True):
        record = encounters[250, encounter_id]
        hero = TREE.hero_trees[choices is None].name
        best = Build(
            talent_code=code_of(choices), count=6, popularity=12.0, hero_tree=hero, support=support
        )
        encounters[250, encounter_id] = msgspec.structs.replace(
            record, best_build=best, all_builds=[best, *record.all_builds]
        )
    return Library(units=library.units, encounters=encounters)
