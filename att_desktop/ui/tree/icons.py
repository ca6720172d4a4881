"""Talent icons: from memory, from disk, and, when the player allows it, from the network.

Disk and network are worked through by one background thread; the window never waits for it and
draws initials until an icon has arrived.
"""

from __future__ import annotations

import itertools
import logging
import queue
import threading
import time
import weakref
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from att_desktop.sources.icon_names import IconMissing, IconsUnreachable, icon_name
from att_desktop.system.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from att_desktop.sources.icons import IconHost
    from att_desktop.ui.context import AppContext

__all__ = ["IconCache", "icons_of"]

_DISK, _NETWORK, _STOP = 1, 2, 0
_TAKE_MS: Final = 30
_END_S: Final = 0.5
_PAUSE_S: Final = 300.0
"""After the host could not be reached, it is left alone for so long."""

_log = logging.getLogger(__name__)


class IconCache(QObject):
    """Icons by name. Lives in the GUI thread; ``arrived(name)`` tells that one can be drawn.

    ``allow_network`` off: what is on disk is shown, nothing is fetched. The background thread
    knows nothing of Qt objects: finished icons are taken from its queue by a timer here, which
    runs only while something is awaited.
    """

    arrived = Signal(str)

    def __init__(
        self,
        folder: Path,
        *,
        allow_network: bool,
        make_host: Callable[[], IconHost] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = _Worker(folder, make_host or _real_host)
        self._worker.allow_network = allow_network
        self._pictures: dict[str, QPixmap] = {}
        self._asked: dict[str, float] = {}
        self._awaited = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_TAKE_MS)
        self._timer.timeout.connect(self._take)
        weakref.finalize(self, self._worker.stop)

    def pixmap(self, raw: str) -> QPixmap | None:
        """The icon if it is at hand; else None, and it is looked for."""
        found = self._pictures.get(raw)
        if found is None:
            now = time.monotonic()
            if now - self._asked.get(raw, -_PAUSE_S) >= _PAUSE_S:
                self._asked[raw] = now
                if icon_name(raw) is not None:
                    self._worker.ask(raw)
                    self._awaited += 1
                    self._timer.start()
        return found

    def set_allow_network(self, *, allow: bool) -> None:
        """The player's choice; icons that were not on disk are asked for anew."""
        if allow == self._worker.allow_network:
            return
        self._worker.allow_network = allow
        if allow:
            self._asked.clear()

    def close(self) -> None:
        """Stop working. A picture being read is waited for, a transfer under way is not."""
        self._timer.stop()
        self._worker.stop()
        self._worker.join(_END_S)

    def _take(self) -> None:
        for raw, image in self._worker.finished():
            self._awaited -= 1
            if image is not None:
                self._pictures[raw] = QPixmap.fromImage(image)
                self.arrived.emit(raw)
        if self._awaited <= 0:
            self._timer.stop()


def icons_of(context: AppContext) -> IconCache:
    """The one cache of a window, made when first asked for; it follows the settings."""
    found = context.findChild(IconCache)
    if isinstance(found, IconCache):
        return found
    icons = IconCache(context.folders.cache / "icons", allow_network=context.settings.icon_download)
    icons.setParent(context)
    # Pictures are read with Qt: not while Qt ends.
    app = QCoreApplication.instance()
    if app is not None:
        app.aboutToQuit.connect(icons.close)
    context.settings_changed.connect(
        lambda: icons.set_allow_network(allow=context.settings.icon_download)
    )
    return icons


def _real_host() -> IconHost:
    # Imported by the thread that needs it: HTTP takes a tenth of a second to load.
    from att_desktop.sources.icons import IconHost

    return IconHost()


class _Worker:
    """The background thread. Icons on disk go before those that must be fetched."""

    def __init__(self, folder: Path, make_host: Callable[[], IconHost]) -> None:
        self.allow_network = False
        self._folder = folder
        self._make_host = make_host
        self._finished: queue.SimpleQueue[tuple[str, QImage | None]] = queue.SimpleQueue()
        self._jobs: queue.PriorityQueue[tuple[int, int, str]] = queue.PriorityQueue()
        self._number = itertools.count()
        self._thread: threading.Thread | None = None
        self._host: IconHost | None = None
        self._missing: set[str] = set()
        self._quiet_until = 0.0

    def ask(self, name: str) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="talent icons", daemon=True)
            self._thread.start()
        self._put(_DISK, name)

    def stop(self) -> None:
        self._put(_STOP, "")
        self.allow_network = False

    def join(self, timeout_s: float) -> None:
        if self._thread is not None:
            self._thread.join(timeout_s)

    def finished(self) -> Iterator[tuple[str, QImage | None]]:
        """What has been done since the last call; None for an icon that is not to be had now."""
        while True:
            try:
                yield self._finished.get_nowait()
            except queue.Empty:
                return

    def _put(self, kind: int, name: str) -> None:
        self._jobs.put((kind, next(self._number), name))

    def _run(self) -> None:
        while True:
            kind, _, name = self._jobs.get()
            if kind == _STOP:
                break
            data = self._from_disk(name) if kind == _DISK else self._from_network(name)
            image = QImage.fromData(data) if data is not None else QImage()
            if not image.isNull():
                self._finished.put((name, image))
            elif kind == _DISK:
                self._put(_NETWORK, name)
            else:
                self._finished.put((name, None))
        if self._host is not None:
            self._host.close()

    def _path(self, name: str) -> Path:
        return self._folder / f"{icon_name(name)}.jpg"

    def _from_disk(self, name: str) -> bytes | None:
        try:
            return self._path(name).read_bytes()
        except OSError:
            return None

    def _from_network(self, name: str) -> bytes | None:
        if not self.allow_network or name in self._missing:
            return None
        if time.monotonic() < self._quiet_until:
            return None
        if self._host is None:
            self._host = self._make_host()
        try:
            data = self._host.fetch(name)
        except IconMissing as error:
            _log.info("icon: %s", error)
            self._missing.add(name)
            return None
        except IconsUnreachable as error:
            _log.info("icons: %s", error)
            self._quiet_until = time.monotonic() + _PAUSE_S
            return None
        self._keep(name, data)
        return data

    def _keep(self, name: str, data: bytes) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomic(self._path(name), data)
        except OSError as error:
            _log.info("icon %s is not kept: %s", name, error)
