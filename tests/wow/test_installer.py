"""Installing, updating, and what stays when that fails."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from pathlib import Path

import pytest

from att_desktop.wow import replace_files
from att_desktop.wow.errors import UnsafeAddonFolder
from att_desktop.wow.installer import install, write_talent_data
from att_desktop.wow.manifest import MANIFEST_FILE
from tests.wow.addon_copy import DATA, PLACEHOLDER, make_addons, make_template, tree

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
    assert result.code == "wow.installed"
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
    assert result.code == "wow.unchanged"


def test_an_update_writes_what_changed_and_says_reload(tmp_path: Path) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    install(template, addons, DATA)
    toc = addons / NAME / f"{NAME}.toc"
    inode = toc.stat().st_ino

    result = install(template, addons, DATA + b"-- newer\n")

    assert result.written == ("TalentData.lua",)
    assert result.code == "wow.updated"
    assert toc.stat().st_ino == inode


def test_new_files_of_a_version_are_mentioned(tmp_path: Path) -> None:
    addons = make_addons(tmp_path)
    install(make_template(tmp_path), addons, DATA)

    result = install(make_template(tmp_path, Settings="-- new"), addons, DATA)

    assert not result.first_install
    assert result.code == "wow.updated_new_files"


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

    assert result.removed == ("Deep/Gone.lua", "Older.lua")
    assert not (addons / NAME / "Deep").exists()
    assert (addons / NAME / "Old.lua").read_text() == "-- changed by the player"
    assert (addons / NAME / "notes.txt").read_text() == "mine"
    assert (other / "BigWigs.toc").is_file()
    files = json.loads((addons / NAME / MANIFEST_FILE).read_text())["files"]
    assert not {"Old.lua", "Older.lua", "notes.txt"} & set(files)
    assert not install(make_template(tmp_path), addons, DATA).changed


def test_a_file_that_only_changed_its_case_is_not_removed(tmp_path: Path) -> None:
    addons = make_addons(tmp_path)
    install(make_template(tmp_path), addons, DATA)
    manifest = addons / NAME / MANIFEST_FILE
    manifest.write_text(manifest.read_text().replace("Core.lua", "CORE.lua"))

    result = install(make_template(tmp_path), addons, DATA)

    assert result.removed == ()
    assert (addons / NAME / "Core.lua").is_file()


def test_the_toc_is_never_removed(tmp_path: Path) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    (template / f"{NAME}_Extra.toc").write_text("## Interface: 120100")
    install(template, addons, DATA)
    (template / f"{NAME}_Extra.toc").unlink()

    assert install(template, addons, DATA).removed == ()
    assert (addons / NAME / f"{NAME}_Extra.toc").is_file()


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
    template = make_template(tmp_path, Zeal="-- new")
    (template / "Core.lua").write_text("-- changed")
    install(template, addons, DATA + b"-- newer")
    assert order.index("Zeal.lua") < order.index("Core.lua") < order.index(f"{NAME}.toc")


def test_a_read_only_file_is_made_writable_before_it_is_replaced_or_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    addons = make_addons(tmp_path)
    template = make_template(tmp_path, Old="-- old")
    install(template, addons, DATA)
    for path in (addons / NAME).rglob("*.*"):
        path.chmod(0o444)
    (template / "Old.lua").unlink()
    make_template(tmp_path)
    replace, unlink = Path.replace, Path.unlink

    def refuse(path: Path) -> None:
        if path.exists() and not path.stat().st_mode & stat.S_IWUSR:
            raise PermissionError(13, "Access is denied")

    def replace_as_on_windows(self: Path, target: Path) -> Path:
        refuse(target)
        return replace(self, target)

    def unlink_as_on_windows(self: Path, *, missing_ok: bool = False) -> None:
        refuse(self)
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "replace", replace_as_on_windows)
    monkeypatch.setattr(Path, "unlink", unlink_as_on_windows)
    result = install(template, addons, DATA)
    assert (result.written, result.removed) == ((f"{NAME}.toc",), ("Old.lua",))
    assert write_talent_data(addons / NAME / "TalentData.lua", b"-- newer")


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
        # Windows has one bit only: whether a file may be written.
        assert stat.S_IMODE(path.stat().st_mode) == (0o666 if os.name == "nt" else 0o644)


def test_wtf_is_never_touched(tmp_path: Path) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    wtf = addons.parent.parent / "WTF"
    wtf.mkdir()
    (wtf / "Config.wtf").write_text("SET x")
    os.utime(wtf, (1, 1))

    install(template, addons, DATA)

    assert wtf.stat().st_mtime == 1
    assert tree(wtf) == {"Config.wtf": b"SET x"}


def test_data_alone_in_an_installed_addon(tmp_path: Path) -> None:
    flavour = tmp_path / "_retail_"
    folder = flavour / "interface" / "addons" / NAME.lower()
    folder.mkdir(parents=True)
    asked = flavour / "Interface" / "AddOns" / NAME / "TalentData.lua"
    template = make_template(tmp_path)
    install(template, flavour / "Interface" / "AddOns", DATA)
    newer = DATA + b"-- newer\n"

    assert write_talent_data(asked, newer)

    assert [path.name for path in flavour.iterdir()] == ["interface"]
    assert (folder / "TalentData.lua").read_bytes() == newer
    assert install(template, flavour / "Interface" / "AddOns").written == ()
    digest = hashlib.sha256(newer).hexdigest()
    assert json.loads((folder / MANIFEST_FILE).read_text())["files"]["TalentData.lua"] == digest


def test_data_alone_are_not_written_through_a_link(tmp_path: Path) -> None:
    addons = make_addons(tmp_path)
    install(make_template(tmp_path), addons, DATA)
    theirs = tmp_path / "theirs.lua"
    theirs.write_text("theirs")
    place = addons / NAME / "TalentData.lua"
    place.unlink()
    place.symlink_to(theirs)
    with pytest.raises(UnsafeAddonFolder):
        write_talent_data(place, DATA)
    assert place.is_symlink()
    assert theirs.read_text() == "theirs"
