"""The pages of the assistant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QRadioButton,
    QVBoxLayout,
    QWizardPage,
)

from att_desktop.config.settings import known_settings
from att_desktop.text import N_, _, pgettext
from att_desktop.ui.credentials_form import CredentialsForm
from att_desktop.ui.folder_dialog import FolderChooser
from att_desktop.ui.settings.editors import editor_for
from att_desktop.ui.widgets.plain_text import WrappedLabel

if TYPE_CHECKING:
    from att_desktop.ui.account import Account
    from att_desktop.ui.context import AppContext
    from att_desktop.ui.game_folders import GameFolders
    from att_desktop.ui.settings.editors import Editor

__all__ = ["AccountPage", "ContentPage", "FinishPage", "FolderPage", "Lacking", "WelcomePage"]


Lacking: TypeAlias = Literal["account", "folder"]
_LACKING: Final[dict[frozenset[Lacking], str]] = {
    frozenset(["account"]): N_(
        "An update still needs the Warcraft Logs account. The Account card of the Update page "
        "takes you there."
    ),
    frozenset(["folder"]): N_(
        "An update still needs the game folder. The Game folder card of the Update page takes "
        "you there."
    ),
    frozenset(["account", "folder"]): N_(
        "An update still needs the Warcraft Logs account and the game folder. The cards of the "
        "Update page take you there."
    ),
}


class WelcomePage(QWizardPage):
    """Own data, or sample data first."""

    def __init__(self, *, sample: bool) -> None:
        super().__init__()
        self.setTitle(_("What the best play, in your game"))
        purpose = WrappedLabel(
            _(
                "The app counts the talents of the best players for each boss and dungeon, and "
                "puts the builds into the game through an addon."
            )
        )
        self.real = QRadioButton(_("Use my Warcraft Logs &account (free)"))
        self.try_out = QRadioButton(_("Look around with &sample data first"))
        (self.try_out if sample else self.real).setChecked(True)
        note = WrappedLabel(
            _(
                "Sample data need no account, are made up, and never go into your game. "
                "You can switch at any time with Help › First steps."
            )
        )
        layout = QVBoxLayout(self)
        layout.addWidget(purpose)
        layout.addSpacing(8)
        layout.addWidget(self.real)
        layout.addWidget(self.try_out)
        layout.addWidget(note)
        layout.addStretch(1)


class FolderPage(QWizardPage):
    """Where the game is."""

    def __init__(self, folders: GameFolders) -> None:
        super().__init__()
        self.setTitle(_("Game folder"))
        self.setSubTitle(_("This is where the addon goes. You can leave it for later."))
        self._folders = folders
        self.chooser = FolderChooser(folders)
        layout = QVBoxLayout(self)
        layout.addWidget(self.chooser)

    def validatePage(self) -> bool:
        """Keep the choice when it is not the one that would be made anyway."""
        checked = self.chooser.checked()
        if [place.folder for place in checked] != [p.folder for p in self._folders.chosen]:
            self._folders.choose(checked)
        return True


class AccountPage(QWizardPage):
    """The Warcraft Logs API client, with a live test."""

    def __init__(self, account: Account) -> None:
        super().__init__()
        self.setTitle(_("Warcraft Logs account"))
        self.setSubTitle(_("You can leave it empty and enter it later."))
        self.form = CredentialsForm(account)
        layout = QVBoxLayout(self)
        layout.addWidget(self.form)

    def validatePage(self) -> bool:
        """Go on when nothing was typed; else keep it first and go on when it is kept."""
        if self.form.asking:
            return False
        if self.form.is_empty:
            return True
        self.form.save(self._on_kept)
        return False

    def _on_kept(self) -> None:
        # The form is empty now, so this time the page lets the player through.
        if self.isVisible():
            self.wizard().next()


class ContentPage(QWizardPage):
    """What an update fetches, and whether talents may show their icons."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.setTitle(_("What to fetch"))
        self.setSubTitle(_("All of this can be changed in Settings."))
        self._context = context
        self.editors: dict[str, Editor] = {}
        form = QFormLayout(self)
        for info in known_settings():
            if info.name not in ("content", "difficulty", "top_n", "icon_download"):
                continue
            editor = editor_for(info)
            editor.show_value(getattr(context.settings, info.name))
            editor.edited.connect(lambda value, name=info.name: self._edit(name, value))
            self.editors[info.name] = editor
            # A check box says its own name.
            form.addRow("" if info.kind == "flag" else _(info.title), editor.widget)
            help_line = WrappedLabel(_(info.help))
            form.addRow("", help_line)

    def _edit(self, name: str, value: object) -> None:
        self._context.change_settings(**{name: value})


class FinishPage(QWizardPage):
    """The first update."""

    def __init__(self) -> None:
        super().__init__()
        self.setTitle(pgettext("first steps", "Ready"))
        self.setSubTitle(_("First steps can be opened again from the Help menu."))
        self.start = QCheckBox(_("Start the first &update now"))
        self.start.setChecked(True)
        self._text = WrappedLabel()
        layout = QVBoxLayout(self)
        layout.addWidget(self._text)
        layout.addWidget(self.start)
        layout.addStretch(1)

    def explain(self, *, sample: bool, lacking: frozenset[Lacking]) -> None:
        """Say what will happen, and what is still missing for an update."""
        if sample:
            text = _("The sample update takes some seconds and fills every page.")
        elif lacking:
            text = _(_LACKING[lacking])
        else:
            text = _(
                "The first update takes about a minute. Then restart the game once, and the "
                "addon offers your builds."
            )
        self._text.setText(text)
        ready = sample or not lacking
        self.start.setEnabled(ready)
        self.start.setChecked(ready)
