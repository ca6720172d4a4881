"""The credentials in a real Secret Service, as on a Linux desktop."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from keyring.testing.backend import BackendBasicTests

from tests.secret_service import lock_everything, private_bus, secret_service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from keyring.backend import KeyringBackend

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform != "linux", reason="the Secret Service belongs to Linux desktops"
    ),
]

STATE = """
from att_desktop.text import say
from att_desktop.config.credentials import KeyringStore
state = KeyringStore(look_seconds=20).state()
print(state.kind, "|", state.backend, "|", say(state))
"""
SAVE = """
from att_desktop.config.client_credentials import ClientCredentials
from att_desktop.config.credentials import KeyringStore
KeyringStore().save(ClientCredentials(client_id="an-id", client_secret="canary-secret-1"))
"""
LOAD = """
from att_desktop.config.credentials import KeyringStore
print(KeyringStore().load().client_secret)
"""
LOAD_LOCKED = """
from att_desktop.text import say
from att_desktop.config.credentials import KeyringStore
from att_desktop.system.keyring_access import KeyringIsLocked
try:
    KeyringStore().load()
except KeyringIsLocked as error:
    print("locked:", say(error))
"""
CLEAR = """
from att_desktop.config.credentials import KeyringStore
KeyringStore().clear()
"""


def run(script: str, environ: dict[str, str]) -> str:
    """One run of the app; what it printed."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[dict[str, str]]:
    with secret_service(tmp_path / "session") as environ:
        yield environ


def test_credentials_live_from_run_to_run(service: dict[str, str], tmp_path: Path) -> None:
    assert run(STATE, service).startswith("missing | SecretService")
    run(SAVE, service)
    assert run(STATE, service).startswith("stored | SecretService")
    assert run(LOAD, service) == "canary-secret-1"
    run(CLEAR, service)
    assert run(STATE, service).startswith("missing | SecretService")
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert b"canary-secret-1" not in path.read_bytes()


def test_a_locked_collection_is_told(service: dict[str, str]) -> None:
    run(SAVE, service)
    lock_everything(service)
    assert run(STATE, service).startswith("locked | SecretService")
    assert run(LOAD_LOCKED, service).startswith("locked: The keyring is locked.")


def test_a_bus_without_a_keyring_is_told(tmp_path: Path) -> None:
    with private_bus(tmp_path / "session") as environ:
        assert run(STATE, environ).startswith("no_keyring | fail")


def test_no_bus_is_no_keyring(tmp_path: Path) -> None:
    with private_bus(tmp_path / "session") as environ:
        environ["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={tmp_path}/nobody"
        assert run(STATE, environ).startswith("no_keyring | fail")


class TestSecretService(BackendBasicTests):
    """The private service passes keyring's own tests: what is tested above is a real one."""

    @pytest.fixture(autouse=True)
    def _session(self, service: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", service["DBUS_SESSION_BUS_ADDRESS"])

    # Asks for the session first: keyring's own fixture would not.
    @pytest.fixture(autouse=True)
    def _init_properties(self, _session: None) -> Iterator[None]:
        self.keyring = self.init_keyring()
        self.credentials_created: set[tuple[str, str]] = set()
        yield
        self.cleanup()

    def init_keyring(self) -> KeyringBackend:
        from keyring.backends import SecretService

        return SecretService.Keyring()
