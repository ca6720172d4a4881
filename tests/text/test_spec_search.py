"""A spec is found by what players call it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from att_desktop.game.specs import SPECS
from att_desktop.text.language import use_language
from att_desktop.text.spec_search import meant_specs, named_specs, near_names, search_specs

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def german() -> Iterator[None]:
    use_language("de")
    yield
    use_language("en")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("bm", 253),
        ("mm", 254),
        ("sv", 255),
        ("dk", 250),
        ("dh", 577),
        ("prot pal", 66),
        ("pal prot", 66),
        ("prot war", 73),
        ("boomkin", 102),
        ("pala heal", 65),
        ("dk tank", 250),
        ("dudu poulet", 102),
        ("chami sanador", 264),
        ("pala repre", 70),
        ("dudu coruja", 102),
        ("pala cura", 65),
        ("vergelter", 70),
        ("heildudu", 105),
        ("palouf heal", 65),
        ("nounours", 104),
        ("dudu pollo", 102),
        ("dudu albero", 105),
        ("сова", 102),
        ("прот пал", 66),
        ("дц прист", 256),
        ("рестор шам", 264),
        ("보기", 66),
        ("조드", 102),
        ("冰法", 64),
        ("奶騎", 65),
        ("射獵", 254),
        ("血DK", 250),
        ("resto sham", 264),
        ("rdruid", 105),
        ("disc", 256),
        ("aug", 1473),
        ("demo", 266),
        ("ret pally", 70),
        ("Frost DK", 251),
        ("ww", 269),
        ("beast  mastery", 253),
    ],
)
def test_words_beginnings_and_nicknames(typed: str, first: int) -> None:
    assert search_specs(typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("firemage", 63),
        ("restodruid", 105),
        ("holypal", 65),
        ("ret, pala", 70),
        ("prot/pal", 66),
        ("RÉT PALA", 70),
        ("dps dk", 251),
        ("heal dudu", 105),
    ],
)
def test_words_written_as_one_signs_between_them_and_roles(typed: str, first: int) -> None:
    assert search_specs(typed)[0] == first


def test_whole_names_come_before_parts_of_others() -> None:
    assert search_specs("hunter")[:3] == [253, 254, 255]
    assert search_specs("war")[:3] == [71, 72, 73]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("boomkinn", 102),
        ("bomkin", 102),
        ("disc prist", 256),
        ("palladin", 65),
        ("ret paly", 70),
        ("vengance", 581),
        ("havok", 577),
        ("balence", 102),
        ("beastmastry", 253),
        ("shamen", 262),
    ],
)
def test_one_wrong_letter_does_not_matter(typed: str, first: int) -> None:
    assert search_specs(typed)[0] == first


def test_every_spec_is_found_by_its_name_alone() -> None:
    for spec_id, spec in SPECS.items():
        assert search_specs(spec.full_name) == [spec_id]
        assert spec_id in search_specs(spec.name[:3].lower())


def test_the_language_of_the_window_counts_too(german: None) -> None:
    assert search_specs("jager") == search_specs("Jäger") == [253, 254, 255]
    assert search_specs("frost magi") == [64]
    assert search_specs("frost mage") == [64]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Jaeger", 253),
        ("ueberleben", 255),
        ("Dämonenjäger", 577),
        ("daemonenjaeger", 577),
        ("baer", 104),
        ("Feuermagier", 63),
        ("Schutzpaladin", 66),
        ("Bluttodesritter", 250),
        ("Wiederherstellungsdruide", 105),
        ("heiler schami", 264),
        ("deff pala", 66),
        ("deff", 73),
        ("Zerstörungs Hexer", 267),
    ],
)
def test_german_words_as_they_are_typed(german: None, typed: str, first: int) -> None:
    assert search_specs(typed)[0] == first


def test_a_class_gives_its_specs_and_own_ones_come_first() -> None:
    assert search_specs("dk") == [250, 251, 252]
    assert search_specs("dk", mine=[252]) == [252, 250, 251]
    assert search_specs("frost")[0] == 251
    assert search_specs("frost", mine=[64])[0] == 64


@pytest.mark.parametrize("typed", ["", "  ", "murloc", "prot mage"])
def test_what_fits_nothing_finds_nothing(typed: str) -> None:
    assert search_specs(typed) == []


def test_the_terminal_takes_names_in_english_and_in_the_language_in_use() -> None:
    use_language("de")
    try:
        for of_class, spec in (("Magier", "Frost"), ("mage", "frost"), (None, "Frost-Magier")):
            assert [each.spec_id for each in named_specs(of_class, spec)] == [64]
        # Two specs of other classes have one name.
        assert [each.spec_id for each in named_specs(spec="Verstärkung")] == [1473, 263]
        assert named_specs("Zauberer") == ()
    finally:
        use_language("en")
    assert named_specs("Magier") == ()


def test_a_name_that_can_mean_one_spec_only_is_that_spec() -> None:
    assert meant_specs("prot pal", SPECS) == (66,)
    assert set(meant_specs("prot", SPECS)) == {66, 73}
    assert meant_specs("prot", [66, 65]) == (66,)
    assert near_names("balence", ["Balance", "Feral", "Guardian"]) == ["Balance"]
    assert near_names("ésprit", ["Balance"]) == []
