"""The keyring of the operating system, with its many ways to fail told apart.

Backends raise what they like (D-Bus, COM and Security framework errors besides keyring's own) and
may block for as long as a password prompt is open. Here every call has a time limit and ends in a
value or in one of four errors. The keyring package is imported by the first call, in its thread:
importing it takes a fifth of the time in which the window should be on screen.
"""

from __future__ import annotations

import secrets
import threading
import time
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING, Final, TypeVar

from att_desktop.system.errors import AttError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from keyring.backend import KeyringBackend

__all__ = [
    "KeyringAccess",
    "KeyringDidNotAnswer",
    "KeyringError",
    "KeyringIsLocked",
    "KeyringRefused",
    "NoKeyring",
]

_T = TypeVar("_T")

# By name: SecretStorage exists on Linux only, the Keychain's errors on macOS only.
_LOCKED_ERRORS: Final = frozenset(
    {
        "KeyringLocked",
        "LockedException",  # SecretStorage
        "PromptDismissedException",  # SecretStorage
        "KeychainDenied",  # macOS: the player pressed Deny
        "SecAuthFailure",  # macOS
    }
)
_DISMISSED: Final = "Cancelled by user"  # KWallet, in a PasswordSetError or PasswordDeleteError
# How soon a cancelled wait ends.
_LOOK_S: Final = 0.05
_LEAST_PRIORITY: Final = 1  # keyring's own mark of a backend that it recommends


class KeyringError(AttError):
    """The keyring did not do what it was asked."""


class NoKeyring(KeyringError):
    """There is no keyring here, or none that keeps secrets."""


class KeyringIsLocked(KeyringError):
    """The keyring is locked, or the player did not let the app in."""


class KeyringDidNotAnswer(KeyringError):
    """The keyring has not answered in time; perhaps it still waits for the player."""


class KeyringRefused(KeyringError):
    """The keyring is there, and failed."""


class KeyringAccess:
    """Calls into one keyring, one at a time, each with a time limit in seconds.

    A call that runs out of time goes on in its own thread: the password prompt it has opened must
    not be opened twice. The next call waits for it first.
    """

    def __init__(self, backend: KeyringBackend | None = None) -> None:
        """Use ``backend``; None finds that of this system at the first call."""
        self._given = backend
        self._busy = threading.Lock()
        self._closed = threading.Event()
        self._name = ""

    @property
    def name(self) -> str:
        """The keyring's name, such as 'SecretService Keyring'; "" while it was never asked."""
        return self._name

    def close(self) -> None:
        """No call waits for the keyring any longer, now and later: the app ends."""
        self._closed.set()

    def read(
        self,
        service: str,
        account: str,
        *,
        timeout: float,
        cancel: threading.Event | None = None,
    ) -> str | None:
        """The value of an entry, None when there is none. Raises KeyringError.

        Once ``cancel`` is set it is not waited for any longer: KeyringDidNotAnswer.
        """
        return self._call(lambda: self._backend().get_password(service, account), timeout, cancel)

    def write(self, service: str, account: str, value: str, *, timeout: float) -> None:
        """Set an entry and read it back. Raises KeyringError."""

        def set_and_get() -> str | None:
            backend = self._backend()
            backend.set_password(service, account, value)
            return backend.get_password(service, account)

        if self._call(set_and_get, timeout) != value:
            raise NoKeyring(f"The keyring here ({self._name}) does not keep what it is given.")

    def remove(self, service: str, account: str, *, timeout: float) -> None:
        """Remove an entry; none there is fine. Raises KeyringError."""

        def delete() -> None:
            backend = self._backend()
            # Windows may hold an older value under a second name: until none is left.
            for _ in range(3):
                if backend.get_password(service, account) is None:
                    return
                backend.delete_password(service, account)

        self._call(delete, timeout)

    def probe(self, service: str, *, timeout: float) -> None:
        """Write, read and remove a value of no meaning. Raises KeyringError."""
        account = "write test"
        self.write(service + " (test)", account, secrets.token_hex(8), timeout=timeout)
        self.remove(service + " (test)", account, timeout=timeout)

    def _backend(self) -> KeyringBackend:
        """Runs inside the call: finding a keyring speaks with the system too."""
        import keyring

        backend = self._given or keyring.get_keyring()
        self._name = _name_of(backend)
        if not _keeps_secrets(backend):
            raise NoKeyring("There is no keyring of the operating system here.")
        return backend

    def _call(
        self, work: Callable[[], _T], timeout: float, cancel: threading.Event | None = None
    ) -> _T:
        deadline = time.monotonic() + timeout

        def until(came: Callable[[float], bool]) -> None:
            """Ask ``came`` (which may wait some seconds) until it is so or waiting is over."""
            while not came(max(0.0, min(_LOOK_S, deadline - time.monotonic()))):
                cancelled = self._closed.is_set() or (cancel is not None and cancel.is_set())
                if cancelled or time.monotonic() >= deadline:
                    raise _no_answer()

        until(lambda wait_s: self._busy.acquire(timeout=wait_s))
        outcome: Future[_T] = Future()

        def run() -> None:
            try:
                outcome.set_result(work())
            except BaseException as error:  # noqa: BLE001 - handed over to who waits for it
                outcome.set_exception(error)
            finally:
                self._busy.release()

        # A daemon, so that a prompt nobody answers does not keep the app from ending.
        threading.Thread(target=run, name="keyring", daemon=True).start()
        until(lambda wait_s: bool(wait([outcome], wait_s).done))
        try:
            return outcome.result()
        except KeyringError:
            raise
        except Exception as error:
            raise _in_words(error, self._name) from error


def _keeps_secrets(backend: KeyringBackend) -> bool:
    """False for the backends that fail, forget, or write plain files."""
    import keyring.backends.chainer
    import keyring.backends.fail
    import keyring.backends.null

    if isinstance(backend, keyring.backends.fail.Keyring | keyring.backends.null.Keyring):
        return False
    if isinstance(backend, keyring.backends.chainer.ChainerBackend):
        return any(_keeps_secrets(inner) for inner in backend.backends)
    return float(backend.priority) >= _LEAST_PRIORITY


def _name_of(backend: KeyringBackend) -> str:
    """What players may know it by; of several behind one face the one that is written to."""
    import keyring.backends.chainer

    if isinstance(backend, keyring.backends.chainer.ChainerBackend) and backend.backends:
        return _name_of(backend.backends[0])
    return str(getattr(backend, "name", "")) or type(backend).__name__


def _no_answer() -> KeyringDidNotAnswer:
    return KeyringDidNotAnswer(
        "The keyring does not answer. If it asks for its password in another window, "
        "answer it there and try again."
    )


def _in_words(error: BaseException, name: str) -> KeyringError:
    import keyring.errors

    chain = list(_causes(error))
    if any(type(cause).__name__ in _LOCKED_ERRORS for cause in chain) or any(
        _DISMISSED in str(cause) for cause in chain
    ):
        return KeyringIsLocked(
            "The keyring is locked. Unlock it, or let the app in when it asks, and try again."
        )
    # InitError: the service went away, or can not even make its default collection.
    nowhere = (keyring.errors.NoKeyringError, keyring.errors.InitError, ImportError)
    if isinstance(error, nowhere):
        return NoKeyring("There is no keyring of the operating system here.")
    # Only the kind of error: its text may hold what was to be kept.
    return KeyringRefused(f"The keyring {name} failed ({type(error).__name__}).".replace("  ", " "))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
