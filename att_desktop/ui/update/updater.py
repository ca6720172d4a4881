"""From the button to the job: what is needed is there, the options are read, the thread starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal

from att_desktop.text import ngettext, say
from att_desktop.text.formats import in_a_row, number
from att_desktop.ui.update.worker import UpdateWorker
from att_desktop.update import events

if TYPE_CHECKING:
    from collections.abc import Callable

    from att_desktop.game.results import Unit
    from att_desktop.ui.account import Account
    from att_desktop.ui.context import AppContext
    from att_desktop.ui.game_folders import GameFolders
    from att_desktop.ui.update.worker import Job
    from att_desktop.update.events import Event, UnitState

Lacking: TypeAlias = Literal["", "account", "folder"]

_LIBRARY_AFTER_MS = 1500
_FIRST_AFTER_MS = 100


class Updater(QObject):
    """Starts updates and keeps the library on screen in step with them.

    ``ended(sentence, good)`` tells the outcome in one sentence. A running update rewrites the
    library often; pages hear of it at most every ``_LIBRARY_AFTER_MS``, but of the first unit at
    once: a new player waits for it.
    """

    ended = Signal(str, bool)

    def __init__(
        self,
        context: AppContext,
        account: Account,
        folders: GameFolders,
        make_job: Callable[[], Job],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._account = account
        self._folders = folders
        self._make_job = make_job
        self._outcome: tuple[str, bool] = ("", True)
        self._ended_units: dict[Unit, UnitState] = {}
        self.worker = UpdateWorker(self)
        self.worker.events.connect(self._on_events)
        self.worker.failed.connect(self._on_failed)
        self.worker.ended.connect(self._on_ended)
        self._library_timer = QTimer(self)
        self._library_timer.setSingleShot(True)
        self._library_timer.timeout.connect(self._read_library)

    @property
    def running(self) -> bool:
        """Whether an update is running."""
        return self.worker.running

    def lacking(self) -> Lacking:
        """What must be there first; empty when an update can start.

        Where no game is found, builds can be fetched and looked at all the same. A keyring that
        has not answered yet is asked by the job itself, which may wait for it.
        """
        if self._context.sample:
            return ""
        state = self._account.state
        needed = self._context.settings.source == "warcraftlogs"
        if needed and state is not None and not state.usable and state.kind != "locked":
            return "account"
        to_choose = any(place.supported for place in self._folders.installations)
        return "folder" if self._folders.problem and to_choose else ""

    def start(self) -> None:
        """Start an update. Call it only when nothing is lacking and none is running."""
        self._outcome = ("", True)
        self._ended_units.clear()
        self._library_timer.setInterval(_FIRST_AFTER_MS)
        self.worker.start(self._make_job())

    def cancel(self) -> None:
        """Ask the running update to stop."""
        self.worker.cancel()

    def _on_events(self, batch: list[Event]) -> None:
        for event in batch:
            if isinstance(event, events.UnitDone):
                self._ended_units[event.unit] = event.state
            if isinstance(event, events.Finished):
                summary = event.summary
                sentence = in_a_row(self._said_in_specs(event), *map(say, event.advice))
                self._outcome = (sentence, not summary.failed and not summary.stopped)
            elif isinstance(event, events.UnitDone) and event.index:
                self._library_soon()

    def _said_in_specs(self, event: events.Finished) -> str:
        """The outcome; the core counts units, a player counts specs."""
        state: UnitState = "failed" if event.code == "update.some_failed" else "done"
        ended = self._ended_units.items()
        count = len({unit.spec_id for unit, how in ended if how == state})
        if count and event.code == "update.done":
            text = ngettext("{count} spec has new builds.", "{count} specs have new builds.", count)
        elif count and event.code == "update.some_failed":
            text = ngettext(
                "{count} spec could not be fetched; update again to complete it.",
                "{count} specs could not be fetched; update again to complete them.",
                count,
            )
        elif count and event.code == "update.cancelled":
            text = ngettext(
                "Stopped. {count} spec is kept; the next update goes on from there.",
                "Stopped. {count} specs are kept; the next update goes on from there.",
                count,
            )
        else:
            return say(event)
        return text.format(count=number(count))

    def _library_soon(self) -> None:
        # Not restarted by each unit: a busy update would put the news off to its end.
        if not self._library_timer.isActive():
            self._library_timer.start()

    def _read_library(self) -> None:
        self._library_timer.setInterval(_LIBRARY_AFTER_MS)
        self._context.reload_library()

    def _on_failed(self, sentence: str) -> None:
        self._outcome = (sentence, False)

    def _on_ended(self) -> None:
        self._library_timer.stop()
        self._context.reload_library()
        self._folders.refresh()
        self.ended.emit(*self._outcome)
