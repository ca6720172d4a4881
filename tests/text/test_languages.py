"""Numbers, dates and plurals as each language has them; how a language is chosen."""

from __future__ import annotations

import ast
import gettext
import re
import string
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from babel.dates import get_date_format
from babel.numbers import format_decimal, format_percent

import att_desktop
from att_desktop.text import formats
from att_desktop.text.language import (
    available_languages,
    choose_language,
    environment_languages,
    use_language,
)
from tools import catalogues

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LANGUAGES = tuple(available_languages())
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)

# The forms that 1, 2, 5, 11, 21 and 100 take (CLDR: plural rules).
ONE_AND_MANY = (0, 1, 1, 1, 1, 1)
FORMS = {
    "de": ONE_AND_MANY,
    "es": ONE_AND_MANY,
    "fr": ONE_AND_MANY,
    "it": ONE_AND_MANY,
    "pt_BR": ONE_AND_MANY,
    "ru": (0, 1, 2, 2, 0, 2),
    "ko": (0,) * 6,
    "zh_CN": (0,) * 6,
    "zh_TW": (0,) * 6,
}
COUNTS = (1, 2, 5, 11, 21, 100)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    use_language("en")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("value", [0, 7, 0.5, 1204, 12345.6, 1_000_000])
def test_numbers_are_written_as_in_cldr(code: str, value: float) -> None:
    use_language(code)
    assert formats.number(value, 1 if value % 1 else 0) == format_decimal(value, locale=code)


@pytest.mark.parametrize("code", LANGUAGES)
def test_percent_is_written_as_in_cldr(code: str) -> None:
    use_language(code)
    exact = format_percent(0.106, locale=code, decimal_quantization=False)
    assert formats.percent(10.6, 1) == exact
    assert formats.share(0.72) == format_percent(0.72, locale=code)


@pytest.mark.parametrize("code", sorted(set(LANGUAGES) - {"en"}))
def test_a_date_has_its_parts_in_the_order_of_the_language(code: str) -> None:
    """English has the order of ISO 8601: it is read in more than one country."""
    use_language(code)
    noon = NOW.astimezone().replace(day=29, hour=12)  # of the own day, in whatever zone
    shown = re.findall(r"\d+", formats.date(noon))
    order = re.findall(r"[dMy]", re.sub(r"(.)\1+", r"\1", get_date_format("short", code).pattern))
    assert [{"d": "29", "M": "11", "y": "2026"}[part] for part in order] == shown


@pytest.mark.parametrize("code", LANGUAGES)
def test_ages_and_durations_are_of_the_language(code: str) -> None:
    """Each number is there, no two spans are alike, and nothing is English elsewhere."""
    use_language(code)
    spans = [timedelta(minutes=5), timedelta(hours=5), timedelta(days=5)]
    ages = [formats.age(NOW - span, NOW) for span in spans]
    short = [formats.short_age(NOW - span, NOW) for span in spans]
    assert all("5" in text for text in ages + short)
    assert len({*ages}) == len({*short}) == 3
    assert [re.findall(r"\d+", formats.duration(seconds)) for seconds in (8, 80, 7500)] == [
        ["8"],
        ["1", "20"],
        ["2", "5"],
    ]
    assert code == "en" or not any(text.endswith("ago") for text in ages)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone cannot be set on Windows")
@pytest.mark.parametrize(
    ("zone", "aware"),
    [
        ("UTC+8", datetime(1, 1, 1, tzinfo=UTC)),
        ("UTC-9", datetime(9999, 12, 31, 23, 59, tzinfo=UTC)),
    ],
)
def test_a_time_that_this_zone_does_not_have_is_shown_as_it_is(
    zone: str, aware: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        assert str(aware.year) in formats.date(aware)
        assert f"{aware:%H:%M}" in formats.clock(aware)
        assert formats.since(aware)
    time.tzset()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_time_of_another_day_names_the_day(code: str) -> None:
    use_language(code)
    today = datetime.now(UTC).astimezone().replace(hour=14, minute=32)
    noon = today.replace(hour=12)
    assert formats.clock(today, noon) == "14:32"
    later = {formats.clock(today + timedelta(days=days), noon) for days in (1, 2)}
    assert len(later) == 2
    assert all("14:32" in text and text != "14:32" for text in later)
    assert any(formats.date(today + timedelta(days=2)) in text for text in later)


def test_chinese_has_no_space_between_sentences() -> None:
    for code, row, items in (
        ("de", "Eins. Zwei.", "a, b"),
        ("ko", "Eins. Zwei.", "a, b"),
        ("zh_CN", "Eins.Zwei.", "a、b"),
        ("zh_TW", "Eins.Zwei.", "a、b"),
    ):
        use_language(code)
        assert formats.in_a_row("Eins.", "", "Zwei.") == row
        assert formats.listed(["a", "b"]) == items
        assert formats.clauses(["a", "b"]) == items.replace("、", "，")


class _Any:
    """Fills a placeholder, whatever its format."""

    def __format__(self, spec: str) -> str:
        return "…"


class _Fields(string.Formatter):
    def get_value(self, key: int | str, args: Any, fields: Mapping[str, Any]) -> Any:
        return fields[str(key)]


@pytest.mark.parametrize(
    "path", catalogues.catalogue_paths(), ids=lambda path: path.parents[1].name
)
def test_each_plural_form_is_used_by_its_rule(path: Any) -> None:
    code = path.parents[1].name
    translation = gettext.translation("att", catalogues.LOCALE, languages=[code])
    plurals = [message for message in catalogues.read(path) if message.pluralizable and message.id]
    assert plurals
    for message in plurals:
        one, many = message.id
        written = catalogues.forms(message.string)
        for count, form in zip(COUNTS, FORMS[code], strict=True):
            if message.context:
                said = translation.npgettext(message.context, one, many, count)
            else:
                said = translation.ngettext(one, many, count)
            assert said == written[form]
            filled: Mapping[str, Any] = defaultdict(_Any)
            assert _Fields().vformat(said, (), filled)
        for form, text in enumerate(written):
            if FORMS[code].count(form) > 1:
                # Read with more than one number, so the number must be in it: 21 is not 'one'.
                assert catalogues.placeholders(text) == catalogues.placeholders(many), text


def test_no_marked_text_is_inside_an_f_string() -> None:
    """Babel finds it there on Python 3.12 only, so that it would be in no catalogue."""
    inside = [
        f"{path.name}: {ast.unparse(call)}"
        for path in Path(att_desktop.__path__[0]).rglob("*.py")
        for joined in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in catalogues.KEYWORDS
        and any(isinstance(argument, ast.Constant) for argument in call.args)
    ]
    assert inside == []


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["de-AT"], "de"),
        (["zh-Hant-HK"], "zh_TW"),
        (["zh-Hans-SG"], "zh_CN"),
        (["zh_HK.UTF-8"], "zh_TW"),
        (["zh"], "zh_CN"),
        (["pt-PT"], "pt_BR"),
        (["pt_BR.UTF-8"], "pt_BR"),
        (["es_MX"], "es"),
        (["fr-CA"], "fr"),
        (["ko-KR"], "ko"),
        (["ru_UA"], "ru"),
        (["it-CH"], "it"),
        (["sv-SE", "ru-RU"], "ru"),
        (["ja-JP"], "en"),
        (["en-GB", "de-DE"], "en"),
        (["ca_ES.UTF-8@valencia", "es_ES.UTF-8"], "es"),
        ([""], "en"),
        (["POSIX", "de"], "en"),
        ([], "en"),
    ],
)
def test_a_language_is_chosen_by_the_first_name_that_fits(names: list[str], code: str) -> None:
    assert choose_language(names) == code


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "ru_RU.UTF-8", "LC_MESSAGES": "ko_KR.UTF-8"}, "ru"),
        ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "nn:it:de"}, "it"),
        ({"LANG": "C", "LANGUAGE": "it"}, "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "it"}, "it"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "it_IT", "LC_ALL": "C.UTF-8", "LANGUAGE": "it"}, "en"),
        ({"LANG": "de_DE", "LC_ALL": ""}, "de"),
        ({}, "en"),
    ],
)
def test_the_environment_says_which(environment: dict[str, str], code: str) -> None:
    assert choose_language(environment_languages(environment)) == code


@pytest.mark.parametrize(
    ("code", "line", "parts"),
    [
        ("en", "A: b", "a; b"),
        ("fr", "A\u00a0: b", "a\u00a0; b"),
        ("ko", "A: b", "a; b"),
        ("zh_TW", "A：b", "a；b"),
    ],
)
def test_colon_and_semicolon_are_those_of_the_language(code: str, line: str, parts: str) -> None:
    use_language(code)
    assert formats.labelled("A", "b") == line
    assert formats.divided(["a", "b"]) == parts
