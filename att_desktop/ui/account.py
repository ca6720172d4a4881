"""The Warcraft Logs credentials as the window knows them: where they are, never what they are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from att_desktop.ui.tasks import Task, can_be_called, run_task

if TYPE_CHECKING:
    from collections.abc import Callable

    from att_desktop.config.client_credentials import ClientCredentials
    from att_desktop.config.credentials import CredentialState, KeyringStore
    from att_desktop.system.errors import AttError

_Result = TypeVar("_Result")


class Account(QObject):
    """Asks the keyring off the GUI thread, since it may wait for the player to unlock it.

    ``check`` fetches a token and returns a sentence with the points left; it may take seconds.
    """

    changed = Signal()

    def __init__(
        self,
        store: KeyringStore,
        check: Callable[[ClientCredentials], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._check = check
        self._tasks: list[Task] = []
        self._state: CredentialState | None = None

    @property
    def state(self) -> CredentialState | None:
        """Where the credentials are; None until the keyring has answered."""
        return self._state

    @property
    def busy(self) -> bool:
        """True while the keyring or Warcraft Logs is being asked."""
        return any(task.running for task in self._tasks)

    def refresh(self) -> None:
        """Ask the keyring again; ``changed`` follows."""
        self._start(self._store.state, self._on_state, self._on_no_state)

    def unlock(self, done: Callable[[], None], failed: Callable[[AttError], None]) -> None:
        """Ask for the credentials, which makes the system ask the player to unlock its keyring."""

        store = self._store

        def work() -> CredentialState:
            store.load()
            return store.state()

        self._run(work, done, failed)

    def save(
        self,
        credentials: ClientCredentials,
        done: Callable[[], None],
        failed: Callable[[AttError], None],
        *,
        for_this_run: bool,
    ) -> None:
        """Keep ``credentials`` in the keyring, or in memory until the app ends."""

        store = self._store

        def work() -> CredentialState:
            if for_this_run:
                store.keep_for_this_run(credentials)
            else:
                store.save(credentials)
            return store.state()

        self._run(work, done, failed)

    def clear(self, done: Callable[[], None], failed: Callable[[AttError], None]) -> None:
        """Remove the credentials from memory and keyring."""

        store = self._store

        def work() -> CredentialState:
            store.clear()
            return store.state()

        self._run(work, done, failed)

    def test(
        self,
        credentials: ClientCredentials | None,
        done: Callable[[str], None],
        failed: Callable[[AttError], None],
    ) -> None:
        """Try ``credentials``, or the stored ones when None; ``done`` gets a sentence."""

        store, check = self._store, self._check

        def work() -> str:
            return check(store.load() if credentials is None else credentials)

        self._start(work, done, failed)

    def _run(
        self,
        work: Callable[[], CredentialState],
        done: Callable[[], None],
        failed: Callable[[AttError], None],
    ) -> None:
        self._start(work, partial(self._on_changed, done), failed)

    def _start(
        self,
        work: Callable[[], _Result],
        done: Callable[[_Result], None],
        failed: Callable[[AttError], None],
    ) -> None:
        self._tasks = [task for task in self._tasks if task.running]
        self._tasks.append(run_task(work, done, failed))

    def _on_state(self, state: CredentialState) -> None:
        self._state = state
        self.changed.emit()

    def _on_changed(self, done: Callable[[], None], state: CredentialState) -> None:
        self._on_state(state)
        if can_be_called(done):
            done()

    def _on_no_state(self, _error: AttError) -> None:
        """``state`` raises nothing of the keyring's; a defect is in the log already."""
