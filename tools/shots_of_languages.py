"""Pictures of each page in each language: ``python -m tools.shots_of_languages FOLDER [CODE …]``.

Every page and dialog of the window as on a small laptop (1366 x 768), light, in the languages named
by their codes, or in all that have a catalogue; with the fonts that a Linux desktop of that
language has. To be looked at: nothing cut, no boxes in the place of letters, no word of another
language. Chinese and Korean need their fonts, on Debian ``fonts-noto-cjk``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec

from att_desktop.app import make_application
from att_desktop.text.language import available_languages
from att_desktop.ui.language import apply_language
from att_desktop.ui.page_ids import PageId
from att_desktop.ui.theme import apply_appearance
from tests.ui.driven import SETTLED, ScriptedJob, open_controller
from tests.ui.layout import even_font
from tests.ui.pages import keep
from tests.ui.sample_library import library_of
from tests.wow.game_folders import make_game
from tools.screens import folder_for_pictures, settle
from tools.shots import UNITS, finished, run_events

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

SIZE = (1366, 768)
SPEC = 250
SETTINGS = msgspec.structs.replace(SETTLED, theme="light", last_spec_id=SPEC)


class Tour:
    """One window in one language, and the pictures of it."""

    def __init__(self, app: QApplication, folder: Path, code: str) -> None:
        self._folder, self._code = folder, code
        apply_language(app, code)
        game = make_game(folder / "World of Warcraft", retail=("wow", "12.1.0.69404"))
        self._window = open_controller(settings=SETTINGS, games=[game])
        keep(self._window.context, library_of([SPEC]))
        self._window.open()
        self._window.window.resize(*SIZE)
        settle(self._window)
        self._window.context.reload_library()

    def take_all(self, pictures: Path) -> None:
        """Every page and dialog."""
        self._folder = pictures
        self._update()
        self._builds()
        self._compare()
        self._raid_night()
        self._settings()
        self._dialogs()
        self._window.dispose()

    def _take(self, name: str, widget: QWidget | None = None) -> None:
        settle(self._window)
        (widget or self._window.window).grab().save(str(self._folder / f"{self._code}-{name}.png"))

    def _update(self) -> None:
        page: Any = self._window.window.show_page(PageId.UPDATE)
        self._take("update")
        page.details_button.setChecked(True)
        page.log.fold.setChecked(True)
        job = ScriptedJob(run_events(22), until_cancelled=True)
        self._run(job)
        self._take("update-running")
        self._window.updater.worker.stop(5)
        self._run(ScriptedJob([*run_events(len(UNITS), problems=False), finished()]))
        self._take("update-finished")
        self._smallest("update-smallest")

    def _run(self, job: ScriptedJob) -> None:
        self._window.updater.worker.start(job)
        job.reported.wait(10)
        settle(self._window, lambda: job.until_cancelled or not self._window.updater.running)

    def _builds(self) -> None:
        page: Any = self._window.window.show_page(PageId.BUILDS)
        self._take("builds")
        page._lists.by_hand = True
        page._lists.set_folded(folded=False)
        self._take("builds-alternatives")
        page._lists.setCurrentIndex(1)
        self._take("builds-rates")
        self._smallest("builds-smallest")

    def _compare(self) -> None:
        page: Any = self._window.window.show_page(PageId.COMPARE)
        for number, name in enumerate(("compare", "compare-two-trees", "compare-matrix")):
            page.tabs.setCurrentIndex(number)
            self._take(name)
        page.tabs.setCurrentIndex(0)
        self._smallest("compare-smallest")

    def _raid_night(self) -> None:
        self._window.window.show_page(PageId.RAID_NIGHT)
        self._take("raid-night")
        self._smallest("raid-night-smallest")

    def _settings(self) -> None:
        page: Any = self._window.window.show_page(PageId.SETTINGS)
        self._take("settings")
        bar = page.verticalScrollBar()
        bar.setValue(bar.maximum())
        self._take("settings-end")

    def _dialogs(self) -> None:
        window = self._window
        for name, show in (
            ("first-run", window.show_first_run),
            ("account", window.show_account),
            ("folders", window.show_folders),
            ("about", window.show_about),
        ):
            dialog = show()
            self._take(name, dialog)
            dialog.reject()

    def _smallest(self, name: str) -> None:
        window = self._window.window
        window.resize(window.minimumSize())
        self._take(name)
        window.resize(*SIZE)


def main(folder: Path, codes: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if len(codes) == 1:
        take(folder, codes[0])
        return
    for code in codes or available_languages():
        # A process for each: fontconfig asks for the language once.
        command = [sys.executable, "-m", "tools.shots_of_languages", str(folder), code]
        subprocess.run(command, check=True)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


def take(folder: Path, code: str) -> None:
    app = make_application()
    apply_language(app, code)
    apply_appearance(app, "light")
    app.setFont(even_font())
    with tempfile.TemporaryDirectory() as home:
        os.environ["ATT_HOME"] = str(Path(home, "home"))
        Tour(app, Path(home), code).take_all(folder)


if __name__ == "__main__":
    main(folder_for_pictures(sys.argv[1:], __doc__), sys.argv[2:])
