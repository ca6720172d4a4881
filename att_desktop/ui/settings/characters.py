"""Own characters by name: what Raider.IO is asked for, only when a button says so."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from att_desktop.config.characters import (
    REGIONS,
    CharacterName,
    characters_path,
    read_characters,
    remove_character,
)
from att_desktop.system.errors import AttError
from att_desktop.text import N_, _, say
from att_desktop.text.formats import age
from att_desktop.text.names import spec_and_class
from att_desktop.ui.results.my_builds import own_builds_of
from att_desktop.ui.tasks import run_task
from att_desktop.ui.widgets.message import Message
from att_desktop.ui.widgets.plain_text import PlainLabel, WrappedLabel
from att_desktop.ui.widgets.text_sizes import letter_width

if TYPE_CHECKING:
    from collections.abc import Callable

    from att_desktop.config.characters import OwnCharacter
    from att_desktop.ui.context import AppContext

FindCharacter: TypeAlias = "Callable[[CharacterName], OwnCharacter]"
"""Asks for a character and keeps its talents. Blocks. Raises AttError."""

_ROWS: Final = 3
_CHARACTERS: Final = 24
_REGION_NAMES: Final = {
    # TRANSLATORS: a region of the game.
    "us": N_("Americas and Oceania"),
    "eu": N_("Europe"),
    "kr": N_("Korea"),
    "tw": N_("Taiwan"),
}
_CHARACTER_ROLE: Final = Qt.ItemDataRole.UserRole


class CharactersBox(QGroupBox):
    """Region, realm and name, what is sent, and the characters that were asked for."""

    def __init__(self, context: AppContext, find: FindCharacter) -> None:
        super().__init__(_("Own characters"))
        self._context = context
        self._find = find
        self._path = characters_path(context.folders)
        self.region = QComboBox()
        for region in REGIONS:
            self.region.addItem(_(_REGION_NAMES[region]), region)
        self.region.setCurrentIndex(REGIONS.index(_likely_region()))
        self.realm = QLineEdit()
        self.name = QLineEdit()
        self.ask_button = QPushButton(_("As&k Raider.IO"))
        self.message = Message(_("Own characters"))
        self.message.hide()
        self.list = QListWidget()
        self.list.setAccessibleName(_("Own characters"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(round(self.fontMetrics().height() * 1.5 * _ROWS))
        self.again_button = QPushButton(_("Ask again"))
        self.again_button.setToolTip(_("Ask Raider.IO for the talents that it shows now"))
        self.remove_button = QPushButton(_("Remove"))
        self._build_layout()
        self._connect()
        self._show_characters()

    def _build_layout(self) -> None:
        note = WrappedLabel(
            _(
                "The talents of your characters come from the addon. Those that a character shows "
                "in public at raider.io can stand beside the best builds, too. Each click sends "
                "region, realm and name to raider.io, once; nothing is sent by itself."
            )
        )
        form = QFormLayout()
        for title, editor in (
            (_("Region"), self.region),
            (_("Realm"), self.realm),
            (_("Character"), self.name),
        ):
            label = PlainLabel(title)
            label.setBuddy(editor)
            editor.setAccessibleName(title)
            editor.setMinimumWidth(letter_width(self.fontMetrics()) * _CHARACTERS)
            form.addRow(label, editor)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self._known = QWidget()
        row = QHBoxLayout()
        row.addWidget(self.again_button)
        row.addWidget(self.remove_button)
        row.addStretch(1)
        known = QVBoxLayout(self._known)
        known.setContentsMargins(0, 0, 0, 0)
        known.addWidget(self.list)
        known.addLayout(row)
        column = QVBoxLayout(self)
        column.addWidget(note)
        column.addLayout(form)
        column.addWidget(self.ask_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.message)
        column.addWidget(self._known)

    def _connect(self) -> None:
        self.ask_button.clicked.connect(self._on_ask)
        self.realm.returnPressed.connect(self._on_ask)
        self.name.returnPressed.connect(self._on_ask)
        self.again_button.clicked.connect(self._on_again)
        self.remove_button.clicked.connect(self._on_remove)
        self.list.currentItemChanged.connect(self._show_buttons)
        self._context.ages_grew.connect(self._say_ages)

    @property
    def _current(self) -> OwnCharacter | None:
        index = self.list.currentIndex()
        character: OwnCharacter | None = index.data(_CHARACTER_ROLE)
        return character

    def _show_characters(self) -> None:
        characters = read_characters(self._path)
        self._known.setVisible(bool(characters))
        self.list.clear()
        for one in characters:
            item = QListWidgetItem(_character_text(one))
            item.setData(_CHARACTER_ROLE, one)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._show_buttons()

    def _say_ages(self) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setText(_character_text(item.data(_CHARACTER_ROLE)))

    def _show_buttons(self) -> None:
        busy = not self.ask_button.isEnabled()
        for button in (self.again_button, self.remove_button):
            button.setEnabled(self._current is not None and not busy)

    def _on_ask(self) -> None:
        if self.ask_button.isEnabled():
            self._ask(
                CharacterName(
                    region=self.region.currentData(), realm=self.realm.text(), name=self.name.text()
                )
            )

    def _on_again(self) -> None:
        if self._current is not None:
            self._ask(self._current.full_name)

    def _ask(self, name: CharacterName) -> None:
        self._set_busy(busy=True)
        self.message.show()
        self.message.say("clock", _("Asking Raider.IO…"))
        find = self._find
        run_task(lambda: find(name), self._on_found, self._on_not_found)

    def _on_found(self, character: OwnCharacter) -> None:
        self._set_busy(busy=False)
        self.name.clear()
        # TRANSLATORS: a character and its spec.
        sentence = _("{name} is here as {spec}. The Builds page shows the talents beside the best.")
        self.message.say(
            "ok",
            sentence.format(name=character.name, spec=spec_and_class(character.spec_id)),
            aloud=True,
        )
        self._renew()

    def _on_not_found(self, error: AttError) -> None:
        self._set_busy(busy=False)
        self.message.say("warning", say(error), aloud=True)

    def _on_remove(self) -> None:
        if self._current is None:
            return
        try:
            remove_character(self._path, self._current)
        except AttError as error:
            self.message.show()
            self.message.say("warning", say(error), aloud=True)
        else:
            self.message.hide()
        self._renew()

    def _renew(self) -> None:
        self._show_characters()
        own_builds_of(self._context).refresh()

    def _set_busy(self, *, busy: bool) -> None:
        self.ask_button.setEnabled(not busy)
        self._show_buttons()


def _character_text(one: OwnCharacter) -> str:
    # TRANSLATORS: a character with its realm, region, spec, and when it was seen: 'Mirou, Ysondre
    # (EU): Blood Death Knight, 3 hours ago'.
    return _("{name}, {realm} ({region}): {spec}, {age}").format(
        name=one.name,
        realm=one.realm,
        region=one.region.upper(),
        spec=spec_and_class(one.spec_id),
        age=age(datetime.fromtimestamp(one.time, UTC)),
    )


def _likely_region() -> str:
    country = QLocale.system().territory()
    known = QLocale.Country
    if country in (known.SouthKorea, known.Taiwan):
        return "kr" if country is known.SouthKorea else "tw"
    american = (
        known.UnitedStates, known.Canada, known.Mexico, known.Brazil, known.Argentina,
        known.Chile, known.Colombia, known.Australia, known.NewZealand,
    )  # fmt: skip
    return "us" if country in american else "eu"
