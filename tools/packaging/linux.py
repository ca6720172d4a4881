"""The Linux packages of the frozen app: a tar.gz for any folder, and an AppImage.

    python -m tools.packaging.linux DIST OUT                      the tar.gz
    python -m tools.packaging.linux DIST OUT --appimagetool TOOL --runtime FILE   both

DIST is PyInstaller's folder (``dist/att-desktop``). ``appimage_tools.sh`` fetches TOOL and FILE.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Final

from tools.release import ROOT, app_id, app_version, file_name, release_date

PROGRAM: Final = "att-desktop"
_INSTALLER: Final = ROOT / "tools" / "packaging" / "install.sh"


def write_share(share: Path, *, released: bool) -> None:
    """Desktop entry, icons and AppStream metainfo, below a ``share`` folder of a prefix.

    ``released`` puts the version of CHANGELOG.md into the metainfo; raises ReleaseError if it has
    none. The folders are those of the Icon Theme and AppStream specifications.
    """
    name, resources = app_id(), ROOT / "resources"
    _copy(resources / f"{name}.desktop", share / "applications")
    _copy(resources / "icon.svg", share / "icons/hicolor/scalable/apps", f"{name}.svg")
    _copy(resources / "icon.png", share / "icons/hicolor/256x256/apps", f"{name}.png")
    metainfo = _copy(resources / f"{name}.metainfo.xml", share / "metainfo")
    if released:
        version = app_version()
        release = f'<release version="{version}" date="{release_date(version)}"/>'
        head, _, rest = metainfo.read_text("utf-8").partition("<releases>")
        _, end, tail = rest.partition("</releases>")
        metainfo.write_text(f"{head}<releases>\n    {release}\n  {end}{tail}", "utf-8")


def write_tarball(dist: Path, out: Path, *, released: bool) -> Path:
    """Pack ``dist`` with its desktop entry and ``install.sh``; one folder, owned by root."""
    version = app_version()
    top = f"AzerothsTopTalent-{version}"
    target = out / file_name("linux-x64.tar.gz", version)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, top)
        shutil.copytree(dist, folder, symlinks=True)
        write_share(folder / "share", released=released)
        _copy(_INSTALLER, folder)
        _copy(ROOT / "LICENSE", folder)
        with tarfile.open(target, "w:gz") as archive:
            archive.add(folder, top, filter=_of_root)
    return target


def write_app_dir(dist: Path, app_dir: Path, *, released: bool) -> None:
    """The folder of an AppImage: AppRun, desktop entry and icon on top, the rest below usr."""
    name = app_id()
    shutil.copytree(dist, app_dir / "usr/lib" / PROGRAM, symlinks=True)
    write_share(app_dir / "usr/share", released=released)
    (app_dir / "usr/bin").mkdir()
    (app_dir / "usr/bin" / PROGRAM).symlink_to(f"../lib/{PROGRAM}/{PROGRAM}")
    # The program finds its own folder by /proc/self/exe, so that a link is enough.
    (app_dir / "AppRun").symlink_to(f"usr/bin/{PROGRAM}")
    for path, link in (
        (f"usr/share/applications/{name}.desktop", f"{name}.desktop"),
        (f"usr/share/icons/hicolor/scalable/apps/{name}.svg", f"{name}.svg"),
        (f"usr/share/icons/hicolor/256x256/apps/{name}.png", ".DirIcon"),
    ):
        (app_dir / link).symlink_to(path)


def write_app_image(dist: Path, out: Path, *, tool: Path, runtime: Path, released: bool) -> Path:
    """Build the AppImage with ``appimagetool``; raises CalledProcessError when it fails."""
    target = out / file_name("linux-x64.AppImage", app_version())
    # Without FUSE, as in a container, appimagetool unpacks itself instead of mounting.
    environ = os.environ | {"ARCH": "x86_64", "APPIMAGE_EXTRACT_AND_RUN": "1"}
    with tempfile.TemporaryDirectory() as scratch:
        app_dir = Path(scratch, f"{PROGRAM}.AppDir")
        write_app_dir(dist, app_dir, released=released)
        options = ["--no-appstream", "--runtime-file", str(runtime)]
        command = [str(tool.resolve()), *options, str(app_dir), str(target)]
        subprocess.run(command, check=True, env=environ)
    return target


def _copy(source: Path, folder: Path, name: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(source, folder / (name or source.name)))


def _of_root(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.uid = info.gid = 0
    info.uname = info.gname = "root"
    return info


def main() -> None:
    parser = argparse.ArgumentParser(description="Packs the frozen app for Linux.")
    parser.add_argument("dist", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--released", action="store_true", help="CHANGELOG.md has this version")
    parser.add_argument("--appimagetool", type=Path)
    parser.add_argument("--runtime", type=Path)
    arguments = parser.parse_args()
    dist, out, released = arguments.dist, arguments.out, arguments.released
    out.mkdir(parents=True, exist_ok=True)
    print(write_tarball(dist, out, released=released))
    if arguments.appimagetool:
        tool, runtime = arguments.appimagetool, arguments.runtime
        print(write_app_image(dist, out, tool=tool, runtime=runtime, released=released))


if __name__ == "__main__":
    main()
