"""*Copy picture* and *Save picture* of a tree."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from att_desktop.text import formats
from att_desktop.ui.tree.picture import Caption, image_of
from att_desktop.ui.widgets.picture_actions import PictureActions

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from att_desktop.ui.tree.scene import TreeScene

APP: str = "Azeroth's Top Talent"


class TreePictures(PictureActions):
    """``caption`` is what stands around the tree now; legend, date and app name are added."""

    def __init__(self, scene: TreeScene, legend: Callable[[], str], parent: QWidget) -> None:
        super().__init__(self._image, parent)
        self._scene, self._legend = scene, legend
        self.caption = Caption(title="")

    def _image(self) -> QImage:
        made = f"{APP} · {formats.date(datetime.now(UTC))}"
        notes = (self._legend(), *self.caption.notes, made)
        caption = replace(self.caption, notes=tuple(note for note in notes if note))
        return image_of(self._scene, caption)
