"""The write test writes, and leaves nothing."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest

from att_desktop.wow import write_check
from att_desktop.wow.write_check import check_writable
from tests.wow.addon_copy import make_addons

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("there", ["AddOns", "Interface", "_retail_", "AzerothsTopTalent"])
def test_nothing_is_left_and_nothing_is_made(tmp_path: Path, there: str) -> None:
    addons = make_addons(tmp_path)
    if there == "AzerothsTopTalent":
        (addons / there).mkdir()
    if there in {"Interface", "_retail_"}:
        addons.rmdir()
    if there == "_retail_":
        addons.parent.rmdir()
    before = sorted(tmp_path.rglob("*"))
    assert check_writable(addons).ok
    assert sorted(tmp_path.rglob("*")) == before


def test_each_refusal_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    addons = make_addons(tmp_path)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(write_check.tempfile, "mkstemp", refuse)
        check = check_writable(addons)
    assert not check.ok
    assert str(addons) in check.sentence
    assert "may not write" in check.sentence

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(write_check.os, "write", full)
        assert "is full" in check_writable(addons).sentence
    assert list(addons.iterdir()) == []


def test_the_addons_own_folder_is_tried_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    addons = make_addons(tmp_path)
    own = addons / "AzerothsTopTalent"
    own.mkdir()
    real = write_check.tempfile.mkstemp

    def refuse_own(**options: object) -> tuple[int, str]:
        if options["dir"] == own:
            raise PermissionError(errno.EPERM, "Operation not permitted")
        return real(**options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(write_check.tempfile, "mkstemp", refuse_own)
    check = check_writable(addons)
    assert not check.ok
    assert str(own) in check.sentence


def test_a_vanished_game_is_said(tmp_path: Path) -> None:
    check = check_writable(tmp_path / "gone" / "Interface" / "AddOns")
    assert not check.ok
    assert "is not there" in check.sentence


def test_what_a_killed_check_left_is_removed(tmp_path: Path) -> None:
    addons = make_addons(tmp_path)
    (addons / ".att-write-test.abcd1234.tmp").write_text("left")
    (addons / "notes.tmp").write_text("mine")
    assert check_writable(addons).ok
    assert [path.name for path in addons.iterdir()] == ["notes.tmp"]
