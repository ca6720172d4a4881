"""The assistant for the first steps."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWizard

from att_desktop.text import _
from att_desktop.ui.first_run.pages import (
    AccountPage,
    ContentPage,
    FinishPage,
    FolderPage,
    WelcomePage,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from att_desktop.ui.account import Account
    from att_desktop.ui.context import AppContext
    from att_desktop.ui.first_run.pages import Lacking
    from att_desktop.ui.game_folders import GameFolders

__all__ = ["FirstRunAssistant", "Step"]


class Step(IntEnum):
    """The pages, in order."""

    WELCOME = 0
    FOLDER = 1
    ACCOUNT = 2
    CONTENT = 3
    FINISH = 4


_AFTER: Final[dict[int, int]] = {
    Step.WELCOME: Step.FOLDER,
    Step.FOLDER: Step.ACCOUNT,
    Step.ACCOUNT: Step.CONTENT,
    Step.CONTENT: Step.FINISH,
}


class FirstRunAssistant(QWizard):
    """What the player decided is in ``wants_sample`` and ``wants_update`` once accepted."""

    def __init__(
        self,
        context: AppContext,
        account: Account,
        folders: GameFolders,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("First steps"))
        self.setOption(QWizard.WizardOption.NoBackButtonOnStartPage)
        self.setButtonText(QWizard.WizardButton.CancelButton, _("S&kip"))
        self._account = account
        self._folders = folders
        self.welcome = WelcomePage(sample=context.sample)
        self.folder = FolderPage(folders)
        self.account = AccountPage(account)
        self.content = ContentPage(context)
        self.finish = FinishPage()
        for step, page in (
            (Step.WELCOME, self.welcome),
            (Step.FOLDER, self.folder),
            (Step.ACCOUNT, self.account),
            (Step.CONTENT, self.content),
            (Step.FINISH, self.finish),
        ):
            self.setPage(step, page)
        self.currentIdChanged.connect(self._on_step)
        self.resize(640, 480)

    @property
    def wants_sample(self) -> bool:
        """Sample data were chosen."""
        return self.welcome.try_out.isChecked()

    @property
    def wants_update(self) -> bool:
        """The first update is to start at once."""
        return self.finish.start.isEnabled() and self.finish.start.isChecked()

    def nextId(self) -> int:
        """Sample data need neither folder nor account."""
        step = self.currentId()
        if step == Step.WELCOME and self.wants_sample:
            return Step.CONTENT
        return _AFTER.get(step, -1)

    def lacking(self) -> frozenset[Lacking]:
        """What is missing for an update with the player's own account."""
        missing: set[Lacking] = set()
        state = self._account.state
        if state is not None and not state.usable:
            missing.add("account")
        if not self._folders.chosen:
            missing.add("folder")
        return frozenset(missing)

    def _on_step(self, step: int) -> None:
        if step == Step.FINISH:
            self.finish.explain(sample=self.wants_sample, lacking=self.lacking())
            self.button(QWizard.WizardButton.FinishButton).setFocus()
