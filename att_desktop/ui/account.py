"""The Warcraft Logs credentials as the window knows them: where they are, never what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from att_desktop.ui.background import Background, can_be_called

if TYPE_CHECKING:
    from collections.abc import Callable

    from att_desktop.config.client_credentials import ClientCredentials
    from att_desktop.config.credentials import CredentialState, KeyringStore

__all__ = ["Account"]


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
        self._background = Background(self)
        self._state: CredentialState | None = None

    @property
    def state(self) -> CredentialState | None:
        """Where the credentials are; None until the keyring has answered."""
        return self._state

    @property
    def busy(self) -> bool:
        """True while the keyring or Warcraft Logs is being asked."""
        return self._background.busy

    def refresh(self) -> None:
        """Ask the keyring again; ``changed`` follows."""
        self._background.run(self._store.state, self._take, self._ignore)

    def unlock(self, done: Callable[[], None], failed: Callable[[str], None]) -> None:
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
        failed: Callable[[str], None],
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

    def clear(self, done: Callable[[], None], failed: Callable[[str], None]) -> None:
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
        failed: Callable[[str], None],
    ) -> None:
        """Try ``credentials``, or the stored ones when None; ``done`` gets a sentence."""

        store, check = self._store, self._check

        def work() -> str:
            return check(store.load() if credentials is None else credentials)

        self._background.run(work, done, failed)

    def _run(
        self,
        work: Callable[[], CredentialState],
        done: Callable[[], None],
        failed: Callable[[str], None],
    ) -> None:
        def finish(state: CredentialState) -> None:
            self._take(state)
            if can_be_called(done):
                done()

        self._background.run(work, finish, failed)

    def _take(self, state: CredentialState) -> None:
        self._state = state
        self.changed.emit()

    def _ignore(self, _sentence: str) -> None:
        """``state`` raises nothing of the keyring's; a defect is in the log already."""
