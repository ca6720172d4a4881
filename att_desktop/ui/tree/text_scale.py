"""How ranks and pick rates stay readable while the whole tree is in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

LARGEST: Final = 1.75
"""So much larger than the tree small text becomes; more would cover the talents beside it."""

_FULL_FROM: Final = 0.95
"""Pixels by scene unit from which small text is readable as it is."""


def device_scale(painter: QPainter) -> float:
    """Pixels of the screen by scene unit: at 200 % twice what the widget's own pixels say."""
    return painter.worldTransform().m11() * painter.device().devicePixelRatioF()


def text_scale(detail: float) -> float:
    """The factor for small text, 1.0 .. ``LARGEST``.

    ``detail`` are pixels of the widget by scene unit.
    """
    return min(LARGEST, max(1.0, _FULL_FROM / max(detail, 0.01)))
