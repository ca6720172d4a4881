"""The addon alone, as a zip that unpacks into ``Interface/AddOns``.

    python -m tools.packaging.addon DIR    writes DIR/AzerothsTopTalent-<version>-addon.zip

Its ``TalentData.lua`` is the template's, without builds: those come from the desktop app. Equal
sources give equal bytes (fixed times and order).
"""

from __future__ import annotations

import argparse
import zipfile
from pathlib import Path
from typing import Final

from tools.release import ROOT, app_version, file_name

ADDON: Final = ROOT / "addon_template" / "AzerothsTopTalent"
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name


def write_addon_zip(folder: Path) -> Path:
    """Write the addon's zip into ``folder`` and return its path."""
    target = folder / file_name("addon.zip", app_version())
    files = {f"{ADDON.name}/{path.relative_to(ADDON).as_posix()}": path for path in _files(ADDON)}
    files[f"{ADDON.name}/LICENSE"] = ROOT / "LICENSE"
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(files.items()):
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, path.read_bytes())
    return target


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Packs the addon alone.")
    parser.add_argument("folder", type=Path)
    print(write_addon_zip(parser.parse_args().folder))
