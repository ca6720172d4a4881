"""The catalogues use the words that the game's client of each language uses, as the addon does."""

from __future__ import annotations

import csv
import functools
import re
from typing import TYPE_CHECKING

import pytest

from att_desktop.game.specs import SPECS
from att_desktop.text import use_language
from att_desktop.text.names import spec_and_class
from tests.shared_data import shared_data
from tools import catalogues

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CLIENTS = {
    "de": "deDE",
    "es": "esES",
    "fr": "frFR",
    "it": "itIT",
    "ko": "koKR",
    "pt_BR": "ptBR",
    "ru": "ruRU",
    "zh_CN": "zhCN",
    "zh_TW": "zhTW",
}

# Messages that are one of the client's words, by the key of its global string.
SAME = {
    "Talent": "TALENT",
    "Raid": "RAID",
    "Mythic+": "PLAYER_DIFFICULTY_MYTHIC_PLUS",
    "Normal": "PLAYER_DIFFICULTY1",
    "Heroic": "PLAYER_DIFFICULTY2",
    "Mythic": "PLAYER_DIFFICULTY6",
    "Realm": "VAS_REALM_LABEL",
    "Character": "CHARACTER",
    "Copy": "CALENDAR_COPY_EVENT",
    "Spec": "SPECIALIZATION",
}

# A word in an English sentence, and what the client calls it.
SAID = [
    ("Mythic+", "Mythic+"),
    ("import code", "loadout code"),
    ("import codes", "loadout code"),
    ("dungeon", "Dungeon"),
    ("guild", "Guild"),
    ("season", "season"),
]
# It gives way where the field is narrow.
SHORT = {
    "or paste an import code",
    "Copy the import code of build A",
    "Copy the import code of build B",
}


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    use_language("en")


@functools.cache
def rows(name: str) -> Sequence[dict[str, str]]:
    text = shared_data(f"words/{name}").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@functools.cache
def messages(language: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """The forms of each message by its context and English."""
    catalog = catalogues.read(catalogues.LOCALE / language / "LC_MESSAGES" / "att.po")
    return {
        (message.context or "", catalogues.forms(message.id)[0]): catalogues.forms(message.string)
        for message in catalog
        if message.id
    }


def term(column: str, value: str, client: str) -> str:
    return next(row[client] for row in rows("terms.tsv") if row[column] == value)


@pytest.mark.parametrize(("language", "client"), CLIENTS.items())
def test_names_are_those_of_the_client(language: str, client: str) -> None:
    said = messages(language)
    classes = {row["class_id"]: row for row in rows("classes.tsv")}
    for row in rows("specs.tsv"):
        assert said[f"spec {row['spec_id']}", row["enUS"]] == (row[client],)
        classed = classes[row["class_id"]]
        assert said["class", classed["enUS"]] == (classed[client],)
    for row in rows("hero-trees.tsv"):
        # A star marks a word that is from a third party; an empty cell, that none was found.
        known = row[client].rstrip("*") or row["enUS"]
        assert said["hero tree", row["enUS"]] == (known,)


@pytest.mark.parametrize(("language", "client"), CLIENTS.items())
def test_a_spec_and_its_class_stand_as_in_the_client(language: str, client: str) -> None:
    pattern = re.sub(r"%(\d)\$s", r"{\1}", term("key", "TALENT_SPEC_AND_CLASS", client))
    classes = {row["class_id"]: row[client] for row in rows("classes.tsv")}
    use_language(language)
    for row in rows("specs.tsv"):
        wanted = pattern.format("", row[client], classes[row["class_id"]])
        assert spec_and_class(int(row["spec_id"])) == wanted
    assert len(rows("specs.tsv")) == len(SPECS)


@pytest.mark.parametrize(("language", "client"), CLIENTS.items())
def test_one_word_messages_are_the_client_s(language: str, client: str) -> None:
    for english, key in SAME.items():
        (said,) = messages(language)["", english]
        word = term("key", key, client)
        assert said == word, english


@pytest.mark.parametrize(("language", "client"), CLIENTS.items())
def test_sentences_use_the_client_s_words(language: str, client: str) -> None:
    for word, english in SAID:
        # Declension changes the end of a word: макета, códigos do equipamento.
        parts = term("english", english, client).casefold().split()
        stems = [part if len(part) < 4 else part[: max(3, len(part) - 3)] for part in parts]
        spoken = re.compile(rf"(?<![\w{{]){re.escape(word)}(?![\w}}])")
        for (context, text), forms in messages(language).items():
            if context or text in SHORT or not spoken.search(text):
                continue
            for form in forms:
                missing = [stem for stem in stems if stem not in form.casefold()]
                assert not missing, (text, form)
