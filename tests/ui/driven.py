"""The real window on a machine of its own: made game folders, a keyring in memory, loopback."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from att_desktop.app import create_controller
from att_desktop.config.credentials import KeyringStore
from att_desktop.config.environment import Environment
from att_desktop.config.settings import Settings, save_settings
from att_desktop.system.folders import find_folders
from att_desktop.update.events import Summary
from att_desktop.wow.installations import find_installations
from att_desktop.wow.places.base import Location, Places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from keyring.backend import KeyringBackend
    from pytestqt.qtbot import QtBot

    from att_desktop.system.autostart import Autostart
    from att_desktop.ui.window.window_controller import WindowController
    from att_desktop.update.events import Event
    from att_desktop.wow.installations import Installation

SETTLED = Settings(first_run_done=True, icon_download=False, source="warcraftlogs")
"""A player who has been through the first steps; no test asks Blizzard for anything."""


def open_controller(
    *,
    sample: bool = False,
    settings: Settings = SETTLED,
    keyring: KeyringBackend | None = None,
    store: KeyringStore | None = None,
    environment: Environment | None = None,
    games: Sequence[Path] = (),
    autostart: Autostart | None = None,
) -> WindowController:
    """A window controller in ``ATT_HOME`` that finds just these game folders; not yet opened.

    Its keyring is in memory unless ``keyring`` or ``store`` is given.
    """
    folders = find_folders()
    save_settings(settings, folders)

    def find() -> list[Installation]:
        return find_installations(_Nowhere(), also=games)

    if store is None:
        # Imported only here: keyring offers each class of a keyring that it has seen.
        from tests.keyrings import MemoryKeyring

        store = KeyringStore(backend=keyring or MemoryKeyring(), environ={})
    return create_controller(
        sample=sample,
        environment=environment or Environment(),
        store=store,
        find=find,
        autostart=autostart,
    )


def opened(qtbot: QtBot, **given: Any) -> WindowController:
    """The same, open, when it has looked for credentials and game folders."""
    controller = open_controller(**given)
    qtbot.addWidget(controller.window)
    controller.open()
    qtbot.waitUntil(lambda: not controller.account.busy and not controller.folders.searching)
    return controller


class _Nowhere(Places):
    """A system on which the game is only where a test has put it."""

    def candidates(self) -> Iterator[Location]:
        return iter(())


@dataclass
class ScriptedJob:
    """Reports these events, then ends: by itself, by an error, or when it is cancelled.

    ``last`` are reported when it was cancelled.
    """

    events: Iterable[Event]
    error: BaseException | None = None
    until_cancelled: bool = False
    last: Sequence[Event] = ()
    reported: threading.Event = field(default_factory=threading.Event)

    def run(self, report: Callable[[Event], None], cancel: threading.Event) -> Summary:
        for event in self.events:
            report(event)
        self.reported.set()
        if self.until_cancelled:
            assert cancel.wait(30), "nobody cancelled"
            for event in self.last:
                report(event)
        if self.error is not None:
            raise self.error
        return Summary()
