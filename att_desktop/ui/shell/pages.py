"""The four pages of the rail; each is made when it is first shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from att_desktop.ui.main_window import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from att_desktop.ui.shell.window_controller import WindowController

__all__ = ["pages"]

# Imports wait until a page is shown: the first paint does not pay for the others.


def pages(shell: WindowController, refresh_trees: Callable[[], str]) -> tuple[Page, ...]:
    """The pages in the order of the rail."""
    return (
        Page(
            name="Update",
            glyph="update",
            hint="Fetch builds, update the addon",
            make=partial(_update, shell),
        ),
        Page(
            name="Builds",
            glyph="builds",
            hint="What the best play, for each boss and dungeon",
            make=partial(_builds, shell),
        ),
        Page(
            name="Compare",
            glyph="compare",
            hint="Two builds side by side",
            make=partial(_compare, shell),
        ),
        Page(
            name="Settings",
            glyph="settings",
            hint="What to fetch, where to, and how the app looks",
            make=partial(_settings, shell, refresh_trees),
        ),
    )


def _update(shell: WindowController) -> QWidget:
    from att_desktop.ui.update.page import UpdatePage

    page = UpdatePage(
        shell.context, shell.account, shell.folders, shell.updater, shell.actions.update
    )
    page.builds_wanted.connect(lambda: shell.window.show_page("Builds"))
    if shell.context.sample:
        page.account_wanted.connect(shell.show_first_run)
        page.folder_wanted.connect(partial(_open_sandbox, shell))
    else:
        page.account_wanted.connect(shell.show_account)
        page.folder_wanted.connect(shell.show_folders)
    return page


def _builds(shell: WindowController) -> QWidget:
    from att_desktop.ui.builds.page import BuildsPage

    return BuildsPage(shell.context)


def _compare(shell: WindowController) -> QWidget:
    from att_desktop.ui.compare.page import ComparePage

    return ComparePage(shell.context)


def _settings(shell: WindowController, refresh_trees: Callable[[], str]) -> QWidget:
    from att_desktop.ui.settings.page import SettingsPage

    page = SettingsPage(shell.context, shell.folders, refresh_trees)
    page.account_wanted.connect(shell.show_account)
    page.folder_wanted.connect(shell.show_folders)
    return page


def _open_sandbox(shell: WindowController) -> None:
    folder = shell.context.folders.sample_game
    folder.mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
