"""Colours: the platform's palette everywhere, and the game's class colours made readable on it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

Appearance: TypeAlias = Literal["system", "light", "dark"]

READABLE: Final = 4.5
"""The contrast of WCAG 2 level AA for normal text."""

_STEPS: Final = 50
_FORMER_STYLE: Final = "formerStyle"

_LIGHT: Final = {
    QPalette.ColorRole.Window: "#efefef",
    QPalette.ColorRole.WindowText: "#1b1b1b",
    QPalette.ColorRole.Base: "#ffffff",
    QPalette.ColorRole.AlternateBase: "#f6f6f6",
    QPalette.ColorRole.Text: "#1b1b1b",
    QPalette.ColorRole.Button: "#e6e6e6",
    QPalette.ColorRole.ButtonText: "#1b1b1b",
    QPalette.ColorRole.BrightText: "#ffffff",
    QPalette.ColorRole.ToolTipBase: "#fdfdfd",
    QPalette.ColorRole.ToolTipText: "#1b1b1b",
    QPalette.ColorRole.PlaceholderText: "#6b6b6b",
    QPalette.ColorRole.Highlight: "#1f6fc4",
    QPalette.ColorRole.HighlightedText: "#ffffff",
    QPalette.ColorRole.Link: "#0b5cad",
    QPalette.ColorRole.LinkVisited: "#6b3fa0",
    QPalette.ColorRole.Light: "#ffffff",
    QPalette.ColorRole.Midlight: "#f2f2f2",
    QPalette.ColorRole.Mid: "#b9b9b9",
    QPalette.ColorRole.Dark: "#9a9a9a",
    QPalette.ColorRole.Shadow: "#6f6f6f",
    QPalette.ColorRole.Accent: "#1f6fc4",
}
# Base is lighter than Window: Fusion draws the frames of fields and check boxes in a darkened
# Window, which could not be seen on a still darker Base.
_DARK: Final = {
    QPalette.ColorRole.Window: "#2a2a2c",
    QPalette.ColorRole.WindowText: "#e9e9ea",
    QPalette.ColorRole.Base: "#343437",
    QPalette.ColorRole.AlternateBase: "#3a3a3d",
    QPalette.ColorRole.Text: "#e9e9ea",
    QPalette.ColorRole.Button: "#424246",
    QPalette.ColorRole.ButtonText: "#e9e9ea",
    QPalette.ColorRole.BrightText: "#ffffff",
    QPalette.ColorRole.ToolTipBase: "#454549",
    QPalette.ColorRole.ToolTipText: "#e9e9ea",
    QPalette.ColorRole.PlaceholderText: "#adadb1",
    QPalette.ColorRole.Highlight: "#2f6fb5",
    QPalette.ColorRole.HighlightedText: "#ffffff",
    QPalette.ColorRole.Link: "#7db7f0",
    QPalette.ColorRole.LinkVisited: "#c1a3ec",
    QPalette.ColorRole.Light: "#525257",
    QPalette.ColorRole.Midlight: "#4a4a4e",
    QPalette.ColorRole.Mid: "#1e1e20",
    QPalette.ColorRole.Dark: "#181819",
    QPalette.ColorRole.Shadow: "#0d0d0e",
    QPalette.ColorRole.Accent: "#4b8fd8",
}
_DISABLED_ROLES: Final = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


def light_palette() -> QPalette:
    """A light palette where the platform does not bring its own (pictures, tests)."""
    return _palette(_LIGHT, disabled="#8a8a8a")


def dark_palette() -> QPalette:
    """A dark palette where the platform does not bring its own (pictures, tests)."""
    return _palette(_DARK, disabled="#7d7d80")


def apply_appearance(app: QApplication, appearance: Appearance) -> None:
    """Follow the system, or hold to light or dark.

    Platforms with a colour scheme restyle themselves; on others (bare X11, offscreen) the palette
    is set here.
    """
    hints = QGuiApplication.styleHints()
    scheme = {
        "system": Qt.ColorScheme.Unknown,
        "light": Qt.ColorScheme.Light,
        "dark": Qt.ColorScheme.Dark,
    }[appearance]
    hints.setColorScheme(scheme)
    _pick_style(app, dark=hints.colorScheme() is Qt.ColorScheme.Dark)
    if appearance == "system":
        app.setPalette(QPalette())
    elif hints.colorScheme() != scheme:
        app.setPalette(dark_palette() if appearance == "dark" else light_palette())


def _pick_style(app: QApplication, *, dark: bool) -> None:
    """Take Fusion where the platform's own style has no dark colours.

    That is Windows 10: Qt's ``windowsvista`` ignores the colour scheme, ``windows11`` does not.
    """
    name = app.style().name()
    if dark and name == "windowsvista":
        app.setStyle("fusion")
        app.setProperty(_FORMER_STYLE, name)
    elif not dark and app.property(_FORMER_STYLE):
        app.setStyle(app.property(_FORMER_STYLE))
        app.setProperty(_FORMER_STYLE, None)


def is_dark(palette: QPalette) -> bool:
    """True if text is lighter than what it stands on."""
    window = palette.color(QPalette.ColorRole.Window)
    return palette.color(QPalette.ColorRole.WindowText).lightnessF() > window.lightnessF()


def class_colour(colour: str, palette: QPalette) -> QColor:
    """A class colour (``#rrggbb``) as text on the palette's Base, contrast 4.5 or better."""
    return QColor(readable(colour, palette.color(QPalette.ColorRole.Base).name()))


@lru_cache(maxsize=512)
def readable(colour: str, background: str, minimum: float = READABLE) -> str:
    """The nearest shade of ``colour`` with the contrast ``minimum`` on ``background``.

    Darker on a light background, lighter on a dark one; the hue stays, so the class is still
    told by it.
    """
    ground = QColor(background)
    target = QColor(Qt.GlobalColor.black)
    if contrast(QColor(Qt.GlobalColor.white), ground) > contrast(target, ground):
        target = QColor(Qt.GlobalColor.white)
    wanted = QColor(colour)
    for step in range(_STEPS + 1):
        shade = QColor(_mix(wanted, target, step / _STEPS).name())
        if contrast(shade, ground) >= minimum:
            return shade.name()
    return target.name()


def contrast(first: QColor, second: QColor) -> float:
    """Contrast ratio of WCAG 2, from 1.0 to 21.0."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2 defines it."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    return (
        0.2126 * linear(colour.redF())
        + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF())
    )


def _mix(colour: QColor, other: QColor, share: float) -> QColor:
    keep = 1.0 - share
    return QColor.fromRgbF(
        colour.redF() * keep + other.redF() * share,
        colour.greenF() * keep + other.greenF() * share,
        colour.blueF() * keep + other.blueF() * share,
    )


def _palette(colours: dict[QPalette.ColorRole, str], *, disabled: str) -> QPalette:
    palette = QPalette()
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role in _DISABLED_ROLES:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(disabled))
    return palette
