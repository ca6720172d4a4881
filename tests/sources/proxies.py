"""Proxies on loopback that stand for any host: CONNECT and SOCKS 5, TLS behind them."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Self

from tests.certificates import self_signed

if TYPE_CHECKING:
    from pathlib import Path

HOST = "logs.example"


def certificate_for(host: str, path: Path) -> Path:
    """A self-signed certificate with its key."""
    path.write_bytes(self_signed(host))
    return path


@dataclass
class Proxy:
    """Use as context manager. ``refuse`` is the status of its answer to CONNECT, 0 to let through.

    ``asked`` are the hosts that were asked for, ``told`` the credentials that came along.
    """

    kind: Literal["http", "socks"]
    certificate: Path
    refuse: int = 0
    body: bytes = b"{}"
    content_type: str = "application/json"
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(self.certificate)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # wakes accept on Linux
        self._socket.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            connection.settimeout(20)
            with connection, contextlib.suppress(OSError):
                let_through = self._connect if self.kind == "http" else self._socks
                if let_through(connection):
                    with self._context.wrap_socket(connection, server_side=True) as secure:
                        _read_head(secure)
                        head = (
                            f"HTTP/1.1 200 OK\r\nContent-Length: {len(self.body)}\r\n"
                            f"Content-Type: {self.content_type}\r\nConnection: close\r\n\r\n"
                        )
                        secure.sendall(head.encode() + self.body)

    def _connect(self, connection: socket.socket) -> bool:
        head = _read_head(connection).decode()
        self.asked.append(head.split()[1].rpartition(":")[0])
        self.told += [line for line in head.splitlines() if "authorization" in line.casefold()]
        status = self.refuse or 200
        connection.sendall(f"HTTP/1.1 {status} Whatever\r\nContent-Length: 0\r\n\r\n".encode())
        return not self.refuse

    def _socks(self, connection: socket.socket) -> bool:
        _, methods = connection.recv(2)  # RFC 1928
        connection.recv(methods)
        connection.sendall(b"\x05\x00")
        kind = connection.recv(4)[3]
        size = connection.recv(1)[0] if kind == 3 else 4
        self.asked.append(connection.recv(size).decode())
        connection.recv(2)
        connection.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        return True


def _read_head(connection: socket.socket) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        part = connection.recv(1)
        if not part:
            return head
        head += part
    return head
