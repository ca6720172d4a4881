"""The credentials in Windows' Credential Manager, with the real command."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from att_desktop.config.client_credentials import ClientCredentials
from att_desktop.config.credentials import KeyringStore
from tests.portable import windows_only

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = windows_only

SECRET = "canary-secret-7"


@pytest.fixture
def store() -> Iterator[KeyringStore]:
    """The store that the app uses; what a test leaves there is removed."""
    store = KeyringStore(environ={}, look_seconds=60)
    assert store.state().kind == "missing", "this user has credentials of this app"
    yield store
    store.clear()


def credentials(action: str, given: str = "") -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "att_desktop", "credentials", action],
        input=given,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=120,
        check=False,
        env=os.environ.copy(),
    )
    assert SECRET not in done.stdout + done.stderr
    return done.returncode, done.stdout + done.stderr


def test_what_the_command_saves_another_process_reads_until_it_is_cleared(
    store: KeyringStore,
) -> None:
    assert credentials("set", f"an-id\n{SECRET}\n")[0] == 0
    code, said = credentials("status")
    assert (code, "WinVault" in said) == (0, True)
    state = store.state()
    assert (state.kind, state.usable) == ("stored", True)
    assert "WinVault" in state.backend
    assert store.load() == ClientCredentials(client_id="an-id", client_secret=SECRET)
    assert credentials("clear")[0] == 0
    assert store.state().kind == "missing"
    assert credentials("status")[0] == 1
