"""Talent trees: whose they are, and what is said of data that are none."""

from __future__ import annotations

import pytest

from att_desktop.game.specs import SPECS
from att_desktop.game.trees import TalentTrees, TreeDataError
from tests.own_codes import TREES


def test_specs_and_trees_are_called_the_same() -> None:
    assert set(TREES.spec_ids) == set(SPECS)
    for spec in SPECS.values():
        tree = TREES.tree(spec.spec_id)
        assert (tree.class_name, tree.spec_name) == (spec.class_name, spec.name)
        assert tree.full_name == spec.full_name


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"{}",
        b"[1]",
        b"[{}]",
        b"\xff\xfe",
        b'[{"specId": "250"}]',
        b"[" * 100_000,
    ],
    ids=lambda data: repr(data[:20]),
)
def test_data_that_are_no_trees_are_refused(data: bytes) -> None:
    with pytest.raises(TreeDataError):
        TalentTrees(data)


@pytest.mark.parametrize("inside", [b"", b', "classNodes": 1'])
def test_a_broken_spec_is_told_when_it_is_asked_for(inside: bytes) -> None:
    trees = TalentTrees(b'[{"specId": 250' + inside + b"}]")
    with pytest.raises(TreeDataError, match="250"):
        trees.tree(250)
    with pytest.raises(TreeDataError, match="251"):
        trees.tree(251)
