"""Talent trees: whose they are, and what is said of data that are none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from att_desktop.game.import_codes import encode
from att_desktop.game.specs import SPECS
from att_desktop.game.trees import TalentTrees, TreeDataError, embedded_tree_data
from att_desktop.text import say
from att_desktop.text.language import use_language
from tests.own_codes import TREES, own_code, own_selection


def blood_data() -> dict[str, Any]:
    found: dict[str, Any] = next(
        tree for tree in json.loads(embedded_tree_data()) if tree["specId"] == 250
    )
    return found


def trees_of(spec: dict[str, Any]) -> TalentTrees:
    return TalentTrees(json.dumps([spec]).encode())


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


def test_the_apps_own_trees_that_are_missing_are_told_by_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(TreeDataError) as caught:
        embedded_tree_data()
    use_language("de")
    try:
        assert say(caught.value).startswith("Ein Teil der App fehlt (")
    finally:
        use_language("en")


def test_codes_go_by_ascending_nodes_in_whatever_order_the_data_have_them() -> None:
    data = blood_data()
    data["fullNodeOrder"].reverse()
    assert encode(trees_of(data).tree(250), own_selection(250, 1)) == own_code(250, 1)


def test_a_node_that_has_no_place_in_a_code_is_a_broken_tree() -> None:
    data = blood_data()
    lost = data["specNodes"][0]["id"]
    data["fullNodeOrder"].remove(lost)
    with pytest.raises(TreeDataError, match=str(lost)):
        trees_of(data).tree(250)


def test_the_spell_that_the_game_shows_goes_before_the_one_it_casts() -> None:
    data = blood_data()
    entry = data["specNodes"][0]["entries"][0]
    entry["visibleSpellId"] = 12345
    assert trees_of(data).tree(250).entries[entry["id"]].spell_id == 12345
    del entry["visibleSpellId"]
    assert trees_of(data).tree(250).entries[entry["id"]].spell_id == entry["spellId"]
