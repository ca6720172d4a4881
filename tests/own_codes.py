"""Import codes of builds grown by our own rules: nobody's in particular."""

from __future__ import annotations

import functools
from random import Random
from typing import TYPE_CHECKING

from att_desktop.game.import_codes import encode
from att_desktop.game.trees import TalentTrees
from att_desktop.sources.sample.random_builds import random_build

if TYPE_CHECKING:
    from att_desktop.game.builds import Selection

TREES = TalentTrees.embedded()


@functools.cache
def own_selection(spec_id: int, seed: int) -> Selection:
    """A legal build; odd seeds play the second hero tree."""
    tree = TREES.tree(spec_id)
    return random_build(tree, tree.hero_trees[seed % 2], {}, noise=Random(seed), noise_spread=1.0)


@functools.cache
def own_code(spec_id: int, seed: int) -> str:
    """Its import code."""
    return encode(TREES.tree(spec_id), own_selection(spec_id, seed))
