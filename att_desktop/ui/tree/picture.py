"""The tree as a picture file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter

if TYPE_CHECKING:
    from att_desktop.ui.tree.scene import TreeScene

__all__ = ["png_of"]

_TITLE_HEIGHT: Final = 36.0


def png_of(scene: TreeScene, title: str, *, scale: float = 2.0) -> bytes:
    """The whole tree with a title line above it as PNG, ``scale`` pixels by scene unit."""
    rect = scene.sceneRect()
    width, height = rect.width(), rect.height() + _TITLE_HEIGHT
    image = QImage(round(width * scale), round(height * scale), QImage.Format.Format_RGB32)
    image.fill(scene.style_.colours.ground)
    painter = QPainter(image)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing
        | QPainter.RenderHint.TextAntialiasing
        | QPainter.RenderHint.SmoothPixmapTransform
    )
    painter.scale(scale, scale)
    font = QFont()
    font.setPixelSize(16)
    painter.setFont(font)
    painter.setPen(scene.style_.colours.text)
    box = QRectF(12, 0, width - 24, _TITLE_HEIGHT)
    text = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, int(width - 24))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
    scene.render(painter, QRectF(0, _TITLE_HEIGHT, width, rect.height()), rect)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub lacks this overload
    return bytes(buffer.data().data())
