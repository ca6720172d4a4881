"""Help and usage errors in the language in use, argparse's own words included."""

from __future__ import annotations

import contextlib
import io
import shlex
from typing import TYPE_CHECKING

import pytest

from att_desktop import cli
from att_desktop.commands.arguments import _EXAMPLES, make_parser
from att_desktop.text.pseudo import pseudo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest import CaptureFixture, MonkeyPatch  # noqa: PT013 - for annotations


@pytest.fixture
def pseudo_language(monkeypatch: MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LC_ALL", "en_XA.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    yield
    cli.use_language("en")


@pytest.mark.usefixtures("pseudo_language")
def test_help_has_no_english_left(capsys: CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["sync", "--help"])
    out = capsys.readouterr().out
    assert out.startswith(pseudo("usage: "))
    assert f"{pseudo('options')}:" in out
    assert pseudo("show this help message and exit") in out


@pytest.mark.parametrize(
    ("code", "heading", "stop"),
    [("de", "Optionen:", "."), ("fr", "options\u00a0:", "."), ("zh_CN", "选项：", "。")],
)
def test_help_has_the_punctuation_of_the_language(code: str, heading: str, stop: str) -> None:
    cli.use_language(code)
    help_text = _help_of("sync")
    cli.use_language("en")
    assert heading in help_text.splitlines()
    _usage, purpose, *_rest = help_text.split("\n\n")
    assert purpose.endswith(stop)


@pytest.mark.parametrize(
    ("words", "near"),
    [(["snyc"], "sync"), (["sync", "--content", "rade"], "raid"), (["feed", "very"], "verify")],
)
def test_what_was_nearly_right_is_offered(
    words: list[str], near: str, capsys: CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2
    assert f"Did you mean '{near}'?" in capsys.readouterr().err


def test_the_help_of_each_command_ends_with_examples_that_it_takes() -> None:
    for name, examples in _EXAMPLES.items():
        parser = make_parser()
        for example in examples:
            parsed = parser.parse_args(shlex.split(example.partition("<")[0]))
            assert (parsed.command or "") in (name, "sync", "doctor")
            assert f"att-desktop {example}".rstrip() in _help_of(name)


def _help_of(name: str) -> str:
    parser = make_parser()
    with contextlib.redirect_stdout(io.StringIO()) as said, pytest.raises(SystemExit):
        parser.parse_args([*name.split(), "--help"])
    return said.getvalue()


@pytest.mark.usefixtures("pseudo_language")
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["decode"], "the following arguments are required: %s"),
        (["sync", "--top-n"], "expected one argument"),
        (["decode", "x", "--other"], "unrecognized arguments: %s"),
        (["sync", "--wow-dir", "a", "--output", "b"], "not allowed with argument %s"),
    ],
)
def test_usage_errors_are_said_in_the_language_in_use(
    words: list[str], message: str, capsys: CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert pseudo(message).partition("%")[0].rstrip("]~ ") in said
    assert message.partition("%")[0] not in said
