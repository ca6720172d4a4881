"""What the terminal says in each language: help, usage errors, and reports."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

import pytest

from att_desktop import cli
from att_desktop.commands import doctor
from att_desktop.text.language import available_languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest import CaptureFixture, MonkeyPatch  # noqa: PT013 - for annotations

    from att_desktop.commands.findings import Finding

    Said = Callable[..., list[str]]

TRANSLATED = tuple(code for code in available_languages() if code != "en")
# Commands, options and their values are typed as they are, in every language.
TYPED = r"att-desktop.*|[\[(]?-{1,2}[a-z].*|\[.*|\{.*\}|[a-z]+|[A-Z]+|att-desktop .*"
SAME = {"fr": {"options:"}}


@pytest.fixture
def said(capsys: CaptureFixture[str], monkeypatch: MonkeyPatch) -> Iterator[Said]:
    """``said(code, *words)``: the lines of a command in a language."""
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.setenv("COLUMNS", "300")

    def run(code: str, *words: str) -> list[str]:
        monkeypatch.setenv("LC_ALL", f"{code}.UTF-8")
        with contextlib.suppress(SystemExit):
            cli.main(list(words))
        told = capsys.readouterr()
        return [line.strip() for line in (told.out + told.err).splitlines() if line.strip()]

    yield run
    cli.use_language("en")


def left_in_english(said: Said, code: str, *words: str) -> list[str]:
    english = set(said("en_US", *words))
    return [
        line
        for line in said(code, *words)
        if line in english and not re.fullmatch(TYPED, line) and line not in SAME.get(code, ())
    ]


@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["sync", "--help"],
        ["publish", "--help"],
        ["decode"],
        ["sync", "--top-n", "many"],
        ["nonsense"],
        ["installs"],
        ["decode", "no code"],
    ],
    ids=" ".join,
)
def test_no_line_is_english(said: Said, code: str, words: list[str]) -> None:
    assert left_in_english(said, code, *words) == []


@pytest.mark.slow
def test_no_line_of_the_doctor_is_english(said: Said, monkeypatch: MonkeyPatch) -> None:
    """The doctor looks once; what it has found is said in each language."""
    found: list[Finding] = []
    monkeypatch.setattr(doctor, "_print", found.append)
    said("en_US", "doctor", "--offline")
    assert len(found) > 10
    english = {line for finding in found for line in finding.lines()}
    for code in TRANSLATED:
        cli.use_language(code)
        lines = [line for finding in found for line in finding.lines()]
        # 'App' is a word of more than one language; the versions after it are names.
        left = [line for line in lines if line in english and "Python" not in line]
        assert left == []
