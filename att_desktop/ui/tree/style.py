"""What all items of a scene share: colours, fonts, talents' pictures, pick rates or not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPixmap,
    QTransform,
)

from att_desktop.ui.tree.colours import CanvasColours, canvas_colours
from att_desktop.ui.tree.emblem_painting import Tile, emblem_tile, paint_ground, paint_sign
from att_desktop.ui.tree.emblems import emblems_of, school_of
from att_desktop.ui.tree.node_outline import Shape, outline, radius_of
from att_desktop.ui.tree.pixmap_cache import PixmapCache
from att_desktop.ui.tree.text_scale import text_scale

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QPalette

    from att_desktop.game.trees import TalentEntry, TalentTree

_SIZES: Final = (28, 40, 56, 80, 112, 160, 224)
"""Pixels of prepared pictures: scaled down by less than a third they stay smooth."""

_MOST: Final = 600
"""Pictures kept at once: those of a tree at three sizes."""

_FRAME: Final = 4 / 56
"""The host's icons carry a frame of about 4 of 56 pixels, which the outline replaces."""


NAME_BOX: Final = QRectF(-29, 1, 58, 15)
"""Below the rim of a node, in units."""

NAME_FLAGS: Final = int(
    Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
)

NAME_FROM: Final = 1.55
"""Pixels of the screen by unit from which names are drawn below the nodes."""

_RIM: Final = 3.0
"""Units between the outline of a node and its picture."""

_GREY: Final = 0.75
"""Of a grey icon so much is seen: it steps back behind those that are taken."""


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
        self.badge_metrics = QFontMetricsF(self.fonts.badge)
        self.pick_rates = False
        self.pixmaps = PixmapCache()
        self.zooming = False
        self._scale = 1.0
        self._text_scale = 1.0
        self._icon_of = icon_of
        self._emblems: Mapping[int, str] = {}
        self._pictures: dict[_Key, _Picture] = {}
        self._greys: dict[str, QPixmap] = {}
        self._name_rooms: dict[str, QRectF] = {}

    def set_palette(self, palette: QPalette) -> None:
        """Take the colours that go with another palette."""
        self.colours = canvas_colours(palette)
        self.pixmaps.forget()
        self._pictures.clear()

    def show_tree(self, tree: TalentTree | None) -> None:
        """Another tree is drawn: its pictures are others, and pictures of all trees are many."""
        self._pictures.clear()
        self._greys.clear()
        self._name_rooms.clear()
        self._emblems = emblems_of(tree) if tree else {}

    def set_zooming(self, *, zooming: bool) -> None:
        """While the scale changes from frame to frame, drawings of before are stretched."""
        self.zooming = self.pixmaps.zooming = zooming

    def name_room(self, name: str) -> QRectF:
        """What a name below a node takes of ``NAME_BOX``."""
        room = self._name_rooms.get(name)
        if room is None:
            metrics = QFontMetricsF(self.fonts.name)
            room = self._name_rooms[name] = metrics.boundingRect(NAME_BOX, NAME_FLAGS, name)
        return room

    def sharpness(self, scale: float) -> float:
        """Pixels by scene unit for new pictures: ``scale``, or while it changes that before."""
        if not self.zooming:
            self._scale = scale
        return self._scale

    def text_scale(self, detail: float) -> float:
        """``text_scale`` of the module, or while the scale changes that before."""
        if not self.zooming:
            self._text_scale = text_scale(detail)
        return self._text_scale

    def paint_picture(
        self, painter: QPainter, entry: TalentEntry, shape: Shape, grow: float, *, lit: bool
    ) -> bool:
        """Paint a talent in the outline of a node: sharp at any scale, and not cached.

        False when there is neither icon nor emblem. What is painted again and again while the
        scale changes takes ``picture``.
        """
        icon = self._icon_of(entry.icon) if entry.icon else None
        if icon is not None:
            texture = icon if lit else self._grey(entry.icon, icon)
            opacity = painter.opacity()
            painter.setOpacity(opacity if lit else opacity * _GREY)
            painter.fillPath(
                outline(shape, grow - _RIM), _icon_brush(texture, radius_of(shape) + grow - _RIM)
            )
            painter.setOpacity(opacity)
            return True
        tile = self._tile(entry, lit=lit)
        if tile is None:
            return False
        width = 2 * (radius_of(shape) + grow - _RIM)
        alike = ("ground", tile.school, lit, shape, grow)
        world = painter.worldTransform()

        def ground(on: QPainter) -> None:
            on.scale(width, width)
            paint_ground(on, tile, _shape(shape))

        self.pixmaps.paint(painter, alike, width / 2 + 1, ground)
        painter.scale(width, width)
        paint_sign(painter, tile)
        painter.setWorldTransform(world)
        return True

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
        tile = self._tile(entry, lit=key.lit, part=key.part, parts=key.parts)
        if tile is None:
            return None
        return _Picture(emblem_tile(tile, key.size, _shape(key.shape)), is_icon=False)

    def _tile(self, entry: TalentEntry, *, lit: bool, part: int = 0, parts: int = 1) -> Tile | None:
        sign = self._emblems.get(entry.entry_id)
        if sign is None:
            return None
        school = school_of(entry.name, entry.icon)
        return Tile(
            sign=sign, school=school, lit=lit, dark=self.colours.dark, part=part, parts=parts
        )

    def _grey(self, name: str, icon: QPixmap) -> QPixmap:
        grey = self._greys.get(name)
        if grey is None:
            grey = self._greys[name] = _grey(icon)
        return grey


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
    return _Picture(_cut(_grey(inner), key, _GREY), is_icon=True)


def _icon_brush(icon: QPixmap, radius: float) -> QBrush:
    """An icon without its frame, as large as a node with this radius around (0, 0)."""
    edge = icon.width() * _FRAME
    scale = 2 * radius / (icon.width() - 2 * edge)
    brush = QBrush(icon)
    brush.setTransform(
        QTransform.fromTranslate(-radius, -radius).scale(scale, scale).translate(-edge, -edge)
    )
    return brush


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
    scale = 0.5 / (radius_of(shape) - _RIM)
    return QTransform.fromScale(scale, scale).map(outline(shape, -_RIM))


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
