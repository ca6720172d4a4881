"""Own characters in their file: kept whole, read as far as it can be."""

from __future__ import annotations

import errno
import json
from typing import TYPE_CHECKING, Any

import pytest

from att_desktop.config.characters import (
    OwnCharacter,
    add_character,
    read_characters,
    remove_character,
)
from att_desktop.system.errors import AttError

if TYPE_CHECKING:
    from pathlib import Path


def character(name: str = "Mirou", **more: Any) -> OwnCharacter:
    fields: dict[str, Any] = {
        "region": "eu", "realm": "Ysondre", "spec_id": 250, "code": "CoPA", "time": 1,
    }  # fmt: skip
    return OwnCharacter(name=name, **fields | more)


def test_characters_are_kept_by_name_and_spec(tmp_path: Path) -> None:
    path = tmp_path / "data" / "characters.json"
    assert read_characters(path) == []
    add_character(path, character("Zul"))
    add_character(path, character())
    add_character(path, character(spec_id=251))
    add_character(path, character("MIROU", code="CoPB", time=2))
    assert [(one.name, one.spec_id, one.code) for one in read_characters(path)] == [
        ("MIROU", 250, "CoPB"), ("Mirou", 251, "CoPA"), ("Zul", 250, "CoPA"),
    ]  # fmt: skip
    remove_character(path, character())
    assert [one.spec_id for one in read_characters(path)] == [251, 250]


@pytest.mark.parametrize("spoilt", [b"", b"{}", b"[", b"\xff", b"null"])
def test_a_spoilt_file_holds_none_and_is_replaced(tmp_path: Path, spoilt: bytes) -> None:
    path = tmp_path / "characters.json"
    path.write_bytes(spoilt)
    assert read_characters(path) == []
    add_character(path, character())
    assert read_characters(path) == [character()]


def test_a_spoilt_entry_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "characters.json"
    add_character(path, character())
    path.write_text(json.dumps([{"name": 5}, *json.loads(path.read_text()), "x"]))
    assert read_characters(path) == [character()]


def test_a_disk_that_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"")
    with pytest.raises(AttError) as failed:
        add_character(tmp_path / "data" / "characters.json", character())
    assert failed.value.code == "characters.not_saved"


def test_what_cannot_be_read_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fails for a moment must not cost the characters that were named."""
    path = tmp_path / "characters.json"
    add_character(path, character())

    def refuse(path: Path, *_: object) -> None:
        raise OSError(errno.EIO, "Input/output error", str(path))

    with monkeypatch.context() as broken:
        broken.setattr("pathlib.Path.open", refuse)
        assert read_characters(path) == []
        for change in (add_character, remove_character):
            with pytest.raises(AttError, match=r"characters\.not_saved"):
                change(path, character("Zul"))
    assert read_characters(path) == [character()]
