"""Installing, updating, and what stays when that fails."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from typing import TYPE_CHECKING

import pytest

from att_desktop.wow import replace_files
from att_desktop.wow.errors import (
    AddOnsNotWritable,
    BrokenTemplate,
    DiskFull,
    GameFolderGone,
    InstallError,
    UnsafeAddonFolder,
)
from att_desktop.wow.installer import install, write_talent_data
from att_desktop.wow.manifest import MANIFEST_FILE
from tests.wow.addon_copy import DATA, PLACEHOLDER, make_addons, make_template, tree

if TYPE_CHECKING:
    from pathlib import Path

NAME = "AzerothsTopTalent"


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_first_install_copies_everything_and_asks_for_a_restart(tmp_path: Path) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)

    result = install(template, addons, DATA)

    installed = tree(addons / NAME)
    manifest = json.loads(installed.pop(MANIFEST_FILE))
    assert installed == tree(template) | {"TalentData.lua": DATA}
    assert manifest["files"] == {
        path: hashlib.sha256(data).hexdigest() for path, data in installed.items()
    }
    assert result.first_install
    assert "Restart the game" in result.sentence
    assert result.addon_version == "1.2.3"
    assert set(result.written) == set(installed)
    assert names_in(addons) == [NAME]


def test_missing_interface_and_addons_are_made_in_a_flavour(tmp_path: Path) -> None:
    flavour = tmp_path / "World of Warcraft" / "_retail_"
    flavour.mkdir(parents=True)

    install(make_template(tmp_path), flavour / "Interface" / "AddOns", DATA)

    assert (flavour / "Interface" / "AddOns" / NAME / "Core.lua").is_file()


def test_lower_case_folders_of_wine_are_used_as_they_are(tmp_path: Path) -> None:
    flavour = tmp_path / "_retail_"
    (flavour / "interface" / "addons" / NAME.lower()).mkdir(parents=True)
    (flavour / "interface" / "addons" / NAME.lower() / "core.lua").write_text("-- old")

    install(make_template(tmp_path), flavour / "Interface" / "AddOns", DATA)

    assert names_in(flavour) == ["interface"]
    assert names_in(flavour / "interface" / "addons") == [NAME.lower()]
    names = names_in(flavour / "interface" / "addons" / NAME.lower())
    assert "core.lua" in names
    assert "Core.lua" not in names
    assert b"addon.one" in (flavour / "interface/addons" / NAME.lower() / "core.lua").read_bytes()


def test_equal_files_are_not_touched(tmp_path: Path) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    install(template, addons, DATA)
    before = {path: path.stat().st_ino for path in (addons / NAME).rglob("*")}

    result = install(template, addons, DATA)

    assert {path: path.stat().st_ino for path in (addons / NAME).rglob("*")} == before
    assert result.written == ()
    assert not result.first_install
    assert "up to date" in result.sentence


def test_an_update_writes_what_changed_and_says_reload(tmp_path: Path) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    install(template, addons, DATA)
    toc = addons / NAME / f"{NAME}.toc"
    inode = toc.stat().st_ino

    result = install(template, addons, DATA + b"-- newer\n")

    assert result.written == ("TalentData.lua",)
    assert "/reload" in result.sentence
    assert "estart" not in result.sentence
    assert toc.stat().st_ino == inode


def test_new_files_of_a_version_are_mentioned(tmp_path: Path) -> None:
    addons = make_addons(tmp_path)
    install(make_template(tmp_path), addons, DATA)

    result = install(make_template(tmp_path, Settings="-- new"), addons, DATA)

    assert not result.first_install
    assert "/reload" in result.sentence
    assert "new files" in result.sentence


@pytest.mark.parametrize("existing", [DATA, b"-- written by hand\n"])
def test_the_placeholder_never_replaces_data(tmp_path: Path, existing: bytes) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    (addons / NAME).mkdir()
    (addons / NAME / "TalentData.lua").write_bytes(existing)

    install(template, addons)

    assert (addons / NAME / "TalentData.lua").read_bytes() == existing


def test_without_data_a_first_install_gets_the_placeholder(tmp_path: Path) -> None:
    addons = make_addons(tmp_path)
    install(make_template(tmp_path), addons)
    assert (addons / NAME / "TalentData.lua").read_bytes() == PLACEHOLDER


def test_only_files_of_an_earlier_install_are_removed(tmp_path: Path) -> None:
    addons = make_addons(tmp_path)
    template = make_template(tmp_path, Old="-- old", Older="-- older")
    (template / "Deep").mkdir()
    (template / "Deep" / "Gone.lua").write_text("-- gone")
    install(template, addons, DATA)
    (addons / NAME / "Old.lua").write_text("-- changed by the player")
    (addons / NAME / "notes.txt").write_text("mine")
    other = addons / "BigWigs"
    other.mkdir()
    (other / "BigWigs.toc").write_text("## Interface: 120100")
    for path in ("Old.lua", "Older.lua", "Deep/Gone.lua"):
        (template / path).unlink()

    result = install(make_template(tmp_path), addons, DATA)

    assert result.removed == ("Deep/Gone.lua", "Old.lua", "Older.lua")
    assert not (addons / NAME / "Deep").exists()
    assert (addons / NAME / "notes.txt").read_text() == "mine"
    assert (other / "BigWigs.toc").is_file()
    files = json.loads((addons / NAME / MANIFEST_FILE).read_text())["files"]
    assert not {"Old.lua", "Older.lua", "notes.txt"} & set(files)


def test_a_file_that_only_changed_its_case_is_not_removed(tmp_path: Path) -> None:
    addons = make_addons(tmp_path)
    install(make_template(tmp_path), addons, DATA)
    manifest = addons / NAME / MANIFEST_FILE
    manifest.write_text(manifest.read_text().replace("Core.lua", "CORE.lua"))

    result = install(make_template(tmp_path), addons, DATA)

    assert result.removed == ()
    assert (addons / NAME / "Core.lua").is_file()


@pytest.mark.parametrize(
    "path",
    [
        "../BigWigs/BigWigs.toc",
        "/etc/att-test",
        "..",
        "a/../../x",
        "C:\\x",
        "\\\\host\\x",
        "",
        "a\0b",
    ],
)
def test_a_hostile_manifest_removes_nothing_outside(tmp_path: Path, path: str) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    (addons / "BigWigs").mkdir()
    (addons / "BigWigs" / "BigWigs.toc").write_text("keep")
    install(template, addons, DATA)
    outside = tree(tmp_path / "World of Warcraft")
    manifest = addons / NAME / MANIFEST_FILE
    manifest.write_text(json.dumps({"version": 1, "files": {path: "0"}}))

    assert install(template, addons, DATA).removed == ()
    assert tree(tmp_path / "World of Warcraft") == outside


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"files": 3}', '{"files": {"Core.lua": 5}}', "[" * 100_000, "\xff"]
)
def test_a_broken_manifest_is_written_anew(tmp_path: Path, text: str) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    install(template, addons, DATA)
    manifest = addons / NAME / MANIFEST_FILE
    good = manifest.read_bytes()
    manifest.write_text(text, encoding="latin-1")

    install(template, addons, DATA)

    assert manifest.read_bytes() == good


def test_the_toc_is_never_removed(tmp_path: Path) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    (template / f"{NAME}_Extra.toc").write_text("## Interface: 120100")
    install(template, addons, DATA)
    (template / f"{NAME}_Extra.toc").unlink()

    assert install(template, addons, DATA).removed == ()
    assert (addons / NAME / f"{NAME}_Extra.toc").is_file()


@pytest.mark.parametrize("linked", [".", "Locales", "Core.lua", MANIFEST_FILE])
def test_links_to_elsewhere_are_never_written_through(tmp_path: Path, linked: str) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    place = (addons / NAME / linked) if linked != "." else addons / NAME
    place.parent.mkdir(exist_ok=True)
    if place.suffix:
        elsewhere.write_text("theirs")
    else:
        elsewhere.mkdir()
    place.symlink_to(elsewhere)

    with pytest.raises(UnsafeAddonFolder, match="link to another place"):
        install(template, addons, DATA)

    assert elsewhere.read_text() == "theirs" if place.suffix else not list(elsewhere.iterdir())


def test_a_stale_file_behind_a_link_is_left(tmp_path: Path) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    install(template, addons, DATA)
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "photo.lua").write_text("keep")
    (addons / NAME / "Media").symlink_to(theirs)
    manifest = addons / NAME / MANIFEST_FILE
    manifest.write_text(json.dumps({"version": 1, "files": {"Media/photo.lua": "0"}}))

    assert install(template, addons, DATA).removed == ()
    assert (theirs / "photo.lua").read_text() == "keep"


def test_a_shared_addons_folder_behind_a_link_is_fine(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    flavour = tmp_path / "_retail_"
    (flavour / "Interface").mkdir(parents=True)
    (flavour / "Interface" / "AddOns").symlink_to(shared)

    install(make_template(tmp_path), flavour / "Interface" / "AddOns", DATA)

    assert (shared / NAME / "Core.lua").is_file()


@pytest.mark.parametrize("in_the_way", ["Locales", "Core.lua"])
def test_a_file_or_folder_in_the_way_is_said(tmp_path: Path, in_the_way: str) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    place = addons / NAME / in_the_way
    if place.suffix:
        place.mkdir(parents=True)
    else:
        place.parent.mkdir()
        place.write_text("")
    with pytest.raises(UnsafeAddonFolder, match="Move it away"):
        install(template, addons, DATA)


@pytest.mark.parametrize(
    ("code", "expected", "words"),
    [
        (errno.ENOSPC, DiskFull, "is full"),
        (errno.EACCES, AddOnsNotWritable, "may not write"),
        (errno.EROFS, AddOnsNotWritable, "may not write"),
        (errno.ENOENT, GameFolderGone, "is not there"),
        (errno.EIO, InstallError, "did not work"),
    ],
)
@pytest.mark.parametrize("step", ["write_beside", "replace_with_retries"])
@pytest.mark.parametrize("nth", [1, 2, 4])
def test_a_failed_update_leaves_all_files_as_they_were(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    expected: type[InstallError],
    words: str,
    step: str,
    nth: int,
) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    install(template, addons, DATA)
    before = tree(addons)
    for path in template.rglob("*.*"):
        path.write_bytes(path.read_bytes() + b"# changed\n")
    real, calls = getattr(replace_files, step), []

    def failing(*arguments: object) -> object:
        calls.append(arguments)
        if len(calls) == nth:
            raise OSError(code, os.strerror(code))
        return real(*arguments)

    monkeypatch.setattr(replace_files, step, failing)
    with pytest.raises(expected, match=words) as caught:
        install(template, addons, DATA + b"-- newer")

    assert type(caught.value) is expected
    assert isinstance(caught.value.__cause__, OSError)
    assert tree(addons) == before


@pytest.mark.parametrize("nth", [1, 3, 5])
def test_a_failed_first_install_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    flavour = tmp_path / "_retail_"
    flavour.mkdir()
    real, calls = replace_files.replace_with_retries, []

    def failing(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == nth:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(source, target)

    monkeypatch.setattr(replace_files, "replace_with_retries", failing)
    with pytest.raises(DiskFull):
        install(make_template(tmp_path), flavour / "Interface" / "AddOns", DATA)
    assert list(flavour.iterdir()) == []


def test_the_toc_comes_last_and_new_files_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    addons = make_addons(tmp_path)
    order: list[str] = []
    real = replace_files.replace_with_retries

    def noting(source: Path, target: Path) -> None:
        order.append(target.name)
        real(source, target)

    monkeypatch.setattr(replace_files, "replace_with_retries", noting)
    install(make_template(tmp_path), addons, DATA)
    assert order[-1] == f"{NAME}.toc"

    order.clear()
    template = make_template(tmp_path, Brand="-- new")
    (template / "Core.lua").write_text("-- changed")
    install(template, addons, DATA + b"-- newer")
    assert order.index("Brand.lua") < order.index("Core.lua") < order.index(f"{NAME}.toc")


def test_files_have_normal_permissions(tmp_path: Path) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    for path in template.rglob("*.*"):
        path.chmod(0o444)
    install(template, addons, DATA)
    core = addons / NAME / "Core.lua"
    core.chmod(0o444)
    (template / "Core.lua").chmod(0o644)
    (template / "Core.lua").write_text("-- changed")

    install(template, addons, DATA)

    for path in (addons / NAME).rglob("*.*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_temporary_files_of_a_killed_run_are_removed(tmp_path: Path) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    install(template, addons, DATA)
    left = [
        addons / NAME / ".TalentData.lua.abcd1234.tmp",
        addons / NAME / "Locales" / ".enUS.lua.zzzz.tmp",
    ]
    mine = [addons / NAME / "notes.tmp", addons / NAME / ".other.tmp"]
    for path in left + mine:
        path.write_text("half")

    install(template, addons, DATA)

    assert not any(path.exists() for path in left)
    assert all(path.exists() for path in mine)


def test_wtf_is_never_touched(tmp_path: Path) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    wtf = addons.parent.parent / "WTF"
    wtf.mkdir()
    (wtf / "Config.wtf").write_text("SET x")
    os.utime(wtf, (1, 1))

    install(template, addons, DATA)

    assert wtf.stat().st_mtime == 1
    assert tree(wtf) == {"Config.wtf": b"SET x"}


def test_a_vanished_game_is_said(tmp_path: Path) -> None:
    with pytest.raises(GameFolderGone, match="is not there"):
        install(make_template(tmp_path), tmp_path / "gone" / "Interface" / "AddOns", DATA)
    flavour = tmp_path / "_retail_"
    (flavour / "Interface").mkdir(parents=True)
    (flavour / "Interface" / "AddOns").symlink_to(tmp_path / "unplugged")
    with pytest.raises(GameFolderGone, match="not there"):
        install(make_template(tmp_path), flavour / "Interface" / "AddOns", DATA)


@pytest.mark.parametrize("missing", [f"{NAME}.toc", "Core.lua", "Locales/enUS.lua"])
def test_an_incomplete_template_installs_nothing(tmp_path: Path, missing: str) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    (template / missing).unlink()
    with pytest.raises(BrokenTemplate, match="Install the app again"):
        install(template, addons, DATA)
    assert not list(addons.iterdir())


def test_data_alone_go_to_any_file(tmp_path: Path) -> None:
    path = tmp_path / "out" / "TalentData.lua"
    assert write_talent_data(path, DATA)
    assert not write_talent_data(path, DATA)
    assert tree(path.parent) == {"TalentData.lua": DATA}

    with pytest.raises(GameFolderGone):
        write_talent_data(tmp_path / "no" / "such" / "TalentData.lua", DATA)
    with pytest.raises(InstallError, match="is a folder"):
        write_talent_data(path.parent, DATA)
