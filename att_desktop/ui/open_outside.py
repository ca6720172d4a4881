"""Folders and links, opened by the desktop's own programs; a refusal is said."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox

from att_desktop.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

__all__ = ["open_folder", "open_link"]


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
    with _system_libraries():
        return QDesktopServices.openUrl(url)


@contextmanager
def _system_libraries() -> Iterator[None]:
    """Other programs load the system's libraries, not those of our frozen folder.

    PyInstaller's start program puts the folder into LD_LIBRARY_PATH and keeps the former value in
    LD_LIBRARY_PATH_ORIG (PyInstaller manual, 'Launching external programs').
    """
    name = "LD_LIBRARY_PATH"
    ours = os.environ.get(name)
    if ours is None or not getattr(sys, "frozen", False):
        yield
        return
    former = os.environ.get(f"{name}_ORIG")
    try:
        if former is None:
            del os.environ[name]
        else:
            os.environ[name] = former
        yield
    finally:
        os.environ[name] = ours


def _say(parent: QWidget, sentence: str) -> None:
    box = QMessageBox(QMessageBox.Icon.Warning, _("Not opened"), sentence, parent=parent)
    box.open()
