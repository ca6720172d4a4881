"""The Update page."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from att_desktop.text import N_, _
from att_desktop.text.formats import duration
from att_desktop.ui.card_texts import data_text, game_text
from att_desktop.ui.open_outside import open_folder
from att_desktop.ui.results.my_builds import own_specs
from att_desktop.ui.source_text import source_text
from att_desktop.ui.update.cards import Card
from att_desktop.ui.update.changes import ChangesPanel
from att_desktop.ui.update.log_lines import log_line
from att_desktop.ui.update.log_panel import LogPanel
from att_desktop.ui.update.progress import RunProgress
from att_desktop.ui.update.unit_model import UnitModel, UnitProxy
from att_desktop.ui.update.unit_view import UnitView
from att_desktop.ui.widgets.message import Message
from att_desktop.ui.widgets.plain_text import PlainLabel, WrappedLabel
from att_desktop.ui.widgets.text_sizes import letter_width
from att_desktop.update import events

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QFocusEvent

    from att_desktop.ui.account import Account
    from att_desktop.ui.context import AppContext
    from att_desktop.ui.game_folders import GameFolders
    from att_desktop.ui.update.updater import Updater
    from att_desktop.ui.widgets.glyphs import State
    from att_desktop.update.events import Event

_TICK_MS: Final = 500
_HINT: Final = N_(
    "Update addon fetches what the best players use, for each boss and dungeon, "
    "and puts it into the game."
)


class UpdatePage(QWidget):
    """Cards on top, the button and the bar, the units, the log.

    ``source_wanted``, ``folder_wanted`` and ``builds_wanted`` ask for what the cards offer.
    """

    source_wanted = Signal()
    folder_wanted = Signal()
    builds_wanted = Signal()

    def __init__(
        self,
        context: AppContext,
        account: Account,
        folders: GameFolders,
        updater: Updater,
        update_action: QAction,
    ) -> None:
        super().__init__()
        self._context = context
        self._account = account
        self._folders = folders
        self._updater = updater
        self._action = update_action
        self._run: RunProgress | None = None
        self.source_card = Card(_("Source"))
        self.game_card = Card(_("Game folder"))
        self.data_card = Card(_("Data"))
        self.button = QPushButton()
        self.button.setDefault(True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_("Progress of the update"))
        self.bar.setTextVisible(False)
        self.line = WrappedLabel()
        self.line.setAccessibleName(_("Where the update is"))
        self.times = PlainLabel()
        self.times.setAccessibleName(_("Time"))
        self.message = Message(_("Outcome"))
        self.changes = ChangesPanel()
        self.model = UnitModel(self)
        self.proxy = UnitProxy(self)
        self.proxy.setSourceModel(self.model)
        self.table = UnitView(self.proxy)
        self.hint = PlainLabel(_(_HINT))
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.log = LogPanel()
        self.details_button = _details_button()
        self.builds_button = QPushButton(_("Show &builds"))
        self.folder_button = QPushButton(_("&Open folder"))
        self._blank = QWidget()
        self._middle = QStackedWidget()
        for widget in (self.hint, self.table, self._blank):
            self._middle.addWidget(widget)
        self._build_layout()
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_progress)
        self._connect()
        self._on_action_changed()
        self._show_cards()

    @property
    def progress(self) -> RunProgress | None:
        """What is known of the last run; None before the first."""
        return self._run

    def _build_layout(self) -> None:
        cards = QHBoxLayout()
        for card in (self.source_card, self.game_card, self.data_card):
            cards.addWidget(card, 1)
        self.button.setMinimumHeight(round(self.fontMetrics().height() * 2.2))
        for widget in (self.bar, self.line, self.times):
            # What comes and goes must not move the button under the mouse.
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(policy)
        running = QGridLayout()
        running.addWidget(self.button, 0, 0, 2, 1)
        running.addWidget(self.bar, 0, 1, 1, 2)
        running.addWidget(self.line, 1, 1)
        running.addWidget(self.times, 1, 2, Qt.AlignmentFlag.AlignRight)
        running.setColumnStretch(1, 1)
        running.setHorizontalSpacing(12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 6)
        layout.setSpacing(10)
        layout.addLayout(cards)
        layout.addLayout(running)
        layout.addWidget(self.message)
        layout.addWidget(self.changes)
        after = QHBoxLayout()
        after.addWidget(self.builds_button)
        after.addWidget(self.folder_button)
        after.addStretch(1)
        layout.addLayout(after)
        layout.addWidget(self.details_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._middle, 1)
        layout.addWidget(self.log)
        self._show_after(shown=False)
        self._show_details()
        self._show_bar(shown=False)
        self.message.hide()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Not a focus proxy: with one, Tab goes past the cards to it (Qt 6.11)."""
        super().focusInEvent(event)
        self.button.setFocus(event.reason())

    def _connect(self) -> None:
        self.button.clicked.connect(self._action.trigger)
        self._action.changed.connect(self._on_action_changed)
        self.changes.builds_wanted.connect(self._on_show_builds)
        self.builds_button.clicked.connect(self._on_show_builds)
        self.folder_button.clicked.connect(self._on_open_folder)
        self.details_button.toggled.connect(self._show_details)
        self.source_card.acted.connect(self.source_wanted)
        self.game_card.acted.connect(self.folder_wanted)
        self.data_card.acted.connect(self.builds_wanted)
        self._account.changed.connect(self._show_cards)
        self._folders.changed.connect(self._show_cards)
        self._context.library_changed.connect(self._show_cards)
        self._context.settings_changed.connect(self._show_cards)
        self._context.ages_grew.connect(self._show_cards)
        worker = self._updater.worker
        worker.started.connect(self._on_started)
        worker.events.connect(self._on_events)
        self._updater.ended.connect(self._on_ended)

    def _show_cards(self) -> None:
        self.source_card.show_text(source_text(self._context, self._account.state))
        self.game_card.show_text(game_text(self._folders, sample=self._context.sample))
        self.data_card.show_text(data_text(self._context.library()))

    def _on_action_changed(self) -> None:
        self.button.setText(self._action.text())
        usual = letter_width(self.fontMetrics()) * 22
        self.button.setMinimumWidth(max(usual, self.button.sizeHint().width()))
        self.button.setEnabled(self._action.isEnabled())
        self.button.setToolTip(self._action.toolTip())

    def _show_details(self) -> None:
        """Table and log, unfolded; folded, the hint before the first run."""
        unfolded = self.details_button.isChecked()
        arrow = Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow
        self.details_button.setArrowType(arrow)
        self.log.setVisible(unfolded)
        if self._run is None or (unfolded and not self._run.rows):
            self._middle.setCurrentWidget(self.hint)
        else:
            self._middle.setCurrentWidget(self.table if unfolded else self._blank)

    def _show_after(self, *, shown: bool) -> None:
        """What an update has changed, and what to go on with after it."""
        changed = self._run.changed if shown and self._run else None
        self.changes.show_changes(changed, own_specs(self._context))
        self.builds_button.setVisible(shown and self._has_builds)
        self.folder_button.setVisible(shown and self._written is not None)

    @property
    def _has_builds(self) -> bool:
        ended = self._run.counts() if self._run else {"done": 0, "up_to_date": 0}
        return ended["done"] + ended["up_to_date"] > 0

    @property
    def _written(self) -> Path | None:
        return Path(self._run.written.path) if self._run and self._run.written else None

    def _on_show_builds(self) -> None:
        """Of the own specs one that has a new build, where there is one."""
        changed = self._run.changed if self._run else None
        own = own_specs(self._context)
        spec_ids = [change.spec_id for change in changed.changes] if changed else []
        spec_id = next((one for one in own if one in spec_ids), None)
        if spec_id is not None:
            self._context.change_settings(last_spec_id=spec_id)
        self.builds_wanted.emit()

    def _on_open_folder(self) -> None:
        if self._written is not None:
            open_folder(self._written.parent, self)

    def _show_bar(self, *, shown: bool) -> None:
        for widget in (self.bar, self.line, self.times):
            widget.setVisible(shown)

    def _on_started(self) -> None:
        own = self._context.settings.own_specs
        self._run = RunProgress(began_at=time.monotonic(), own=own)
        self.model.reset([])
        self._show_after(shown=False)
        self._show_details()
        self.message.hide()
        self._show_bar(shown=True)
        self.bar.setRange(0, 0)
        self.log.add([_("Update started.")])
        self._show_progress()
        self._tick.start()

    def _on_events(self, batch: list[Event]) -> None:
        run = self._run
        if run is None:
            return
        now = time.monotonic()
        changed = []
        for event in batch:
            row = run.take(event, now)
            if isinstance(event, events.RunStarted):
                self.model.reset(run.rows)
                self._show_details()
            elif row is not None:
                changed.append(row)
        self.model.changed(changed)
        self.log.add([line for line in map(log_line, batch) if line])
        self._show_progress()

    def _show_progress(self) -> None:
        run = self._run
        if run is None:
            return
        now = time.monotonic()
        if run.total:
            self.bar.setRange(0, run.total)
            self.bar.setValue(run.fetched)
        line = run.line(now)
        self.line.setText(line)
        self.bar.setAccessibleDescription(line)
        self.times.setText(_("{duration} so far").format(duration=duration(run.elapsed(now))))
        if self._updater.worker.cancelling:
            self._say("clock", _("Stopping. What is fetched is kept."))
        elif run.waiting is not None:
            self._say("clock", run.wait_line())
        elif self.message.state == "clock":
            self.message.hide()
            self.message.clear()

    def _on_ended(self, sentence: str, good: bool) -> None:  # noqa: FBT001 - a slot of ended(str, bool)
        self._tick.stop()
        run = self._run
        if run is None:
            return
        self._show_progress()
        self.model.changed(run.stop())
        self.bar.setRange(0, max(1, run.total))
        self.bar.setValue(run.fetched if run.total else int(good))
        took = duration(run.elapsed(time.monotonic()))
        self.times.setText(_("took {duration}").format(duration=took))
        self.line.setText(run.ready_line())
        self._show_after(shown=bool(run.rows))
        if run.counts()["failed"]:
            self.details_button.setChecked(True)
        stopped = run.finished is not None
        self._say("ok" if good else "warning" if stopped else "error", sentence)
        self.log.add([run.outcome(), sentence] if run.rows else [sentence])

    def _say(self, state: State, sentence: str) -> None:
        self.message.show()
        self.message.say(state, sentence, aloud=state != "clock")


def _details_button() -> QToolButton:
    button = QToolButton()
    button.setText(_("&Details"))
    button.setCheckable(True)
    button.setAutoRaise(True)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button
