"""A release says one version everywhere, has notes, all its files and their sums."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest
import yaml

from att_desktop import APP_ID, __version__
from tests.shared_data import ROOT
from tools import release
from tools.packaging.addon import ADDON, write_addon_zip
from tools.release import ReleaseError

if TYPE_CHECKING:
    from pathlib import Path

NOTES = """# Changelog

## [Unreleased]

- Not yet

## [1.2.3] - 2026-11-30

### Added

- A thing, see [there](https://example.org)

## [1.2.2] - 2026-10-01

- Old

[1.2.3]: https://example.org/compare
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of version 1.2.3 that is ready for its release."""
    (tmp_path / "att_desktop").mkdir()
    (tmp_path / "att_desktop" / "__init__.py").write_text('__version__ = "1.2.3"\n', "utf-8")
    toc = tmp_path / "addon_template" / "AzerothsTopTalent" / "AzerothsTopTalent.toc"
    toc.parent.mkdir(parents=True)
    toc.write_text("## Title: x\n## Version: 1.2.3\n", "utf-8")
    (tmp_path / "CHANGELOG.md").write_text(NOTES, "utf-8")
    return tmp_path


def test_the_version_and_id_are_those_of_the_app() -> None:
    assert release.app_version() == __version__
    assert release.app_id() == APP_ID


def test_a_tag_of_the_app_s_version_is_accepted(project: Path) -> None:
    assert release.check_tag("v1.2.3", project) == "1.2.3"


@pytest.mark.parametrize("tag", ["1.2.3", "v1.2.4", "v1.2.3-rc1", "V1.2.3", "v1.2.3 ", ""])
def test_any_other_tag_is_refused(project: Path, tag: str) -> None:
    with pytest.raises(ReleaseError, match=r"it wants v1\.2\.3"):
        release.check_tag(tag, project)


def test_the_addon_has_the_same_version(project: Path) -> None:
    toc = project / "addon_template" / "AzerothsTopTalent" / "AzerothsTopTalent.toc"
    toc.write_text("## Version: 1.2.2\n", "utf-8")
    with pytest.raises(ReleaseError, match=r"\.toc says 1\.2\.2"):
        release.check_tag("v1.2.3", project)


def test_the_notes_are_those_of_the_version_alone(project: Path) -> None:
    assert release.release_notes("1.2.3", project) == (
        "### Added\n\n- A thing, see [there](https://example.org)"
    )
    assert release.release_notes("1.2.2", project) == "- Old"
    assert str(release.release_date("1.2.3", project)) == "2026-11-30"


@pytest.mark.parametrize(
    ("changelog", "reason"),
    [
        ("# Changelog\n\n## [Unreleased]\n\n- x\n", "has no"),
        ("## [1.2.3]\n\n- x\n", "has no"),
        ("## [1.2.3] - 2026-11-30\n\n## [1.2.2] - 2026-10-01\n\n- x\n", "says nothing"),
        ("## [1.2.3] - 2026-13-30\n\n- x\n", "is no date"),
        ("## [1x2.3] - 2026-11-30\n\n- x\n", "has no"),
    ],
)
def test_without_notes_there_is_no_release(project: Path, changelog: str, reason: str) -> None:
    (project / "CHANGELOG.md").write_text(changelog, "utf-8")
    with pytest.raises(ReleaseError, match=reason):
        release.check_tag("v1.2.3", project)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """All files of release 1.2.3."""
    files = tmp_path / "files"
    files.mkdir()
    for kind in release.KINDS:
        (files / release.file_name(kind, "1.2.3")).write_text(kind, "utf-8")
    return files


def test_the_sums_are_those_of_all_files(folder: Path) -> None:
    sums = release.write_sums(folder, "1.2.3")
    assert sums.read_bytes().count(b"\r") == 0
    lines = dict(reversed(line.split("  ")) for line in sums.read_text("utf-8").splitlines())
    assert len(lines) == len(release.KINDS)
    for name, digest in lines.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
        assert name.startswith("AzerothsTopTalent-1.2.3-")
    # Written anew, not added to.
    assert release.write_sums(folder, "1.2.3").read_text("utf-8").count("\n") == len(lines)


def test_a_missing_an_empty_or_an_alien_file_stops_it(folder: Path) -> None:
    dmg = folder / "AzerothsTopTalent-1.2.3-macos-arm64.dmg"
    dmg.write_bytes(b"")
    with pytest.raises(ReleaseError, match=r"arm64\.dmg is empty"):
        release.write_sums(folder, "1.2.3")
    dmg.rename(folder / "AzerothsTopTalent-1.2.2-macos-arm64.dmg")
    with pytest.raises(ReleaseError, match=r"1\.2\.3-macos-arm64\.dmg is missing"):
        release.write_sums(folder, "1.2.3")
    dmg.write_bytes(b"x")
    with pytest.raises(ReleaseError, match="does not belong"):
        release.write_sums(folder, "1.2.3")
    assert not (folder / release.SUMS).exists()


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release.main(["check", "v0.0.0"]) == 1
    assert f"it wants v{__version__}" in capsys.readouterr().err
    assert release.main(["files", str(tmp_path)]) == 1
    assert "is missing" in capsys.readouterr().err


def test_the_addon_alone_is_the_template_with_its_placeholder(tmp_path: Path) -> None:
    first = write_addon_zip(tmp_path / "a")
    assert first.name == f"AzerothsTopTalent-{__version__}-addon.zip"
    with zipfile.ZipFile(first) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert files.pop("AzerothsTopTalent/LICENSE") == (ROOT / "LICENSE").read_bytes()
    template = {
        f"AzerothsTopTalent/{path.relative_to(ADDON).as_posix()}": path.read_bytes()
        for path in ADDON.rglob("*")
        if path.is_file()
    }
    assert files == template
    assert b"addon.TalentData = {}" in files["AzerothsTopTalent/TalentData.lua"]
    # Equal sources give equal bytes, whenever they were checked out.
    assert write_addon_zip(tmp_path / "b").read_bytes() == first.read_bytes()


def test_the_packager_takes_the_addon_s_folder_alone() -> None:
    """The packager copies all that git has, but names with a dot and what ``ignore`` lists."""
    meta = yaml.safe_load((ROOT / ".pkgmeta").read_text("utf-8"))
    source = f"{meta['package-as']}/{ADDON.relative_to(ROOT).as_posix()}"
    assert meta["move-folders"] == {source: ADDON.name}
    if shutil.which("git") is None:
        pytest.skip("git is not here")
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files"], capture_output=True, text=True, check=False, timeout=30
    )
    if listed.returncode:
        pytest.skip("not a checkout")
    kept = {"LICENSE", "CHANGELOG.md"}
    for name in listed.stdout.splitlines():
        ignored = any(name == path or name.startswith(f"{path}/") for path in meta["ignore"])
        ours = name.startswith(f"{ADDON.relative_to(ROOT).as_posix()}/")
        assert name.startswith(".") or ignored or ours or name in kept, name
