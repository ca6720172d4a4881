"""The Settings page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from att_desktop.config.settings import known_settings
from att_desktop.game.content_types import CONTENT
from att_desktop.text import N_, _, say
from att_desktop.text.formats import in_a_row
from att_desktop.ui.settings.characters import CharactersBox
from att_desktop.ui.settings.editors import ZoneEditor, editor_for
from att_desktop.ui.settings.keep_up_to_date_box import KeepUpToDateBox
from att_desktop.ui.settings.texts import GROUPS, setting_help, setting_title, value_text
from att_desktop.ui.tasks import run_task
from att_desktop.ui.widgets.message import Message
from att_desktop.ui.widgets.plain_text import PlainLabel, WrappedLabel
from att_desktop.ui.widgets.text_sizes import letter_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from att_desktop.config.settings import SettingInfo
    from att_desktop.game.content_types import ContentType
    from att_desktop.system.errors import AttError
    from att_desktop.ui.context import AppContext
    from att_desktop.ui.game_folders import GameFolders
    from att_desktop.ui.keep_up_to_date import KeepUpToDate
    from att_desktop.ui.settings.characters import FindCharacter
    from att_desktop.ui.settings.editors import Editor

_WIDEST_CHARACTERS: Final = 74


class SettingsPage(QScrollArea):
    """All settings; each edit holds and is saved at once.

    ``folder_wanted`` and ``account_wanted`` ask for those dialogs. ``refresh_trees`` fetches the
    talent trees and returns a sentence, ``find_character`` asks for a character's talents and
    keeps them; both may take seconds.
    """

    folder_wanted = Signal()
    account_wanted = Signal()

    def __init__(
        self,
        context: AppContext,
        folders: GameFolders,
        refresh_trees: Callable[[], str],
        find_character: FindCharacter,
        keep_up_to_date: KeepUpToDate,
    ) -> None:
        super().__init__()
        self._context = context
        self._folders = folders
        self._refresh_trees = refresh_trees
        self._infos = {info.name: info for info in known_settings()}
        self._notes: dict[str, QLabel] = {}
        self.editors: dict[str, Editor] = {}
        self.folders_line = WrappedLabel()
        self.characters = CharactersBox(context, find_character)
        self.keep_up_to_date = KeepUpToDateBox(keep_up_to_date)
        self.trees_button = QPushButton(_("&Refresh talent trees"))
        self.trees_message = Message(_("Talent trees"))
        self.defaults_button = QPushButton(_("Restore all &defaults"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(self._contents())
        context.settings_changed.connect(self._show_values)
        context.library_changed.connect(self._show_values)
        folders.changed.connect(self._show_folders)
        self._show_values()
        self._show_folders()

    def _contents(self) -> QWidget:
        inner = QWidget()
        widest = letter_width(self.fontMetrics()) * _WIDEST_CHARACTERS
        titles = [setting_title(info.name) for info in self._infos.values() if info.kind != "flag"]
        # One column of labels for all groups.
        label_width = max(PlainLabel(title).sizeHint().width() for title in titles)
        inner.setMaximumWidth(label_width + widest)
        column = QVBoxLayout(inner)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(12)
        grouped = {name for _title, names in GROUPS for name in names}
        more = tuple(name for name in self._infos if name not in grouped)
        for title, names in (*GROUPS, (N_("More"), more)):
            infos = [self._infos[name] for name in names if name in self._infos]
            if "tray" in names:
                column.addWidget(self.keep_up_to_date)
            if infos:
                column.addWidget(self._group(_(title), infos, label_width))
        column.addWidget(self.characters)
        column.addWidget(self._account_and_trees())
        self.defaults_button.clicked.connect(self._on_defaults)
        column.addWidget(self.defaults_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        outer = QWidget()
        row = QHBoxLayout(outer)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(inner, 100)
        row.addStretch(1)
        return outer

    def _group(self, title: str, infos: list[SettingInfo], label_width: int) -> QGroupBox:
        box = QGroupBox(title)
        form = QFormLayout(box)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        for info in infos:
            label = PlainLabel("" if info.kind == "flag" else setting_title(info.name))
            label.setMinimumWidth(label_width)
            form.addRow(label, self._field(info, label))
        return box

    def _field(self, info: SettingInfo, label: QLabel) -> QWidget:
        """The editor with its sentence below: one cell, so that long sentences keep their place."""
        note = self._notes[info.name] = _note()
        field = QWidget()
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(field)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(2)
        if info.kind == "folders":
            column.addWidget(self._folders_field())
        else:
            editor = self.editors[info.name] = editor_for(info)
            editor.edited.connect(lambda value, name=info.name: self._edit(name, value))
            label.setBuddy(editor.widget)
            if info.kind == "text":
                column.addWidget(editor.widget)
            else:
                column.addWidget(editor.widget, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(note)
        return field

    def _folders_field(self) -> QWidget:
        self.folders_line.setAccessibleName(_("Game folders"))
        button = QPushButton(_("Chan&ge…"))
        button.setAccessibleName(_("Change game folders"))
        button.clicked.connect(self.folder_wanted)
        field = QWidget()
        row = QHBoxLayout(field)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.folders_line, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        return field

    def _account_and_trees(self) -> QGroupBox:
        box = QGroupBox(_("Sources"))
        account = QPushButton(_("Warcraft Logs &account…"))
        account.clicked.connect(self.account_wanted)
        self.trees_button.clicked.connect(self._on_refresh)
        note = _note()
        note.setText(
            _(
                "After a game patch that changes talents, fetch the new talent trees from "
                "Raidbots. The old ones stay when the new ones do not fit."
            )
        )
        column = QVBoxLayout(box)
        column.addWidget(account, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.trees_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(note)
        column.addWidget(self.trees_message)
        self.trees_message.hide()
        return box

    def restore_defaults(self) -> None:
        """Put the settings back, but for game folders and own specs."""
        kept = ("folders", "specs")
        self._context.change_settings(
            **{info.name: info.default for info in self._infos.values() if info.kind not in kept}
        )

    def _on_defaults(self) -> None:
        box = QMessageBox(
            QMessageBox.Icon.Question,
            _("Restore all defaults"),
            _("Put all settings of this page back? Game folders and your specs stay."),
            parent=self,
        )
        restore = box.addButton(_("&Restore"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        restore.clicked.connect(self.restore_defaults)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _edit(self, name: str, value: Any) -> None:
        self._context.change_settings(**{name: value})

    def _show_values(self) -> None:
        settings = self._context.settings
        zones = self._context.listed_zones()
        for name, editor in self.editors.items():
            if isinstance(editor, ZoneEditor):
                content = _content_of(name)
                editor.offer([zone for zone in zones if zone.content_type == content])
            editor.show_value(getattr(settings, name))
        for name, note in self._notes.items():
            info = self._infos[name]
            default = _("Default: {value}.").format(
                value=value_text(name, info.kind, info.default, info.unit)
            )
            note.setText(in_a_row(setting_help(info.name), default, *self._zone_at_hand(info)))

    def _zone_at_hand(self, info: SettingInfo) -> Iterator[str]:
        """Which raid or season a number stands for, as far as the results tell."""
        if info.kind != "zone":
            return
        library = self._context.library()
        name = library.zone_name(_content_of(info.name))
        number = getattr(library.config, info.name, None)
        if name and number:
            yield _("The builds at hand are of {zone}, number {number}.").format(
                zone=name, number=number
            )

    def _show_folders(self) -> None:
        folders = self._folders
        if folders.searching:
            self.folders_line.setText(_("Looking for World of Warcraft…"))
        else:
            self.folders_line.setText(folders.problem or folders.sentence)

    def _on_refresh(self) -> None:
        self.trees_button.setEnabled(False)
        self.trees_message.show()
        self.trees_message.say("clock", _("Fetching the talent trees…"))
        run_task(self._refresh_trees, self._on_refreshed, self._on_not_refreshed)

    def _on_refreshed(self, sentence: str) -> None:
        self.trees_button.setEnabled(True)
        self.trees_message.say("ok", sentence, aloud=True)
        self._context.renew_trees()

    def _on_not_refreshed(self, error: AttError) -> None:
        self.trees_button.setEnabled(True)
        self.trees_message.say("warning", say(error), aloud=True)


def _content_of(setting: str) -> ContentType:
    return next(row.id for row in CONTENT.values() if setting == f"{row.key}_zone_id")


def _note() -> QLabel:
    note = WrappedLabel()
    font = note.font()
    # Smaller, not paler: a platform's placeholder colour is often too faint to read.
    font.setPointSizeF(font.pointSizeF() * 0.92)
    note.setFont(font)
    return note
