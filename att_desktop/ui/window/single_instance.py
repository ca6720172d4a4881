"""One window for each set of the app's folders: a second start raises the first."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from att_desktop.system.errors import AttError
from att_desktop.system.locks import AlreadyRunning, LockUnavailable, hold

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from att_desktop.system.folders import Folders

_RAISE: Final = b"raise\n"
_QUIT: Final = b"quit\n"
_DONE: Final = b"done\n"
_PATIENCE_S: Final = 3.0
_END_PATIENCE_S: Final = 30.0
_STEP_MS: Final = 100


class FirstDoesNotAnswer(AttError):
    """A window is running but does not react."""


class SingleInstance(QObject):
    """Says whether this is the first start; hears of later ones.

    The lock file decides (the system tells when its owner is dead), the socket only carries the
    wish; so two starts at the same moment never remove each other's socket. ``ATT_HOME`` gives
    each portable copy its own window.
    """

    raise_wanted = Signal()
    quit_wanted = Signal()

    def __init__(self, folders: Folders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        key = hashlib.sha256(str(folders.config).encode("utf-8", "surrogatepass")).hexdigest()
        self._name = f"azeroths-top-talent-{key[:16]}"
        self._lock_path = folders.cache / "window.lock"
        self._lock: BaseFileLock | None = None
        self._server: QLocalServer | None = None

    @property
    def name(self) -> str:
        """The name of the socket."""
        return self._name

    def is_first(self) -> bool:
        """True when no other window is running; this one then answers for it from now on."""
        if self._server is not None:
            return True
        try:
            self._lock = hold(self._lock_path)
        except AlreadyRunning:
            return False
        except LockUnavailable:
            return True
        # We hold the lock, so a socket that is there was left behind by a crash.
        QLocalServer.removeServer(self._name)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._answer)
        server.listen(self._name)
        self._server = server
        return True

    def raise_first(self) -> None:
        """Ask the first window to come to the front. Raises FirstDoesNotAnswer."""
        self._ask_first(_RAISE)

    def quit_first(self) -> None:
        """End the first window, if there is one, and wait for it. Raises FirstDoesNotAnswer."""
        try:
            hold(self._lock_path).release()
        except LockUnavailable:
            return
        except AlreadyRunning:
            self._ask_first(_QUIT)
        else:
            return
        try:
            hold(self._lock_path, _END_PATIENCE_S).release()
        except AlreadyRunning as error:
            raise _no_answer() from error

    def _ask_first(self, wish: bytes) -> None:
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            # The first may hold the lock and not listen yet.
            if _ask(self._name, wish, until):
                return
            time.sleep(_STEP_MS / 1000)
        raise _no_answer()

    def close(self) -> None:
        """Let another start be the first."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _answer(self) -> None:
        if self._server is None or not self._server.hasPendingConnections():
            return
        socket = self._server.nextPendingConnection()
        socket.setParent(self)

        def read() -> None:
            if socket.canReadLine():
                wish = bytes(socket.readLine(64).data())
                wanted = {_RAISE: self.raise_wanted, _QUIT: self.quit_wanted}.get(wish)
                if wanted is not None:
                    socket.write(_DONE)
                    socket.flush()
                    wanted.emit()
                socket.disconnectFromServer()

        socket.readyRead.connect(read)
        socket.disconnected.connect(socket.deleteLater)
        read()


def _no_answer() -> FirstDoesNotAnswer:
    return FirstDoesNotAnswer("app.no_answer")


def _ask(name: str, wish: bytes, until: float) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_STEP_MS):
        return False
    socket.write(wish)
    while time.monotonic() < until:
        socket.waitForReadyRead(_STEP_MS)
        if socket.canReadLine():
            return bytes(socket.readLine(64).data()) == _DONE
        if socket.state() is not QLocalSocket.LocalSocketState.ConnectedState:
            return False
    return False
