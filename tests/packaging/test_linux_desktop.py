"""What a Linux desktop reads: desktop entry, AppStream metainfo, the folders of a package."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import tarfile
import tomllib
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from att_desktop import APP_ID, __version__
from att_desktop.app import name_application
from att_desktop.text.language import available_languages
from tests.shared_data import ROOT, require
from tools.packaging import linux

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

ENTRY = ROOT / "resources" / f"{APP_ID}.desktop"
METAINFO = ROOT / "resources" / f"{APP_ID}.metainfo.xml"


def entry_values(path: Path) -> dict[str, str]:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(path, "utf-8")
    return dict(entry["Desktop Entry"])


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """A small stand-in for PyInstaller's folder, with a program that says where it runs."""
    folder = tmp_path / "dist" / "att-desktop"
    (folder / "_internal").mkdir(parents=True)
    (folder / "_internal" / "part").write_text("part", "utf-8")
    program = folder / "att-desktop"
    program.write_text('#!/bin/sh\necho "started $*"\n', "utf-8")
    program.chmod(0o755)
    return folder


def test_the_id_is_one_that_flathub_and_apple_accept() -> None:
    """Flathub refuses hyphens in the domain part, Apple everything but letters, digits, - and ."""
    owner, name = APP_ID.removeprefix("io.github.").split(".")
    assert owner.isalnum()
    assert owner.islower()
    assert name == "AzerothsTopTalent"


def test_the_desktop_entry_starts_the_app_and_is_found_by_its_windows(qapp: QApplication) -> None:
    values = entry_values(ENTRY)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert values["Type"] == "Application"
    assert values["Exec"] in project["project"]["scripts"]
    name_application(qapp)
    # Wayland's app id is the entry's file name; X11's WM_CLASS is the application's name.
    assert qapp.desktopFileName() == ENTRY.stem == values["Icon"] == APP_ID
    assert qapp.applicationName() == values["StartupWMClass"]


def test_the_metainfo_is_of_the_same_app() -> None:
    root = ET.parse(METAINFO).getroot()
    assert root.findtext("id") == APP_ID
    assert root.findtext("launchable") == ENTRY.name
    assert root.findtext("provides/binary") == entry_values(ENTRY)["Exec"]
    assert root.findtext("name") == entry_values(ENTRY)["Name"]


def test_they_speak_the_languages_of_the_app() -> None:
    wanted = available_languages().keys() - {"en"}
    values = entry_values(ENTRY)
    for key in ("GenericName", "Comment"):
        assert all(values[f"{key}[{code}]"] != values[key] for code in wanted)
    summaries = ET.parse(METAINFO).getroot().iterfind("summary")
    languages = {summary.get("{http://www.w3.org/XML/1998/namespace}lang") for summary in summaries}
    assert languages == {None, *(code.replace("_", "-") for code in wanted)}


@pytest.mark.parametrize(
    ("tool", "arguments", "path"),
    [
        ("desktop-file-validate", ["--no-hints"], ENTRY),
        ("appstreamcli", ["validate", "--no-net"], METAINFO),
    ],
)
def test_their_own_tools_accept_them(tool: str, arguments: list[str], path: Path) -> None:
    require(shutil.which(tool) is not None, f"{tool} is not here")
    done = subprocess.run(
        [tool, *arguments, path], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_release_is_named_in_its_metainfo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linux, "release_date", lambda _version: date(2026, 11, 30))
    linux.write_share(tmp_path, released=True)
    path = tmp_path / "metainfo" / METAINFO.name
    (release,) = ET.parse(path).getroot().findall("releases/release")
    assert release.attrib == {"version": __version__, "date": "2026-11-30"}
    if shutil.which("appstreamcli"):
        subprocess.run(["appstreamcli", "validate", "--no-net", path], check=True, timeout=60)


def test_the_app_dir_is_what_appimagetool_wants(dist: Path, tmp_path: Path) -> None:
    app_dir = tmp_path / "AppDir"
    linux.write_app_dir(dist, app_dir, released=False)
    assert (app_dir / f"{APP_ID}.desktop").is_file()
    assert (app_dir / f"{APP_ID}.svg").is_file()
    assert (app_dir / ".DirIcon").is_file()
    moved = app_dir.rename(tmp_path / "mounted elsewhere")
    done = subprocess.run(
        [moved / "AppRun", "--version"], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout == "started --version\n"


def test_the_tarball_installs_into_a_home_updates_and_leaves_it(dist: Path, tmp_path: Path) -> None:
    out, home = tmp_path / "out", tmp_path / "tom & jerry's 50% $home"
    out.mkdir()
    home.mkdir()
    (home / ".local" / "share" / "applications").mkdir(parents=True)
    other = home / ".local" / "share" / "applications" / "other.desktop"
    other.touch()
    packed = linux.write_tarball(dist, out, released=False)
    with tarfile.open(packed) as archive:
        assert {member.uname for member in archive} == {"root"}
        archive.extractall(tmp_path / "Downloads", filter="data")
    (unpacked,) = (tmp_path / "Downloads").iterdir()
    environ = {"HOME": str(home), "PATH": "/usr/bin:/bin"}

    def install(*arguments: str) -> None:
        subprocess.run(
            [unpacked / "install.sh", *arguments], cwd=home, env=environ, check=True, timeout=60
        )

    environ["PREFIX"] = ".local"  # from where the player stands
    install()
    del environ["PREFIX"]
    (unpacked / "_internal" / "part").rename(unpacked / "_internal" / "new part")
    install()
    program = home / ".local" / "lib" / "azeroths-top-talent"
    assert [path.name for path in (program / "_internal").iterdir()] == ["new part"]
    values = entry_values(other.parent / ENTRY.name)
    # As the specification unescapes it: of a string, of a quoted argument, of field codes.
    command = values["Exec"].replace("\\\\", "\\").replace("\\$", "$").replace("%%", "%")
    assert command == f'"{program}/att-desktop"'
    assert values["TryExec"] == f"{program}/att-desktop"
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", other.parent / ENTRY.name], check=True, timeout=60)
    started = home / ".local" / "bin" / "att-desktop"
    done = subprocess.run([started], capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.startswith("started")
    install("--remove")
    assert [path for path in home.rglob("*") if not path.is_dir()] == [other]
