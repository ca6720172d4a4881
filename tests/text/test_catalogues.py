"""The catalogues of the languages: whole, and true to the source."""

from __future__ import annotations

import gettext
import itertools
import pkgutil
import re
import shutil
from typing import TYPE_CHECKING, get_args

import pytest

from att_desktop.config.settings import known_settings
from att_desktop.game.content_types import CONTENT_TYPES
from att_desktop.game.problems import ProblemCode
from att_desktop.game.selections import SkipReason
from att_desktop.sources.warcraftlogs.points import WaitReason
from att_desktop.text import message_tables
from att_desktop.text.language import LANGUAGES, available_languages, use_language
from att_desktop.text.message_tables import MESSAGES, TABLES
from att_desktop.text.messages import say_code
from att_desktop.ui.settings.texts import WORDS
from att_desktop.update.unit_results import NoBuild
from tools import catalogues

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from babel.messages.catalog import Catalog, Message

PATHS = catalogues.catalogue_paths()

# The game's and our own names, and words that are the same in a language and in English.
NAMES = {"Warcraft Logs", "Mythic+"}
SAME = {
    "de": {
        "Addon",
        "App",
        "Build {number}",
        "Build {side}",
        "Build",
        "Builds",
        "Code",
        "Details",
        "Feed",
        "Korea",
        "Normal",
        "Problem: {problem}",
        "Realm",
        "Region",
        "Taiwan",
        "Talent",
        "Update",
        "{title} in {path}. {note}",
        "&Matrix",
    },
    "es": {
        "%(prog)s: error: %(message)s\n",
        "Addon",
        "Feed",
        "General",
        "Normal",
        "addon {version}",
        "{days} d",
        "{number} bytes",
    },
    "fr": {
        "&Alternatives",
        "Alternatives",
        "Build",
        "Build {number}",
        "Build {side}",
        "Builds",
        "Code",
        "Europe",
        "Normal",
        "Pages",
        "Raid",
        "Signatures",
        "Source",
        "Sources",
        "Talent",
        "options",
        "{count} minutes",
        "{count} point",
        "{count} points",
        "{encounter}, build {number}",
    },
    "pt_BR": {
        "Addon",
        "Build {number}",
        "Build {side}",
        "Build",
        "Builds",
        "Feed",
        "Normal",
        "Taiwan",
        "addon {version}",
        "{days} d",
        "{encounter}, build {number}",
        "{number} bytes",
    },
    "it": {
        "&File",
        "Build",
        "Build {number}",
        "Build {side}",
        "Feed",
        "Taiwan",
        "{count} file.",
        "{encounter}, build {number}",
        "{title} in {path}. {note}",
    },
}


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    use_language("en")


def language_of(path: Path) -> str:
    return path.parents[1].name


def messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def is_name(message: Message) -> bool:
    context = message.context or ""
    return context in ("class", "hero tree") or context.startswith("spec ")


def words_of(text: str) -> str:
    """What is to be translated of a message: no placeholders, units, or single letters."""
    return re.sub(r"\{[^{}]*\}|\b(min|[kMG]B|[hs])\b|\b[AB]\b|[\W\d_]", "", text)


def test_there_is_a_catalogue_for_every_language_that_can_be_chosen() -> None:
    assert "de" in available_languages()
    assert {language_of(path) for path in PATHS} == available_languages().keys() - {"en"}
    assert available_languages().keys() <= LANGUAGES.keys()


def test_the_catalogues_are_complete_and_compiled() -> None:
    assert catalogues.problems() == []


@pytest.mark.parametrize("path", PATHS, ids=language_of)
def test_a_plural_has_all_forms_of_its_language(path: Path) -> None:
    catalog = catalogues.read(path)
    for message in messages(catalog):
        forms = catalogues.forms(message.string)
        assert len(forms) == (catalog.num_plurals if message.pluralizable else 1), message.id


@pytest.mark.parametrize("path", PATHS, ids=language_of)
def test_nothing_but_names_is_left_in_english(path: Path) -> None:
    allowed = NAMES | SAME.get(language_of(path), set())
    left = [
        message.id
        for message in messages(catalogues.read(path))
        if not is_name(message)
        and set(catalogues.forms(message.id)) & set(catalogues.forms(message.string)) - allowed
        and words_of(catalogues.forms(message.id)[0])
    ]
    assert left == []


@pytest.mark.parametrize("path", PATHS, ids=language_of)
def test_a_mnemonic_stays_one(path: Path) -> None:
    for message in messages(catalogues.read(path)):
        english, *_ = catalogues.forms(message.id)
        for text in catalogues.forms(message.string):
            assert len(re.findall(r"&\w", text)) == len(re.findall(r"&\w", english)), message.id


@pytest.mark.parametrize("language", available_languages())
def test_every_message_can_be_said_in_every_language(language: str) -> None:
    use_language(language)
    for code in MESSAGES:
        assert say_code(code, {"count": 2}) != code


def test_a_compiled_catalogue_is_what_the_texts_are_taken_from() -> None:
    translation = gettext.translation("att", catalogues.LOCALE, languages=["de"])
    use_language("de")
    assert say_code("update.up_to_date", {}) == translation.gettext("Everything is up to date.")
    assert say_code("update.done", {"count": 1}) == "1 Eintrag aktualisiert."
    assert say_code("update.done", {"count": 1200}) == "1.200 Einträge aktualisiert."


def test_points_are_those_of_a_part_of_the_tree() -> None:
    use_language("de")
    sentence = say_code("code.points", {"name": "class", "number": 35, "limit": 34})
    assert sentence == "Er gibt mehr Punkte aus, als es gibt (Klasse: 35 von 34)."


def test_no_code_is_in_two_tables() -> None:
    for one, other in itertools.combinations(TABLES, 2):
        assert not one.keys() & other.keys()


def test_no_table_is_left_out() -> None:
    rooms = {module.name for module in pkgutil.iter_modules(message_tables.__path__)} - {"plural"}
    assert {id(getattr(message_tables, room).MESSAGES) for room in rooms} == set(map(id, TABLES))


@pytest.mark.parametrize(
    "code",
    [
        *get_args(ProblemCode),
        *get_args(SkipReason),
        *get_args(NoBuild),
        *(f"wait.{reason}" for reason in get_args(WaitReason)),
        *(
            f"{code}_{content}"
            for content in CONTENT_TYPES
            for code in ("encounter.in", "encounter.unknown", "wcl.zone_is_no")
        ),
    ],
)
def test_every_code_of_the_core_has_a_message(code: str) -> None:
    assert code in MESSAGES


def test_every_setting_has_its_title_and_help_in_the_catalogues() -> None:
    known = {catalogues.forms(message.id)[0] for message in catalogues.extracted() if message.id}
    for setting in known_settings():
        assert set(WORDS[setting.name]) <= known


@pytest.mark.slow
class TestWhatTheCheckFinds:
    """``problems`` is what a translator runs: each mistake is found."""

    @pytest.fixture
    def po(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        copy = shutil.copytree(catalogues.LOCALE / "de", tmp_path / "de")
        monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
        return copy / "LC_MESSAGES" / "att.po"

    @pytest.mark.parametrize(
        ("old", "new", "found"),
        [
            ('msgstr "Alles ist aktuell."', 'msgstr ""', "not translated"),
            ("{title} (Beispieldaten)", "{titel} (Beispieldaten)", "other placeholders"),
            ("{path} ist beschreibbar, {free:size} frei.", "{path}, {free}.", "other placeholders"),
            ('msgid "Everything is up to date."', 'msgid "All is well."', "obsolete"),
            ('msgstr "Alles ist aktuell."', 'msgstr "Fertig."', "att.mo is not that"),
        ],
    )
    def test_a_mistake(self, po: Path, old: str, new: str, found: str) -> None:
        text = po.read_text(encoding="utf-8")
        assert text.count(old) == 1
        po.write_text(text.replace(old, new), encoding="utf-8")
        assert any(found in problem for problem in catalogues.problems())

    def test_a_missing_plural_form(self, po: Path) -> None:
        text = po.read_text(encoding="utf-8")
        po.write_text(text.replace('msgstr[1] "vor {count} Tagen"', 'msgstr[1] ""'), "utf-8")
        assert any("not translated" in problem for problem in catalogues.problems())

    def test_update_mends_what_is_missing_or_obsolete(self, po: Path) -> None:
        text = po.read_text(encoding="utf-8")
        wrong = text.replace('msgid "Everything is up to date."', 'msgid "All is well."')
        po.write_text(wrong, encoding="utf-8")
        catalogues.update(po)
        found = catalogues.problems()
        assert not any("obsolete" in problem or "not in" in problem for problem in found)
        assert any("not translated" in problem for problem in found)
