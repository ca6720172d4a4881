"""Help and usage errors in the language in use, argparse's own words included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from att_desktop import cli
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
