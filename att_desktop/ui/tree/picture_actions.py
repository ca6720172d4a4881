"""*Copy picture* and *Save picture* of a tree."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from att_desktop.system.files import write_atomic
from att_desktop.text import _, formats
from att_desktop.ui.tree.picture import Caption, image_of, png_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from att_desktop.ui.tree.scene import TreeScene

__all__ = ["PictureActions"]

APP: str = "Azeroth's Top Talent"


class PictureActions(QObject):
    """``caption`` is what stands around the tree now; legend, date and app name are added.

    ``problem`` tells why a picture could not be saved.
    """

    problem = Signal(str)

    def __init__(self, scene: TreeScene, legend: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._scene, self._legend, self._widget = scene, legend, parent
        self.caption = Caption(title="")
        self.copy_action = QAction(_("Copy picture"), self)
        self.copy_action.triggered.connect(self._on_copy)
        self.save_action = QAction(_("Save picture…"), self)
        self.save_action.triggered.connect(self._on_save)

    def save(self, path: Path) -> bool:
        """Write the PNG; False when that failed, and ``problem`` tells why."""
        try:
            write_atomic(path, png_of(self._scene, self._whole()))
        except OSError as error:
            sentence = _("The picture could not be saved ({reason}).")
            self.problem.emit(sentence.format(reason=error.strerror or error))
            return False
        return True

    def _whole(self) -> Caption:
        made = f"{APP} · {formats.date(datetime.now(UTC))}"
        notes = (self._legend(), *self.caption.notes, made)
        return replace(self.caption, notes=tuple(note for note in notes if note))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setImage(image_of(self._scene, self._whole()))

    def _on_save(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self._widget, _("Save the picture"), "talents.png", _("PNG picture (*.png)")
        )
        if name:
            path = Path(name)
            self.save(path if path.suffix else path.with_suffix(".png"))
