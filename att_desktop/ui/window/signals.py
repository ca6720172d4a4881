"""Ctrl+C in the terminal, its end, and a polite kill end the window as if it had been quit."""

from __future__ import annotations

import signal
import socket
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, Signal

# SIGHUP: the terminal was closed; SIGBREAK is Windows' Ctrl+Break.
_SIGNALS: Final = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
)


class EndSignals(QObject):
    """Emits ``asked_to_end`` when the system asks the process to end.

    Python runs signal handlers between its own instructions, and there are none while Qt waits
    for events. So the signal's number is sent through a pair of sockets that Qt does wait for.
    """

    asked_to_end = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)  # noqa: FBT003 - socket's own signature
        self._writer.setblocking(False)  # noqa: FBT003 - socket's own signature
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self._before = {
            number: signal.signal(number, lambda *_: None)
            for number in _SIGNALS
            # 'nohup' ignores it, and asks that it stays so.
            if number != getattr(signal, "SIGHUP", None)
            or signal.getsignal(number) != signal.SIG_IGN
        }
        self._fd_before = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)

    def close(self) -> None:
        """Give the signals back."""
        signal.set_wakeup_fd(self._fd_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _read(self) -> None:
        if self._reader.recv(64):
            self.asked_to_end.emit()
