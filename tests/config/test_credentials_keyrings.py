"""Keyrings that forget, are locked, refuse, or do not answer."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest

from att_desktop.config.client_credentials import ClientCredentials
from att_desktop.config.credentials import KeyringStore
from att_desktop.system.keyring_access import KeyringDidNotAnswer, KeyringError, KeyringIsLocked
from att_desktop.text import say
from tests.keyrings import (
    FailingKeyring,
    ForgetfulKeyring,
    MemoryKeyring,
    PlainFileKeyring,
    StuckKeyring,
)
from tests.shared_data import require

if TYPE_CHECKING:
    from pathlib import Path

CANARY = "canary-7fe1c0ffee-secret"
CREDENTIALS = ClientCredentials(client_id="9a1b-client", client_secret=CANARY)


def store(backend: object, **options: object) -> KeyringStore:
    return KeyringStore(backend=backend, environ={}, **options)


@pytest.mark.parametrize(
    "backend",
    [
        keyring.backends.fail.Keyring(),
        keyring.backends.null.Keyring(),
        ForgetfulKeyring(),
        PlainFileKeyring(),
        FailingKeyring(lambda: keyring.errors.NoKeyringError("none")),
        FailingKeyring(lambda: keyring.errors.InitError("the service went away")),
        FailingKeyring(lambda: RuntimeError("bus"), "set"),
        FailingKeyring(lambda: OSError(1783, "bad data"), "set"),
    ],
    ids=lambda backend: type(backend).__module__.rpartition(".")[2] + type(backend).__name__,
)
def test_a_keyring_that_does_not_keep_is_none(backend: object) -> None:
    tried = store(backend)
    state = tried.state()
    assert state.kind == "no_keyring"
    assert "this run only" in say(state)
    assert "WCL_CLIENT_ID" in say(state)
    with pytest.raises(KeyringError):
        tried.save(CREDENTIALS)
    tried.keep_for_this_run(CREDENTIALS)
    assert tried.state().kind == "session"
    assert tried.load() == CREDENTIALS


def test_several_keyrings_behind_one_face(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a desktop with both the Secret Service and KWallet: the first is written to."""
    chainer = keyring.backends.chainer.ChainerBackend
    first, second = MemoryKeyring(), PlainFileKeyring()
    monkeypatch.setattr(chainer, "backends", [first, second])
    tried = store(chainer())
    tried.save(CREDENTIALS)
    assert first.entries
    assert second.entries == {}
    assert say(tried.state()) == "Credentials are stored in keyrings MemoryKeyring."
    monkeypatch.setattr(chainer, "backends", [second])
    assert store(chainer()).state().kind == "no_keyring"


class LockedException(Exception):
    """Named like SecretStorage's own."""


class KeychainDenied(Exception):
    """Named like the macOS backend's own."""


def denied() -> BaseException:
    error = keyring.errors.KeyringError("Can't get password from keychain")
    error.__cause__ = KeychainDenied(-128)
    return error


@pytest.mark.parametrize(
    "make_error",
    [
        lambda: keyring.errors.KeyringLocked("Failed to unlock the collection!"),
        lambda: LockedException("Item is locked!"),
        denied,
        lambda: keyring.errors.PasswordSetError("Cancelled by user"),
    ],
)
def test_a_locked_or_denied_keyring_is_locked(make_error: object) -> None:
    backend = FailingKeyring(make_error)
    tried = store(backend)
    state = tried.state()
    assert state.kind == "locked"
    assert not state.usable
    for action in (tried.load, tried.clear, lambda: tried.save(CREDENTIALS)):
        with pytest.raises(KeyringIsLocked, match=r"keyring\.locked"):
            action()
    backend.make_error = None  # the player unlocks it
    tried.save(CREDENTIALS)
    assert tried.state().kind == "stored"


class Error(Exception):
    """As the macOS backend raises it: (number, text)."""


def in_words_of_keyring(number: int, *, chained: bool) -> BaseException:
    """keyring puts the Keychain's error into its own text."""
    cause = Error(number, "Unknown Error")
    error = keyring.errors.PasswordSetError(f"Can't store password on keychain: {cause}")
    if chained:
        error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "code", "number"),
    [
        (in_words_of_keyring(-25308, chained=True), "keyring.not_at_the_screen", -25308),
        (in_words_of_keyring(-25308, chained=False), "keyring.not_at_the_screen", -25308),
        (in_words_of_keyring(-25244, chained=True), "keyring.other_owner", -25244),
        (in_words_of_keyring(-34018, chained=True), "keyring.number", -34018),
        (Error(1312, "CredWrite", "A specified logon session does not exist"),
         "keyring.no_logon_session", 1312),
        (OSError(1312, "CredWrite"), "keyring.no_logon_session", 1312),
    ],
)  # fmt: skip
def test_numbers_of_the_system_are_told_with_what_else_one_can_do(
    error: BaseException, code: str, number: int
) -> None:
    tried = store(FailingKeyring(lambda: error, "set"))
    with pytest.raises(KeyringError) as caught:
        tried.save(CREDENTIALS)
    state = tried.state()
    assert (caught.value.code, state.code, state.kind) == (code, code, "no_keyring")
    assert str(number) in say(state)
    assert "this run only" in say(state)
    tried.keep_for_this_run(CREDENTIALS)
    assert tried.load() == CREDENTIALS


@pytest.mark.parametrize("number", [-25293, -128])
def test_a_denied_keychain_is_locked(number: int) -> None:
    tried = store(FailingKeyring(lambda: in_words_of_keyring(number, chained=True), "set"))
    with pytest.raises(KeyringIsLocked):
        tried.save(CREDENTIALS)


GONE = "package_that_is_gone.Keyring"


@pytest.mark.parametrize("by", ["file", "variable"])
@pytest.mark.parametrize("name", [GONE, "keyring.NoSuchClass", "nonsense"])
def test_a_keyring_that_is_set_and_gone_is_named(tmp_path: Path, by: str, name: str) -> None:
    environ = {key: value for key, value in os.environ.items() if key != "PYTHON_KEYRING_BACKEND"}
    place = "PYTHON_KEYRING_BACKEND"
    if by == "variable":
        environ[place] = name
    else:
        require(sys.platform == "linux", "XDG_CONFIG_HOME, where keyring looks on Linux")
        file = tmp_path / "python_keyring" / "keyringrc.cfg"
        file.parent.mkdir()
        file.write_text(f"[backend]\ndefault-keyring={name}\n")
        environ["XDG_CONFIG_HOME"] = str(tmp_path)
        place = str(file)
    script = (
        "from att_desktop.config.credentials import KeyringStore; from att_desktop.text import say;"
        "state = KeyringStore(look_seconds=60).state(); print(state.kind, say(state))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environ, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert done.stdout.startswith("no_keyring ")
    assert place in done.stdout
    assert "this run only" in done.stdout


def test_a_failure_before_a_keyring_is_found_names_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a home folder the keyring package knows no place for its settings."""

    def no_home() -> str:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr("keyring.util.platform_.config_root", no_home)
    state = KeyringStore(environ={}).state()
    assert (state.kind, state.code, state.backend) == ("no_keyring", "keyring.none", "")


def test_a_keyring_without_answer_is_not_waited_for() -> None:
    backend = StuckKeyring()
    tried = store(backend, look_seconds=0.2, wait_seconds=0.2)
    started = time.monotonic()
    assert tried.state().kind == "locked"
    assert tried.state().kind == "locked"
    with pytest.raises(KeyringDidNotAnswer, match=r"keyring\.no_answer"):
        tried.load()
    assert time.monotonic() - started < 5
    assert backend.prompts == 1  # no second prompt over the first
    backend.answered.set()
    patient = store(backend)
    assert patient.state().kind == "missing"


def test_an_answer_in_time_is_taken() -> None:
    backend = StuckKeyring()
    backend.entries["Azeroth's Top Talent", "Warcraft Logs API client"] = (
        '{"client_id":"9a1b-client","client_secret":"' + CANARY + '"}'
    )
    tried = store(backend, look_seconds=0.1, wait_seconds=20.0)
    assert tried.state().kind == "locked"
    backend.answered.set()
    assert tried.load() == CREDENTIALS
    assert tried.state().kind == "stored"


def test_a_failed_save_does_not_repeat_the_secret() -> None:
    def leaky() -> BaseException:
        return OSError(f"CredWrite failed for {CANARY}")

    with pytest.raises(KeyringError) as caught:
        store(FailingKeyring(leaky, "set")).save(CREDENTIALS)
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize("ends", ["cancel", "close"])
def test_a_wait_for_the_keyring_ends_at_once(ends: str) -> None:
    backend = StuckKeyring()
    tried = store(backend)
    cancel = threading.Event()
    timer = threading.Timer(0.1, cancel.set if ends == "cancel" else tried.close)
    timer.start()
    begun = time.monotonic()
    with pytest.raises(KeyringDidNotAnswer):
        tried.load(cancel)
    assert time.monotonic() - begun < 10  # it would wait a minute and a half
    if ends == "close":
        with pytest.raises(KeyringDidNotAnswer):
            tried.load()
        assert time.monotonic() - begun < 20
    backend.answered.set()
    timer.join()
