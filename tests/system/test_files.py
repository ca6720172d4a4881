"""Atomic writing: the old bytes or the new, nothing beside them."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from att_desktop.system.files import write_atomic
from tests.windows_errors import in_use


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_replaces_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "Dätei with spaces.lua"
    write_atomic(path, b"one")
    write_atomic(path, b"two")
    assert path.read_bytes() == b"two"
    assert names(tmp_path) == [path.name]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_permissions_are_normal_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_atomic(path, b"one")
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    path.chmod(0o444)
    write_atomic(path, b"two")
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_link_is_replaced_and_what_it_leads_to_left_alone(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.write_text("theirs")
    theirs.chmod(0o444)
    (tmp_path / "file").symlink_to(theirs)
    write_atomic(tmp_path / "file", b"ours")
    assert theirs.read_text() == "theirs"
    assert not theirs.stat().st_mode & stat.S_IWUSR
    assert (tmp_path / "file").read_bytes() == b"ours"


def test_on_macos_the_disk_itself_is_told_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """fsync leaves the bytes in the drive's cache there; network volumes have fsync alone."""
    if os.name == "nt":
        pytest.skip("fcntl is of POSIX")
    import fcntl

    asked: list[str] = []

    def control(_handle: int, command: int) -> None:
        asked.append("F_FULLFSYNC" if command == 51 else str(command))
        if network:
            raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", control)
    monkeypatch.setattr(os, "fsync", lambda _handle: asked.append("fsync"))
    network = False
    write_atomic(tmp_path / "file", b"one")
    assert asked == ["F_FULLFSYNC", "F_FULLFSYNC"]
    network = True
    write_atomic(tmp_path / "file", b"two")
    assert asked[2:] == ["F_FULLFSYNC", "fsync"] * 2


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_keeps_the_old_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "file"
    write_atomic(path, b"old")

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(*((os, "fsync") if call == "fsync" else (Path, "replace")), full)
    with pytest.raises(OSError, match="No space"):
        write_atomic(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["file"]


def sharing_violation(times: int) -> Any:
    real = Path.replace
    left = [times]

    def replace(self: Path, target: Path) -> Path:
        if left[0]:
            left[0] -= 1
            raise in_use()
        return real(self, target)

    return replace


def test_a_file_that_is_held_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("att_desktop.system.files.time.sleep", pauses.append)
    monkeypatch.setattr(Path, "replace", sharing_violation(3))
    write_atomic(tmp_path / "file", b"new")
    assert len(pauses) == 3


def test_a_file_that_stays_held_is_an_error_after_bounded_tries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("att_desktop.system.files.time.sleep", pauses.append)
    monkeypatch.setattr(Path, "replace", sharing_violation(99))
    with pytest.raises(PermissionError):
        write_atomic(tmp_path / "file", b"new")
    assert sum(pauses) < 3
    assert names(tmp_path) == []
