"""The Warcraft Logs API client of the player, kept in the keyring of the operating system.

Id and secret are one entry, so there is never one without the other. They are nowhere else: not
in a file, not in a log. Where there is no keyring they live in memory for this run only, or come
from the environment (``WCL_CLIENT_ID``, ``WCL_CLIENT_SECRET``), which wins over all else.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import msgspec

from att_desktop.config.client_credentials import ClientCredentials
from att_desktop.system.errors import AttError
from att_desktop.system.json_data import UnreadableJson, decode_json
from att_desktop.system.keyring_access import (
    KeyringAccess,
    KeyringDidNotAnswer,
    KeyringError,
    KeyringIsLocked,
    NoKeyring,
)

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Mapping

    from keyring.backend import KeyringBackend

    from att_desktop.system.errors import Field

CredentialKind: TypeAlias = Literal[
    "stored", "missing", "no_keyring", "locked", "session", "environment"
]

_SERVICE: Final = "Azeroth's Top Talent"
_ACCOUNT: Final = "Warcraft Logs API client"
_ID_VARIABLE: Final = "WCL_CLIENT_ID"
_SECRET_VARIABLE: Final = "WCL_CLIENT_SECRET"  # noqa: S105 - a name, no secret

# Windows' Credential Manager keeps at most 2560 bytes of UTF-16: 1280 characters for both.
_MAX_CHARACTERS: Final = 200
_LOOK_SECONDS: Final = 4.0
_WAIT_SECONDS: Final = 90.0


class CredentialsMissing(AttError):
    """There are no credentials to work with."""


class CredentialsNotUsable(AttError):
    """What was typed or stored cannot be an API client's id and secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialState:
    """Where the credentials are; never what they are.

    ``code`` and ``fields`` say it (``text.say``); ``backend`` is the keyring's own name ("" when
    it was not asked).
    """

    kind: CredentialKind
    code: str
    fields: Mapping[str, Field] = field(default_factory=dict)
    backend: str = ""

    @property
    def usable(self) -> bool:
        """True when an update can start with them."""
        return self.kind in ("stored", "session", "environment")


class _Entry(msgspec.Struct, frozen=True):
    client_id: str
    client_secret: str


class KeyringStore:
    """Keeps the credentials. Every method may wait for the keyring: call them off the GUI thread.

    ``on_secret`` is told each secret that passes through, so that the log can leave it out.
    """

    def __init__(
        self,
        *,
        backend: KeyringBackend | None = None,
        environ: Mapping[str, str] | None = None,
        on_secret: Callable[[str], None] = lambda _secret: None,
        look_seconds: float = _LOOK_SECONDS,
        wait_seconds: float = _WAIT_SECONDS,
    ) -> None:
        """Keep in ``backend`` (default: the keyring of this system).

        ``look_seconds`` is how long ``state`` waits, ``wait_seconds`` how long the others do: the
        keyring may be asking the player for its password meanwhile.
        """
        self._keyring = KeyringAccess(backend)
        self._environ = os.environ if environ is None else environ
        self._on_secret = on_secret
        self._look_seconds = look_seconds
        self._wait_seconds = wait_seconds
        self._session: ClientCredentials | None = None

    def state(self) -> CredentialState:
        """Where the credentials are now. Raises nothing of the keyring's.

        When nothing is stored, a value is written, read and removed to know that the keyring
        really keeps what it is given: some backends report success and store nothing.
        """
        try:
            if self._from_environment() is not None:
                return CredentialState(kind="environment", code="credentials.environment")
            if self._session is not None:
                return CredentialState(kind="session", code="credentials.session")
        except CredentialsNotUsable as error:
            return CredentialState(kind="missing", code=error.code, fields=error.fields)
        return self._state_of_keyring()

    def close(self) -> None:
        """No method waits for the keyring any longer, now and later: the app ends."""
        self._keyring.close()

    def load(self, cancel: threading.Event | None = None) -> ClientCredentials:
        """The credentials: of the environment, else of this run, else of the keyring.

        Once ``cancel`` is set the keyring is not waited for any longer: KeyringDidNotAnswer.

        Raises CredentialsMissing, CredentialsNotUsable, and NoKeyring, KeyringIsLocked or
        KeyringDidNotAnswer (all KeyringError).
        """
        found = self._from_environment() or self._session
        if found is None:
            stored = self._keyring.read(
                _SERVICE, _ACCOUNT, timeout=self._wait_seconds, cancel=cancel
            )
            if stored is None:
                raise CredentialsMissing("credentials.none")
            found = _decoded(stored)
        self._on_secret(found.client_secret)
        return found

    def save(self, credentials: ClientCredentials) -> None:
        """Keep ``credentials`` in the keyring and read them back to be sure.

        Raises CredentialsNotUsable and KeyringError; then what was stored before may still be.
        """
        credentials = checked(credentials.client_id, credentials.client_secret)
        self._on_secret(credentials.client_secret)
        text = msgspec.json.encode(
            _Entry(credentials.client_id, credentials.client_secret)
        ).decode()
        self._keyring.write(_SERVICE, _ACCOUNT, text, timeout=self._wait_seconds)
        self._session = None

    def keep_for_this_run(self, credentials: ClientCredentials) -> None:
        """Keep ``credentials`` in memory until the app ends. Raises CredentialsNotUsable."""
        credentials = checked(credentials.client_id, credentials.client_secret)
        self._on_secret(credentials.client_secret)
        self._session = credentials

    def clear(self) -> None:
        """Forget the credentials of this run and of the keyring; none there is fine.

        Those of the environment stay: they are not the app's. Raises KeyringIsLocked and
        KeyringDidNotAnswer.
        """
        self._session = None
        try:
            self._keyring.remove(_SERVICE, _ACCOUNT, timeout=self._wait_seconds)
        except NoKeyring:
            return

    def _state_of_keyring(self) -> CredentialState:
        try:
            stored = self._keyring.read(_SERVICE, _ACCOUNT, timeout=self._look_seconds)
            if stored is None:
                self._keyring.probe(_SERVICE, timeout=self._look_seconds)
        except (KeyringIsLocked, KeyringDidNotAnswer) as error:
            return self._said("locked", error.code, error.fields)
        except KeyringError as error:
            return self._said("no_keyring", error.code, error.fields)
        if stored is None:
            return self._said("missing", "credentials.none_stored", {})
        try:
            _decoded(stored)
        except CredentialsNotUsable as error:
            return self._said("missing", error.code, error.fields)
        return self._said("stored", "credentials.stored", {"backend": self._keyring.name})

    def _said(
        self, kind: CredentialKind, code: str, fields: Mapping[str, Field]
    ) -> CredentialState:
        return CredentialState(kind=kind, code=code, fields=fields, backend=self._keyring.name)

    def _from_environment(self) -> ClientCredentials | None:
        client_id = self._environ.get(_ID_VARIABLE, "").strip()
        secret = self._environ.get(_SECRET_VARIABLE, "").strip()
        if not client_id and not secret:
            return None
        if not client_id or not secret:
            there, lacking = (_ID_VARIABLE, _SECRET_VARIABLE)
            if not client_id:
                there, lacking = lacking, there
            raise CredentialsNotUsable("credentials.half", there=there, lacking=lacking)
        return checked(client_id, secret)


def checked(client_id: str, client_secret: str) -> ClientCredentials:
    """What was typed or pasted, without the white space around it.

    Raises CredentialsNotUsable, without repeating a character of it.
    """
    client_id, client_secret = client_id.strip(), client_secret.strip()
    for name, value in (("id", client_id), ("secret", client_secret)):
        if not value:
            raise CredentialsNotUsable(f"credentials.{name}_empty")
        if len(value) > _MAX_CHARACTERS or not value.isascii() or not value.isprintable():
            raise CredentialsNotUsable(f"credentials.{name}_odd")
        if " " in value:
            raise CredentialsNotUsable(f"credentials.{name}_with_space")
    return ClientCredentials(client_id=client_id, client_secret=client_secret)


def _decoded(stored: str) -> ClientCredentials:
    try:
        entry = decode_json(stored, _Entry)
        return checked(entry.client_id, entry.client_secret)
    except (UnreadableJson, TypeError, CredentialsNotUsable):  # backends give what they like
        # Not chained: the cause would contain what is stored.
        raise CredentialsNotUsable("credentials.stored_unreadable") from None
