"""Folders and links, opened by the desktop's own programs; a refusal is said."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox

from att_desktop.system.bundled import is_frozen
from att_desktop.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget


def open_folder(folder: Path, parent: QWidget) -> bool:
    """Show a folder in the file manager; it is made when it lacks. False when that failed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sentence = _("The folder {path} could not be made ({reason}).")
        _say(parent, sentence.format(path=folder, reason=error.strerror or error))
        return False
    if _opened(QUrl.fromLocalFile(str(folder))):
        return True
    sentence = _("No program here opened the folder. It is {path}.")
    _say(parent, sentence.format(path=folder))
    return False


def open_link(address: str, parent: QWidget) -> bool:
    """Open a web page in the browser. False when that failed."""
    if _opened(QUrl(address)):
        return True
    _say(parent, _("No browser opened the page. Its address is {address}").format(address=address))
    return False


def _opened(url: QUrl) -> bool:
    with _without_our_folder():
        return QDesktopServices.openUrl(url)


@contextmanager
def _without_our_folder() -> Iterator[None]:
    """Other programs get nothing of our frozen folder: not its libraries, nor Qt's plugins.

    PyInstaller's start program and its hook for PySide6 name the folder in LD_LIBRARY_PATH,
    QT_PLUGIN_PATH, QML2_IMPORT_PATH and Windows' PATH, and to Windows by SetDllDirectory, which
    hands it on too (PyInstaller manual, 'Launching external programs').
    """
    if not is_frozen():
        yield
        return
    folder: str = getattr(sys, "_MEIPASS")  # noqa: B009 - set by PyInstaller
    changes = _changes_for_others(folder)
    ours = {name: os.environ[name] for name in changes}
    try:
        for name, value in changes.items():
            _set(name, value)
        _search_libraries_in(None)
        yield
    finally:
        os.environ.update(ours)
        _search_libraries_in(folder)


def _changes_for_others(folder: str) -> dict[str, str | None]:
    """The variables that name ``folder``, with their value for others; None for none."""
    changes: dict[str, str | None] = {}
    for name, value in os.environ.items():
        entries = value.split(os.pathsep)
        kept = [entry for entry in entries if not _is_below(entry, folder)]
        if kept != entries:
            changes[name] = os.pathsep.join(kept) or None
    if "LD_LIBRARY_PATH" in os.environ:  # the former value is kept beside it
        changes["LD_LIBRARY_PATH"] = os.environ.get("LD_LIBRARY_PATH_ORIG")
    return changes


def _is_below(path: str, folder: str) -> bool:
    path, folder = os.path.normcase(path), os.path.normcase(folder)
    return path == folder or path.startswith(os.path.join(folder, ""))  # noqa: PTH118 - texts


def _set(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value


def _search_libraries_in(folder: str | None) -> None:
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetDllDirectoryW(folder)


def _say(parent: QWidget, sentence: str) -> None:
    box = QMessageBox(QMessageBox.Icon.Warning, _("Not opened"), sentence, parent=parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
