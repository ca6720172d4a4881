"""The addon's texts use the words that the game's client of that language uses."""

from __future__ import annotations

import csv
import functools
import re

import pytest

from tests.addon.client import GameClient
from tests.addon.data import SPEC, season, set_talents
from tests.addon.scenes import OWN
from tests.addon.test_files import LOCALES
from tests.shared_data import shared_data

# Texts that are one of the client's words and nothing else, by the key of its global string.
SAME = {
    "BUILDS_DUNGEONS": "DUNGEONS",
    "BUILDS_RAID": "RAID",
    "APPLY": "APPLY",
    "COPY": "CALENDAR_COPY_EVENT",
}

# Texts that contain one: (text, the word in English).
CONTAIN = [
    ("COPY_HINT", "loadout code"),
    ("COPIED", "loadout code"),
    ("SELECT_SLOT", "loadout"),
    ("FAILED_NO_SLOT", "loadout"),
    ("ASK_DUNGEON", "Dungeon"),
    ("OPTION_onDungeon", "Dungeon"),
    ("OPTION_onOtherDungeons_TIP", "Timewalking"),
]


@functools.cache
def terms() -> dict[str, dict[str, str]]:
    """The client's words by their English and by the key of their global string."""
    text = shared_data("words/terms.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        found.setdefault(row["english"], row)
        found.setdefault(row["key"], row)
    return found


@functools.cache
def texts(locale: str) -> dict[str, str]:
    game = GameClient(locale=locale)
    game.load_addon()
    return dict(game.addon.L.items())


@pytest.mark.parametrize("locale", LOCALES)
def test_one_word_texts_are_the_client_s(locale: str) -> None:
    said = {text: texts(locale)[text] for text in SAME}
    assert said == {text: terms()[key][locale] for text, key in SAME.items()}


@pytest.mark.parametrize("locale", LOCALES)
def test_sentences_use_the_client_s_words(locale: str) -> None:
    for text, english in CONTAIN:
        said = texts(locale)[text]
        for word in terms()[english][locale].casefold().split():
            # Declension changes the end of a word: ruRU макета, esES configuraciones.
            stem = word if not word.isascii() and len(word) < 4 else word[: max(4, len(word) - 3)]
            assert stem in said.casefold(), (text, said)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_counted_word_has_the_forms_of_its_language(locale: str) -> None:
    """By the game's own mark-up: the number comes first, and Russian has three forms."""
    wanted = {"ruRU": 3, "koKR": 0, "zhCN": 0, "zhTW": 0}.get(locale, 2)
    counted = re.compile(r"(%d [^%|]*)?\|4([^;]*)(;?)")
    found = [match for text in texts(locale).values() for match in counted.finditer(text)]
    assert bool(found) == bool(wanted)
    for number, forms, end in (match.groups() for match in found):
        assert number
        assert end
        assert len(forms.split(":")) == wanted


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("enUS", "1 build for 1 spec,"),
        ("deDE", "1 Build für 1 Spezialisierung,"),
        ("frFR", "1 build pour 1 spécialisation,"),
        ("itIT", "1 build per 1 specializzazione,"),
    ],
)
def test_one_build_of_one_spec_is_no_plural(locale: str, said: str) -> None:
    game = GameClient(locale=locale)
    game.load_addon()
    text = game.client.Rendered(game.addon.L.STATUS_BUILDS % (1, 1, "…"))
    assert text.startswith(said)


@pytest.mark.slow
@pytest.mark.parametrize("locale", LOCALES)
def test_prompt_and_builds_window_in_each_language(locale: str) -> None:
    game = GameClient(SPEC, locale=locale, data=season())
    game.client.serverTime = 1789917000
    game.create_character(SPEC)
    set_talents(game, OWN)
    game.login()
    words = texts(locale)
    shown = game.prompt()
    assert shown is not None
    assert shown["buttons"][0] == words["RAID_BUILD"]
    assert "|4" not in shown["text"], "a plural that the client cannot choose"
    sign = words["DECIMAL"]
    assert f"10{sign}6%" in shown["text"]
    assert "%" not in shown["text"].replace(f"10{sign}6%", "")
    game.slash("builds")
    window = game.lua.globals().AzerothsTopTalentBuilds
    assert window.details.apply.text == words["APPLY"]
    rows = [row for row in window.list.rows.values() if row.shown]
    assert [row.header.text for row in rows if row.header.shown][-1] == words["BUILDS_DUNGEONS"]
    changes = [game.client.Rendered(row.changes.text) for row in rows if row.name.shown]
    assert not [text for text in changes if "|4" in text or "%" in text]
    assert game.errors() == []
