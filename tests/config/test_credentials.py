"""Credentials that are kept, given by the environment, or no credentials at all."""

from __future__ import annotations

from typing import Any

import keyring.backends.fail
import pytest
from keyring.testing.backend import BackendBasicTests

from att_desktop.config.client_credentials import ClientCredentials
from att_desktop.config.credentials import (
    CredentialsMissing,
    CredentialsNotUsable,
    KeyringStore,
    checked,
)
from att_desktop.system.keyring_access import NoKeyring
from att_desktop.text import say
from tests.keyrings import LimitedKeyring, MemoryKeyring

CANARY = "canary-7fe1c0ffee-secret"
CREDENTIALS = ClientCredentials(client_id="9a1b-client", client_secret=CANARY)


def store(backend: object, **options: object) -> KeyringStore:
    return KeyringStore(backend=backend, environ={}, **options)


class TestMemoryKeyring(BackendBasicTests):
    """The test double is a keyring by keyring's own measure."""

    def init_keyring(self) -> MemoryKeyring:
        return MemoryKeyring()

    def test_empty_username(self) -> None:
        # keyring expects Windows to fail it (its issue 668), which is about Credential Manager.
        BackendBasicTests.test_empty_username(self)


def test_what_is_saved_is_loaded_by_the_next_run() -> None:
    backend = MemoryKeyring()
    assert store(backend).state().kind == "missing"
    store(backend).save(CREDENTIALS)
    state = store(backend).state()
    assert (state.kind, state.usable) == ("stored", True)
    assert store(backend).load() == CREDENTIALS
    assert len(backend.entries) == 1


def test_saving_again_replaces() -> None:
    backend = MemoryKeyring()
    store(backend).save(CREDENTIALS)
    other = ClientCredentials(client_id="other", client_secret="another-secret")
    store(backend).save(other)
    assert store(backend).load() == other


def test_clearing_leaves_nothing() -> None:
    backend = MemoryKeyring()
    kept = store(backend)
    kept.save(CREDENTIALS)
    kept.clear()
    assert backend.entries == {}
    assert kept.state().kind == "missing"
    kept.clear()
    with pytest.raises(CredentialsMissing, match=r"credentials\.none"):
        kept.load()


def test_the_look_leaves_no_test_value_behind() -> None:
    backend = MemoryKeyring()
    store(backend).state()
    assert "set" in backend.calls
    assert backend.entries == {}


def test_the_longest_credentials_fit_into_windows_limit() -> None:
    backend = LimitedKeyring()
    longest = ClientCredentials(client_id="i" * 200, client_secret='"' * 200)
    store(backend).save(longest)
    assert store(backend).load() == longest


@pytest.mark.parametrize(
    ("client_id", "secret"),
    [
        ("", "s"),
        ("i", "  "),
        ("i", "x" * 201),
        ("two words", "s"),
        ("i", "tab\tinside"),
        ("i", "пароль"),
        ("i", "nul\0"),
    ],
)
def test_what_can_be_no_credentials_is_refused_unsaid(client_id: str, secret: str) -> None:
    backend = MemoryKeyring()
    with pytest.raises(CredentialsNotUsable) as caught:
        store(backend).save(ClientCredentials(client_id=client_id, client_secret=secret))
    if secret.strip() and len(secret) > 1:
        assert secret not in str(caught.value)
    assert backend.entries == {}


def test_white_space_of_a_paste_does_not_count() -> None:
    assert checked(" id\n", "\tsecret \r\n") == ClientCredentials(
        client_id="id", client_secret="secret"
    )


@pytest.mark.parametrize(
    "stored", ["", "not json", '{"client_id":"x"}', "[1,2]", '{"client_id":"",', {"id": "x"}]
)
def test_an_entry_that_somebody_changed_is_missing(stored: Any) -> None:
    backend = MemoryKeyring()
    backend.entries["Azeroth's Top Talent", "Warcraft Logs API client"] = stored
    state = store(backend).state()
    assert state.kind == "missing"
    assert "again" in say(state)
    with pytest.raises(CredentialsNotUsable) as caught:
        store(backend).load()
    assert caught.value.__cause__ is None


def test_the_environment_wins() -> None:
    backend = MemoryKeyring()
    store(backend).save(CREDENTIALS)
    environ = {"WCL_CLIENT_ID": "from-env", "WCL_CLIENT_SECRET": "env-secret"}
    tried = KeyringStore(backend=backend, environ=environ)
    assert tried.state().kind == "environment"
    assert tried.load().client_id == "from-env"


@pytest.mark.parametrize(
    ("there", "lacking"),
    [("WCL_CLIENT_ID", "WCL_CLIENT_SECRET"), ("WCL_CLIENT_SECRET", "WCL_CLIENT_ID")],
)
def test_half_of_it_in_the_environment_is_told(there: str, lacking: str) -> None:
    tried = KeyringStore(backend=MemoryKeyring(), environ={there: CANARY})
    state = tried.state()
    assert state.kind == "missing"
    assert f"{lacking} is not" in say(state)
    with pytest.raises(CredentialsNotUsable, match=rf"credentials\.half there='{there}'"):
        tried.load()


def test_secrets_are_told_to_the_log_and_to_nobody_else() -> None:
    learned: list[str] = []
    backend = MemoryKeyring()
    kept = store(backend, on_secret=learned.append)
    kept.save(CREDENTIALS)
    state = kept.state()
    assert learned == [CANARY]
    store(backend, on_secret=learned.append).load()
    assert learned == [CANARY, CANARY]
    for text in (repr(kept), repr(state), repr(CREDENTIALS), str(CREDENTIALS)):
        assert CANARY not in text


def test_clearing_without_a_keyring_still_forgets_this_run() -> None:
    tried = store(keyring.backends.fail.Keyring())
    tried.keep_for_this_run(CREDENTIALS)
    tried.clear()
    with pytest.raises(NoKeyring):
        tried.load()
