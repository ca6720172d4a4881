"""``credentials`` on a terminal and from a pipe, with a real keyring."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.secret_service import lock_everything, private_bus, secret_service
from tests.shared_data import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the Secret Service belongs to Linux desktops"
)

SECRET = b"canary-secret-9"
CTRL_C, CTRL_D = b"\x03", b"\x04"
COMMAND = [sys.executable, "-W", "error", "-m", "att_desktop", "credentials"]
# A terminal that a new session opens first becomes its own: Ctrl+C and the prompt go there.
ON_A_TERMINAL = """
import os, sys
os.close(os.open(os.ttyname(0), os.O_RDWR))
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.fixture
def service(tmp_path: Path) -> Iterator[dict[str, str]]:
    with secret_service(tmp_path / "session") as environ:
        yield environ


@pytest.fixture
def no_keyring(tmp_path: Path) -> Iterator[dict[str, str]]:
    with private_bus(tmp_path / "session") as environ:
        yield environ


@pytest.fixture
def in_memory() -> dict[str, str]:
    """A keyring for as long as the command runs: what is asked and refused comes before it."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHON_KEYRING_BACKEND": "tests.keyrings.MemoryKeyring",
    }


def piped(environ: dict[str, str], action: str, given: bytes = b"") -> tuple[int, str]:
    """Exit code and all that was said."""
    done = subprocess.run(
        [*COMMAND, action], env=environ, input=given, capture_output=True, timeout=60, check=False
    )
    return done.returncode, (done.stdout + done.stderr).decode()


def typed(environ: dict[str, str], *answers: bytes) -> tuple[int, bytes]:
    """``set`` on a terminal, each answer typed at a prompt. Exit code and what the screen shows.

    Ctrl+C is typed again while nothing happens: between its prompt and its reading Python notes a
    signal, and then waits for a line all the same.
    """
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", ON_A_TERMINAL, *COMMAND, "set"],
        env=environ,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as command:
        os.close(theirs)
        screen = b""
        left = list(answers)
        last = b""
        while True:
            while last.endswith(CTRL_C) and not select.select([ours], [], [], 0.5)[0]:
                os.write(ours, CTRL_C)
            try:
                shown = os.read(ours, 4096)
            except OSError:  # Linux' way to say that nobody is left on the other side
                break
            screen += shown
            if left and screen.endswith((b"Client id: ", b"Client secret: ")):
                last = left.pop(0)
                os.write(ours, last)
        os.close(ours)
        return command.wait(60), screen


@pytest.mark.slow
def test_a_typed_secret_is_stored_and_not_shown(service: dict[str, str]) -> None:
    assert piped(service, "status") == (1, "No Warcraft Logs credentials are stored yet.\n")

    code, screen = typed(service, b"  an-id \n", b" " + SECRET + b"\t \n")

    assert code == 0
    assert b"The credentials are stored in the keyring." in screen
    assert SECRET not in screen
    code, said = piped(service, "status")
    assert (code, said) == (0, "Credentials are stored in SecretService Keyring.\n")
    assert piped(service, "clear") == (0, "No credentials are stored any more.\n")
    assert piped(service, "status")[0] == 1


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([CTRL_D], b"the input ended"),
        ([b"an-id\n", CTRL_D], b"the input ended"),
        ([b"an-id\n", SECRET + b"\xff\n"], b"no text"),
        ([b"\xff\n", SECRET + b"\n"], b"does not look like"),
        ([b"\n", SECRET + b"\n"], b"client id is empty"),
        ([b"an-id\n", b" \n"], b"client secret is empty"),
        ([b"an-id\n", SECRET * 100 + b"\n"], b"does not look like"),
    ],
)
def test_what_cannot_be_stored_is_said_in_one_sentence(
    in_memory: dict[str, str], answers: list[bytes], words: bytes
) -> None:
    code, screen = typed(in_memory, *answers)
    assert code == 1
    assert words in screen.splitlines()[-1]
    assert b"Traceback" not in screen
    assert SECRET not in screen


@pytest.mark.parametrize("answers", [[CTRL_C], [b"an-id\n", SECRET + CTRL_C]])
def test_ctrl_c_stores_nothing(in_memory: dict[str, str], answers: list[bytes]) -> None:
    code, screen = typed(in_memory, *answers)
    assert code == 3
    assert b"Traceback" not in screen
    assert SECRET not in screen


@pytest.mark.slow
def test_a_pipe_gives_two_lines(service: dict[str, str]) -> None:
    assert piped(service, "set", b"an-id\r\n" + SECRET + b"\r\n")[0] == 0
    assert piped(service, "status")[0] == 0
    lock_everything(service)
    for action in ("status", "set", "clear"):
        code, said = piped(service, action, b"an-id\n" + SECRET + b"\n")
        assert (code, said.partition(".")[0]) == (1, "The keyring is locked")


@pytest.mark.parametrize("given", [b"", b"an-id\n", b"an-id\n\xff" + SECRET, b"\0\n\0\n"])
def test_a_pipe_that_gives_less_stores_nothing(in_memory: dict[str, str], given: bytes) -> None:
    code, said = piped(in_memory, "set", given)
    assert code == 1
    assert len(said.splitlines()) == 1
    assert SECRET.decode() not in said


def test_no_input_at_all_is_said(in_memory: dict[str, str]) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" <&-', "sh", *COMMAND, "set"],
        env=in_memory,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (
        1,
        b"Nothing was stored: there is no input to read from.\n",
    )


def test_without_a_keyring_the_other_ways_are_told(no_keyring: dict[str, str]) -> None:
    for action in ("status", "set"):
        code, said = piped(no_keyring, action, b"an-id\n" + SECRET + b"\n")
        assert code == 1
        assert "There is no keyring" in said
        assert "WCL_CLIENT_ID" in said


def test_without_a_keyring_nothing_is_asked_for(no_keyring: dict[str, str]) -> None:
    """Who has typed a secret should not hear then that there is nowhere to keep it."""
    code, screen = typed(no_keyring, b"an-id\n")
    assert code == 1
    assert b"There is no keyring" in screen
    assert b"Client id" not in screen
