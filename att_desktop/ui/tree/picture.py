"""The tree as a picture to keep or to send: with title, numbers, legend, date and import codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from att_desktop.ui.tree.scene import TreeScene

_MARGIN: Final = 14.0
_AIR: Final = 3.0  # below each text
_SIZES: Final = {"title": 22, "line": 14, "note": 12}
_WRAP: Final = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What stands around the tree: ``lines`` below the title, ``notes`` below the tree."""

    title: str
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def image_of(scene: TreeScene, caption: Caption, *, scale: float = 2.0) -> QImage:
    """The whole tree with its caption, ``scale`` pixels by scene unit."""
    tree = scene.sceneRect()
    colours = scene.style_.colours
    above = [_Text(caption.title, "title", colours.text)]
    above += [_Text(line, "line", colours.faint_text) for line in caption.lines]
    below = [_Text(note, "note", colours.faint_text) for note in caption.notes]
    width = tree.width() - 2 * _MARGIN
    top = _MARGIN + sum(text.height(width) for text in above)
    height = top + tree.height() + sum(text.height(width) for text in below) + _MARGIN
    image = QImage(round(tree.width() * scale), round(height * scale), QImage.Format.Format_RGB32)
    image.fill(colours.ground)
    painter = QPainter(image)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing
        | QPainter.RenderHint.TextAntialiasing
        | QPainter.RenderHint.SmoothPixmapTransform
    )
    painter.scale(scale, scale)
    y = _MARGIN
    for text in above:
        y = text.draw(painter, y, width)
    scene.render(painter, QRectF(0, y, tree.width(), tree.height()), tree)
    y += tree.height()
    for text in below:
        y = text.draw(painter, y, width)
    painter.end()
    return image


class _Text:
    def __init__(self, text: str, kind: str, colour: QColor) -> None:
        self._text, self._colour = text, colour
        self._font = QFont()
        self._font.setPixelSize(_SIZES[kind])
        self._font.setBold(kind == "title")

    def height(self, width: float) -> float:
        """What the text takes at a width, a little air below it included."""
        metrics = QFontMetricsF(self._font)
        room = QRectF(0, 0, width, 10_000)
        rows = round(metrics.boundingRect(room, int(_WRAP), self._text).height() / metrics.height())
        return max(1, rows) * metrics.height() + _AIR

    def draw(self, painter: QPainter, y: float, width: float) -> float:
        """Draw from ``y`` on; returns where the next text begins."""
        height = self.height(width)
        painter.setFont(self._font)
        painter.setPen(self._colour)
        painter.drawText(QRectF(_MARGIN, y, width, height), int(_WRAP), self._text)
        return y + height
