"""*Copy picture* and *Save picture* of what a page shows."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from att_desktop.system.files import write_atomic
from att_desktop.text import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget


class PictureActions(QObject):
    """``draw`` makes the picture when it is wanted; ``name`` is what its file is first called.

    ``told`` says what came of it, in a sentence.
    """

    told = Signal(str)

    def __init__(
        self, draw: Callable[[], QImage], parent: QWidget, *, name: str = "talents.png"
    ) -> None:
        super().__init__(parent)
        self._draw, self._widget, self._name = draw, parent, name
        self.copy_action = QAction(_("Copy picture"), self)
        self.copy_action.triggered.connect(self._on_copy)
        self.save_action = QAction(_("Save picture…"), self)
        self.save_action.triggered.connect(self._on_save)

    def save(self, path: Path) -> bool:
        """Write the PNG; False when that failed. ``told`` says which, and why."""
        try:
            path = _as_png(path)
            write_atomic(path, png_of(self._draw()))
        except OSError as error:
            sentence = _("The picture could not be saved ({reason}).")
            self.told.emit(sentence.format(reason=error.strerror or error))
            return False
        self.told.emit(_("Saved as {name}.").format(name=path.name))
        return True

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setImage(self._draw())
        self.told.emit(_("The picture is copied."))

    def _on_save(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self._widget, _("Save the picture"), self._name, _("PNG picture (*.png)")
        )
        if name:
            self.save(Path(name))


def _as_png(path: Path) -> Path:
    """``path`` with the ending that it needs: 'Patch 12.1' has another one.

    The dialog has asked whether to replace the file of the name that was typed, and of no other.
    """
    if path.suffix.lower() == ".png":
        return path
    names = (f" ({number})" if number > 1 else "" for number in itertools.count(1))
    found = (path.with_name(f"{path.name}{name}.png") for name in names)
    return next(one for one in found if not one.exists())


def png_of(image: QImage) -> bytes:
    """A picture as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub lacks this overload
    return bytes(buffer.data().data())
