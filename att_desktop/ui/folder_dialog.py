"""The dialog for the game folders: those that were found, or one picked by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from att_desktop.text import _, say
from att_desktop.text.formats import age, in_a_row
from att_desktop.text.names import found_by_name, game_title
from att_desktop.ui.widgets.message import Message
from att_desktop.ui.widgets.plain_text import PlainLabel, plain_tip
from att_desktop.wow.places.base import BY_HAND

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from att_desktop.system.errors import AttError
    from att_desktop.ui.game_folders import GameFolders
    from att_desktop.wow.installations import Installation
    from att_desktop.wow.selected_folder import SelectedFolder

_PLACE_ROLE: Final = Qt.ItemDataRole.UserRole + 1


class FolderChooser(QWidget):
    """A list of installations to check, with ways to find more.

    ``explained`` follows each change of what is checked or known.
    """

    explained = Signal()

    def __init__(self, folders: GameFolders) -> None:
        super().__init__()
        self._folders = folders
        self._picked: list[Installation] = []
        label = PlainLabel(_("An update writes the addon to the &checked folders:"))
        self.model = QStandardItemModel(self)
        self.model.itemChanged.connect(self._explain)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setWordWrap(True)
        self.list.setAlternatingRowColors(True)
        self.list.setAccessibleName(_("World of Warcraft folders"))
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        label.setBuddy(self.list)
        self.message = Message(_("About the folder"))
        buttons = QDialogButtonBox()
        self.pick_button = self._button(buttons, _("C&hoose another folder…"))
        self.search_button = self._button(buttons, _("Search &again"))
        self.pick_button.clicked.connect(self._on_pick)
        self.search_button.clicked.connect(self._on_search)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.message)
        layout.addWidget(buttons)
        folders.changed.connect(self._fill)
        self._fill()

    def checked(self) -> list[Installation]:
        """What the player has checked."""
        items = [self.model.item(row) for row in range(self.model.rowCount())]
        return [
            item.data(_PLACE_ROLE) for item in items if item.checkState() == Qt.CheckState.Checked
        ]

    @property
    def lacks_a_check(self) -> bool:
        """There are folders to check, and none is."""
        rows = range(self.model.rowCount())
        return not self.checked() and any(self.model.item(row).isCheckable() for row in rows)

    def pick(self, path: Path) -> None:
        """Find the game from any folder or file in it, and check it."""
        self.message.say("clock", _("Looking there…"))
        self._folders.pick(path, self._on_picked, self._on_not_found)

    def _button(self, buttons: QDialogButtonBox, text: str) -> QPushButton:
        button: QPushButton = buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.setAutoDefault(False)
        return button

    def _on_pick(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, _("World of Warcraft folder, or any folder in it"), str(Path.home())
        )
        if folder:
            self.pick(Path(folder))

    def _on_search(self) -> None:
        self.message.say("clock", _("Looking for World of Warcraft…"))
        self._folders.refresh()

    def _on_picked(self, picked: SelectedFolder) -> None:
        place = picked.installation
        self._picked = [known for known in self._picked if known.folder != place.folder]
        self._picked.append(place)
        self._fill()
        for row in range(self.model.rowCount()):
            item = self.model.item(row)
            if item.data(_PLACE_ROLE).folder == place.folder:
                if place.supported:
                    item.setCheckState(Qt.CheckState.Checked)
                self.list.setCurrentIndex(item.index())
        good = place.supported and place.writable.ok
        self.message.say(
            "ok" if good else "warning", in_a_row(*map(say, picked.findings)), aloud=True
        )

    def _on_not_found(self, error: AttError) -> None:
        self.message.say("warning", say(error), aloud=True)

    def _fill(self) -> None:
        checked = {place.folder for place in self.checked()}
        if not self.model.rowCount():
            checked = {place.folder for place in self._folders.chosen}
        places = {place.folder: place for place in (*self._folders.installations, *self._picked)}
        self.model.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.model.clear()
        for place in places.values():
            self.model.appendRow(_item(place, checked=place.folder in checked))
        self.model.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self.model.layoutChanged.emit()
        self._explain()

    def _explain(self, *_changed: object) -> None:
        """Say what stands in the way of what is checked, or that all is well."""
        self.explained.emit()
        if self._folders.searching:
            self.message.say("clock", _("Looking for World of Warcraft…"))
            return
        checked = self.checked()
        closed = [place for place in checked if not place.writable.ok]
        if closed:
            self.message.say("warning", in_a_row(*(say(place.writable) for place in closed)))
        elif checked:
            self.message.say("ok", _("The addon can be written there."))
        elif self.model.rowCount():
            self.message.say("info", _("Check at least one folder."))
        else:
            self.message.say(
                "info",
                _(
                    "No World of Warcraft folder was found. Choose the game's folder, _retail_, "
                    "AddOns or anything between."
                ),
            )

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        place = current.data(_PLACE_ROLE)
        if place is not None and not place.supported:
            self.message.say(
                "info", _("The addon is for the current game, not for the classic ones.")
            )
        else:
            self._explain()


class FolderDialog(QDialog):
    """Choose the game folders; takes effect with OK."""

    def __init__(self, folders: GameFolders, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Game folder"))
        self._folders = folders
        self.chooser = FolderChooser(folders)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok_button = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.chooser.explained.connect(self._show_possible)
        self._show_possible()
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.chooser, 1)
        layout.addWidget(buttons)
        self.resize(560, 380)

    def _show_possible(self) -> None:
        """No OK after which the same question would come again."""
        self.ok_button.setEnabled(not self.chooser.lacks_a_check)

    def accept(self) -> None:
        """Write to what is checked from now on; where nothing can be, what was chosen stays."""
        checked = self.chooser.checked()
        if checked:
            self._folders.choose(checked)
        super().accept()


def _item(place: Installation, *, checked: bool) -> QStandardItem:
    found_by = found_by_name(place.found_by)
    if place.found_by != BY_HAND:
        found_by = _("found by {launcher}").format(launcher=found_by)
    notes = [str(place.folder), found_by]
    if place.addon_version and place.data_timestamp:
        notes.append(
            _("addon {version}, data from {age}").format(
                version=place.addon_version, age=age(place.data_timestamp)
            )
        )
    elif place.addon_version:
        notes.append(_("addon {version}").format(version=place.addon_version))
    item = QStandardItem(
        f"{game_title(place.name, supported=place.supported)}\n{' · '.join(notes)}"
    )
    item.setData(place, _PLACE_ROLE)
    item.setEnabled(place.supported)
    item.setCheckable(place.supported)
    item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
    item.setToolTip(plain_tip(say(place.writable)))
    return item
