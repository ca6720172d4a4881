"""The app's own small icons, drawn from lines so that they are crisp at any scale.

They take their colour from the palette; shapes differ, so nothing is told by colour alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPalette, QPen, QPixmap

from att_desktop.ui.theme import is_dark, readable

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

Glyph: TypeAlias = Literal[
    "update", "builds", "compare", "raid-night", "settings", "ok", "warning", "error", "info",
    "clock", "dash", "play",
]  # fmt: skip
State: TypeAlias = Literal["ok", "warning", "error", "info", "clock", "dash", "play"]

_GRID: Final = 24.0
_SIZES: Final = (16, 20, 24, 32, 40, 48, 64)

# Strokes on a grid of 24: L lines through points, C circle (x, y, r), D filled disc,
# F filled polygon.
_STROKES: Final[dict[str, tuple[tuple[str, tuple[float, ...]], ...]]] = {
    "update": (
        ("L", (12, 3, 12, 14)),
        ("L", (7, 10, 12, 15, 17, 10)),
        ("L", (4, 16, 4, 20.5, 20, 20.5, 20, 16)),
    ),
    "builds": (
        ("C", (12, 4.5, 2.5)),
        ("C", (5.5, 12, 2.5)),
        ("C", (18.5, 12, 2.5)),
        ("C", (12, 19.5, 2.5)),
        ("L", (10.3, 6.5, 7.2, 10)),
        ("L", (13.7, 6.5, 16.8, 10)),
        ("L", (7.2, 14, 10.3, 17.5)),
    ),
    "compare": (
        ("L", (4, 8, 20, 8)),
        ("L", (16, 4, 20, 8, 16, 12)),
        ("L", (20, 16, 4, 16)),
        ("L", (8, 12, 4, 16, 8, 20)),
    ),
    "raid-night": (
        ("L", (9.5, 5, 21, 5)),
        ("L", (9.5, 12, 21, 12)),
        ("L", (9.5, 19, 21, 19)),
        ("L", (2.8, 5, 4.3, 6.6, 6.8, 3.2)),
        ("L", (2.8, 12, 4.3, 13.6, 6.8, 10.2)),
        ("C", (4.8, 19, 1.6)),
    ),
    "settings": (
        ("L", (3, 6, 12, 6)),
        ("C", (15, 6, 2.5)),
        ("L", (18, 6, 21, 6)),
        ("L", (3, 12, 5.5, 12)),
        ("C", (8.5, 12, 2.5)),
        ("L", (11.5, 12, 21, 12)),
        ("L", (3, 18, 13, 18)),
        ("C", (16, 18, 2.5)),
        ("L", (19, 18, 21, 18)),
    ),
    "ok": (("C", (12, 12, 9.5)), ("L", (7.5, 12.5, 10.8, 15.8, 16.8, 8.8))),
    "warning": (
        ("L", (12, 3, 22, 20.5, 2, 20.5, 12, 3)),
        ("L", (12, 9.5, 12, 14)),
        ("D", (12, 17.3, 1.2)),
    ),
    "error": (
        ("L", (8, 2.5, 16, 2.5, 21.5, 8, 21.5, 16, 16, 21.5, 8, 21.5, 2.5, 16, 2.5, 8, 8, 2.5)),
        ("L", (8.5, 8.5, 15.5, 15.5)),
        ("L", (15.5, 8.5, 8.5, 15.5)),
    ),
    "info": (("C", (12, 12, 9.5)), ("L", (12, 11, 12, 16.5)), ("D", (12, 7.6, 1.2))),
    "clock": (("C", (12, 12, 9.5)), ("L", (12, 6.5, 12, 12, 15.8, 14.2))),
    "dash": (("C", (12, 12, 9.5)), ("L", (7.5, 12, 16.5, 12))),
    "play": (("C", (12, 12, 9.5)), ("F", (9.8, 7.8, 16.4, 12, 9.8, 16.2))),
}

_STATE_COLOURS: Final[dict[str, str]] = {
    "ok": "#2e8b57",
    "warning": "#b8860b",
    "error": "#c0392b",
    "info": "#2878c8",
    "clock": "#b8860b",
    "dash": "#808080",
    "play": "#2878c8",
}


def state_colour(state: State, palette: QPalette) -> QColor:
    """The colour that goes with a state's shape, readable on the palette's Window."""
    return QColor(readable(_STATE_COLOURS[state], palette.color(QPalette.ColorRole.Window).name()))


def state_icon(state: State, palette: QPalette) -> QIcon:
    """The icon of a state: a ring, a triangle or an octagon, each with its own sign."""
    return _icon(state, state_colour(state, palette), state_colour(state, palette))


def state_pixmap(state: State, widget: QWidget) -> QPixmap:
    """The glyph of a state, as large as the widget's text and as sharp as its screen."""
    size = round(widget.fontMetrics().height() * 1.2)
    colour = state_colour(state, widget.palette())
    return glyph_pixmap(state, colour, size, widget.devicePixelRatioF())


def glyph_icon(glyph: Glyph, palette: QPalette) -> QIcon:
    """An icon in the colours of button text, brighter where the style asks for 'on'."""
    text = palette.color(QPalette.ColorRole.ButtonText)
    accent = QColor(
        readable(
            palette.color(QPalette.ColorRole.Highlight).name(),
            palette.color(QPalette.ColorRole.Window).name(),
            # A checked tool button is darker (light mode) or lighter (dark mode) than Window.
            5.5 if is_dark(palette) else 5.0,
        )
    )
    return _icon(glyph, text, accent)


def glyph_pixmap(glyph: Glyph, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """One picture of ``size`` by ``size`` device-independent pixels."""
    pixmap = QPixmap(QSize(size, size) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / _GRID, size / _GRID)
    pen = QPen(colour, 1.9)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for kind, numbers in _STROKES[glyph]:
        painter.setBrush(colour if kind in "DF" else Qt.BrushStyle.NoBrush)
        painter.drawPath(_path(kind, numbers))
    painter.end()
    return pixmap


def _icon(glyph: Glyph, colour: QColor, on_colour: QColor) -> QIcon:
    icon = QIcon()
    faded = QColor(colour)
    faded.setAlphaF(0.45)
    for size in _SIZES:
        icon.addPixmap(glyph_pixmap(glyph, colour, size))
        icon.addPixmap(glyph_pixmap(glyph, on_colour, size), QIcon.Mode.Normal, QIcon.State.On)
        icon.addPixmap(glyph_pixmap(glyph, faded, size), QIcon.Mode.Disabled)
    return icon


def _path(kind: str, numbers: tuple[float, ...]) -> QPainterPath:
    path = QPainterPath()
    if kind in "CD":
        x, y, radius = numbers
        path.addEllipse(QPointF(x, y), radius, radius)
    else:
        points = [QPointF(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        path.moveTo(points[0])
        for point in points[1:]:
            path.lineTo(point)
        if kind == "F":
            path.closeSubpath()
    return path
