"""Where an install never writes: outside of the addon's folder, or over what is not ours."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from att_desktop.wow.addon_folder import relative_parts
from att_desktop.wow.errors import UnsafeAddonFolder
from att_desktop.wow.installer import install
from att_desktop.wow.manifest import MANIFEST_FILE
from tests.portable import posix_only
from tests.wow.addon_copy import DATA, make_addons, make_template, tree

if TYPE_CHECKING:
    from pathlib import Path

NAME = "AzerothsTopTalent"


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
        "AzerothsTopTalent.toc",
        "notes.txt",
        "mine/notes.txt",
    ],
)
def test_a_hostile_manifest_removes_nothing_outside(tmp_path: Path, path: str) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    (addons / "BigWigs").mkdir()
    (addons / "BigWigs" / "BigWigs.toc").write_text("keep")
    install(template, addons, DATA)
    (addons / NAME / "mine").mkdir()
    for theirs in (addons / NAME / "notes.txt", addons / NAME / "mine" / "notes.txt"):
        theirs.write_text("keep")
    outside = tree(tmp_path / "World of Warcraft")
    manifest = addons / NAME / MANIFEST_FILE
    manifest.write_text(json.dumps({"version": 1, "files": {path: "0"}}))

    assert install(template, addons, DATA).removed == ()
    assert tree(tmp_path / "World of Warcraft") == outside


@pytest.mark.parametrize("path", ["x.toc.", "x.toc ", "Deep./x.lua", ".. /x.lua", "x.toc::$DATA"])
def test_no_second_way_to_write_a_name_on_windows(path: str) -> None:
    assert relative_parts(path) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"files": 3}',
        '{"files": {"Core.lua": 5}}',
        "[" * 100_000,
        "\xff",
        json.dumps({"files": {f"{number}.lua": "" for number in range(10_000)}}),
    ],
)
def test_a_broken_manifest_is_written_anew(tmp_path: Path, text: str) -> None:
    template, addons = make_template(tmp_path), make_addons(tmp_path)
    install(template, addons, DATA)
    manifest = addons / NAME / MANIFEST_FILE
    good = manifest.read_bytes()
    manifest.write_text(text, encoding="latin-1")

    install(template, addons, DATA)

    assert manifest.read_bytes() == good


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

    with pytest.raises(UnsafeAddonFolder, match=r"wow\.link_in_the_way"):
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
    with pytest.raises(UnsafeAddonFolder, match=r"wow\.(file_in_the_way|no_file)"):
        install(template, addons, DATA)


@posix_only
@pytest.mark.parametrize("in_the_way", ["Core.lua", MANIFEST_FILE])
def test_a_pipe_in_the_way_is_not_waited_for(tmp_path: Path, in_the_way: str) -> None:
    addons = make_addons(tmp_path)
    (addons / NAME).mkdir()
    os.mkfifo(addons / NAME / in_the_way)
    with pytest.raises(UnsafeAddonFolder, match=r"wow\.no_file"):
        install(make_template(tmp_path), addons, DATA)


def test_a_file_where_the_addons_folder_belongs(tmp_path: Path) -> None:
    addons = make_addons(tmp_path)
    (addons / NAME).write_text("mine")
    with pytest.raises(UnsafeAddonFolder, match=r"wow\.file_in_the_way"):
        install(make_template(tmp_path), addons, DATA)
    assert (addons / NAME).read_text() == "mine"
