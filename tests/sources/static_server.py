"""A static web host on loopback: files with ETags, and scripted trouble."""

from __future__ import annotations

import hashlib
import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is sent. ``cut`` bytes of the body are announced and never come."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0


class StaticServer:
    """Serves ``files`` by path (query included where it matters), each with its ETag, or, as
    ``with_etag`` and ``modified`` say, with a date.

    ``script`` answers come first, one for each request. ``asked`` are the requests' paths and
    headers.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.script: deque[Answer] = deque()
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.with_etag = True
        self.modified = ""
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body in one packet: apart, the second waits 40 ms for an ACK

            def do_GET(self) -> None:
                server.asked.append((self.path, dict(self.headers)))
                answer = server.script.popleft() if server.script else server.answer(self)
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if answer.status != 304:
                    self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body[: len(answer.body) - answer.cut])
                self.close_connection = self.close_connection or bool(answer.cut)

            def log_message(self, *_: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.01}
        )

    def answer(self, request: BaseHTTPRequestHandler) -> Answer:
        """The file, or 304 where the client has it, or 404 as a page."""
        body = self.files.get(request.path)
        if body is None:
            html = {"Content-Type": "text/html"}
            return Answer(status=404, body=b"<!doctype html><h1>404</h1>", headers=html)
        if self.modified and request.headers.get("If-Modified-Since") == self.modified:
            return Answer(status=304)
        if not self.with_etag:
            return Answer(body=body, headers={"Last-Modified": self.modified})
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == etag:
            return Answer(status=304, headers={"ETag": etag})
        return Answer(body=body, headers={"ETag": etag})

    @property
    def url(self) -> str:
        """Without a slash at its end."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()
