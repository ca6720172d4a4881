"""A loopback server that answers a token and then does not stop: for limits of size."""

from __future__ import annotations

import contextlib
import socket
import threading
import zlib
from collections.abc import Callable
from typing import Self, TypeAlias

Talk: TypeAlias = Callable[[socket.socket], None]
_HEAD = b"HTTP/1.1 %s\r\nContent-Type: application/json\r\n"
_TOKEN = b'{"access_token":"CanaryTokenOfTheRawServer","expires_in":3600}'
MB = 1 << 20


class RawServer:
    """Gives out one token; every other request is answered by ``talk``, byte for byte."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.asked: list[bytes] = []
        self.sent = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                threading.Thread(target=self._one, args=(connection,), daemon=True).start()

    def _one(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            while True:
                asked = connection.recv(1 << 16)
                if not asked:
                    return
                self.asked.append(asked)
                if b"/oauth/token" in asked.split(b"\r\n", 1)[0]:
                    head = _HEAD % b"200 OK" + b"Content-Length: %d\r\n\r\n" % len(_TOKEN)
                    connection.sendall(head + _TOKEN)
                else:
                    self._talk(connection)
                    return


def announced(size: int) -> Talk:
    """A body of that size is announced, and sent."""

    def talk(connection: socket.socket) -> None:
        connection.sendall(_HEAD % b"200 OK" + b"Content-Length: %d\r\n\r\n" % size)
        piece = b" " * MB
        for _ in range(size // MB):
            connection.sendall(piece)

    return talk


def ENDLESS(connection: socket.socket) -> None:
    """Chunks of spaces, which JSON allows, without an end."""
    connection.sendall(_HEAD % b"200 OK" + b"Transfer-Encoding: chunked\r\n\r\n")
    piece = b"%x\r\n" % MB + b" " * MB + b"\r\n"
    while True:
        connection.sendall(piece)


def bomb(unpacked: int, *, nested: bool = False) -> Talk:
    """A small gzip body that unpacks to ``unpacked`` bytes; ``nested`` packs it twice."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    # Flushed pieces stand for themselves, so one can be repeated. The checksum that would come at
    # the end is left out: nobody should get there.
    piece = packer.compress(b" " * MB) + packer.flush(zlib.Z_FULL_FLUSH)
    body = b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + piece * (unpacked // MB) + b"\x03\0" + bytes(8)
    if nested:
        body = zlib.compress(body, 9, wbits=16 + zlib.MAX_WBITS)

    def talk(connection: socket.socket) -> None:
        connection.sendall(
            _HEAD % b"200 OK"
            + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body)
            + body
        )

    return talk


def redirect(status: bytes, location: str) -> Talk:
    """Go elsewhere."""

    def talk(connection: socket.socket) -> None:
        connection.sendall(
            _HEAD % status + b"Location: %s\r\nContent-Length: 0\r\n\r\n" % location.encode()
        )

    return talk
