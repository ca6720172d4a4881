"""The keyring of the operating system, with its many ways to fail told apart.

Backends raise what they like (D-Bus, COM and Security framework errors besides keyring's own) and
may block for as long as a password prompt is open. Here every call has a time limit and ends in a
value or in one of four errors. The keyring package is imported by the first call, in its thread:
importing it takes a fifth of the time in which the window should be on screen.
"""

from __future__ import annotations

import os
import re
import secrets
import threading
import time
from concurrent.futures import Future, wait
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from att_desktop.system.errors import AttError, causes

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

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
# errSecAuthFailed, errSecUserCanceled (Security/SecBase.h).
_LOCKED_NUMBERS: Final = frozenset({-25293, -128})
# errSecInteractionNotAllowed, errSecInvalidOwnerEdit; ERROR_NO_SUCH_LOGON_SESSION (WinError.h).
_CODES_OF_NUMBERS: Final = {
    -25308: "keyring.not_at_the_screen",
    -25244: "keyring.other_owner",
    1312: "keyring.no_logon_session",
}
_NUMBER: Final = re.compile(r"\((-?\d{2,6}), ['\"]")
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
            raise NoKeyring("keyring.forgets", backend=self._name)

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
        backend = self._given or _keyring_of_system()
        self._name = _name_of(backend)
        if not _keeps_secrets(backend):
            raise NoKeyring("keyring.none")
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
                    raise KeyringDidNotAnswer("keyring.no_answer")

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
            # Backends raise what their libraries raise: D-Bus, pywin32, Security.framework.
            raise _as_keyring_error(error, self._name) from error


def _keyring_of_system() -> KeyringBackend:
    """The keyring that the player has set, else the system's best one."""
    import keyring
    import keyring.util.platform_

    variable = "PYTHON_KEYRING_BACKEND"
    file = Path(keyring.util.platform_.config_root()) / "keyringrc.cfg"
    try:
        return keyring.get_keyring()
    except Exception as error:
        # Whatever the import of a class by its name raises; it may be of a package that is gone.
        kind = type(error).__name__
        if os.environ.get(variable):
            raise NoKeyring("keyring.set_wrong", place=variable, kind=kind) from error
        if file.exists():
            raise NoKeyring("keyring.set_wrong", place=file, kind=kind) from error
        raise


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


def _as_keyring_error(error: BaseException, backend: str) -> KeyringError:
    import keyring.errors

    chain = list(causes(error))
    number = _number_of(chain)
    if (
        number in _LOCKED_NUMBERS
        or any(type(cause).__name__ in _LOCKED_ERRORS for cause in chain)
        or any(_DISMISSED in str(cause) for cause in chain)
    ):
        return KeyringIsLocked("keyring.locked")
    if number is not None:
        code = _CODES_OF_NUMBERS.get(number, "keyring.number")
        return KeyringRefused(code, backend=backend, number=number)
    # InitError: the service went away, or cannot even make its default collection.
    nowhere = (keyring.errors.NoKeyringError, keyring.errors.InitError, ImportError)
    if isinstance(error, nowhere) or not backend:  # it failed before one was found
        return NoKeyring("keyring.none")
    # Only the kind of error: its text may hold what was to be kept.
    return KeyringRefused("keyring.failed", backend=backend, kind=type(error).__name__)


def _number_of(chain: list[BaseException]) -> int | None:
    """The system's own number: ``winerror``, or first of the arguments as (number, text).

    keyring puts the Keychain's error into the text of its own: "...: (-25308, 'Unknown Error')".
    """
    for error in chain:
        number = getattr(error, "winerror", None)
        if isinstance(number, int):
            return number
        first = error.args[0] if error.args else None
        if isinstance(first, int) and not isinstance(first, bool):
            return first
        written = _NUMBER.search(str(first)) if isinstance(first, str) else None
        if written:
            return int(written[1])
    return None
