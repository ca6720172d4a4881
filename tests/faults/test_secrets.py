"""The secret is nowhere but in the keyring and in the request that needs it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from att_desktop.config.client_credentials import ClientCredentials
from att_desktop.config.credentials import KeyringStore
from att_desktop.config.environment import Environment
from att_desktop.sources.warcraftlogs.auth import Token
from att_desktop.system.errors import AttError
from att_desktop.text import say
from att_desktop.ui.account import Account
from att_desktop.ui.credentials_form import CredentialsForm
from att_desktop.update import child_process as parent
from att_desktop.wow.places.macos import ask_spotlight
from tests.faults.network import CANARY_ID, CANARY_SECRET, CANARY_TOKEN
from tests.keyrings import FailingKeyring, MemoryKeyring

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parents[2]
PROCESS = """
import logging, sys, threading
from att_desktop.config.credentials import KeyringStore
from att_desktop.system.folders import find_folders
from att_desktop.system.logs import hide_secret, start_logging
from tests.faults.network import CANARY_SECRET, CANARY_TOKEN

start_logging(find_folders())
found = KeyringStore(on_secret=hide_secret).load()
logging.getLogger("att_desktop.x").error("headers %s", {"Authorization": f"Bearer {CANARY_TOKEN}"})
logging.getLogger("att_desktop.x").error("%r %r", found, vars)

def fail():
    local = found.client_secret
    try:
        raise ValueError(f"while sending client_secret={local}")
    except ValueError as error:
        raise RuntimeError(f"Bearer {CANARY_TOKEN} and {local} refused") from error

thread = threading.Thread(target=fail)
thread.start()
thread.join()
fail()
"""


def everything_below(folder: Path) -> bytes:
    return b"\n".join(
        str(path).encode() + (path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    )


def test_a_crash_of_the_app_tells_no_secret(own_home: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROCESS],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "WCL_CLIENT_ID": CANARY_ID,
            "WCL_CLIENT_SECRET": CANARY_SECRET,
        },
        capture_output=True,
        timeout=60,
        check=False,
    )
    kept = everything_below(own_home)
    assert len(list((own_home / "logs").glob("crash-*.txt"))) >= 1
    assert b"RuntimeError" in kept
    for canary in (CANARY_SECRET, CANARY_TOKEN):
        assert canary.encode() not in kept
        assert canary.encode() not in ran.stdout + ran.stderr


def test_nothing_shows_itself_by_repr() -> None:
    for secretive in (
        ClientCredentials(CANARY_ID, CANARY_SECRET),
        Token(access_token=CANARY_TOKEN, expires_in=1.0),
    ):
        assert "Canary" not in f"{secretive!r} {secretive} {[secretive]}"


@pytest.mark.parametrize(
    "stored", [f"garbage {CANARY_SECRET}", f'{{"client_id": "{CANARY_SECRET}"}}']
)
def test_what_is_stored_wrongly_is_in_no_error(stored: str) -> None:
    backend = MemoryKeyring()
    backend.entries["Azeroth's Top Talent", "Warcraft Logs API client"] = stored
    with pytest.raises(AttError) as caught:
        KeyringStore(backend=backend, environ={}).load()
    assert CANARY_SECRET not in "".join(traceback.format_exception(caught.value))


def test_what_a_keyring_says_is_not_repeated() -> None:
    backend = FailingKeyring(lambda: OSError(f"cannot keep {CANARY_SECRET}"))
    store = KeyringStore(backend=backend, environ={})
    with pytest.raises(AttError) as caught:
        store.save(ClientCredentials(CANARY_ID, CANARY_SECRET))
    assert CANARY_SECRET not in str(caught.value)
    assert CANARY_SECRET not in say(store.state())


def test_a_screenshot_of_the_form_tells_nothing_of_the_secret(qtbot: QtBot) -> None:
    def picture(secret: str) -> QImage:
        form = CredentialsForm(Account(KeyringStore(backend=MemoryKeyring()), lambda _: ""))
        qtbot.addWidget(form)
        form.client_id.setText(CANARY_ID)
        form.secret.setText(secret)
        form.resize(500, 300)
        return form.grab().toImage()

    assert picture(CANARY_SECRET) == picture("M" * len(CANARY_SECRET))
    assert picture(CANARY_SECRET) != picture("M")


def test_a_program_that_is_started_does_not_inherit_the_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WCL_CLIENT_SECRET", CANARY_SECRET)
    said = ask_spotlight((sys.executable, "-c", "import os; print('env', dict(os.environ))"), 20.0)
    assert said.startswith("env")
    assert CANARY_SECRET not in said


def test_the_updates_own_process_is_told_the_secret_by_nothing_that_others_can_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WCL_CLIENT_ID", CANARY_ID)
    monkeypatch.setenv("WCL_CLIENT_SECRET", CANARY_SECRET)
    started: list[list[str]] = []
    start = subprocess.Popen
    told = tmp_path / "told"

    def look(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        started.append(command)
        script = "import os, sys; open(sys.argv[1], 'w').write(f'env {dict(os.environ)}')"
        return start([sys.executable, "-c", script, str(told)], **options)

    monkeypatch.setattr(parent.subprocess, "Popen", look)
    request = parent.UpdateRequest(
        game_folders=(tmp_path,),
        variables=Environment.read().variables(),
        credentials=ClientCredentials(CANARY_ID, CANARY_SECRET),
    )
    with pytest.raises(parent.UpdateLost):
        parent.run_update(request, lambda _event: None, threading.Event())
    assert told.read_text().startswith("env")
    assert CANARY_SECRET not in told.read_text() + str(started)


def test_no_command_takes_a_secret_as_an_argument() -> None:
    from att_desktop.commands.arguments import make_parser

    for name in ("sync", "credentials", "doctor"):
        with pytest.raises(SystemExit):
            make_parser().parse_args([name, "--client-secret", "x"])
