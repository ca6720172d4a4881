"""The game's talent icons: from memory, from disk, and, when the player allows it, from Blizzard.

The icons are public pictures on Blizzard's render host; no account and no token is needed, and
their names come from the talent trees. Qt's own network classes fetch and keep them: nothing
here waits, and emblems are drawn until an icon has arrived.
"""

from __future__ import annotations

import logging
import re
import time
from collections import deque
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtNetwork import (
    QNetworkAccessManager,
    QNetworkDiskCache,
    QNetworkReply,
    QNetworkRequest,
)

from att_desktop import __version__
from att_desktop.sources.errors import BadProxy
from att_desktop.ui.network import certificates, follow_proxy

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QIODevice
    from PySide6.QtNetwork import QSslConfiguration

    from att_desktop.ui.context import AppContext

RENDER_HOST: Final = "https://render.worldofwarcraft.com/us/icons/56/"
MAX_BYTES: Final = 64 * 1024
"""An icon of 56 pixels has 2 to 4 KB."""

_DISK_BYTES: Final = 32 * 1024 * 1024  # the icons of all specs have about 6 MB
_AT_ONCE: Final = 6
_FROM_DISK_AT_ONCE: Final = 12
"""Files read before the window goes on with what else it has to do."""
_TIMEOUT_MS: Final = 10_000
_PAUSE_S: Final = 300.0
"""After the host could not be reached, it is left alone for so long."""
_GONE: Final = frozenset({403, 404, 410})  # the host says 403 for unknown names
_TYPE: Final = "image/jpeg"
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_ATTRIBUTE: Final = QNetworkRequest.Attribute

_log = logging.getLogger(__name__)


def icon_name(raw: str) -> str | None:
    """The name as the host wants it, or None when it is no name of an icon.

    A few names of the talent trees carry the game's own file ending.
    """
    name = raw.strip().lower().removesuffix(".tga").removesuffix(".blp")
    return name if _NAME.fullmatch(name) else None


class IconCache(QObject):
    """Icons by name. Lives in the GUI thread; ``arrived(name)`` tells that one can be drawn.

    ``allow_network`` off: what is on disk is shown, nothing is fetched. ``host`` is https, or
    http on this machine; ValueError otherwise.
    """

    arrived = Signal(str)

    def __init__(
        self,
        folder: Path,
        *,
        allow_network: bool,
        host: str = RENDER_HOST,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        url = QUrl(host)
        if url.scheme() != "https" and url.host() != "127.0.0.1":
            raise ValueError(f"icons come by https, not from {host}")
        self._host = host
        self._allow_network = allow_network
        self._pictures: dict[str, QPixmap] = {}
        self._asked: dict[str, float] = {}
        self._missing: set[str] = set()
        self._quiet_until = 0.0
        self._from_disk: deque[str] = deque()
        self._from_host: deque[str] = deque()
        self._replies: dict[QNetworkReply, str] = {}
        self._certificates: QSslConfiguration | None = None
        self._network = QNetworkAccessManager(self)
        self._network.setTransferTimeout(_TIMEOUT_MS)
        self._network.setRedirectPolicy(QNetworkRequest.RedirectPolicy.ManualRedirectPolicy)
        # Child of the manager, so destroyed after its replies, which still write to the cache.
        self._disk_cache = QNetworkDiskCache(self._network)
        self._disk_cache.setCacheDirectory(str(folder))
        self._disk_cache.setMaximumCacheSize(_DISK_BYTES)
        self._network.setCache(self._disk_cache)
        # One connection for all replies: a closure in each could drop the last reference to this
        # object while Qt is destroying it.
        self._network.finished.connect(self._finished)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._read_some)

    @property
    def allow_network(self) -> bool:
        """Whether icons that are not on disk are fetched."""
        return self._allow_network

    def pixmap(self, raw: str) -> QPixmap | None:
        """The icon if it is at hand; else None, and it is looked for."""
        found = self._pictures.get(raw)
        if found is None:
            now = time.monotonic()
            if now - self._asked.get(raw, -_PAUSE_S) >= _PAUSE_S:
                self._asked[raw] = now
                if icon_name(raw) is not None:
                    self._from_disk.append(raw)
                    self._timer.start()
        return found

    def set_allow_network(self, *, allow: bool) -> None:
        """The player's choice; icons that were not on disk are asked for anew."""
        if allow == self._allow_network:
            return
        self._allow_network = allow
        if allow:
            self._asked.clear()
        else:
            self._stop()

    def close(self) -> None:
        """Stop working; transfers under way end."""
        self._allow_network = False
        self._timer.stop()
        self._stop()

    def _url(self, raw: str) -> QUrl:
        return QUrl(f"{self._host}{icon_name(raw)}.jpg")

    def _read_some(self) -> None:
        """Read wanted icons from the disk cache; queue the others for the host."""
        for _number in range(min(_FROM_DISK_AT_ONCE, len(self._from_disk))):
            raw = self._from_disk.popleft()
            if not self._add_picture(raw, self._on_disk(raw)) and self._allow_network:
                self._from_host.append(raw)
        if not self._from_disk:
            self._timer.stop()
        self._ask_host()

    def _on_disk(self, raw: str) -> bytes:
        device: QIODevice | None = self._disk_cache.data(self._url(raw))
        return bytes(device.readAll().data()) if device is not None else b""

    def _add_picture(self, raw: str, data: bytes) -> bool:
        """Cache a picture and emit ``arrived``; False when the data is no picture."""
        image = QImage.fromData(data)
        if image.isNull():
            return False
        self._pictures[raw] = QPixmap.fromImage(image)
        self.arrived.emit(raw)
        return True

    def _ask_host(self) -> None:
        while self._from_host and len(self._replies) < _AT_ONCE:
            raw = self._from_host.popleft()
            if raw not in self._missing and time.monotonic() >= self._quiet_until:
                self._request(raw)

    def _request(self, raw: str) -> None:
        if self._certificates is None:
            try:
                follow_proxy(self._network, self._host)
            except BadProxy as error:
                self._wait_for_host(error)
                return
            self._certificates = certificates()
        request = QNetworkRequest(self._url(raw))
        request.setSslConfiguration(self._certificates)
        # ``_read_some`` has looked into the disk cache already: no usable picture.
        request.setAttribute(
            _ATTRIBUTE.CacheLoadControlAttribute, QNetworkRequest.CacheLoadControl.AlwaysNetwork
        )
        request.setRawHeader(b"Accept", _TYPE.encode())
        request.setRawHeader(b"User-Agent", f"att-desktop/{__version__}".encode())
        reply = self._network.get(request)
        self._replies[reply] = raw
        reply.downloadProgress.connect(self._check_size)

    def _check_size(self, got: int) -> None:
        reply = self.sender()
        if got > MAX_BYTES and isinstance(reply, QNetworkReply):
            reply.abort()

    def _finished(self, reply: QNetworkReply) -> None:
        raw = self._replies.pop(reply, "")
        reply.deleteLater()
        if not raw:  # stopped meanwhile
            return
        status = reply.attribute(_ATTRIBUTE.HttpStatusCodeAttribute)
        size = reply.bytesAvailable()
        kind = str(reply.header(QNetworkRequest.KnownHeaders.ContentTypeHeader) or "")
        if status == 200 and reply.error() is QNetworkReply.NetworkError.NoError:
            data = bytes(reply.readAll().data()) if size <= MAX_BYTES else b""
            if not kind.startswith(_TYPE) or not self._add_picture(raw, data):
                self._refuse(raw, f"what came is no icon ({kind}, {size} bytes)")
        elif status in _GONE:
            self._refuse(raw, f"the host has none ({status})")
        elif status == 200 and size > MAX_BYTES:
            self._refuse(raw, "too large")
        else:
            self._wait_for_host(reply.errorString() or status)
        self._ask_host()

    def _wait_for_host(self, reason: object) -> None:
        _log.info("icons: the host cannot be reached (%s)", reason)
        self._quiet_until = time.monotonic() + _PAUSE_S
        self._from_host.clear()

    def _refuse(self, raw: str, reason: str) -> None:
        _log.info("icon %s: %s", raw, reason)
        self._missing.add(raw)
        self._disk_cache.remove(self._url(raw))

    def _stop(self) -> None:
        self._from_host.clear()
        replies, self._replies = self._replies, {}
        for reply in replies:
            reply.abort()


def icons_of(context: AppContext) -> IconCache:
    """The one cache of a window, made when first asked for; it follows the settings."""
    found = context.findChild(IconCache)
    if isinstance(found, IconCache):
        return found
    icons = IconCache(
        context.folders.cache / "icons",
        allow_network=context.settings.icon_download,
        host=RENDER_HOST,
        parent=context,
    )
    app = QCoreApplication.instance()
    if app is not None:
        app.aboutToQuit.connect(icons.close)
    context.settings_changed.connect(
        lambda: icons.set_allow_network(allow=context.settings.icon_download)
    )
    return icons
