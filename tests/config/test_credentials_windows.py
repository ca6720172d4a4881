"""The credentials in Windows' Credential Manager, with the real command."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.portable import windows_only

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = windows_only

SECRET = "canary-secret-7"
# Where they are, then what they are; a busy machine takes a while to import the backends.
STATE = """
from att_desktop.config.credentials import KeyringStore
store = KeyringStore(environ={}, look_seconds=60)
state = store.state()
print(state.kind, state.backend)
if state.kind == "stored":
    found = store.load()
    print(found.client_id, found.client_secret)
"""


def run(*arguments: str, given: str = "") -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, *arguments],
        input=given,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=180,
        check=False,
        env=os.environ.copy(),
    )
    return done.returncode, done.stdout + done.stderr


def credentials(action: str, given: str = "") -> tuple[int, str]:
    code, said = run("-m", "att_desktop", "credentials", action, given=given)
    assert SECRET not in said
    return code, said


def stored() -> list[str]:
    """What another process sees: kind and backend, then id and secret where there are some."""
    code, said = run("-c", STATE)
    assert code == 0, said
    return said.splitlines()


@pytest.fixture
def empty_manager() -> Iterator[None]:
    """Credential Manager without an entry of this app, before and after."""
    assert stored() == ["missing Windows WinVaultKeyring"]
    yield
    credentials("clear")


def test_what_one_process_saves_another_reads_until_it_is_cleared(empty_manager: None) -> None:
    assert credentials("set", f"an-id\n{SECRET}\n")[0] == 0
    assert stored() == ["stored Windows WinVaultKeyring", f"an-id {SECRET}"]
    assert credentials("clear")[0] == 0
    assert stored() == ["missing Windows WinVaultKeyring"]
