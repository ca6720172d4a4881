"""The first start: own specs, and where builds come from. Every choice is one click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout

from att_desktop.text import N_, _
from att_desktop.ui.card_texts import game_text
from att_desktop.ui.results.my_builds import own_builds_of
from att_desktop.ui.source_text import source_in_use
from att_desktop.ui.widgets.message import Message
from att_desktop.ui.widgets.own_specs import OwnSpecs
from att_desktop.ui.widgets.plain_text import PlainLabel, WrappedLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from att_desktop.ui.account import Account
    from att_desktop.ui.context import AppContext
    from att_desktop.ui.game_folders import GameFolders
    from att_desktop.update.events import SourceName

Start: TypeAlias = Literal["", "builds", "account", "sample"]

_NO_ACCOUNT: Final = N_("Get builds needs no account: they come from parses.gg.")
_FROM: Final[dict[SourceName, str]] = {
    "warcraftlogs": N_("Get builds asks Warcraft Logs, with your own client."),
    "feed": N_("Get builds reads the feed that is set."),
}


class FirstStart(QDialog):
    """``start`` is what was chosen once the dialog is accepted; rejected, it is empty.

    ``folder_wanted`` asks for the dialog of the game folders.
    """

    folder_wanted = Signal()

    def __init__(
        self,
        context: AppContext,
        account: Account,
        folders: GameFolders,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("First steps"))
        self.start: Start = ""
        self._context = context
        self._account = account
        self._folders = folders
        self._own = own_builds_of(context)
        self.specs = OwnSpecs()
        self.specs.suggest(self._own.spec_ids)
        self.game = Message(_("Game folder"))
        self.source = WrappedLabel()
        self.folder_button = _button(_("Choose &folder…"), self.folder_wanted.emit)
        self.builds_button = _button(_("&Get builds"), lambda: self._choose("builds"))
        self.account_button = _button(_("Use my own &account…"), lambda: self._choose("account"))
        self.sample_button = _button(_("Look at &sample data"), lambda: self._choose("sample"))
        self.skip_button = _button(_("Not now"), self.reject)
        self.builds_button.setDefault(True)
        self._build_layout()
        self._own.changed.connect(self._on_own_builds)
        folders.changed.connect(self._show_game)
        account.changed.connect(self._show_source)
        self._show_game()
        self._show_source()
        self.specs.setFocus()
        self.resize(560, self.sizeHint().height())

    def _build_layout(self) -> None:
        title = WrappedLabel(_("What the best play, in your game"))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.35)
        font.setBold(True)
        title.setFont(font)
        question = PlainLabel(_("Which specs do you &play?"))
        question.setBuddy(self.specs.picker)
        game = QHBoxLayout()
        game.addWidget(self.game, 1)
        game.addWidget(self.folder_button)
        buttons = QHBoxLayout()
        for button in (self.sample_button, self.account_button, self.skip_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.builds_button)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(title)
        layout.addWidget(
            WrappedLabel(
                _(
                    "The app shows the talents of the best players for each boss and dungeon, "
                    "and puts them into the game through an addon."
                )
            )
        )
        layout.addWidget(question)
        layout.addWidget(self.specs)
        layout.addWidget(
            WrappedLabel(_("They are fetched first and stand on top. You can leave it empty."))
        )
        layout.addLayout(game)
        layout.addWidget(self.source)
        layout.addStretch(1)
        layout.addLayout(buttons)

    def _choose(self, start: Start) -> None:
        self.specs.picker.take_typed()
        self.start = start
        self.accept()

    def _on_own_builds(self) -> None:
        self.specs.suggest(self._own.spec_ids)

    def _show_game(self) -> None:
        text = game_text(self._folders, sample=self._context.sample)
        self.game.say("info" if text.state == "warning" else text.state, text.sentence)
        self.folder_button.setVisible(not self._context.sample)

    def _show_source(self) -> None:
        source = source_in_use(self._context, self._account.state)
        self.source.setText(_(_FROM.get(source, _NO_ACCOUNT)))


def _button(text: str, on_click: object) -> QPushButton:
    """Not autoDefault: Enter is for *Get builds* wherever the focus is."""
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(on_click)
    return button
