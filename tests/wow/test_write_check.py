"""The write test does what an install does, and leaves nothing."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from att_desktop.wow import write_check
from att_desktop.wow.errors import AddOnsNotWritable, NotAGameFolder
from att_desktop.wow.installations import find_installations
from att_desktop.wow.installer import install
from att_desktop.wow.places.base import Location, Places
from att_desktop.wow.selected_folder import installation_from
from att_desktop.wow.write_check import check_writable
from tests.wow.addon_copy import make_addons, make_template

if TYPE_CHECKING:
    from collections.abc import Iterator


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


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "wow.not_writable"),
        (OSError(errno.ENOSPC, "No space left on device"), "wow.disk_full"),
        (OSError(errno.EROFS, "Read-only file system"), "wow.not_writable"),
    ],
)
@pytest.mark.parametrize("in_own_folder", [False, True])
def test_each_refusal_is_told_with_its_folder(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: OSError,
    code: str,
    in_own_folder: bool,
) -> None:
    addons = make_addons(tmp_path)
    own = addons / "AzerothsTopTalent"
    own.mkdir()
    refusing = own if in_own_folder else addons
    real = write_check.write_atomic

    def refuse(path: Path, data: bytes) -> None:
        if path.parent == refusing:
            raise error
        real(path, data)

    monkeypatch.setattr(write_check, "write_atomic", refuse)
    check = check_writable(addons)
    assert not check.ok
    assert (check.code, check.fields) == (code, {"folder": str(refusing)})
    assert list(addons.iterdir()) == [own]


def test_a_vanished_game_is_said(tmp_path: Path) -> None:
    check = check_writable(tmp_path / "gone" / "Interface" / "AddOns")
    assert (check.ok, check.code) == (False, "wow.folder_gone")


def test_a_dangling_link_is_not_writable(tmp_path: Path) -> None:
    addons = make_addons(tmp_path)
    addons.rmdir()
    addons.symlink_to(tmp_path / "unplugged", target_is_directory=True)
    check = check_writable(addons)
    assert (check.ok, check.code) == (False, "wow.dangling_link")
    assert check.fields == {"folder": str(addons)}


def test_a_link_in_place_of_the_addon_is_not_writable(tmp_path: Path) -> None:
    addons = make_addons(tmp_path)
    (addons / "AzerothsTopTalent").symlink_to(tmp_path, target_is_directory=True)
    assert check_writable(addons).code == "wow.link_in_the_way"


def test_a_folder_that_cannot_be_looked_into_is_not_called_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests may run as an administrator, whom no mode keeps out."""
    addons = make_addons(tmp_path)
    closed = str(tmp_path / "World of Warcraft" / "_retail_")
    real = os.stat

    def stat(path: Any, **more: Any) -> os.stat_result:
        if str(path).startswith(closed):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, **more)

    monkeypatch.setattr(os, "stat", stat)
    check = check_writable(addons)
    assert (check.ok, check.code) == (False, "wow.not_readable")
    with pytest.raises(NotAGameFolder, match=r"wow\.not_readable"):
        installation_from(addons)


@pytest.mark.parametrize("closed", ["", "Interface", "Interface/AddOns"])
@pytest.mark.parametrize("installed", [False, True])
def test_a_closed_folder_of_one_game_hides_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, closed: str, *, installed: bool
) -> None:
    """A folder of mode 000: it is seen from above, and nothing in it."""
    addons = make_addons(tmp_path)
    other = make_addons(tmp_path / "another disk")
    if installed:
        install(make_template(tmp_path), addons)
    folder = addons.parent.parent / closed
    refused = PermissionError(errno.EACCES, "Permission denied", str(folder))

    def guarded(real: Any, *, inside_only: bool) -> Any:
        def look(path: Any, *rest: Any, **more: Any) -> Any:
            place = Path(os.devnull if isinstance(path, int) else path)
            if folder in place.parents or (not inside_only and place == folder):
                raise refused
            return real(path, *rest, **more)

        return look

    for name in ("stat", "lstat", "open"):
        monkeypatch.setattr(os, name, guarded(getattr(os, name), inside_only=True))
    for name in ("listdir", "scandir"):
        monkeypatch.setattr(os, name, guarded(getattr(os, name), inside_only=False))
    check = check_writable(addons)
    assert (check.ok, check.code) == (False, "wow.not_readable")
    assert check.fields == {"folder": str(folder)}
    with pytest.raises(AddOnsNotWritable, match=r"wow\.not_readable"):
        install(make_template(tmp_path / "new"), addons)
    roots = (addons.parents[2], other.parents[2])
    found = find_installations(NoPlaces(), also=roots)
    assert [place.writable.ok for place in found if place.root == roots[1]] == [True]


class NoPlaces(Places):
    """No launcher knows anything."""

    def candidates(self) -> Iterator[Location]:
        return iter(())


def test_what_a_killed_check_left_is_removed(tmp_path: Path) -> None:
    addons = make_addons(tmp_path)
    (addons / ".att-write-test.txt.abcd1234.tmp").write_text("left")
    (addons / "notes.tmp").write_text("mine")
    assert check_writable(addons).ok
    assert [path.name for path in addons.iterdir()] == ["notes.tmp"]
