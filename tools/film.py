"""A new player's first minutes, filmed and counted: ``python -m tools.film FOLDER``.

An empty home, no account, no keyring, a game folder, parses.gg on loopback with the app's own
pause between requests; real clicks and keys in the real window. Writes numbered pictures, with
the seconds since the first start in their names, and prints clicks, keys and seconds of each way.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from att_desktop.app import make_application
from att_desktop.config.credentials import KeyringStore
from att_desktop.config.environment import Environment
from att_desktop.config.settings import Settings
from att_desktop.ui.first_run.dialog import FirstStart
from att_desktop.ui.page_ids import PageId
from tests.sources.static_server import StaticServer
from tests.ui.driven import open_controller
from tests.update.test_parses_update import serve
from tests.wow.game_folders import make_retail
from tools.screens import folder_for_pictures

if TYPE_CHECKING:
    from collections.abc import Callable

_FRAMES_S = 0.5
_LONGEST_S = 60.0


class Film:
    """Takes pictures of a window and counts what the player does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.window: QWidget | None = None
        self.clicks = self.keys = self.pictures = 0
        self._begun = time.monotonic()

    @property
    def seconds(self) -> float:
        """Since the first start."""
        return time.monotonic() - self._begun

    def wait(self, condition: Callable[[], bool], name: str = "") -> None:
        """Let the window go on until something is so; with a name, filmed meanwhile."""
        until, frame = time.monotonic() + _LONGEST_S, time.monotonic() + _FRAMES_S
        while not condition():
            if time.monotonic() > until:
                raise TimeoutError(name)
            QTest.qWait(10)
            if name and time.monotonic() > frame:
                self.take(name)
                frame += _FRAMES_S

    def take(self, name: str) -> None:
        """A picture of the window, and of the dialog above it."""
        if self.window is None:
            return
        self.pictures += 1
        picture = self.window.grab()
        above = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if above is not None:
            above.render(picture, self.window.rect().center() - above.rect().center())
        picture.save(str(self.folder / f"{self.pictures:02}-{self.seconds:04.1f}s-{name}.png"))

    def click(self, widget: QWidget) -> None:
        """One click in the middle of a widget."""
        self.clicks += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def click_in_menu(self, button: QWidget, menu: QMenu) -> None:
        """Two clicks: the button, and the menu's first line that can be taken."""

        self.click(button)
        self.wait(menu.isVisible)
        self.take("menu")
        self.clicks += 1
        action = next(one for one in menu.actions() if one.isEnabled() and one.text())
        place = menu.actionGeometry(action).center()
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)

    def type(self, widget: QWidget, text: str) -> None:
        """Type, then Enter."""
        self.keys += len(text) + 1
        QTest.keyClicks(widget, text)
        QTest.keyClick(widget, Qt.Key.Key_Return)

    def tell(self, what: str) -> None:
        """Print what it has taken so far."""
        print(f"{what:34} {self.clicks} clicks, {self.keys} keys, {self.seconds:.1f} s")


def shoot(folder: Path, home: Path) -> None:
    os.environ.update(
        ATT_HOME=str(home / "home"), PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring"
    )
    game = make_retail(home / "World of Warcraft")
    app = make_application()
    with StaticServer() as server:
        serve(server)
        film = Film(folder)
        controller = open_controller(
            settings=Settings(icon_download=False),
            store=KeyringStore(),
            environment=Environment(parses_url=server.url),
            games=[game],
        )
        controller.open()
        window = film.window = controller.window
        app.processEvents()
        film.take("first-paint")
        dialog: Any = window.findChild(FirstStart)
        film.wait(lambda: not controller.account.busy and not controller.folders.searching)
        film.take("first-start")
        film.click(dialog.builds_button)
        builds: Any = window.page(PageId.BUILDS)
        film.wait(builds.isVisible, "fetching")
        film.wait(lambda: builds.panel.state is not None)
        film.take("first-tree")
        film.tell("first start to the first tree")
        film.wait(lambda: not controller.updater.running, "the-rest")
        addon = game / "_retail_/Interface/AddOns/AzerothsTopTalent/TalentData.lua"
        film.wait(addon.is_file)
        film.take("addon-in-the-game")
        film.tell("to the addon in the game")
        film.click_in_menu(builds.header.compare_button, builds.header.compare_menu)
        compare = window.page(PageId.COMPARE)
        film.wait(compare.isVisible)
        film.take("compared")
        film.tell("to a compared build")
        window.show_page(PageId.BUILDS)
        film.keys, edit = 0, builds.picker.lineEdit()
        edit.selectAll()
        film.type(edit, "prot pal")
        film.wait(lambda: builds.spec_id == 66)
        film.take("prot-pal")
        print(f"'prot pal' to Protection Paladin: {film.keys} keys, Enter included")
        controller.dispose()


def main() -> None:
    folder = folder_for_pictures(sys.argv[1:], __doc__)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        shoot(folder, Path(home))


if __name__ == "__main__":
    main()
