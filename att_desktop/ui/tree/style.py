"""What all items of a scene share: colours, fonts, whether heat is on, and the icons at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPixmap, QTransform

from att_desktop.ui.tree.colours import CanvasColours, canvas_colours
from att_desktop.ui.tree.node_outline import Shape, outline, radius_of
from att_desktop.ui.tree.pixmap_cache import PixmapCache

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPalette

__all__ = ["CanvasStyle", "Fonts"]

_PICTURE_SIZE: Final = 112
"""Pixels of a prepared picture: icons have 56, and stay smooth at 200 % and more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fonts:
    """Fonts with sizes in scene units, so that text grows with the tree."""

    initials: QFont
    badge: QFont
    mark: QFont
    name: QFont
    title: QFont
    subtitle: QFont


class CanvasStyle:
    """The shared look of a scene. ``icon_of`` gives an icon by name, or None until it is there."""

    def __init__(self, palette: QPalette, icon_of: Callable[[str], QPixmap | None]) -> None:
        self.colours: CanvasColours = canvas_colours(palette)
        self.fonts = _fonts()
        self.heat = False
        self.stamps = PixmapCache()
        self._icon_of = icon_of
        self._pictures: dict[tuple[str, Shape, bool], QPixmap] = {}

    def set_palette(self, palette: QPalette) -> None:
        """Take the colours that go with another palette."""
        self.colours = canvas_colours(palette)
        self.stamps.forget()

    def forget_pictures(self) -> None:
        """Another tree is drawn: its icons are others, and pictures of all trees are many."""
        self._pictures.clear()

    def picture(self, icon: str, shape: Shape, *, lit: bool) -> QPixmap | None:
        """The icon cut to a node's shape, greyed when not lit; None until the icon is there."""
        if not icon:
            return None
        key = (icon, shape, lit)
        found = self._pictures.get(key)
        if found is None:
            source = self._icon_of(icon)
            if source is None:
                return None
            found = self._pictures[key] = _cut(source, shape, lit=lit)
        return found


def _cut(source: QPixmap, shape: Shape, *, lit: bool) -> QPixmap:
    picture = QPixmap(_PICTURE_SIZE, _PICTURE_SIZE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    scale = _PICTURE_SIZE / 2 / (radius_of(shape) - 3.0)
    centre = QTransform.fromTranslate(_PICTURE_SIZE / 2, _PICTURE_SIZE / 2).scale(scale, scale)
    painter.setClipPath(centre.map(outline(shape, -3.0)))
    # The host's icons carry a frame of about 4 of 56 pixels, which the outline replaces.
    frame = source.width() * 4 / 56
    inner = QRectF(source.rect()).adjusted(frame, frame, -frame, -frame)
    painter.setOpacity(1.0 if lit else 0.75)
    image = source if lit else _grey(source)
    painter.drawPixmap(QRectF(0, 0, _PICTURE_SIZE, _PICTURE_SIZE), image, inner)
    painter.end()
    return picture


def _grey(source: QPixmap) -> QPixmap:
    image = source.toImage()
    return QPixmap.fromImage(image.convertToFormat(image.Format.Format_Grayscale8))


def _fonts() -> Fonts:
    return Fonts(
        initials=_font(15, bold=True),
        badge=_font(9.5, bold=True),
        mark=_font(11, bold=True),
        name=_font(6.5),
        title=_font(19, bold=True),
        subtitle=_font(12),
    )


def _font(size: float, *, bold: bool = False) -> QFont:
    font = QFont()
    # Sizes of 1:1 in scene units; a whole pixel size times the zoom stays sharp at any scale.
    font.setPixelSize(max(1, round(size)))
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
