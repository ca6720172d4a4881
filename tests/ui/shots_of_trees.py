"""Pictures of the Builds and Compare pages: ``python -m tests.ui.shots_of_trees FOLDER``.

Six specs with all that is special about them, light and dark, at 100 % and 200 %, and the states
without data. To be looked at, not compared.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from att_desktop.game.specs import SPECS
from att_desktop.game.trees import TalentTrees
from att_desktop.ui.builds.page import BuildsPage
from att_desktop.ui.compare.page import ComparePage
from att_desktop.ui.theme import dark_palette, light_palette
from tests.ui.pages import context_with
from tests.ui.sample_library import library_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

SHOWN = (105, 102, 1480, 1473, 250, 62)
SIZES = {"100": (1200, 760), "200": (1200, 760)}
SMALL = (780, 540)


def settle(application: QApplication) -> None:
    for _ in range(40):
        application.processEvents()


def shoot(application: QApplication, page: QWidget, path: Path) -> None:
    page.show()
    settle(application)
    page.grab().save(str(path))


def take(folder: Path, scale: str) -> None:
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    library = library_of(TalentTrees.embedded(), SHOWN)
    for dark in (False, True):
        application.setPalette(dark_palette() if dark else light_palette())
        look = f"{'dark' if dark else 'light'}-{scale}"
        for spec_id in SHOWN:
            name = SPECS[spec_id].full_name.replace(" ", "-").lower()
            context = context_with(library, last_spec_id=spec_id)
            builds = BuildsPage(context)
            builds.resize(*SIZES[scale])
            shoot(application, builds, folder / f"{name}-builds-{look}.png")
            builds.panel.heat_action.setChecked(True)
            shoot(application, builds, folder / f"{name}-heat-{look}.png")
            compare = ComparePage(context)
            compare.resize(*SIZES[scale])
            shoot(application, compare, folder / f"{name}-compare-{look}.png")
            if spec_id == SHOWN[0]:
                builds.panel.heat_action.setChecked(False)
                builds.panel.view.zoom_by(3)
                settle(application)
                shoot(application, builds, folder / f"{name}-zoomed-{look}.png")
                builds.panel.list_action.setChecked(True)
                builds.resize(*SMALL)
                builds.panel.view.fit()
                shoot(application, builds, folder / f"small-builds-{look}.png")
                for number, tab in ((1, "two-trees"), (2, "matrix")):
                    compare.tabs.setCurrentIndex(number)
                    shoot(application, compare, folder / f"{name}-{tab}-{look}.png")
                compare.tabs.setCurrentIndex(0)
                compare.resize(*SMALL)
                shoot(application, compare, folder / f"small-compare-{look}.png")
        empty = context_with(None)
        empty.checkpoint.unlink(missing_ok=True)
        empty = context_with(None)
        for page, title in ((BuildsPage(empty), "builds"), (ComparePage(empty), "compare")):
            page.resize(*SIZES[scale])
            shoot(application, page, folder / f"empty-{title}-{look}.png")


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    if len(sys.argv) > 2:
        take(folder, sys.argv[2])
        return
    for scale in SIZES:
        with tempfile.TemporaryDirectory() as home:
            environment = {**os.environ, "ATT_HOME": home, "QT_SCALE_FACTOR": str(int(scale) / 100)}
            subprocess.run(
                [sys.executable, "-m", "tests.ui.shots_of_trees", str(folder), scale],
                env=environment,
                check=True,
            )
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main()
