"""Emblems: nearly every talent of the real trees has a sign of its own."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPainterPath

from att_desktop.game.specs import SPECS
from att_desktop.system.bundled import bundled_path
from att_desktop.ui.theme import contrast
from att_desktop.ui.tree.emblem_painting import PALE, TILES, Tile, emblem_tile
from att_desktop.ui.tree.emblems import (
    RESOURCE,
    EmblemBook,
    Word,
    embedded_emblems,
    emblems_of,
    school_of,
    stem,
)
from tests.ui.sample_library import TREES

BOOK = embedded_emblems()


def talents(spec_id: int) -> dict[int, tuple[str, str]]:
    """(name, icon) by entry id, of every talent that is drawn as a node."""
    nodes = (node for node in TREES.tree(spec_id).nodes.values() if node.kind != "subtree")
    return {entry.entry_id: (entry.name, entry.icon) for node in nodes for entry in node.entries}


@pytest.mark.parametrize("spec_id", sorted(SPECS))
def test_nine_of_ten_talents_have_an_emblem_and_none_has_anothers(spec_id: int) -> None:
    chosen = emblems_of(TREES.tree(spec_id))
    known = talents(spec_id)
    with_emblem = {known[entry_id] for entry_id in chosen if entry_id in known}
    assert len(with_emblem) >= 0.97 * len(set(known.values()))
    owners: dict[str, set[tuple[str, str]]] = {}
    for entry_id, sign in chosen.items():
        if entry_id in known:
            owners.setdefault(sign, set()).add(known[entry_id])
    assert [sign for sign, of in owners.items() if len(of) > 1] == []


@pytest.mark.parametrize(("one", "other"), [(250, 251), (102, 105), (65, 70)])
def test_specs_of_a_class_show_the_same_for_its_talents(one: int, other: int) -> None:
    first, second = emblems_of(TREES.tree(one)), emblems_of(TREES.tree(other))
    shared = [
        entry.entry_id
        for node in TREES.tree(one).nodes.values()
        if node.section == "class" and node.node_id in TREES.tree(other).nodes
        for entry in node.entries
    ]
    assert len(shared) > 40
    same = [entry_id for entry_id in shared if first.get(entry_id) == second.get(entry_id)]
    assert len(same) >= 0.9 * len(shared)


def test_the_resource_holds_what_is_used_its_authors_and_no_more() -> None:
    used = {sign for spec_id in SPECS for sign in BOOK.choose(TREES.tree(spec_id)).values()}
    assert used == set(BOOK.emblems)
    assert {sign for word in BOOK.words.values() for sign in word.signs} == used
    assert all(emblem.author for emblem in BOOK.emblems.values())
    assert BOOK.license == "CC BY 3.0"
    assert bundled_path(RESOURCE).stat().st_size < 1_200_000


def test_every_emblem_can_be_painted(qtbot: object) -> None:
    """A sign that is not read whole would leave its tile empty, or cover all of it."""
    square = QPainterPath()
    square.addRect(-0.5, -0.5, 1, 1)
    for sign in BOOK.emblems:
        tile = Tile(sign=sign, school="fire", lit=True, dark=True)
        image = emblem_tile(tile, 64, square).toImage()
        greens = bytes(image.constBits())[1::4]  # a sign is far greener than its tile
        covered = sum(green > 100 for green in greens) / len(greens)
        assert 0.02 < covered < 0.5, sign


def test_signs_stand_out_from_their_tiles() -> None:
    for above, below, sign in (*TILES.values(), *PALE.values()):
        least = 4.5 if (above, below, sign) in TILES.values() else 3.0
        for ground in (above, below):
            assert contrast(QColor(sign), QColor(ground)) >= least, (sign, ground)


def test_words_decide_and_the_icon_adds_to_them() -> None:
    book = EmblemBook(
        source="",
        license="",
        words={
            "frost": Word(0.5, ("flake",)),
            "bolt": Word(0.5, ("arrow", "flake")),
            "lightn": Word(0.9, ("spark",)),
        },
        emblems={},
    )
    scores = book.scores("Frostbolt", "spell_frost_frostbolt")
    assert max(scores, key=lambda sign: scores[sign]) == "flake"
    assert set(book.words_of("Wrath", "spell_nature_lightningbolt01")) == {"lightn", "bolt"}
    assert book.scores("Unheard Of", "spell_unheard_of") == {}


@pytest.mark.parametrize(
    ("words", "same"),
    [(("Blades", "blade", "blade's"), "blad"), (("Charging", "charged", "Charge"), "charg")],
)
def test_endings_do_not_matter(words: tuple[str, ...], same: str) -> None:
    assert {stem(word.lower()) for word in words} == {same}


@pytest.mark.parametrize(
    ("name", "icon", "school"),
    [
        ("Ice Block", "spell_frost_frost", "frost"),
        ("Pyroblast", "spell_fire_fireball02", "fire"),
        ("Justice", "ability_racial_orbitalstrike", "physical"),
        ("Holy Shock", "inv_misc_unknown", "holy"),
        ("Mortal Strike", "ability_warrior_savageblow", "physical"),
        ("Void Ray", "spell_shadow_voidray", "shadow"),
        ("Riptide", "spell_nature_riptide", "nature"),
    ],
)
def test_the_icons_name_tells_the_school(name: str, icon: str, school: str) -> None:
    assert school_of(name, icon) == school
