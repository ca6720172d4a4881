"""The models behind the Compare page, and what is said of codes and differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from att_desktop.game.comparison import compare
from att_desktop.game.import_codes import encode
from att_desktop.game.swaps import swaps
from att_desktop.sources.sample.random_builds import random_build
from att_desktop.text.comparisons import difference_lines, summary_text
from att_desktop.ui.compare.difference_model import DifferenceModel
from att_desktop.ui.compare.matrix_model import PAIR_ROLE, MatrixModel
from att_desktop.ui.compare.texts import as_text
from att_desktop.ui.results.build_options import own_refs, paste
from att_desktop.ui.results.spec_results import SpecResults
from att_desktop.ui.results.texts import sample_text
from att_desktop.ui.widgets.bar_delegate import SHARE_ROLE
from att_desktop.wow.saved_variables import MyBuild
from tests.ui.compare.compared import BLOOD, LIBRARY, best
from tests.ui.sample_library import TREES

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester


def test_the_matrix_is_symmetric_and_right(qtmodeltester: ModelTester) -> None:
    results = SpecResults(LIBRARY, TREES, 250)
    model = MatrixModel()
    model.show_results(results)
    qtmodeltester.check(model)
    size = model.rowCount()
    assert size == len(results.results)
    for row in range(size):
        assert model.index(row, row).data() == ""
        assert model.index(row, row).data(PAIR_ROLE) is None
        for column in range(row):
            a, b = model.index(row, column).data(PAIR_ROLE)
            number, other_hero = swaps(BLOOD, a.selection, b.selection)
            expected = f"{number}*" if other_hero else str(number) if number else "="
            assert model.index(row, column).data() == expected
            assert model.index(column, row).data() == expected


def test_the_list_of_differences_has_the_rates_of_each_side(qtmodeltester: ModelTester) -> None:
    results = SpecResults(LIBRARY, TREES, 250)
    a, b = best(250, "3129"), best(250, "3131")
    comparison = compare(BLOOD, a.selection, b.selection)
    samples = [results.sampling("3129"), results.sampling("3131")]
    assert samples[0] is not None
    assert samples[1] is not None
    model = DifferenceModel()
    model.show_comparison(comparison, samples[0].rates, samples[1].rates)
    qtmodeltester.check(model)
    assert model.rowCount() == len(difference_lines(comparison))
    for row, line in enumerate(difference_lines(comparison)):
        assert model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) == line
    offset = int(comparison.hero_differs)
    for row, exchange in enumerate(comparison.exchanges, start=offset):
        share = model.index(row, 1).data(SHARE_ROLE)
        assert (share is None) == (exchange.a is None)
    model.show_comparison(comparison, None, None)
    assert model.index(0, 1).data() == ""


def test_own_talents_can_be_picked() -> None:
    code = encode(BLOOD, random_build(BLOOD, BLOOD.hero_trees[1], {}))
    mine = [
        MyBuild(character="Mirou", realm="Ysondre", spec_id=250, code=code, time=1763800000),
        MyBuild(character="Mirou", realm="Ysondre", spec_id=1480, code=code, time=None),
        MyBuild(character="Other", realm="Ysondre", spec_id=250, code="broken", time=None),
    ]
    refs = own_refs(mine, TREES, 250)
    assert [ref.title for ref in refs] == ["Mirou's talents"]
    assert refs[0].hero_tree == "San'layn"
    assert sample_text(refs[0]) == ""


def test_pasting_says_what_is_wrong() -> None:
    assert paste("", TREES).problem == "There is no code to read."
    full = random_build(BLOOD, BLOOD.hero_trees[0], {})
    fine = paste(f"  {encode(BLOOD, full)}\n", TREES)
    assert fine.build is not None
    assert fine.build.code == encode(BLOOD, full)
    assert "before the last talent" in paste(encode(BLOOD, full)[:-3], TREES).problem
    hashed = f"{encode(BLOOD, full)[:4]}E{encode(BLOOD, full)[5:]}"
    assert "another version of the talents" in paste(hashed, TREES).problem


def test_equal_builds_are_said_to_be_the_same() -> None:
    a = best(250, "3129")
    same = compare(BLOOD, a.selection, a.selection)
    assert summary_text(same) == "The builds are the same."
    assert "The builds are the same." in as_text(same, a, a)
