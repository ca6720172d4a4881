"""A real Secret Service of our own: a private D-Bus and gnome-keyring, in a folder of the test."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from typing import TYPE_CHECKING, Final

from tests.shared_data import require

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_READY_SECONDS: Final = 20.0
# Without service files: nothing is started but what the test starts. Else the first question
# would start a second, locked keyring before the test's own has taken its name.
_BUS_CONFIG: Final = """<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@contextlib.contextmanager
def private_bus(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a session bus that nobody else is on, at home in ``folder``."""
    require(shutil.which("dbus-daemon") is not None, "dbus-daemon (package dbus)")
    environ = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"}
    }
    environ["HOME"] = str(folder)
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        environ[f"XDG_{name}_HOME"] = str(folder / name.lower())
    runtime = folder / "run"
    runtime.mkdir(mode=0o700, parents=True)
    environ["XDG_RUNTIME_DIR"] = str(runtime)
    # Not in the test's folder: the path of a socket has 108 characters at most.
    with tempfile.TemporaryDirectory(prefix="bus-") as sockets:
        config = folder / "bus.conf"
        config.write_text(_BUS_CONFIG.format(folder=sockets), "utf-8")
        with subprocess.Popen(
            ["dbus-daemon", f"--config-file={config}", "--nofork", "--nosyslog", "--print-address"],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as bus:
            try:
                assert bus.stdout is not None
                environ["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
                yield environ
            finally:
                bus.terminate()


@contextlib.contextmanager
def secret_service(folder: Path) -> Iterator[dict[str, str]]:
    """The environment in which an unlocked, empty gnome-keyring answers."""
    require(shutil.which("gnome-keyring-daemon") is not None, "gnome-keyring-daemon")
    with private_bus(folder) as environ, _keyring_daemon(environ) as daemon:
        try:
            yield environ
        finally:
            daemon.terminate()


def _keyring_daemon(environ: dict[str, str]) -> subprocess.Popen[bytes]:
    """One that answers: gnome-keyring aborts at one start of some thousand."""
    for _attempt in range(3):
        daemon = subprocess.Popen(
            ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert daemon.stdin is not None
        with contextlib.suppress(BrokenPipeError), daemon.stdin:
            daemon.stdin.write(b"a password for the test")
        if _comes_to_answer(environ["DBUS_SESSION_BUS_ADDRESS"], daemon):
            return daemon
        daemon.kill()
        daemon.wait()
    raise AssertionError("gnome-keyring-daemon does not answer")


def lock_everything(environ: dict[str, str]) -> None:
    """Lock the default collection, as a screen lock or the player does."""
    import secretstorage

    connection = _connect(environ["DBUS_SESSION_BUS_ADDRESS"])
    with contextlib.closing(connection):
        secretstorage.get_default_collection(connection).lock()


def _connect(address: str):
    from jeepney.io.blocking import open_dbus_connection

    return open_dbus_connection(address)


def _comes_to_answer(address: str, daemon: subprocess.Popen[bytes]) -> bool:
    import secretstorage
    from jeepney.wrappers import DBusErrorResponse

    deadline = time.monotonic() + _READY_SECONDS
    while daemon.poll() is None and time.monotonic() < deadline:
        with (
            contextlib.suppress(secretstorage.SecretStorageException, DBusErrorResponse, OSError),
            contextlib.closing(_connect(address)) as connection,
        ):
            if not secretstorage.get_default_collection(connection).is_locked():
                return True
        time.sleep(0.05)
    return False
