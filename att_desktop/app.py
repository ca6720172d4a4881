"""Composes the window: which keyring, which source, which folders."""

from __future__ import annotations

import logging
import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtNetwork import QSslSocket
from PySide6.QtWidgets import QApplication, QMessageBox

from att_desktop import APP_ID, __version__
from att_desktop.config.credentials import KeyringStore
from att_desktop.config.environment import Environment
from att_desktop.config.settings import LoadedSettings, load_settings
from att_desktop.sources.talent_trees import load_trees
from att_desktop.system.autostart import find_autostart
from att_desktop.system.bundled import BundledFileMissing, bundled_path
from att_desktop.system.display import has_display
from att_desktop.system.folders import find_folders, folders_below
from att_desktop.system.logs import hide_secret, start_logging
from att_desktop.text import _, say
from att_desktop.ui import tasks
from att_desktop.ui.context import AppContext
from att_desktop.ui.garbage_collection import GarbageCollector
from att_desktop.ui.language import apply_language
from att_desktop.ui.theme import apply_appearance
from att_desktop.ui.window.pages import pages
from att_desktop.ui.window.signals import EndSignals
from att_desktop.ui.window.single_instance import SingleInstance
from att_desktop.ui.window.window_controller import WindowController
from att_desktop.ui.window_jobs import (
    WindowJob,
    check_credentials,
    find_character,
    refresh_trees,
)
from att_desktop.wow.installations import find_installations

if TYPE_CHECKING:
    from pathlib import Path

    from att_desktop.system.autostart import Autostart
    from att_desktop.system.errors import AttError
    from att_desktop.system.folders import Folders
    from att_desktop.ui.game_folders import Find, GameFolders
    from att_desktop.ui.main_window import MainWindow

# Tasks still running at the end only read; everything is saved by then.
_LAST_WAIT_S: Final = 2.0


def run_window(*, sample: bool = False, in_tray: bool = False) -> int:
    """Open the window and stay until it is closed. Returns the exit code.

    A second start brings the first window to the front instead. ``in_tray``: the system starts
    the app, and no window is to be shown. Raises AttError.
    """
    folders = find_folders()
    environment = Environment.read()
    app = make_application()
    instance = SingleInstance(folders)
    if not instance.is_first():
        if not in_tray:
            instance.raise_first()
        return 0
    program = App(app, folders, environment)
    start_logging(folders, on_crash=program.crashed)
    instance.raise_wanted.connect(program.raise_window)
    instance.quit_wanted.connect(program.end)
    signals = EndSignals()
    signals.asked_to_end.connect(program.end)
    collector = GarbageCollector()
    try:
        program.start(sample=sample, in_tray=in_tray)
        code = app.exec()
    finally:
        program.close()
        signals.close()
        instance.close()
        all_over = tasks.shut_down(_LAST_WAIT_S)
        collector.close()
    if not all_over:
        # QThreadPool's destructor waits for its threads: one that hangs on a disk or a keyring
        # would keep the process alive.
        logging.shutdown()
        os._exit(code)
    return code


def quit_window() -> int:
    """End the running window, as an installer does before it replaces the program's files.

    Returns 0 when none is left. Raises FirstDoesNotAnswer.
    """
    folders = find_folders()
    if folders.cache.is_dir():  # without it no window has ever run
        app = QCoreApplication(sys.argv[:1])
        SingleInstance(folders).quit_first()
        del app
    return 0


def show_failure(sentence: str) -> None:
    """Say in a box why the app cannot start."""
    make_application()
    QMessageBox.critical(None, "Azeroth's Top Talent", sentence)


def make_application() -> QApplication:
    """The one QApplication, named as desktops want it."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = Application(sys.argv[:1])
    name_application(app)
    # With a tray icon the app outlives its window; the program itself says when it ends.
    app.setQuitOnLastWindowClosed(False)
    return app


class Application(QApplication):
    """Qt's application, but asked to end by the system it does not ask its windows.

    QEvent.Quit comes from QApplication.quit(), the Dock and the end of a macOS session;
    QGuiApplication would close all windows and stay when one refuses.
    """

    end_wanted = Signal()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Quit:
            self.end_wanted.emit()
            self.exit(0)
            return True
        return super().event(event)


def name_application(app: QApplication) -> None:
    """Name the app as its desktop entry does: by APP_ID, and by its title in X11's WM_CLASS."""
    app.setApplicationName("Azeroth's Top Talent")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(APP_ID)


def create_controller(
    *,
    sample: bool,
    folders: Folders | None = None,
    loaded: LoadedSettings | None = None,
    environment: Environment | None = None,
    store: KeyringStore | None = None,
    find: Find = find_installations,
    autostart: Autostart | None = None,
) -> WindowController:
    """A window with everything around it, not yet shown. A QApplication must exist.

    What is not given is the real thing. Raises BadEnvironment.
    """
    folders = folders or find_folders()
    environment = environment or Environment.read()
    store = store or KeyringStore(on_secret=hide_secret)
    loaded = loaded or load_settings(folders)
    context = AppContext(
        folders=folders,
        settings=loaded.settings,
        sample=sample,
        other_hosts=() if sample else environment.other_hosts,
        feed_address=environment.feed_address,
        load_trees=partial(load_trees, folders),
    )

    def make_job(chosen: GameFolders) -> WindowJob:
        return WindowJob(
            sample=sample,
            source=context.settings.source,
            environment=environment,
            store=store,
            game_folders=tuple(place.folder for place in chosen.chosen),
        )

    controller = WindowController(
        context,
        store=store,
        check=partial(check_credentials, environment),
        find=find,
        make_job=make_job,
        make_pages=partial(
            pages,
            refresh_trees=partial(refresh_trees, folders, context.tree_source),
            find_character=partial(find_character, folders, context.tree_source),
        ),
        autostart=autostart,
        icon=_icon(),
    )
    for problem in loaded.problems:
        context.told.emit(say(problem))
    return controller


def create_window(*, sample: bool = False, folders: Folders | None = None) -> MainWindow:
    """The window alone, not yet shown; its controller lives as long as it does."""
    controller = create_controller(sample=sample, folders=folders)
    controller.setParent(controller.window)
    return controller.window


class App(QObject):
    """The running app: one window at a time, for own data or for sample data."""

    # Crashes are told from any thread; the signal brings them to the GUI thread.
    _crash = Signal(str)

    def __init__(self, app: QApplication, folders: Folders, environment: Environment) -> None:
        super().__init__()
        self._app = app
        self._folders = folders
        self._environment = environment
        self._store = KeyringStore(on_secret=hide_secret)
        self._crashed_before = False
        self.controller: WindowController | None = None
        self._crash.connect(self._on_crash)
        app.commitDataRequest.connect(self._on_session_end)
        if isinstance(app, Application):
            app.end_wanted.connect(self.shut_down)

    def start(self, *, sample: bool, in_tray: bool = False) -> None:
        """Open the first window: of sample data when asked for, or chosen the last time."""
        loaded = load_settings(self._folders)
        sample = sample or loaded.settings.use_sample
        self.open_window(sample=sample, in_tray=in_tray, loaded=loaded)

    def open_window(
        self,
        *,
        sample: bool,
        update: bool = False,
        in_tray: bool = False,
        loaded: LoadedSettings | None = None,
    ) -> None:
        """Open a window in place of the one that is open, with its settings.

        ``loaded`` are those of the first window; read here when not given.
        """
        former = self.controller
        if former is not None:
            former.window.remember()
            # Not from the file: what the disk has refused holds until the app ends.
            loaded = LoadedSettings(settings=former.context.settings)
        loaded = loaded or load_settings(self._folders)
        apply_language(self._app, loaded.settings.language)
        controller = create_controller(
            sample=sample,
            folders=self._folders,
            loaded=loaded,
            environment=self._environment,
            store=self._store,
            autostart=find_autostart(),
        )
        self.controller = controller
        controller.mode_wanted.connect(self._on_mode_wanted)
        # Queued: the window that asks goes, and is in the middle of a slot.
        controller.language_wanted.connect(
            self._on_language_wanted, Qt.ConnectionType.QueuedConnection
        )
        controller.finished.connect(partial(self._on_finished, controller))
        apply_appearance(self._app, controller.context.settings.theme)
        controller.open(in_tray=in_tray)
        if former is not None:
            former.dispose()
        if update:
            controller.get_builds()

    def raise_window(self) -> None:
        """Bring the window to the front, out of the tray too."""
        if self.controller is not None:
            self.controller.window.raise_window()

    def shut_down(self) -> None:
        """The session or the app ends: stop what is running, without asking."""
        self._store.close()
        if self.controller is not None:
            self.controller.shut_down()

    def end(self) -> None:
        """End the app without asking: what is complete is kept."""
        self.shut_down()
        self._app.exit(0)

    def close(self) -> None:
        """The app ends: its window goes now, while Qt is whole, and not with the process."""
        self._store.close()
        controller, self.controller = self.controller, None
        if controller is not None:
            controller.dispose()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def crashed(self, error: AttError) -> None:
        """Tell the player of a fault that nothing caught; may be called from any thread."""
        sentence = say(error)
        if sys.stderr is not None:  # a windowed binary has no terminal
            print(sentence, file=sys.stderr)
        self._crash.emit(sentence)

    def _on_mode_wanted(self, sample: bool, update: bool) -> None:  # noqa: FBT001 - a slot
        self.open_window(sample=sample, update=update)

    def _on_language_wanted(self) -> None:
        if self.controller is not None:
            self.open_window(sample=self.controller.context.sample)

    def _on_finished(self, controller: WindowController) -> None:
        if controller is self.controller:
            self._app.exit(0)

    def _on_session_end(self, _manager: object) -> None:
        # Another program may still cancel the end: the keyring stays open.
        if self.controller is not None:
            self.controller.shut_down()

    def _on_crash(self, sentence: str) -> None:
        # One box is enough: a fault in a timer would open one after the other.
        if self._crashed_before or self.controller is None:
            return
        self._crashed_before = True
        QMessageBox.warning(self.controller.window, _("Something went wrong"), sentence)
        self._crashed_before = False


def draw_window(home: Path) -> str:
    """The main window on the sample source, drawn once; without a screen, in memory.

    Its folders are below ``home``.
    """
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = make_application()
    window = create_window(sample=True, folders=folders_below(home))
    try:
        window.show()
        app.processEvents()
        picture = window.grab().toImage()
    finally:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        app.processEvents()
        tasks.shut_down(_LAST_WAIT_S)
    first = picture.pixel(0, 0)
    if all(
        picture.pixel(x, y) == first
        for x in range(0, picture.width(), 7)
        for y in range(0, picture.height(), 7)
    ):
        raise LookupError("the window is empty")
    if not QSslSocket.supportsSsl():
        raise LookupError("Qt has no TLS here: talent icons cannot be loaded")
    return f"{picture.width()} x {picture.height()}, {app.platformName()}"


def _icon() -> QIcon:
    for name in ("resources/icon.svg", "resources/icon.png"):
        try:
            icon = QIcon(str(bundled_path(name)))
        except BundledFileMissing:
            continue
        if not icon.isNull():
            return icon
    return QIcon()
