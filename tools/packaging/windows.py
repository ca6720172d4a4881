"""The Windows packages of the frozen app: an installer for one user, and a zip for any folder.

    python -m tools.packaging.windows DIST OUT [--makensis PROGRAM]

DIST is PyInstaller's folder (``dist/att-desktop``). NSIS compiles on Windows and Linux alike.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from tools.release import ROOT, app_id, app_version, file_name

# NSIS' own Windows release makes 32-bit installers only, which every Windows runs. Debian's makes
# 64-bit ones too, and a Wine without 32-bit parts runs those alone.
TARGET: Final = "x86-unicode" if sys.platform == "win32" else "amd64-unicode"
SCRIPT: Final = ROOT / "tools" / "packaging" / "windows.nsi"


def write_installer(dist: Path, out: Path, makensis: str, *, fast: bool = False) -> Path:
    """Compile ``windows.nsi`` for ``dist``; raises CalledProcessError when NSIS refuses it.

    ``fast`` packs quickly instead of tightly (5 s instead of 45 s), to test the installer.
    """
    version = app_version()
    target = (out / file_name("windows-x64-setup.exe", version)).resolve()
    # Windows' own version numbers have four parts and no letters.
    numbers = ".".join((*re.findall(r"\d+", version)[:3], "0", "0", "0")[:4])
    defines = {
        "TARGET": TARGET,
        "APP_ID": app_id(),
        "VERSION": version,
        "NUMBERS": numbers,
        "DIST": dist.resolve(),
        "OUT": target,
        "ICON": ROOT / "resources" / "icon.ico",
    }
    # Its text is UTF-8; warnings are errors, so that a forgotten file or string is seen.
    command = [makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8"]
    command += [f"-D{name}={value}" for name, value in defines.items()]
    command += ["-DFAST"] if fast else []
    subprocess.run([*command, str(SCRIPT)], check=True)
    return target


def write_zip(dist: Path, out: Path) -> Path:
    """Pack ``dist`` as a zip with one folder in it."""
    target = out / file_name("windows-x64.zip", app_version())
    packed = shutil.make_archive(str(target.with_suffix("")), "zip", dist.parent, dist.name)
    return Path(packed)


def main() -> None:
    parser = argparse.ArgumentParser(description="Packs the frozen app for Windows.")
    parser.add_argument("dist", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--makensis", default="makensis")
    parser.add_argument("--fast", action="store_true", help="quickly instead of tightly")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    dist, out, makensis = arguments.dist, arguments.out, arguments.makensis
    if not arguments.fast:
        print(write_zip(dist, out))
    print(write_installer(dist, out, makensis, fast=arguments.fast))


if __name__ == "__main__":
    main()
