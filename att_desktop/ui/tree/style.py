"""What all items of a scene share: colours, fonts, talents' pictures, pick rates or not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QFont, QPainter, QPainterPath, QPixmap, QTransform

from att_desktop.ui.tree.colours import CanvasColours, canvas_colours
from att_desktop.ui.tree.emblem_painting import Tile, emblem_tile
from att_desktop.ui.tree.emblems import emblems_of, school_of
from att_desktop.ui.tree.node_outline import Shape, outline, radius_of
from att_desktop.ui.tree.pixmap_cache import PixmapCache

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QPalette

    from att_desktop.game.trees import TalentEntry, TalentTree

__all__ = ["CanvasStyle", "Fonts"]

_SIZES: Final = (28, 40, 56, 80, 112, 160, 224)
"""Pixels of prepared pictures: scaled down by less than a third they stay smooth."""

_MOST: Final = 600
"""Pictures kept at once: those of a tree at three sizes."""

_FRAME: Final = 4 / 56
"""The host's icons carry a frame of about 4 of 56 pixels, which the outline replaces."""


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
        self.pick_rates = False
        self.pixmaps = PixmapCache()
        self.zooming = False
        self._scale = 1.0
        self._icon_of = icon_of
        self._emblems: Mapping[int, str] = {}
        self._pictures: dict[_Key, _Picture] = {}

    def set_palette(self, palette: QPalette) -> None:
        """Take the colours that go with another palette."""
        self.colours = canvas_colours(palette)
        self.pixmaps.forget()
        self._pictures.clear()

    def show_tree(self, tree: TalentTree | None) -> None:
        """Another tree is drawn: its pictures are others, and pictures of all trees are many."""
        self._pictures.clear()
        self._emblems = emblems_of(tree) if tree else {}

    def sharpness(self, scale: float) -> float:
        """Pixels by scene unit for new pictures: ``scale``, or while it changes that before."""
        if not self.zooming:
            self._scale = scale
        return self._scale

    def picture(
        self,
        entry: TalentEntry,
        shape: Shape,
        width: float,
        *,
        lit: bool,
        part: int = 0,
        parts: int = 1,
    ) -> QPixmap | None:
        """A talent cut to a node's shape, greyed when not lit: the game's icon, else its emblem.

        None when there is neither. ``width`` are the pixels that it will take on the screen;
        the picture may have more. Of ``parts`` pictures in one shape, it is the ``part``-th.
        """
        size = next((size for size in _SIZES if size >= width), _SIZES[-1])
        key = _Key(entry.entry_id, shape, lit, size, part, parts)
        icon = self._icon_of(entry.icon) if entry.icon else None
        found = self._pictures.get(key)
        if found is None or (icon is not None and not found.is_icon):
            made = self._emblem(entry, key) if icon is None else _from_icon(icon, key)
            if made is None:
                return None
            if len(self._pictures) >= _MOST:
                self._pictures.clear()
            found = self._pictures[key] = made
        return found.pixmap

    def _emblem(self, entry: TalentEntry, key: _Key) -> _Picture | None:
        sign = self._emblems.get(entry.entry_id)
        if sign is None:
            return None
        tile = emblem_tile(
            Tile(
                sign=sign,
                school=school_of(entry.name, entry.icon),
                lit=key.lit,
                dark=self.colours.dark,
                part=key.part,
                parts=key.parts,
            ),
            key.size,
            _shape(key.shape),
        )
        return _Picture(tile, is_icon=False)


class _Key(NamedTuple):
    entry_id: int
    shape: Shape
    lit: bool
    size: int
    part: int
    parts: int


class _Picture(NamedTuple):
    pixmap: QPixmap
    is_icon: bool


def _from_icon(icon: QPixmap, key: _Key) -> _Picture:
    edge = round(icon.width() * _FRAME)
    inner = icon.copy(icon.rect().adjusted(edge, edge, -edge, -edge)).scaled(
        key.size,
        key.size,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    if key.lit:
        return _Picture(_cut(inner, key), is_icon=True)
    return _Picture(_cut(_grey(inner), key, 0.75), is_icon=True)


def _cut(texture: QPixmap, key: _Key, opacity: float = 1.0) -> QPixmap:
    """A picture of the key's size in the outline of its shape."""
    picture = QPixmap(key.size, key.size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(opacity)
    centre = QTransform.fromTranslate(key.size / 2, key.size / 2).scale(key.size, key.size)
    painter.fillPath(centre.map(_shape(key.shape)), QBrush(texture))
    painter.end()
    return picture


@lru_cache(maxsize=8)
def _shape(shape: Shape) -> QPainterPath:
    """What a picture fills of its node, with a radius of 0.5."""
    scale = 0.5 / (radius_of(shape) - 3.0)
    return QTransform.fromScale(scale, scale).map(outline(shape, -3.0))


def _grey(source: QPixmap) -> QPixmap:
    image = source.toImage()
    return QPixmap.fromImage(image.convertToFormat(image.Format.Format_Grayscale8))


def _fonts() -> Fonts:
    return Fonts(
        initials=_font(15, bold=True),
        badge=_font(9.5, bold=True),
        mark=_font(11, bold=True),
        name=_font(6),
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
