"""Pictures of the Builds, Compare and Raid night pages: ``python -m tools.shots_of_trees FOLDER``.

Six specs with all that is special about them in the real window, light and dark, on a laptop
(1366 x 768), at 1920 x 1080, at 200 % of that and on a 4K screen at 100 %; and the states without
data. To be looked at, not compared.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
from PySide6.QtCore import QModelIndex

from att_desktop.app import make_application
from att_desktop.game.specs import SPECS
from att_desktop.system.folders import find_folders
from att_desktop.ui.language import apply_language
from att_desktop.ui.page_ids import PageId
from att_desktop.ui.theme import apply_appearance
from tests.ui.driven import SETTLED, open_controller
from tests.ui.pages import keep
from tests.ui.sample_library import library_of
from tools.screens import SCREENS, folder_for_pictures, on_each_screen, settle

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from att_desktop.ui.window.window_controller import WindowController

SHOWN = (105, 102, 1480, 1473, 250, 62)


class Camera:
    """One window with all specs' results, and the pictures of it."""

    def __init__(self, app: QApplication, folder: Path, screen: str, look: Any) -> None:
        self._folder, self._name = folder, f"{look}-{screen}"
        apply_appearance(app, look)
        apply_language(app, "")  # the environment's
        settings = msgspec.structs.replace(SETTLED, theme=look)
        find_folders().sample_cache.joinpath("checkpoint.json").unlink(missing_ok=True)
        self.controller: WindowController = open_controller(settings=settings, sample=True)
        self.controller.open()
        self.controller.window.resize(*SCREENS[screen][1:])

    def fill(self) -> None:
        """Put results of the specs where the window reads them."""
        keep(self.controller.context, library_of(SHOWN))
        self.controller.context.reload_library()
        settle(self.controller)

    def take(self, name: str) -> None:
        settle(self.controller)
        self.controller.window.grab().save(str(self._folder / f"{name}-{self._name}.png"))

    def builds(self, spec_id: int) -> None:
        name = SPECS[spec_id].full_name.replace(" ", "-").lower()
        page: Any = self.controller.window.show_page(PageId.BUILDS)
        page.show_spec(spec_id)
        page.panel.rates_action.setChecked(False)
        self.take(f"{name}-builds")
        page.panel.rates_action.setChecked(True)
        self.take(f"{name}-rates")
        page.panel.rates_action.setChecked(False)
        page._lists.setCurrentWidget(page.rates)
        page._lists.set_folded(folded=False)
        self.take(f"{name}-core")
        page._lists.setCurrentWidget(page.alternatives)
        alternatives = page.alternatives.model()
        index = alternatives.index(1, 0, alternatives.index(0, 0, QModelIndex()))
        page.alternatives.setCurrentIndex(index)
        self.take(f"{name}-alternative")

    def compare(self, spec_id: int) -> None:
        name = SPECS[spec_id].full_name.replace(" ", "-").lower()
        page: Any = self.controller.window.show_page(PageId.COMPARE)
        page.compare(*[result.best for result in self._results(spec_id)[2:4]])
        for number, tab in enumerate(("compare", "two-trees", "matrix")):
            page.tabs.setCurrentIndex(number)
            self.take(f"{name}-{tab}")
        page.tabs.setCurrentIndex(0)
        page.panel.only_action.setChecked(True)
        self.take(f"{name}-only-differences")
        page.panel.only_action.setChecked(False)

    def raid_night(self, spec_id: int) -> None:
        name = SPECS[spec_id].full_name.replace(" ", "-").lower()
        code = self._results(spec_id)[4].record.all_builds[3].talent_code
        page: Any = self.controller.window.show_page(PageId.RAID_NIGHT)
        page.show_spec(spec_id)
        page.controls.code.setText(code)
        page.controls.code.textEdited.emit(code)
        self.take(f"{name}-raid-night")

    def _results(self, spec_id: int) -> list[Any]:
        page: Any = self.controller.window.page(PageId.BUILDS)
        page.show_spec(spec_id)
        return list(page._results.results)


def take(folder: Path, screen: str) -> None:
    app = make_application()
    for look in ("light", "dark"):
        camera = Camera(app, folder, screen, look)
        for page in (PageId.BUILDS, PageId.COMPARE, PageId.RAID_NIGHT):
            camera.controller.window.show_page(page)
            camera.take(f"empty-{page}")
        camera.fill()
        for spec_id in SHOWN:
            camera.builds(spec_id)
            camera.compare(spec_id)
            camera.raid_night(spec_id)
        camera.controller.dispose()


def main() -> None:
    folder = folder_for_pictures(sys.argv[1:], __doc__)
    if len(sys.argv) > 2:
        folder.mkdir(parents=True, exist_ok=True)
        take(folder, sys.argv[2])
    else:
        on_each_screen("tools.shots_of_trees", folder)


if __name__ == "__main__":
    main()
