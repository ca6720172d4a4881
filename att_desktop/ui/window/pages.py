"""The pages of the rail; each is made when it is first shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from att_desktop.text import _, pgettext
from att_desktop.ui.main_window import Page
from att_desktop.ui.page_ids import PageId

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from att_desktop.ui.settings.characters import FindCharacter
    from att_desktop.ui.window.window_controller import WindowController

# Imports wait until a page is shown: the first paint does not pay for the others.


def pages(
    controller: WindowController,
    refresh_trees: Callable[[], str],
    find_character: FindCharacter,
) -> tuple[Page, ...]:
    """The pages in the order of the rail."""
    return (
        Page(
            page_id=PageId.UPDATE,
            title=pgettext("page", "Update"),
            glyph="update",
            hint=_("Fetch builds, update the addon"),
            make=partial(_update, controller),
        ),
        Page(
            page_id=PageId.BUILDS,
            title=pgettext("page", "Builds"),
            glyph="builds",
            hint=_("What the best play, for each boss and dungeon"),
            make=partial(_builds, controller),
        ),
        Page(
            page_id=PageId.COMPARE,
            title=pgettext("page", "Compare"),
            glyph="compare",
            hint=_("Two builds side by side"),
            make=partial(_compare, controller),
        ),
        Page(
            page_id=PageId.RAID_NIGHT,
            title=pgettext("page", "Raid night"),
            glyph="raid-night",
            hint=_("Your talents against every boss and dungeon"),
            make=partial(_raid_night, controller),
        ),
        Page(
            page_id=PageId.SETTINGS,
            title=pgettext("page", "Settings"),
            glyph="settings",
            hint=_("What to fetch, where to, and how the app looks"),
            make=partial(_settings, controller, refresh_trees, find_character),
        ),
    )


def _update(controller: WindowController) -> QWidget:
    from att_desktop.ui.update.page import UpdatePage

    page = UpdatePage(
        controller.context,
        controller.account,
        controller.folders,
        controller.updater,
        controller.actions.update,
    )
    page.builds_wanted.connect(lambda: controller.window.show_page(PageId.BUILDS))
    page.source_wanted.connect(controller.change_source)
    if controller.context.sample:
        page.folder_wanted.connect(controller.open_sample_game)
    else:
        page.folder_wanted.connect(controller.show_folders)
    return page


def _builds(controller: WindowController) -> QWidget:
    from att_desktop.ui.builds.page import BuildsPage

    page = BuildsPage(controller.context)
    page.account_wanted.connect(controller.use_own_client)
    page.panel.update_wanted.connect(lambda: controller.window.show_page(PageId.UPDATE))
    return page


def _compare(controller: WindowController) -> QWidget:
    from att_desktop.ui.compare.page import ComparePage

    page = ComparePage(controller.context)
    page.panel.update_wanted.connect(lambda: controller.window.show_page(PageId.UPDATE))
    return page


def _raid_night(controller: WindowController) -> QWidget:
    from att_desktop.ui.raid_night.installing import Installing
    from att_desktop.ui.raid_night.page import RaidNightPage

    updater = controller.updater
    installing = Installing(controller.context, controller.folders, lambda: updater.running)
    updater.ended.connect(installing.write_what_is_left)
    page = RaidNightPage(controller.context, installing)
    page.update_wanted.connect(lambda: controller.window.show_page(PageId.UPDATE))
    return page


def _settings(
    controller: WindowController, refresh_trees: Callable[[], str], find_character: FindCharacter
) -> QWidget:
    from att_desktop.ui.settings.page import SettingsPage

    page = SettingsPage(
        controller.context,
        controller.folders,
        refresh_trees,
        find_character,
        controller.keep_up_to_date,
    )
    page.account_wanted.connect(controller.show_account)
    page.folder_wanted.connect(controller.show_folders)
    return page
