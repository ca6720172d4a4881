"""The builds that are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from att_desktop.ui.results.spec_results import SpecResults
from tests.ui.sample_library import TREES, library_of

if TYPE_CHECKING:
    from att_desktop.ui.results.spec_results import BuildRef

LIBRARY = library_of([250, 1480])
BLOOD = TREES.tree(250)


def best(spec_id: int, key: str) -> BuildRef:
    result = SpecResults(LIBRARY, TREES, spec_id).result(key)
    assert result is not None
    assert result.best is not None
    return result.best
