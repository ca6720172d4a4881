"""A host of talent icons on this machine: answers by the icon's name, notes what was asked."""

from __future__ import annotations

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage


def jpeg(colour: str, kind: str = "JPEG") -> bytes:
    """A picture of one colour, as large as the host's."""
    image = QImage(56, 56, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)
    return bytes(buffer.data().data())


class IconHost(ThreadingHTTPServer):
    """``asked`` are names in order. Answers wait while ``go_on`` is not set."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked: list[str] = []
        self.go_on = threading.Event()
        self.go_on.set()
        self.down = False
        self._thread = threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/icons/56/"

    def close(self) -> None:
        """Stop answering."""
        self.go_on.set()
        self.shutdown()
        self.server_close()
        self._thread.join(5)


class _Answer(BaseHTTPRequestHandler):
    server: IconHost

    def do_GET(self) -> None:
        name = self.path.rsplit("/", 1)[-1].removesuffix(".jpg")
        self.server.asked.append(name)
        self.server.go_on.wait(60)
        status, kind, data = self._answer(name)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if status == 302:
            self.send_header("Location", f"{self.server.url}spell_elsewhere.jpg")
        if "stale" in name:
            self.send_header("Cache-Control", "public, must-revalidate, max-age=0")
        self.end_headers()
        with contextlib.suppress(OSError):  # the app may have ended the transfer
            self.wfile.write(data)

    def _answer(self, name: str) -> tuple[int, str, bytes]:
        if self.server.down:
            return 503, "text/plain", b"later"
        if "gone" in name:
            return 403, "application/xml", b"<Error/>"
        if "moved" in name:
            return 302, "text/plain", b""
        if "page" in name:
            return 200, "text/html", b"<html></html>"
        if "png" in name:
            return 200, "image/png", jpeg("#cc3311", "PNG")
        if "broken" in name:
            return 200, "image/jpeg", b"\xff\xd8\xff nothing"
        if "huge" in name:
            return 200, "image/jpeg", jpeg("#cc3311") + bytes(200_000)
        return 200, "image/jpeg", jpeg("#cc3311")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Quiet."""
