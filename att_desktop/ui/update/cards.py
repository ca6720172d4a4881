"""The three cards on top of the Update page: a state glyph, one sentence, one action each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGroupBox, QPushButton, QVBoxLayout

from att_desktop.text import say
from att_desktop.ui.texts import age, count
from att_desktop.ui.widgets.message import Message

if TYPE_CHECKING:
    from att_desktop.config.credentials import CredentialKind, CredentialState
    from att_desktop.ui.game_folders import GameFolders
    from att_desktop.ui.widgets.glyphs import State
    from att_desktop.update.library import Library

__all__ = ["Card", "CardText", "account_text", "data_text", "game_text"]

# The addon, too, tells the player when its data are older than that.
_OLD: Final = timedelta(days=14)

_ACCOUNT: Final[dict[CredentialKind, tuple[State, str]]] = {
    "stored": ("ok", "Change…"),
    "session": ("ok", "Change…"),
    "environment": ("ok", "Test…"),
    "missing": ("warning", "Enter credentials…"),
    "no_keyring": ("warning", "Enter credentials…"),
    "locked": ("warning", "Unlock…"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CardText:
    """What a card says."""

    state: State
    sentence: str
    action: str


class Card(QGroupBox):
    """One card. ``acted`` is its button."""

    acted = Signal()

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._message = Message(title)
        self._button = QPushButton()
        self._button.clicked.connect(self.acted)
        layout = QVBoxLayout(self)
        layout.addWidget(self._message, 1)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def button(self) -> QPushButton:
        """The action."""
        return self._button

    @property
    def message(self) -> Message:
        """Glyph and sentence."""
        return self._message

    def show_text(self, text: CardText) -> None:
        """Show a state."""
        self._message.say(text.state, text.sentence)
        self._button.setText(text.action)
        self._button.setAccessibleDescription(f"{self.title()}: {text.sentence}")


def account_text(state: CredentialState | None, *, sample: bool) -> CardText:
    """The Account card."""
    if sample:
        return CardText(
            state="info", sentence="Sample data need no account.", action="Use my account…"
        )
    if state is None:
        return CardText(state="clock", sentence="Asking the keyring…", action="Enter credentials…")
    glyph, action = _ACCOUNT[state.kind]
    return CardText(state=glyph, sentence=state.sentence, action=action)


def game_text(folders: GameFolders, *, sample: bool) -> CardText:
    """The Game folder card."""
    if folders.searching and not sample:
        return CardText(
            state="clock", sentence="Looking for World of Warcraft…", action="Choose folder…"
        )
    if sample:
        return CardText(state="info", sentence=folders.sentence, action="Show folder")
    problem = folders.problem
    if problem:
        return CardText(state="warning", sentence=problem, action="Choose folder…")
    return CardText(state="ok", sentence=folders.sentence, action="Change…")


def data_text(library: Library, now: datetime | None = None) -> CardText:
    """The Data card."""
    newest = library.newest
    if newest is None:
        if library.problem:
            return CardText(state="warning", sentence=say(library.problem), action="Show builds")
        return CardText(
            state="info", sentence="No builds yet. An update fetches them.", action="Show builds"
        )
    names = [library.zone_name("raid"), library.zone_name("mythicplus")]
    seasons = " and ".join(name for name in names if name)
    sentence = f"{count(library.build_count, 'build')}, fetched {age(newest, now)}"
    sentence += f": {seasons}." if seasons else "."
    if library.problem:
        return CardText(
            state="warning", sentence=f"{sentence} {say(library.problem)}", action="Show builds"
        )
    if (now or datetime.now(UTC)) - newest > _OLD:
        return CardText(
            state="warning",
            sentence=f"{sentence} Players may have moved on: update.",
            action="Show builds",
        )
    return CardText(state="ok", sentence=sentence, action="Show builds")
