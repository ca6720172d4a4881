"""Holds the window and everything around it together: who answers which command.

Dialogs are imported when they are wanted: the first paint does not pay for them.
"""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from att_desktop.game.trees import TreeDataError
from att_desktop.text import _
from att_desktop.text.changes import own_changes_text
from att_desktop.ui.account import Account
from att_desktop.ui.game_folders import Find, GameFolders
from att_desktop.ui.keep_up_to_date import KeepUpToDate
from att_desktop.ui.main_window import MainWindow, Page
from att_desktop.ui.open_outside import open_folder
from att_desktop.ui.page_ids import PageId
from att_desktop.ui.results.my_builds import own_builds_of, own_specs
from att_desktop.ui.tasks import run_task
from att_desktop.ui.theme import apply_appearance
from att_desktop.ui.update.updater import Updater
from att_desktop.ui.window.actions import Actions, fill_menus
from att_desktop.ui.window.schedule import Schedule
from att_desktop.ui.window.stop_question import agrees_to_stop
from att_desktop.ui.window.tray import Tray
from att_desktop.update import events
from att_desktop.update.result_folders import takes_own_client

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QIcon

    from att_desktop.config.client_credentials import ClientCredentials
    from att_desktop.config.credentials import KeyringStore
    from att_desktop.system.autostart import Autostart
    from att_desktop.ui.context import AppContext
    from att_desktop.ui.first_run.dialog import FirstStart
    from att_desktop.ui.tree_source import TreeSource
    from att_desktop.ui.update.worker import Job
    from att_desktop.update.events import Event

_STOP_S: Final = 5.0
_MESSAGE_MS: Final = 15_000
_Dialog = TypeVar("_Dialog", bound=QDialog)


class WindowController(QObject):
    """The window of one mode (own data or sample data).

    ``mode_wanted(sample, update)`` asks for a window of the other mode, which then starts an
    update if ``update``; ``language_wanted`` for a window in the language that was chosen;
    ``finished`` says that the app may end.
    """

    mode_wanted = Signal(bool, bool)
    language_wanted = Signal()
    finished = Signal()

    def __init__(
        self,
        context: AppContext,
        *,
        store: KeyringStore,
        check: Callable[[ClientCredentials], str],
        find: Find,
        make_job: Callable[[GameFolders], Job],
        make_pages: Callable[[WindowController], tuple[Page, ...]],
        autostart: Autostart | None,
        icon: QIcon,
    ) -> None:
        super().__init__()
        self.context = context
        self.icon = icon
        self._quitting = False
        self._when_found: Callable[[], None] | None = None
        self._first_tree_wanted = False
        self._is_scheduled = False
        self._changed: events.BuildsChanged | None = None
        self._language = context.settings.language
        self._theme = context.settings.theme
        self.account = Account(store, check, self)
        self.folders = GameFolders(context, find, self)
        self.updater = Updater(
            context, self.account, self.folders, lambda: make_job(self.folders), self
        )
        self.keep_up_to_date = KeepUpToDate(context, autostart)
        self.actions = Actions(self)
        self.window = MainWindow(context, make_pages(self), may_close=self._may_close)
        self.window.setWindowIcon(icon)
        fill_menus(self.window, self.actions, self.window.page_actions)
        self.tray = Tray(context, self.window, icon, (self.actions.update, self.actions.quit))
        self.schedule = Schedule(context, parent=self)
        self._connect()
        self.window.restore()

    def open(self, *, in_tray: bool = False) -> None:
        """Show the window, then look for account and game; first steps on the very first run.

        ``in_tray``: the system has started the app, and the window waits in the tray.
        """
        if in_tray and self.context.settings.first_run_done:
            self.tray.wait_in_tray()
        else:
            self.window.show()
        self.keep_up_to_date.refresh_entry()
        self.account.refresh()
        if not self.context.sample:
            self.folders.refresh()
            if not self.context.settings.first_run_done:
                self.show_first_run()

    def update_or_cancel(self) -> None:
        """The one primary command."""
        if self.updater.running:
            self.actions.show_cancelling()
            self.updater.cancel()
            return
        self._first_tree_wanted = False
        lacking = self.updater.lacking()
        if lacking:
            self.window.show_page(PageId.UPDATE)
            # What the player wanted was an update: go on with it.
            if lacking == "account":
                self.show_account().accepted.connect(self._continue_update)
            else:
                # Asked once: an update tells of a folder that still cannot be written.
                self.show_folders().accepted.connect(self._start_in_folders)
        else:
            self._start_when_found(self._continue_update)

    def get_builds(self) -> None:
        """Update without a further question, and show the first tree as soon as it is there."""
        self._first_tree_wanted = True
        run_task(partial(_prepare_builds, self.context.tree_source), _ignore, _ignore)
        if not self.updater.running:
            self._start_when_found(self._start)

    def show_account(self) -> QDialog:
        """The credentials dialog."""
        from att_desktop.ui.credentials_dialog import CredentialsDialog

        return _opened(CredentialsDialog(self.account, self.window))

    def change_source(self) -> None:
        """What the Source card offers: another feed, or the player's own client."""
        from att_desktop.ui.source_text import source_in_use

        source = source_in_use(self.context, self.account.state)
        if source == "sample":
            self.show_first_run()
        elif source == "feed":
            self.window.show_page(PageId.SETTINGS)
        else:
            self.use_own_client()

    def use_own_client(self) -> QDialog:
        """The credentials dialog; once they are kept, they are what an update asks with."""
        dialog = self.show_account()
        dialog.accepted.connect(self._on_own_client)
        return dialog

    def _on_own_client(self) -> None:
        if not takes_own_client(self.context.settings.source):
            self.context.change_settings(source="auto")

    def show_folders(self) -> QDialog:
        """The game folder dialog."""
        from att_desktop.ui.folder_dialog import FolderDialog

        if not self.folders.installations:
            self.folders.refresh()
        return _opened(FolderDialog(self.folders, self.window))

    def show_first_run(self) -> FirstStart:
        """The first steps; done with once the dialog was closed in any way."""
        from att_desktop.ui.first_run.dialog import FirstStart

        dialog = FirstStart(self.context, self.account, self.folders, self.window)
        dialog.folder_wanted.connect(self.show_folders)
        dialog.finished.connect(lambda _result: self._on_first_run_ended(dialog))
        return _opened(dialog)

    def open_sample_game(self) -> None:
        """Show the practice folder of the sample data in the file manager."""
        open_folder(self.context.folders.sample_game, self.window)

    def show_about(self) -> QDialog:
        """The About box."""
        from att_desktop.ui.window.about import AboutDialog

        return _opened(AboutDialog(self.icon, self.window))

    def quit(self) -> None:
        """End the app; asks when an update is running."""
        self._quitting = True
        if not self.window.close():
            self._quitting = self.updater.worker.cancelling

    def shut_down(self) -> None:
        """The session ends: stop without asking."""
        self._first_tree_wanted = False
        self.window.remember()
        self.updater.worker.stop(_STOP_S)

    def dispose(self) -> None:
        """Make room for another window: this one goes without a word."""
        self.shut_down()
        self.tray.hide()
        self.window.hide()
        self.window.deleteLater()
        self.deleteLater()
        self.context.deleteLater()

    def _connect(self) -> None:
        actions, context = self.actions, self.context
        actions.update.triggered.connect(self.update_or_cancel)
        actions.account.triggered.connect(self.show_account)
        actions.folder.triggered.connect(self.show_folders)
        actions.close.triggered.connect(self.window.close)
        actions.quit.triggered.connect(self.quit)
        actions.first_run.triggered.connect(self.show_first_run)
        actions.logs.triggered.connect(lambda: open_folder(context.folders.logs, self.window))
        actions.about.triggered.connect(self.show_about)
        actions.about_qt.triggered.connect(lambda: QMessageBox.aboutQt(self.window))
        self.tray.open_wanted.connect(self.window.raise_window)
        self.folders.changed.connect(self._on_folders_changed)
        self.schedule.due.connect(self._on_update_due)
        self.updater.worker.started.connect(self._on_started)
        self.updater.worker.events.connect(self._on_events)
        self.updater.ended.connect(self._on_update_ended)
        self.window.closed.connect(self.finished)
        context.told.connect(lambda sentence: self.window.status.showMessage(sentence, _MESSAGE_MS))
        context.settings_changed.connect(self._on_settings_changed)
        context.library_changed.connect(self._show_first_tree)

    def _on_events(self, batch: list[Event]) -> None:
        for event in batch:
            if isinstance(event, events.PointsChanged):
                self.window.status.show_points(event)
            elif isinstance(event, events.BuildsChanged):
                self._changed = event

    def _on_update_ended(self, sentence: str, good: bool) -> None:  # noqa: FBT001 - a slot
        self.actions.show_idle()
        self.schedule.restart(good=good or self.updater.worker.cancelling)
        self._ask_for_language()
        if self._quitting:
            self.window.close()
            return
        self._notify(sentence, good=good)
        self._is_scheduled = False

    def _notify(self, sentence: str, *, good: bool) -> None:
        """Tell the end of an update that the player began. Of one that began by itself only
        another build for a spec of the player's own is news, and only to who keeps the tray."""
        news = ""
        if self._changed is not None and self.context.settings.tray:
            news = own_changes_text(self._changed.changes, own_specs(self.context))
        if not self._is_scheduled:
            self.tray.tell("\n".join(filter(None, (sentence, news))), good=good)
        elif news:
            self.tray.tell(news, good=True)

    def _on_started(self) -> None:
        self._changed = None
        self.actions.show_running()

    def _on_update_due(self) -> None:
        if self.updater.running or self._when_found or self.updater.lacking():
            return
        if self.context.settings.tray:
            own_builds_of(self.context)  # whose news are told: read while the update runs
        self._start_when_found(self._start, scheduled=True)

    def _start_when_found(self, start: Callable[[], None], *, scheduled: bool = False) -> None:
        """Start an update; while the game is looked for it would write into none, so then.

        ``start`` is called when the search has ended, unless something else is wanted meanwhile.
        """
        self._is_scheduled = scheduled
        if self.folders.searching and not self.context.sample:
            self._when_found = start
        else:
            self.updater.start()

    def _start(self) -> None:
        if not self.updater.running:
            self.updater.start()

    def _continue_update(self) -> None:
        if not self.updater.running:
            self.update_or_cancel()

    def _start_in_folders(self) -> None:
        if not self.updater.running:
            self._start_when_found(self._start)

    def _on_folders_changed(self) -> None:
        start = self._when_found
        if start is not None and not self.folders.searching:
            self._when_found = None
            start()

    def _on_first_run_ended(self, dialog: FirstStart) -> None:
        own = dialog.specs.spec_ids
        self.context.change_settings(first_run_done=True)
        if not dialog.start:
            return
        self.context.change_settings(own_specs=own)
        if own:
            self.context.change_settings(last_spec_id=own[0])
        if dialog.start == "account":
            self.use_own_client().accepted.connect(lambda: self._begin(sample=False))
            return
        state = self.account.state
        if self.context.settings.source == "warcraftlogs" and not (state and state.usable):
            self.context.change_settings(source="auto")
        self._begin(sample=dialog.start == "sample")

    def _begin(self, *, sample: bool) -> None:
        """Get builds of the source that was chosen; the choice holds for the next starts."""
        self.context.change_settings(use_sample=sample)
        if sample != self.context.sample:
            self.mode_wanted.emit(sample, True)  # noqa: FBT003 - Qt's own signature
        else:
            self.get_builds()

    def _show_first_tree(self) -> None:
        """The first of the own specs that has builds, while the player still waits for it."""
        if not self._first_tree_wanted:
            return
        own = self.context.settings.own_specs
        there = {unit.spec_id for unit in self.context.library().units}
        if there.isdisjoint(own) if own else not there:
            return
        self._first_tree_wanted = False
        if self.window.shown_page is PageId.UPDATE:
            self.window.show_page(PageId.BUILDS)

    def _may_close(self) -> bool:
        self.window.remember()
        if not self._quitting and self.tray.keeps_app():
            self.window.hide()
            return False
        if not self.updater.running:
            return True
        if not self.updater.worker.cancelling and not agrees_to_stop(self.window):
            self._quitting = False
            return False
        if not self.updater.worker.running:  # it ended while the question was open
            return True
        # The window closes by itself as soon as the update has stopped.
        self._quitting = True
        self.actions.show_cancelling()
        self.updater.cancel()
        return False

    def _on_settings_changed(self) -> None:
        app, theme = QApplication.instance(), self.context.settings.theme
        if isinstance(app, QApplication) and theme != self._theme:
            self._theme = theme
            apply_appearance(app, theme)
        self._ask_for_language()

    def _ask_for_language(self) -> None:
        """A new language takes a new window, and that one takes the place of no running update."""
        if self._language == self.context.settings.language:
            return
        if self.updater.running:
            self.window.status.showMessage(
                _("The language changes when the update has ended."), _MESSAGE_MS
            )
            return
        self._language = self.context.settings.language
        self.language_wanted.emit()


def _prepare_builds(trees: TreeSource) -> None:
    """Load what the Builds page needs while the player waits for the first tree.

    It is made in the GUI thread, which would stand still for it.
    """
    from att_desktop.ui.tree.emblems import embedded_emblems

    embedded_emblems()
    with contextlib.suppress(TreeDataError):  # the page tells it
        trees.trees()


def _ignore(_outcome: object) -> None:
    pass


def _opened(dialog: _Dialog) -> _Dialog:
    """Open a dialog above the window; it ends when it is closed, not with the window."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
